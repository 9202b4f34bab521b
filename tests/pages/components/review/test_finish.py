"""The end of an asset: what is left of it with the draft, and the next one that needs review."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pages.components.review import asset_links, finish
from pages.shell.portal import now
from qc_core.assets.query import AssetQuery
from qc_core.assets.sequence import Origin
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.arrangement import Arrangement
from qc_core.quality_control.status import Generation, Status
from tests.fakes.assets import document, made, metric
from tests.pages.screen import Screen
from tests.pages.shell.drafting import ADA, fail, read_review


@pytest.fixture
def review(tmp_path: Path, state: Path, screen: Callable[..., Screen]) -> Any:
    made(document(metric("A"), metric("B"), metric("C", status="Pass")), tmp_path / "assets")
    screen(tmp_path / "assets")
    return read_review()


def test_number_left_includes_the_draft(review: Any) -> None:
    assert finish.count_left(review, now()) == 2
    fail(review, 0)
    assert finish.count_left(review, now()) == 1
    decided = review.stored.document.metrics[2]
    again = editing.with_status(None, decided, Generation.V2, Status.PENDING, now())
    review.keep_all({review.key_of(decided): again}, ADA)
    assert finish.count_left(review, now()) == 2
    noted = review.stored.document.metrics[1]
    review.keep_all({review.key_of(noted): editing.with_note(None, noted, Generation.V2, "odd", now())}, ADA)
    assert finish.count_left(review, now()) == 2, "a note decides nothing"
    fail(review, 1)
    fail(review, 2)
    assert finish.count_left(review, now()) == 0


def test_metrics_that_the_address_hides_count_as_left(review: Any) -> None:
    only_the_first = Arrangement(conditions=(("text", "A"),))
    review.address = replace(review.address, arrangement=only_the_first)
    assert review.get_navigator(now()).hidden == 2
    assert finish.count_left(review, now()) == 2
    fail(review, 0)
    assert finish.count_left(review, now()) == 1, "B is not on screen, and not decided"


def test_the_next_asset_is_another_one_that_needs_review(
    tmp_path: Path, state: Path, screen: Callable[..., Screen]
) -> None:
    assets = tmp_path / "assets"
    here = made(document(metric("A")), assets)
    screen(assets)
    stored = read_review().stored
    pending = AssetQuery(pending=True)
    assert asset_links.find_next(stored, pending, None) is None
    other = made(document(metric("A")), assets)
    made(document(metric("A", status="Pass")), assets)
    screen(assets)
    found = asset_links.find_next(stored, pending, Origin("assets", "q=ecephys"))
    assert found is not None and other.name in found and "list=assets" in found and here.name not in found
