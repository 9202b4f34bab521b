"""“Pass the rest”, and reasons by key: what of the record each is about, in one step of the draft."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.components.cards import pass_rest, reasons
from pages.shell.portal import list_reasons
from pages.shell.session import reviews, seen_figures
from qc_core.quality_control.annotating.rest import Rest
from qc_core.quality_control.status import Status
from tests.fakes.assets import document, made, metric
from tests.pages.screen import Screen
from tests.pages.shell.drafting import ADA, fail, read_review


@pytest.fixture
def review(tmp_path: Path, state: Path, screen: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch) -> Any:
    metrics = [metric(f"M{n}", reference=f"{n // 2}.png", tags={"probe": "AB"[n // 4]}) for n in range(6)]
    made(document(*metrics), tmp_path / "assets")
    screen(tmp_path / "assets")
    review = read_review()
    review.shown = (0, 1)
    monkeypatch.setattr(seen_figures, "get_seen", lambda record_id: frozenset({0, 1, 2, 3}))
    monkeypatch.setattr(reviews, "get_review", lambda record_id: review)
    monkeypatch.setattr(reviews, "keep_edits", lambda record_id, edits: review.keep_all(edits, ADA))
    monkeypatch.setattr(reviews, "keep_edit", lambda record_id, key, edit: review.keep_all({key: edit}, ADA))
    return review


def test_request_names_a_figure_a_group_or_the_selection(review: Any) -> None:
    assert pass_rest.list_asked(review, {"scope": "figure"}, "probe=A") == (0, 1)
    assert pass_rest.list_asked(review, {"scope": "group"}, "probe=B") == (4, 5)
    assert pass_rest.list_asked(review, {"scope": "group"}, "probe=gone") == ()
    keys = ["metrics/5", "metrics/2", "elsewhere", 3]
    assert pass_rest.list_asked(review, {"scope": "selected", "keys": keys}, "") == (2, 5)
    for sent in (None, {}, {"scope": "all"}, {"scope": "selected"}, [1]):
        assert pass_rest.list_asked(review, sent, "probe=A") == ()


def test_decided_metrics_are_left_alone_and_one_undo_takes_back_all(review: Any) -> None:
    key = fail(review, 1)
    rest = pass_rest.find_rest_of(review, tuple(range(6)))
    assert rest == Rest((0, 2, 3), (4, 5))
    pass_rest.pass_all(review.record_id, rest.all)
    statuses = {review.number_of(one): edit.status for one, edit in review.edits.items()}
    assert statuses == {1: Status.FAIL} | dict.fromkeys((0, 2, 3, 4, 5), Status.PASS)
    assert len(review.undo_last(ADA)) == 5 and list(review.edits) == [key]
    assert len(review.undo_last(ADA, redo=True)) == 5
    assert pass_rest.find_rest_of(review, tuple(range(6))) == Rest((), ())


def test_a_reason_by_key_is_part_of_the_note_of_a_fail_alone(review: Any) -> None:
    key = fail(review, 0)
    number = list_reasons(review.stored.document.metrics[0].modality.abbreviation).index("noise") + 1
    assert reasons.toggle(review.record_id, key, number) == "card-metrics/0"
    assert review.metric_edit(key).note == "Reasons: noise."
    reasons.toggle(review.record_id, key, 1)
    assert review.metric_edit(key).note == "Reasons: noise; drift."
    reasons.toggle(review.record_id, key, number)
    assert review.metric_edit(key).note == "Reasons: drift."
    assert review.stated == "Fail of M0, A: drift", "the metric may have left the screen"
    for other, wrong in ((key, 0), (key, 99), ("gone", 1), (review.key_of(review.stored.document.metrics[1]), 1)):
        assert reasons.toggle(review.record_id, other, wrong) is None
    assert review.metric_edit(key).note == "Reasons: drift." and len(review.edits) == 1
