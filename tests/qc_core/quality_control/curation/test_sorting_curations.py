import json
from typing import Any

import pytest
from hypothesis import given, settings

from qc_core.quality_control.curation.sorting_curations import MAX_LISTED, read_sorting
from qc_core.quality_control.curation.sorting_parts import label_choices
from tests.qc_core.quality_control.documents import any_json

QUALITY = {"quality": {"label_options": ["good", "noise"], "exclusive": True}}
UNITS = [0, 1, 2, 3]
NOISE = {"quality": ["noise"]}
MERGED = {"0": {"merged with": [1]}, "1": {"merged with": [0]}, "2": {}, "3": {}}
RENAMED = {
    "0": {"merged with": [1], "merged into": 9},
    "1": {"merged with": [0], "merged into": 9},
    "2": {},
    "3": {},
}
RENAMED_BY_KEY = {unit: facts | ({"merged into": "9"} if facts else {}) for unit, facts in MERGED.items()}


def units(**parts: Any) -> Any:
    """The facts of a curation of four units, all of which must be understood."""
    found = read_sorting({"unit_ids": UNITS, **parts})
    assert not found.not_understood, found.not_understood
    return found.units


@pytest.mark.parametrize("version", [{}, {"format_version": "1"}, {"format_version": "2"}, {"format_version": 2}])
def test_a_curation_is_recognised_with_and_without_its_version(version: Any) -> None:
    labels = {"label_definitions": QUALITY, "manual_labels": [{"unit_id": 2, **NOISE}], "unit_ids": UNITS}
    found = read_sorting(
        {**version, **labels, "merge_unit_groups": [[0, 1]], "removed_units": [3], "split_units": None, "splits": []}
    )
    assert found.units == {**MERGED, "2": NOISE, "3": {"removed": "yes"}}
    assert found.not_understood == {} and found.whole["label_definitions"] == QUALITY
    assert found.form == " ".join(["SpikeInterface", *map(str, version.values())])


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ([[0, 1]], MERGED),
        ([{"unit_ids": [0, 1]}], MERGED),
        ([{"unit_ids": [0, 1], "new_unit_id": None}], MERGED),
        ([{"unit_ids": [0, 1], "new_unit_id": 9}], RENAMED),
        ([{"merge_unit_group": [0, 1], "merge_new_unit_id": 9}], RENAMED),
        ({"9": [0, 1]}, RENAMED_BY_KEY),
        ({"9": {"unit_ids": [0, 1]}}, RENAMED_BY_KEY),
    ],
)
@pytest.mark.parametrize("key", ["merges", "merge_unit_groups"])
def test_every_form_of_merges_is_read_by_unit(key: str, part: Any, found: Any) -> None:
    assert units(**{key: part}) == found


@pytest.mark.parametrize(
    ("part", "split"),
    [
        ([{"unit_id": 2}], {"split": "yes"}),
        ([{"unit_id": 2, "mode": "indices", "indices": [[0, 1], [2]]}], {"split": "2 + 1 spikes"}),
        (
            [{"unit_id": 2, "mode": "labels", "labels": [0, 0, 1], "indices": None, "new_unit_ids": [8, 9]}],
            {"split": "2 + 1 spikes", "split into": [8, 9]},
        ),
        (
            [{"unit_id": 2, "split_mode": "indices", "split_indices": [[0, 1], [2]], "split_new_unit_ids": [8, 9]}],
            {"split": "2 + 1 spikes", "split into": [8, 9]},
        ),
        ({"2": [[0, 1], [2]]}, {"split": "2 + 1 spikes"}),
        ({"2": [0, 1, 1]}, {"split": "1 + 2 spikes"}),
        ({"2": {"indices": [[0, 1], [2]], "new_unit_ids": [8, 9]}}, {"split": "2 + 1 spikes", "split into": [8, 9]}),
    ],
)
@pytest.mark.parametrize("key", ["splits", "split_units"])
def test_every_form_of_splits_is_read_by_unit(key: str, part: Any, split: Any) -> None:
    assert units(**{key: part})["2"] == split


@pytest.mark.parametrize("key", ["removed", "removed_units", "removes"])
@pytest.mark.parametrize("part", [[3], ["3"], [{"unit_id": 3}], [{"unit_ids": [3]}]])
def test_every_form_of_removed_units_is_read(key: str, part: Any) -> None:
    assert units(**{key: part})["3"] == {"removed": "yes"}


@pytest.mark.parametrize(
    "part",
    [
        [{"unit_id": 2, "quality": ["noise"]}],
        [{"unit_id": 2, "labels": {"quality": ["noise"]}}],
        {"2": {"quality": ["noise"]}},
        {"2": {"labels": {"quality": ["noise"]}}},
    ],
)
def test_every_form_of_labels_is_read(part: Any) -> None:
    assert units(manual_labels=part)["2"] == NOISE
    assert units(manual_labels={"2": ["noise"]})["2"] == {"labels": ["noise"]}


