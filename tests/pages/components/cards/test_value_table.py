"""The edits that a table reports become rows again, with nothing lost and nothing moved."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.components.cards.value_table import apply_edits, read_answer
from qc_core.quality_control.values.answers import apply_answer, editor
from qc_core.quality_control.values.editor_kinds import ListEditor, TableEditor
from tests.fakes.assets import document, made, metric
from tests.pages.screen import Screen

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


def test_a_wide_table_shows_its_first_columns_or_those_that_are_found_and_what_names_its_rows(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    names = [f"column {number}" for number in range(5000)]
    value = {name: [1, 2] for name in names} | {"Index": ["a", "b"]}
    asset = made(document(metric("Wide", value), metric("Narrow", {"a": [1], "b": [2]})), tmp_path)
    shown = screen(tmp_path).review(name=asset.name)

    def expect_columns(columns: list[str], words: str) -> None:
        assert list(shown.app.dataframe[0].value.columns) == [*columns, "Index"]
        assert words in shown.words and shown.errors == []

    def find(text: str) -> None:
        shown.field("text_input", "Find columns of Wide").set_value(text)
        shown.run()

    expect_columns(names[:60], "Shown: the first 60 of 5,001 columns.")
    find("COLUMN 4999")
    expect_columns(["column 4999"], "Shown: 1 column named like “COLUMN 4999”, of 5,001 in all.")
    find("49")
    found = [name for name in names if "49" in name]
    expect_columns(found[:60], f"Shown: the first 60 of {len(found)} columns named like “49”, of 5,001 in all.")
    find("nothing")
    expect_columns([], "None of 5,001 columns is named like “nothing”.")
    assert [one.label for one in shown.app.text_input if "Find" in one.label] == ["Find columns of Wide"]
