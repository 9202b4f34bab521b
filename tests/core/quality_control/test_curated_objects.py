import copy

import pytest
from hypothesis import given, settings

from qc_core.json_value import same_value
from qc_core.quality_control.curated_objects import (
    CuratedObject,
    Difference,
    cells,
    columns,
    differences,
    fact_text,
    objects,
    references,
    with_object,
)

from .documents import any_json

EVENTS = {"0": {"reference": "a.png", "label": "good"}, "12": {"reference": "", "n": 3}, "note": "by hand"}
UNITS = {
    "format_version": "2",
    "label_definitions": {"quality": {"label_options": ["good", "noise"], "exclusive": True}},
    "unit_ids": [1, 2, 3, "x"],
    "manual_labels": [{"unit_id": 1, "quality": ["noise"]}, {"unit_id": 2, "labels": {"quality": ["good"]}}],
    "removed": [1],
    "merges": [{"unit_ids": [2, 3]}],
    "splits": [{"unit_id": "x"}],
}
VIEWED = {"labelsByUnit": {"1": ["mua"], "2": []}, "mergeGroups": [[1, 5]]}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (
            EVENTS,
            (
                CuratedObject("0", EVENTS["0"], "a.png", ("0",)),
                CuratedObject("12", EVENTS["12"], None, ("12",)),
                CuratedObject("note", {"value": "by hand"}, None, ("note",)),
            ),
        ),
        (
            [{"id": 7, "reference": "b.png"}, {"label": 1}],
            (
                CuratedObject("7", {"id": 7, "reference": "b.png"}, "b.png", (0,)),
                CuratedObject("2", {"label": 1}, None, (1,)),
            ),
        ),
        (
            UNITS,
            (
                CuratedObject("1", {"quality": ["noise"], "removed": "yes"}),
                CuratedObject("2", {"quality": ["good"], "merged with": [3]}),
                CuratedObject("3", {"merged with": [2]}),
                CuratedObject("x", {"split": "yes"}),
            ),
        ),
        (
            VIEWED,
            (
                CuratedObject("1", {"labels": ["mua"], "merged with": [5]}),
                CuratedObject("2", {"labels": []}),
                CuratedObject("5", {"merged with": [1]}),
            ),
        ),
    ],
    ids=["by id", "a list", "SpikeInterface", "SortingView"],
)
def test_each_form_has_one_line_an_object(content, found):
    assert objects(content) == found


@pytest.mark.parametrize("content", [None, {}, [], "text", 5, [1, 2], {"a": 1}, [{}, 1]])
def test_what_is_no_list_of_objects_says_so(content):
    assert objects(content) is None


def test_columns_are_all_names_in_their_order():
    assert columns(objects(EVENTS)) == ("reference", "label", "n", "value")


def test_a_column_of_numbers_stays_numbers():
    found = objects({"a": {"n": 3, "m": 1, "big": 2**60}, "b": {"n": 2.5, "m": "x"}, "c": {}, "d": {"m": True}})
    assert cells(found, "n") == [3, 2.5, None, None]
    assert cells(found, "m") == ["1", "x", "", "true"]
    assert cells(found, "big") == [str(2**60), "", "", ""]


def test_one_object_can_be_changed_and_the_old_version_stays():
    before = copy.deepcopy(EVENTS)
    after = with_object(EVENTS, ("0",), {"reference": "a.png", "label": "bad"})
    assert after == {**EVENTS, "0": {"reference": "a.png", "label": "bad"}}
    assert before == EVENTS


def test_two_versions_differ_object_by_object():
    after = {"0": {"reference": "a.png", "label": "bad"}, "note": "by hand", "13": {}}
    assert differences(EVENTS, after) == (
        Difference("0", EVENTS["0"], after["0"]),
        Difference("12", EVENTS["12"], None),
        Difference("13", None, {}),
    )
    assert differences(UNITS, {**UNITS, "merges": []}) == (
        Difference("2", {"quality": ["good"], "merged with": [3]}, {"quality": ["good"]}),
        Difference("3", {"merged with": [2]}, {}),
    )
    assert differences("a", "b") == (Difference("all", {"value": "a"}, {"value": "b"}),)
    assert differences(EVENTS, copy.deepcopy(EVENTS)) == ()


def test_two_objects_of_one_name_are_told_apart():
    assert [one.key for one in differences([{"id": 1}, {"id": 1, "a": 1}], None)] == ["1", "1′"]


def test_a_fact_reads_as_people_write_it():
    told = {"": "", "a": "a", 0: "0", 1.5: "1.5", True: "true"}
    assert {value: fact_text(value) for value in told} == told
    assert fact_text("a\ud800") == fact_text(["a\ud800"]) == "a?"
    assert fact_text(None) == "" and fact_text([1, "b"]) == "1, b" and fact_text([[1], {}]) == "[[1], {}]"


@settings(deadline=None, max_examples=200)
@given(any_json, any_json)
def test_whatever_a_version_holds_it_is_told(one, other):
    before = copy.deepcopy(one)
    for found in objects(one) or ():
        assert isinstance(found.key, str)
        for fact in found.facts.values():
            fact_text(fact).encode()
        if found.path is not None:
            assert same_value(with_object(one, found.path, None), with_object(one, found.path, None))
    list(references(one))
    assert differences(one, one) == ()
    differences(one, other)
    assert same_value(one, before)
