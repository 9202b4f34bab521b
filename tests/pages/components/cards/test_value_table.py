"""The edits that a table reports become rows again, with nothing lost and nothing moved."""

from typing import Any

import pytest

from pages.components.cards.value_table import apply_edits, read_answer
from qc_core.quality_control.values.answers import apply_answer, editor
from qc_core.quality_control.values.editor_kinds import ListEditor, TableEditor

ROWS = [("a", 1), ("b", 2), ("c", 3)]


@pytest.mark.parametrize(
    ("edits", "rows"),
    [
        ({}, ROWS),
        ({"edited_rows": {}, "added_rows": [], "deleted_rows": []}, ROWS),
        ({"edited_rows": {1: {"n": 0}}}, [("a", 1), ("b", 0), ("c", 3)]),
        ({"edited_rows": {"1": {"n": None}}}, [("a", 1), ("b", None), ("c", 3)]),
        ({"deleted_rows": [0, 2]}, [("b", 2)]),
        ({"edited_rows": {2: {"name": "z"}}, "deleted_rows": [0]}, [("b", 2), ("z", 3)]),
        ({"added_rows": [{"name": "d", "n": 4}, {}]}, [*ROWS, ("d", 4), (None, None)]),
    ],
)
def test_edits_become_rows(edits: dict[str, Any], rows: list[tuple[Any, ...]]) -> None:
    assert apply_edits(ROWS, ("name", "n"), edits) == rows


def test_a_list_keeps_its_kind_when_a_number_is_added() -> None:
    stored = [1, 2]
    kind = editor(stored)
    assert isinstance(kind, ListEditor)
    assert apply_answer(stored, kind, read_answer(kind, {"added_rows": [{"value": 3}]})) == [1, 2, 3]
    assert apply_answer(stored, kind, read_answer(kind, {"deleted_rows": [0, 1]})) == []


def test_a_number_that_is_added_to_an_empty_list_is_a_number() -> None:
    kind = editor([])
    assert isinstance(kind, ListEditor)
    assert apply_answer([], kind, read_answer(kind, {"added_rows": [{"value": "6"}]})) == [6]
    assert apply_answer([], kind, read_answer(kind, {"added_rows": [{"value": "6"}]}, as_text=True)) == ["6"]


def test_scalars_of_one_kind_have_a_row_each_and_are_stored_unchanged() -> None:
    stored = {"mean": 1.5, "max": 0}
    kind = editor(stored)
    assert isinstance(kind, TableEditor)
    assert apply_answer(stored, kind, read_answer(kind, {})) is stored
    assert apply_answer(stored, kind, read_answer(kind, {"edited_rows": {0: {"value": 2}}})) == {"mean": 2.0, "max": 0}


def test_mixed_scalars_have_a_column_each_and_keep_their_types() -> None:
    stored = {"mean": 1.5, "unit": "µm", "ok": False}
    kind = editor(stored)
    new = apply_answer(stored, kind, read_answer(kind, {"edited_rows": {0: {"ok": True}}}))
    assert new == {"mean": 1.5, "unit": "µm", "ok": True}
    assert new["ok"] is True


def test_a_column_named_index_is_not_lost() -> None:
    stored = {"Index": ["x", "y"], "n": [1, 2]}
    kind = editor(stored)
    assert apply_answer(stored, kind, read_answer(kind, {"edited_rows": {1: {"n": 5}}})) == {
        "Index": ["x", "y"],
        "n": [1, 5],
    }