@pytest.mark.parametrize(
    "content",
    [
        {"labelsByUnit": {"1": ["accept"]}},
        {"mergeGroups": [[1, 2]]},
        {"labelsByUnit": {}, "mergeGroups": [], "isClosed": False, "labelChoices": ["accept"]},
        {"format_version": "0", "labelsByUnit": {"1": []}},
    ],
)
def test_sortingview_is_recognised_by_each_of_its_keys(content: Any) -> None:
    found = read_sorting(content)
    assert found.form == "SortingView" and not found.not_understood


@pytest.mark.parametrize(
    "content", [{"merges": [[1, 2]]}, {"removes": [1]}, {"splits": {"1": [[0], [1]]}}, {"removed": [], "merges": []}]
)
def test_one_key_is_enough_where_it_can_mean_nothing_else(content: Any) -> None:
    assert read_sorting(content).form == "SpikeInterface"


@pytest.mark.parametrize(
    "content",
    [
        {"merges": {"reference": "a.png"}, "removed": {"reference": "b.png"}},
        {"format_version": "1", "0": {"reference": "a.png"}},
        {"removed": [1], "kept": {"reference": "a.png"}},
        {"0": {"unit_ids": [1]}},
        {},
        [],
        "unit_ids",
        None,
    ],
)
def test_other_content_is_no_sorting(content: Any) -> None:
    assert read_sorting(content) is None


def test_a_curation_as_figurl_sends_it_is_the_one_inside() -> None:
    content = {"labelsByUnit": {"1": ["accept"]}}
    assert read_sorting({"curation": content}) == read_sorting(content)
    assert read_sorting({"curation": {"reference": "a.png"}}) is None


def test_steps_of_a_sequence_are_distinguished() -> None:
    first = {"format_version": "2", "unit_ids": [1, 2, 3], "merges": [{"unit_ids": [1, 2], "new_unit_id": 4}]}
    second = {"format_version": "2", "unit_ids": [3, 4], "merges": [{"unit_ids": [3, 4]}], "odd": 1}
    found = read_sorting({"curation_steps": [first, second]})
    assert found.units == {
        "1": {"merged with": [2], "merged into": 4},
        "2": {"merged with": [1], "merged into": 4},
        "3": {"merged with (step 2)": [4]},
        "4": {"merged with (step 2)": [3]},
    }
    assert found.not_understood == {"curation_steps[1].odd": 1}


def test_unknown_parts_are_kept_by_their_path() -> None:
    odd = {
        "merges": [[0, 1], [2], {"unit_ids": [0, 3], "why": "same shape"}],
        "splits": {"3": "by hand", "1": {"indices": [[0], [1]], "who": "A"}},
        "removed": [None, 2],
        "manual_labels": [{"quality": ["good"]}, "x"],
        "label_definitions": {"quality": ["good"]},
        "labels_by_unit": {"1": ["good"]},
        "reviewed": True,
    }
    found = read_sorting({"unit_ids": [*UNITS, None], **odd})
    assert found.not_understood == {
        "unit_ids[4]": None,
        "merges[1]": [2],
        "merges[2].why": "same shape",
        "splits['3']": "by hand",
        "splits['1'].who": "A",
        "removed[0]": None,
        "manual_labels[0]": {"quality": ["good"]},
        "manual_labels[1]": "x",
        "label_definitions": {"quality": ["good"]},
        "labels_by_unit": {"1": ["good"]},
        "reviewed": True,
    }
    assert found.units == {
        "0": {"merged with": [1], "merged with (2)": [3]},
        "1": {"merged with": [0], "split": "1 + 1 spikes"},
        "2": {"removed": "yes"},
        "3": {"merged with": [0]},
    }


def test_two_facts_of_one_name_are_both_kept() -> None:
    assert units(merges=[[0, 1], [0, 2]])["0"] == {"merged with": [1], "merged with (2)": [2]}
    twice = [{"unit_id": 2, "quality": ["good"]}, {"unit_id": 2, "quality": ["noise"]}]
    assert units(manual_labels=twice)["2"] == {"quality": ["good"], "quality (2)": ["noise"]}
    assert units(manual_labels=[twice[0], twice[0]])["2"] == {"quality": ["good"]}


def test_units_of_a_very_large_merge_state_how_many_others_there_are() -> None:
    group = list(range(MAX_LISTED + 1))
    found = read_sorting({"unit_ids": group, "merges": [group]})
    assert found.units["7"] == {"merged with": "100 other units"} and found.whole["merges"] == [group]
    assert len(units(merges=[group[:-1]])["7"]["merged with"]) == MAX_LISTED - 1


def test_labels_to_choose_from_are_one_line_a_category() -> None:
    assert list(label_choices(QUALITY)) == ["quality: good, noise (one of them)"]
    assert list(label_choices([{"name": "tags", "label_options": ["a"], "exclusive": False}])) == ["tags: a"]


@settings(deadline=None, max_examples=200)
@given(any_json, any_json)
def test_no_part_of_any_content_is_lost(one: Any, other: Any) -> None:
    found = read_sorting(
        {"unit_ids": [1], "merges": one, "splits": other, "manual_labels": one, "curation_steps": [other]}
    )
    json.dumps(list(found.not_understood.items()))
    assert "1" in found.units and "\0" not in json.dumps(found.not_understood)
