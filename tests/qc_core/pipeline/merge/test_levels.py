import copy
import json
import logging
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.pipeline.merge.appending import plan_append
from qc_core.pipeline.merge.levels import join_levels, level_operations
from tests.paths import CASES
from tests.qc_core.quality_control.documents import NOW, v2, v2_metric

CASE = CASES / "12-merge-levels"

keys = st.sampled_from(["probe", "camera", "kind", "modality", "stage", "fiber"])
groupings = st.lists(keys | st.lists(keys, min_size=1, max_size=3, unique=True), max_size=4)


def get_grouping(old: Any, new: Any) -> Any:
    return plan_append(old, new, NOW).on(old)["default_grouping"]


def library_sum(old: Any, new: Any) -> Any:
    """`default_grouping` of the sum that aind-data-schema makes, as it writes it."""
    schema = pytest.importorskip("aind_data_schema.core.quality_control")
    logging.disable(logging.INFO)
    one, other = (schema.QualityControl.model_validate(copy.deepcopy(document)) for document in (old, new))
    return json.loads((one + other).model_dump_json())["default_grouping"]


def one_key_alone(level: Any) -> Any:
    """A level that is the same in both documents keeps its form: `["probe"]` means the same as `"probe"`."""
    return level[0] if isinstance(level, list) and len(level) == 1 else level


@pytest.mark.parametrize(
    ("old", "new", "merged"),
    [
        (["probe", "kind"], [["camera", "probe"], "kind"], [["probe", "camera"], "kind"]),
        (["probe", "kind"], ["camera", "kind"], [["probe", "camera"], "kind"]),
        (["probe"], ["camera", "kind"], [["probe", "camera"], "kind"]),
        (["probe", "kind"], ["camera"], [["probe", "camera"], "kind"]),
        ([["probe", "shank"]], ["shank"], [["probe", "shank"]]),
        (["probe"], ["kind", "probe"], [["probe", "kind"], "probe"]),
        ([], ["probe"], ["probe"]),
        (["probe"], [], ["probe"]),
        ([["probe"]], ["probe"], ["probe"]),
    ],
)
def test_levels_are_merged_one_by_one_as_the_library_adds_them(old: Any, new: Any, merged: Any) -> None:
    assert join_levels(old, new) == merged
    one, other = v2(v2_metric(), default_grouping=old), v2(v2_metric("noise"), default_grouping=new)
    assert get_grouping(one, other) == merged == library_sum(one, other)


@settings(deadline=None, max_examples=100)
@given(groupings, groupings)
def test_merged_levels_equal_those_of_the_sum_in_the_library(old: Any, new: Any) -> None:
    one, other = v2(v2_metric(), default_grouping=old), v2(v2_metric("noise"), default_grouping=new)
    assert [one_key_alone(level) for level in get_grouping(one, other)] == [
        one_key_alone(level) for level in library_sum(one, other)
    ]


@given(groupings, groupings)
def test_merging_the_same_levels_again_changes_nothing(old: Any, new: Any) -> None:
    assert level_operations(("default_grouping",), old, old) == []
    assert level_operations(("default_grouping",), join_levels(old, new), new) == []


def test_a_grouping_that_is_absent_or_null_is_made_and_what_is_no_list_stays() -> None:
    for old in ({}, {"default_grouping": None}):
        assert get_grouping({"metrics": [], **old}, v2(v2_metric())) == ["probe", "stage"]
    assert get_grouping(v2(default_grouping="probe"), v2(v2_metric())) == "probe"
    assert get_grouping(v2(v2_metric()), v2(v2_metric("noise"), default_grouping=None)) == ["probe", "stage"]


def test_tags_that_group_are_added_where_tags_are_lists() -> None:
    one = v2(v2_metric(tags=["A"]), default_grouping=["A"])
    other = v2(v2_metric("noise", tags=["B"]), default_grouping=["B", "A"])
    assert get_grouping(one, other) == ["A", "B"]
    assert get_grouping(one, v2(default_grouping=["B"])) == ["A", "B"]


@pytest.mark.skipif(not CASE.is_dir(), reason="the cases shared next to the project are not here")
def test_the_merged_case_is_as_the_library_makes_it() -> None:
    old, new = (
        json.loads(next((CASE / part).glob("*/quality_control.json")).read_text()) for part in ("raw", "derived")
    )
    assert get_grouping(old, new) == [["probe", "camera"], "kind"] == library_sum(old, new)
