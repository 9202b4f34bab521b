"""Curations edited unit by unit: what an action changes, and that everything else stays as it is."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.quality_control.curation import messages as curation_messages
from qc_core.quality_control.curation.unit_editing import (
    EditableUnit,
    LabelCategory,
    UnitEdit,
    apply_edit,
    empty_version,
    read_units,
)
from tests.qc_core.quality_control.documents import any_json

SORTED: dict[str, Any] = {
    "format_version": "2",
    "unit_ids": [1, 2, 3, "x"],
    "label_definitions": {
        "quality": {"label_options": ["good", "noise"], "exclusive": True},
        "tags": {"label_options": ["drifts", "small"]},
    },
    "manual_labels": [{"unit_id": 1, "labels": {"quality": ["noise"]}}],
    "merges": [{"unit_ids": [1, 2], "new_unit_id": 9}],
    "removed": [],
    "splits": [{"unit_id": 3, "mode": "indices", "indices": [[0, 1]]}],
    "ours": {"kept": True},
}
VIEWED: dict[str, Any] = {"labelsByUnit": {"1": ["accept"], "2": []}, "mergeGroups": [], "labelChoices": ["accept"]}


def edit_units(content: Any, *edits: UnitEdit) -> Any:
    before = copy.deepcopy(content)
    for edit in edits:
        after = apply_edit(content, edit)
        assert content == before, "the version that was given is not changed"
        content, before = after, copy.deepcopy(after)
    return content


def label(*units: str, label: str = "good", category: str = "quality") -> UnitEdit:
    return UnitEdit("label", units, category, label)


def test_the_units_of_a_curation_are_read_with_their_labels_and_merges() -> None:
    table = read_units(SORTED)
    assert table is not None
    assert table.units[0] == EditableUnit("1", {"quality": ("noise",)}, merge=1)
    assert [unit.name for unit in table.units] == ["1", "2", "3", "x"]
    assert table.categories == (
        LabelCategory("quality", ("good", "noise"), exclusive=True),
        LabelCategory("tags", ("drifts", "small"), exclusive=False),
    )


def test_a_label_is_set_replaced_and_taken_back() -> None:
    assert edit_units(SORTED, label("1"))["manual_labels"] == [{"unit_id": 1, "labels": {"quality": ["good"]}}]
    assert edit_units(SORTED, label("1", label="noise"))["manual_labels"] == []
    both = edit_units(SORTED, label("x", label="drifts", category="tags"), label("x", label="small", category="tags"))
    assert both["manual_labels"][1] == {"unit_id": "x", "labels": {"tags": ["drifts", "small"]}}
    assert (
        edit_units(SORTED, label("1", label="unheard of")) == SORTED == edit_units(SORTED, label("1", category="none"))
    )


def test_several_units_get_a_label_in_one_step_unless_all_have_it() -> None:
    one_has_it = edit_units(SORTED, label("1", "2", label="noise"))
    assert [one["labels"] for one in one_has_it["manual_labels"]] == [{"quality": ["noise"]}] * 2
    assert edit_units(one_has_it, label("1", "2", label="noise"))["manual_labels"] == []


def test_labels_are_written_as_the_entries_next_to_them() -> None:
    flat = SORTED | {"manual_labels": [{"unit_id": 1, "quality": ["noise"]}]}
    assert edit_units(flat, label("2"))["manual_labels"] == [
        {"unit_id": 1, "quality": ["noise"]},
        {"unit_id": 2, "quality": ["good"]},
    ]


def test_merges_that_share_a_unit_become_one() -> None:
    merged = edit_units(SORTED, UnitEdit("merge", ("2", "3")))
    assert merged["merges"] == [{"unit_ids": [1, 2, 3]}]
    assert edit_units(merged, UnitEdit("unmerge", ("1",)))["merges"] == [{"unit_ids": [2, 3]}]
    assert edit_units(merged, UnitEdit("unmerge", ("1", "3")))["merges"] == []
    assert edit_units(SORTED, UnitEdit("merge", ("3",))) == SORTED
    old = {"unit_ids": ["a", "b"], "merge_unit_groups": [], "removed_units": []}
    assert edit_units(old, UnitEdit("merge", ("a", "b")))["merge_unit_groups"] == [["a", "b"]]


def test_a_unit_is_removed_and_restored() -> None:
    removed = edit_units(SORTED, UnitEdit("remove", ("2", "x")))
    assert removed["removed"] == [2, "x"]
    assert edit_units(removed, UnitEdit("restore", ("2",)))["removed"] == ["x"]


def test_a_curation_of_sortingview_is_edited_in_its_own_form() -> None:
    assert edit_units(VIEWED, label("2", label="accept", category="labels"))["labelsByUnit"] == {
        "1": ["accept"],
        "2": ["accept"],
    }
    assert edit_units(VIEWED, UnitEdit("merge", ("1", "2")))["mergeGroups"] == [[1, 2]]
    assert edit_units(VIEWED, UnitEdit("remove", ("1",))) == VIEWED


def test_an_empty_version_keeps_the_units_and_the_labels_to_choose_from() -> None:
    empty = empty_version(SORTED)
    assert empty == SORTED | {"manual_labels": [], "merges": [], "splits": []}
    assert empty_version(VIEWED) == {"labelsByUnit": {}, "mergeGroups": [], "labelChoices": ["accept"]}
    assert empty_version({"0": {"good": True}}) == {} == empty_version(None)


@pytest.mark.parametrize(
    "content",
    [
        None,
        {},
        {"0": {"label": "good"}},
        SORTED | {"merges": {"9": [1, 2]}},
        SORTED | {"manual_labels": [{"unit_id": 1, "quality": "noise"}]},
        SORTED | {"unit_ids": [1, 1]},
        {"curation_steps": [SORTED]},
        {"unit_ids": list(range(5001))},
        {"labelsByUnit": {"1": "accept"}},
    ],
)
def test_other_forms_are_not_edited_unit_by_unit(content: Any) -> None:
    assert read_units(content) is None
    assert apply_edit(content, label("1")) == content


def test_a_thousand_units_are_labelled_into_one_version_that_the_format_allows() -> None:
    content: Any = SORTED | {"unit_ids": list(range(1000)), "manual_labels": [], "merges": [], "splits": []}
    for unit in range(0, 1000, 50):
        content = apply_edit(content, label(*map(str, range(unit, unit + 50))))
    content = apply_edit(content, UnitEdit("merge", ("7", "8")))
    assert len(content["manual_labels"]) == 1000
    assert isinstance(curation_messages.read({"curation": content}), curation_messages.ReceivedCuration)


@given(any_json, st.sampled_from(["label", "merge", "unmerge", "remove", "restore"]))
def test_an_edit_keeps_the_units_of_any_version_and_leaves_what_cannot_be_read(content: Any, kind: Any) -> None:
    for odd in (content, {"unit_ids": [1, 2], "merges": content}, {"labelsByUnit": content}, {"unit_ids": content}):
        after, empty = edit_units(odd, UnitEdit(kind, ("1", "2"), "labels", "x")), empty_version(odd)
        before = read_units(odd)
        if before is None:
            assert after == odd and empty == {}
            continue
        table = read_units(after)
        assert table is not None and {unit.name for unit in table.units} == {unit.name for unit in before.units}
        emptied = read_units(empty)
        assert emptied is not None and not any(unit.labels or unit.merge or unit.removed for unit in emptied.units)
