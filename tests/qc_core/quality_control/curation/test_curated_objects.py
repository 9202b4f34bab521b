import copy
from typing import Any

import pytest
from hypothesis import given, settings

from qc_core.json_document.value import same_value
from qc_core.quality_control.curation.objects import (
    CuratedObject,
    ObjectDifference,
    column_cells,
    column_names,
    describe_whole,
    difference_lines,
    differences,
    fact_text,
    not_understood_line,
    objects,
    read,
    reference_path,
    references,
    replace_object,
)
from tests.qc_core.quality_control.documents import any_json

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
def test_each_form_has_one_line_an_object(content: Any, found: Any) -> None:
    assert objects(content) == found


@pytest.mark.parametrize("content", [None, "text", 5, [1, 2], {"a": 1}, [{}, 1]])
def test_other_content_is_no_list_of_objects(content: Any) -> None:
    assert objects(content) is None


@pytest.mark.parametrize("content", [{}, [], {"unit_ids": []}, {"labelsByUnit": {}}])
def test_an_empty_version_has_no_objects_and_is_no_other_kind(content: Any) -> None:
    assert objects(content) == ()


PLOTS = {"0": "events/plots/0_oasis.png", "12": "events/plots/12_oasis.png"}


def test_an_object_may_be_the_reference_of_its_figure_alone() -> None:
    assert objects(PLOTS) == (
        CuratedObject("0", {"reference": PLOTS["0"]}, PLOTS["0"], ("0",)),
        CuratedObject("12", {"reference": PLOTS["12"]}, PLOTS["12"], ("12",)),
    )
    assert list(references(PLOTS)) == list(PLOTS.values())


@pytest.mark.parametrize(
    ("content", "figures"),
    [
        ({"0": "s3://bucket/a.png", "1": "https://example.org/b.png", "2": "a.png;b.png"}, 3),
        ({"cell 1": "a.png", "cell 2": None, "cell 3": ""}, 1),
        ({"0": "a.png", "1": {"reference": "b.png", "label": "good"}, "2": {}}, 2),
        ({"0": "a.png", "1": "b.svg", "2": "plot is missing"}, 2),
        (["a.png", "b.png"], 2),
        (["a.png", {"id": 7, "reference": "b.png"}], 2),
        ({"0": "https://figurl.org/f?v=gs://figurl/x"}, 1),
    ],
)
def test_references_and_other_objects_may_be_mixed(content: Any, figures: int) -> None:
    assert len(objects(content)) == len(content)
    assert len(list(references(content))) == figures


@pytest.mark.parametrize(
    "content",
    [
        {"reference": "a.png", "label": "good"},
        {"figure": "a.png", "label": "good"},
        {"note": "by hand", "label": "good"},
        {"a": None},
        {"threshold": 5, "method": "median", "parameters": {"window": 3}},
    ],
)
def test_one_object_or_document_is_no_list_of_objects(content: Any) -> None:
    assert objects(content) is None


def channels(count: Any) -> dict[str, Any]:
    return {f"channel_{n}": {"x": 0.1, "y": 0.2, "brain_region": "VISp5"} for n in range(count)}


@pytest.mark.parametrize(
    "content",
    [
        {"channel_results": channels(6), "previous_alignments": {"rev": [[0.0, 0.1]]}, "ccf_channel_results": {}},
        {"channel_results": channels(384), "ccf_channel_results": channels(384)},
        {"channel_results": channels(384)},
        {"settings": {f"s{n}": n for n in range(150)}, "results": {f"r{n}": n for n in range(150)}},
        {"settings": {f"s{n}": n for n in range(300)}},
        {"a": {f"a{n}": [n] for n in range(20)}, "b": {f"b{n}": {} for n in range(20)}, "c": {}},
    ],
)
def test_sections_of_one_document_are_no_objects(content: Any) -> None:
    assert objects(content) is None


@pytest.mark.parametrize(
    "content",
    [
        {str(unit): {f"metric_{n}": n for n in range(120)} for unit in range(3)},
        {"u1": {"snr": {"value": 1}, "isi": {"value": 2}}, "u2": {"snr": {"value": 3}, "isi": {"value": 4}}},
        {"u1": {"a": 1, "b": 2}, "u2": {"c": 1, "d": 2}},
        {"u1": {}},
    ],
)
def test_objects_with_many_or_nested_facts_are_objects(content: Any) -> None:
    assert len(objects(content)) == len(content)


def test_rows_of_clusters_are_called_by_their_id() -> None:
    rows = [{"cluster_id": 0, "group": "good"}, {"cluster_id": 7.0, "KSLabel": "mua"}, {"group": "noise"}]
    assert [one.key for one in objects(rows)] == ["0", "7", "3"]
    assert objects({"0": "good", "7": "mua"}) == (
        CuratedObject("0", {"group": "good"}, None, ("0",)),
        CuratedObject("7", {"group": "mua"}, None, ("7",)),
    )


