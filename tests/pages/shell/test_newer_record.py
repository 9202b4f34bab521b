"""What others write while a review is open: who is reported, what is shown at once, and what waits for a click."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.shell import newer_record, open_review
from pages.shell.address import ReviewAddress
from tests.fakes.assets import Asset, made, metric, three_metrics
from tests.pages.screen import Screen
from tests.pages.shell.drafting import fail, read_review

GRACE = {"evaluator": "Grace Hopper", "status": "Fail", "timestamp": "2025-03-01T00:00:00Z"}


@pytest.fixture
def asset(tmp_path: Path, screen: Callable[..., Screen]) -> Asset:
    asset = made(three_metrics(), tmp_path / "assets")
    screen(tmp_path / "assets")
    return asset


def write(asset: Asset, change: Callable[[Any], object]) -> None:
    written = asset.document()
    change(written)
    asset.rewrite(written)


def sign(*numbers: int) -> Callable[[Any], object]:
    return lambda written: [written["metrics"][number]["status_history"].append(GRACE) for number in numbers]


def test_nothing_is_new_while_nobody_wrote(asset: Asset) -> None:
    review = read_review()
    review.read_newer()
    assert review.newer is None and newer_record.describe_news(review) == ""
    assert not newer_record.can_show_quietly(review)


def test_changes_of_others_are_shown_at_once_where_they_touch_nothing_of_the_readers(asset: Asset) -> None:
    review = read_review()
    key = fail(review, 2)
    write(asset, sign(0, 1))
    review.read_newer()
    assert newer_record.describe_news(review) == "Grace Hopper changed 2 metrics."
    assert newer_record.can_show_quietly(review)
    shown = open_review.show_newer(review, ReviewAddress())
    assert len(shown.stored.document.metrics[0].history) == 2
    assert list(shown.edits) == [key] and not shown.draft.unsaved and shown.newer is None
    assert shown.revisions == {"metrics/0": 1, "metrics/1": 1}, "the cards of what changed are drawn again"


def test_a_change_of_the_readers_own_metric_waits_and_is_a_conflict(asset: Asset) -> None:
    review = read_review()
    key = fail(review, 0)
    write(asset, sign(0, 1))
    review.read_newer()
    assert newer_record.describe_news(review) == "Grace Hopper changed 2 metrics, 1 of which you changed, too."
    assert not newer_record.can_show_quietly(review) and not review.is_conflict(key)
    assert open_review.show_newer(review, ReviewAddress()).is_conflict(key)


def test_another_layout_waits_for_a_click(asset: Asset) -> None:
    review = read_review()
    write(asset, lambda written: written["metrics"].insert(0, metric("New one")))
    review.read_newer()
    assert newer_record.describe_news(review).startswith("Pipeline changed ")
    assert not newer_record.can_show_quietly(review)
