from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.quality_control.arrangement import (
    KINDS,
    Arrangement,
    format_arrangement,
    list_keys,
    list_values,
    parse_arrangement,
    select_metrics,
)
from qc_core.quality_control.document import read
from qc_core.quality_control.grouping import build_tree, group_text, leaves
from tests.qc_core.quality_control.documents import (
    NOW,
    entry,
    evaluation,
    quality_control_of,
    records,
    v1,
    v1_metric,
    v2,
    v2_metric,
)

DOCUMENT = read(
    v2(
        v2_metric("drift", entry("Fail", evaluator="Ada"), tags={"probe": "A", "type": "drift"}),
        v2_metric("noise", entry("Pending"), tags={"probe": "B"}, stage="Processing", description="Hum of the lamp"),
        v2_metric("yield", entry("Pass", evaluator="Bo"), tags={"shank": "1"}),
    )
)


def test_metrics_are_grouped_by_chosen_keys_in_their_order_and_by_levels_of_several_keys() -> None:
    def texts(levels: Any) -> list[tuple[str, Any]]:
        return [(group_text(leaf), leaf.metrics) for leaf in leaves(build_tree(DOCUMENT, NOW, levels))]

    assert texts((("stage",), ("probe",))) == [
        ("stage=Raw data/probe=A", (0,)),
        ("stage=Raw data/probe=(none)", (2,)),
        ("stage=Processing/probe=B", (1,)),
    ]
    assert texts((("probe", "shank"),)) == [("probe=A", (0,)), ("probe=B", (1,)), ("shank=1", (2,))]


def test_evaluations_of_the_first_generation_are_a_key() -> None:
    document = read(v1(evaluation("Drift", v1_metric("a")), evaluation("Noise", v1_metric("b"))))
    assert "evaluation" in list_keys(document)
    texts = [group_text(leaf) for leaf in leaves(build_tree(document, NOW, (("stage",), ("evaluation",))))]
    assert [text.rpartition("/")[2] for text in texts] == ["evaluation=Drift", "evaluation=Noise"]


@pytest.mark.parametrize(
    ("conditions", "selected"),
    [
        ([], (0, 1, 2)),
        ([("tag", "probe:A"), ("tag", "probe:B")], (0, 1)),
        ([("tag", "probe:A"), ("tag", "type:drift")], (0,)),
        ([("tag", "probe:B"), ("tag", "type:drift")], ()),
        ([("stage", "Raw data"), ("status", "Pass")], (2,)),
        ([("status", "Pass"), ("status", "Fail")], (0, 2)),
        ([("person", "Bo")], (2,)),
        ([("text", "LAMP")], (1,)),
        ([("modality", "none")], ()),
    ],
)
def test_conditions_of_one_kind_widen_and_those_of_others_narrow(conditions: Any, selected: Any) -> None:
    assert select_metrics(DOCUMENT, conditions, NOW) == selected


def test_values_that_occur_are_listed_with_their_numbers() -> None:
    found = list_values(DOCUMENT, NOW)
    assert found["tag"] == {"probe:A": 1, "type:drift": 1, "probe:B": 1, "shank:1": 1}
    assert (found["status"], found["stage"]) == ({"Fail": 1, "Pending": 1, "Pass": 1}, {"Raw data": 2, "Processing": 1})
    assert list_keys(DOCUMENT) == ("modality", "stage", "probe", "type", "shank")


keys = st.text(min_size=1)


@given(st.lists(st.lists(keys, min_size=1).map(tuple), max_size=4), st.lists(st.tuples(st.sampled_from(KINDS), keys)))
def test_arrangement_survives_its_text(levels: Any, conditions: Any) -> None:
    arrangement = Arrangement(tuple(levels), tuple(dict.fromkeys(conditions)))
    assert parse_arrangement(format_arrangement(arrangement)) == arrangement


@given(st.text(alphabet="a=/,%25Fstatus"), st.text(alphabet="a=/,%25Fstatus"))
def test_any_text_is_an_arrangement(by: str, only: str) -> None:
    arrangement = parse_arrangement({"by": by, "only": only})
    assert all(arrangement.levels) and all(kind in KINDS for kind, _ in arrangement.conditions)


@pytest.mark.parametrize("path", records())
def test_every_metric_of_every_record_is_in_the_tree_by_any_key(path: Any) -> None:
    document = read(quality_control_of(path))
    for key in list_keys(document):
        below = [index for leaf in leaves(build_tree(document, NOW, ((key,),))) for index in leaf.metrics]
        assert sorted(below) == list(range(len(document.metrics)))
