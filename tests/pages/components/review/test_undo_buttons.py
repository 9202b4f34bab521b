"""Undo and redo: what the buttons state, and that the steps of a browser are made once each, in their order."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.components.review import undo_buttons
from pages.components.review.undo_buttons import Step
from pages.shell.portal import now
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.status import Generation, Status
from tests.fakes.assets import made, three_metrics
from tests.pages.screen import Screen
from tests.pages.shell.drafting import ADA, fail, read_review


@pytest.fixture
def review(tmp_path: Path, state: Path, screen: Callable[..., Screen]) -> Any:
    made(three_metrics(), tmp_path / "assets")
    screen(tmp_path / "assets")
    return read_review()


def test_the_button_states_what_is_undone_and_redone_at_any_depth(review: Any) -> None:
    key, metric = fail(review, 0), review.stored.document.metrics[0]
    edit = editing.with_status(review.metric_edit(key), metric, Generation.V2, Status.PASS, now())
    review.keep_all({key: edit}, ADA)
    edit = editing.with_note(edit, metric, Generation.V2, "jumps", now())
    review.keep_all({key: edit}, ADA)
    review.keep_all({key: editing.with_value(edit, metric, Generation.V2, 2.5, now())}, ADA)
    expected = ["value", "note", "Pass", "Fail"]
    stated = []
    while changed := review.draft.preview_undo():
        stated.append(undo_buttons.describe(changed))
        review.undo_last(ADA)
    assert stated == [f"Drift, probe A: {part}" for part in expected]
    assert review.edits == {} and undo_buttons.describe(review.draft.preview_undo()) == ""
    again = []
    while changed := review.draft.preview_redo():
        again.append(undo_buttons.describe(changed, redo=True))
        review.undo_last(ADA, redo=True)
    assert again == [f"Drift, probe A: {part}" for part in reversed(expected)]
    edit = review.metric_edit(key)
    assert (edit.status, edit.note, edit.value.value) == (Status.PASS, "jumps", 2.5)


def test_a_status_that_goes_back_to_the_stored_one_is_named(review: Any) -> None:
    key, metric = fail(review, 0), review.stored.document.metrics[0]
    edit = editing.with_note(review.metric_edit(key), metric, Generation.V2, "jumps", now())
    review.keep_all({key: edit}, ADA)
    review.keep_all({key: editing.with_status(edit, metric, Generation.V2, Status.PENDING, now())}, ADA)
    assert review.metric_edit(key).status is None
    assert undo_buttons.describe(review.draft.preview_undo()) == "Drift, probe A: Pending"


def test_a_change_of_another_tab_is_undone_in_its_turn(review: Any) -> None:
    fail(review, 0)
    there = read_review()
    fail(there, 1)
    fail(review, 2)
    stated = []
    while changed := review.draft.preview_undo():
        stated.append(undo_buttons.describe(changed).partition(",")[0])
        review.undo_last(ADA)
    assert sorted(stated) == ["Drift", "Noise", "Remark"] and stated[0] == "Remark"
    assert read_review().edits == {}


def test_several_changes_of_one_step_are_counted(review: Any) -> None:
    metrics = review.stored.document.metrics
    review.keep_all(
        {review.key_of(one): editing.with_status(None, one, Generation.V2, Status.PASS, now()) for one in metrics},
        ADA,
    )
    assert undo_buttons.describe(review.draft.preview_undo()) == "3 changes"


def test_steps_that_were_sent_again_are_made_once() -> None:
    first = {"sitting": "a", "steps": [[1, "undo"]]}
    assert undo_buttons.read_steps(first, "", 0) == ("a", 1, [Step("undo")])
    again = {"sitting": "a", "steps": [[1, "undo"], [2, "undo"], [3, "redo"]]}
    assert undo_buttons.read_steps(again, "a", 1) == ("a", 3, [Step("undo"), Step("redo")])
    assert undo_buttons.read_steps(again, "a", 3) == ("a", 3, [])
    assert undo_buttons.read_steps({"sitting": "b", "steps": [[1, "redo"]]}, "a", 3) == ("b", 1, [Step("redo")])


def test_a_reason_is_a_step_too() -> None:
    sent = {"sitting": "a", "steps": [[1, "undo"], [2, "reason", "metrics/0#1", 3]]}
    assert undo_buttons.read_steps(sent, "a", 1) == ("a", 2, [Step("reason", "metrics/0#1", 3)])


@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_message_of_a_browser_is_accepted(sent: object) -> None:
    assert undo_buttons.read_steps(sent, "a", 2) == ("a", 2, [])
    assert undo_buttons.read_steps({"sitting": "a", "steps": [sent, [sent, sent]]}, "a", 2)[2] == []