def test_reference_path_is_found() -> None:
    for content, path in [(PLOTS, ("0",)), (EVENTS, ("0", "reference")), (["a.png"], (0,))]:
        assert reference_path(content, objects(content)[0]) == path
    assert reference_path(UNITS, objects(UNITS)[0]) is None


def test_values_for_all_units_are_described() -> None:
    assert list(describe_whole(read(UNITS).whole)) == ["Labels to choose from: quality: good, noise (one of them)"]
    viewed = read({**VIEWED, "isClosed": True, "labelChoices": ["mua", "noise"]})
    assert list(describe_whole(viewed.whole)) == [
        "Closed: it should not be changed any more.",
        "Labels to choose from: mua, noise",
    ]


def test_parts_that_are_not_understood_are_one_line() -> None:
    odd = read({**UNITS, "merges": [[2]], "by": "x" * 100}).not_understood
    assert not_understood_line(odd) == f'Not understood: merges[0] = [2]; by = "{"x" * 59}…'
    assert not_understood_line({str(n): n for n in range(12)}).endswith("9 = 9; and 2 more")


def test_differences_include_values_for_all_units() -> None:
    split = {**UNITS, "splits": {"2": [[0, 1], [2]]}}
    moved = {**UNITS, "splits": {"2": [[0, 2], [1]]}}
    assert [(one.key, one.will["splits"]) for one in differences(split, moved)] == [("(the whole)", moved["splits"])]
    assert [line[0] for line in difference_lines(differences(VIEWED, {**VIEWED, "isClosed": True}))] == ["(the whole)"]
    assert [line[0] for line in difference_lines(differences(UNITS, {**UNITS, "reviewed": True}))] == ["(the whole)"]
    long = {**UNITS, "splits": {"2": [list(range(5000)), [5000]]}}
    assert max(len(text) for line in difference_lines(differences(split, long)) for text in line) <= 1001


def test_columns_are_all_names_in_their_order() -> None:
    assert column_names(objects(EVENTS)) == ("reference", "label", "n", "value")


def test_a_column_of_numbers_stays_numbers() -> None:
    found = objects({"a": {"n": 3, "m": 1, "big": 2**60}, "b": {"n": 2.5, "m": "x"}, "c": {}, "d": {"m": True}})
    assert column_cells(found, "n") == [3, 2.5, None, None]
    assert column_cells(found, "m") == ["1", "x", "", "true"]
    assert column_cells(found, "big") == [str(2**60), "", "", ""]


def test_one_object_can_be_changed_and_the_old_version_stays() -> None:
    before = copy.deepcopy(EVENTS)
    after = replace_object(EVENTS, ("0",), {"reference": "a.png", "label": "bad"})
    assert after == {**EVENTS, "0": {"reference": "a.png", "label": "bad"}}
    assert before == EVENTS


def test_two_versions_differ_object_by_object() -> None:
    after = {"0": {"reference": "a.png", "label": "bad"}, "note": "by hand", "13": {}}
    assert differences(EVENTS, after) == (
        ObjectDifference("0", EVENTS["0"], after["0"]),
        ObjectDifference("12", EVENTS["12"], None),
        ObjectDifference("13", None, {}),
    )
    assert differences(UNITS, {**UNITS, "merges": []}) == (
        ObjectDifference("2", {"quality": ["good"], "merged with": [3]}, {"quality": ["good"]}),
        ObjectDifference("3", {"merged with": [2]}, {}),
    )
    assert differences("a", "b") == (ObjectDifference("all", {"value": "a"}, {"value": "b"}),)
    assert differences(EVENTS, copy.deepcopy(EVENTS)) == ()


def test_two_objects_of_one_name_are_distinguished() -> None:
    assert [one.key for one in differences([{"id": 1}, {"id": 1, "a": 1}], None)] == ["1", "1′"]


def test_a_fact_reads_as_people_write_it() -> None:
    texts = {"": "", "a": "a", 0: "0", 1.5: "1.5", True: "true"}
    assert {value: fact_text(value) for value in texts} == texts
    assert fact_text("a\ud800") == fact_text(["a\ud800"]) == "a?"
    assert fact_text(None) == "" and fact_text([1, "b"]) == "1, b" and fact_text([[1], {}]) == "[[1], {}]"


@settings(deadline=None, max_examples=200)
@given(any_json, any_json)
def test_any_two_versions_can_be_described(one: Any, other: Any) -> None:
    before = copy.deepcopy(one)
    for found in objects(one) or ():
        assert isinstance(found.key, str)
        for fact in found.facts.values():
            fact_text(fact).encode()
        if found.path is not None:
            assert same_value(replace_object(one, found.path, None), replace_object(one, found.path, None))
    list(references(one))
    assert differences(one, one) == ()
    differences(one, other)
    assert same_value(one, before)
