"""Actions on units as the browser sends them: each is applied once, and nothing odd is applied."""

from typing import Any

import pytest
from hypothesis import given

from qc_core.quality_control.curation.unit_messages import Confirmed, apply_edits, read_edits
from tests.qc_core.quality_control.documents import any_json

CONTENT = {"unit_ids": [1, 2], "label_definitions": {"quality": {"label_options": ["good"]}}, "manual_labels": []}


def label(number: int, *units: str) -> dict[str, Any]:
    return {"number": number, "kind": "label", "units": list(units), "category": "quality", "label": "good"}


def send_edits(*edits: Any, sitting: str = "a") -> dict[str, Any]:
    return {"sitting": sitting, "edits": list(edits)}


def test_an_action_that_is_sent_twice_is_applied_once() -> None:
    once, confirmed = apply_edits(CONTENT, send_edits(label(1, "1")), Confirmed())
    assert [one["unit_id"] for one in once["manual_labels"]] == [1] and confirmed == Confirmed("a", 1)
    twice, confirmed = apply_edits(once, send_edits(label(2, "2"), label(1, "1")), confirmed)
    assert [one["unit_id"] for one in twice["manual_labels"]] == [1, 2] and confirmed == Confirmed("a", 2)


def test_the_numbers_of_another_sitting_are_its_own() -> None:
    after, confirmed = apply_edits(CONTENT, send_edits(label(1, "1"), sitting="b"), Confirmed("a", 9))
    assert after != CONTENT and confirmed == Confirmed("b", 1)


@pytest.mark.parametrize(
    "odd",
    [
        "text",
        label(1) | {"units": "1"},
        label(1, "1") | {"kind": "delete"},
        label(1, "1") | {"number": "1"},
        label(1, "1") | {"label": 5},
        label(1) | {"units": ["1"] * 5001},
    ],
)
def test_invalid_actions_are_left_out(odd: Any) -> None:
    assert read_edits(send_edits(odd)) == ("a", ())
    assert apply_edits(CONTENT, send_edits(odd), Confirmed())[0] == CONTENT


@given(any_json)
def test_nothing_that_is_sent_stops_the_reading(sent: Any) -> None:
    assert apply_edits(CONTENT, sent, Confirmed("a", 1))[0] == CONTENT
