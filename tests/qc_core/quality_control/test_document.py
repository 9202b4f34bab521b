import copy
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings

from qc_core.json_document.value import same_value
from qc_core.quality_control.document import Dialect, read
from qc_core.quality_control.metric import Modality
from qc_core.quality_control.status import Generation, Status
from tests.qc_core.quality_control.documents import (
    entry,
    evaluation,
    hostile_documents,
    quality_control_of,
    raw_metric_count,
    records,
    v1,
    v1_metric,
    v2,
    v2_metric,
)


def at(raw: Any, path: Any) -> Any:
    for step in path:
        raw = raw[step]
    return raw


@settings(deadline=None, max_examples=120)
@given(hostile_documents)
def test_any_json_is_read_without_an_error_and_no_metric_is_lost(raw: Any) -> None:
    before = copy.deepcopy(raw)
    document = read(raw)
    assert len(document.metrics) == raw_metric_count(raw)
    assert len({metric.path for metric in document.metrics}) == len(document.metrics)
    assert same_value(raw, before)
    for metric in document.metrics:
        here = at(raw, metric.path)
        if metric.read_only is None:
            assert same_value(here.get("value"), metric.value)
            assert len(here.get(metric.history_key, ())) == len(metric.history)


@pytest.mark.parametrize("path", records())
def test_every_shared_record_is_read_whole(path: Any) -> None:
    raw = quality_control_of(path)
    document = read(raw)
    assert len(document.metrics) == raw_metric_count(raw)
    assert (document.generation is None) == path.stem.startswith("bad")
    assert all(same_value(at(raw, (*metric.path, "value")), metric.value) for metric in document.metrics)
    if not path.stem.startswith(("bad", "v1a")):
        assert document.problems == ()
        assert all(metric.read_only is None and metric.problems == () for metric in document.metrics)


@pytest.mark.parametrize(
    ("raw", "dialect"),
    [
        (v2(v2_metric(tags={"probe": "A"})), Dialect.V2_DICT_TAGS),
        (v2(v2_metric(tags=["A"])), Dialect.V2_LIST_TAGS),
        (v2(v2_metric(tags=["A"]), v2_metric(tags={})), Dialect.V2_DICT_TAGS),
        (v2(v2_metric(tags=["A"]), schema_version="2.4.2"), Dialect.V2_LIST_TAGS),
        (v2(v2_metric(tags={}), schema_version="2.1.1"), Dialect.V2_DICT_TAGS),
        (v1(evaluation("e", v1_metric()), schema_version="2.0.1"), Dialect.V1),
        (v1(), Dialect.V1),
        (v1(overall_status="Pass"), Dialect.V1A),
        (v1({"evaluation_name": "e", "metrics": []}), Dialect.V1A),
        (v1({"name": "e", "qc_metrics": {}}), Dialect.V1A),
        ({"metrics": None}, Dialect.V2_DICT_TAGS),
        ({"metrics": None, "evaluations": []}, Dialect.V1),
        ({"schema_version": "2.4.2", "notes": None}, Dialect.UNKNOWN),
        ({"metrics": {"a": 1}}, Dialect.UNKNOWN),
        (None, Dialect.UNKNOWN),
        ([], Dialect.UNKNOWN),
    ],
)
def test_keys_decide_the_shape_never_the_version(raw: Any, dialect: Any) -> None:
    assert read(raw).dialect is dialect


def test_unknown_shape_is_read_only_with_a_reason() -> None:
    document = read({"metrics": {"a": 1}})
    assert document.generation is None
    assert document.metrics == ()
    assert document.read_only == "Its metrics are an object, not a list."


def test_a_v2_metric_is_read_in_full() -> None:
    history = [entry("Pending", "2025-01-01T00:00:00", ""), entry("Pass", "2025-06-15 22:43:10.795111+00:00")]
    raw = v2(
        v2_metric("Probe A drift", *history, reference="drift.png", description="low", tags={"probe": "A", "b": "c"}),
        default_grouping=["probe", ["stage", "modality"]],
        allow_tag_failures=["A"],
        status={"probe:A": "Pass"},
        notes="fine",
        key_experimenters=["Ada", " "],
    )
    document = read(raw)
    (metric,) = document.metrics
    assert document.generation is Generation.V2
    assert document.default_grouping == (("probe",), ("stage", "modality"))
    assert document.allow_tag_failures == (("A",),)
    assert document.stored_status == {"probe:A": "Pass"}
    assert (document.notes, document.key_experimenters, document.problems) == ("fine", ("Ada",), ())
    assert (metric.path, metric.key, metric.history_key) == (("metrics", 0), "metrics/0", "status_history")
    assert metric.tags == (("probe", "A"), ("b", "c"))
    assert metric.fingerprint.group == ("b:c", "probe:A")
    assert metric.modality == Modality("Extracellular electrophysiology", "ecephys")
    first, second = metric.history
    assert (first.status, first.assumed_utc, first.timestamp) == (
        Status.PENDING,
        True,
        datetime(2025, 1, 1, tzinfo=UTC),
    )
    assert (second.word, second.written, second.assumed_utc) == ("Pass", "2025-06-15 22:43:10.795111+00:00", False)
    assert metric.problems == () and metric.read_only is None


def test_one_bad_metric_is_kept_and_spoils_no_other() -> None:
    document = read(v2(v2_metric(), None, [1], v2_metric("last")))
    assert [metric.name for metric in document.metrics] == ["drift", "metric 2", "metric 3", "last"]
    assert document.metrics[2].value == [1]
    assert document.metrics[2].read_only == "It is a list, not a metric."
    assert document.metrics[3].read_only is None


@pytest.mark.parametrize("history", [None, {}, "Pass", 3, [entry(), "Pass"], [None]])
def test_a_history_that_cannot_be_signed_makes_the_metric_read_only(history: Any) -> None:
    for raw in (v2(v2_metric(status_history=history)), v1(evaluation("e", v1_metric(status_history=history)))):
        (metric,) = read(raw).metrics
        assert "status_history" in metric.read_only
        assert len(metric.history) == (len(history) if isinstance(history, list) else 0)


def test_a_missing_history_is_a_problem_but_can_be_signed() -> None:
    without = {key: value for key, value in v2_metric().items() if key != "status_history"}
    (metric,) = read(v2(without)).metrics
    assert (metric.history, metric.history_key, metric.read_only) == ((), "status_history", None)
    assert metric.problems == ("Its status_history is missing: it has no status.",)


def test_an_unknown_status_word_is_no_status_and_stays_in_the_history() -> None:
    (metric,) = read(v2(v2_metric("drift", entry("pass"), entry("Pass")))).metrics
    assert [(one.status, one.word) for one in metric.history] == [(None, "pass"), (Status.PASS, "Pass")]
    assert metric.problems == ("Its status entry 1 has the unknown status “pass”.",)
    assert metric.read_only is None


@pytest.mark.parametrize(
    ("raw", "label"),
    [
        ({"name": "Behavior", "abbreviation": "behavior"}, "behavior"),
        ({"name": "Behavior"}, "Behavior"),
        ("FIP", "FIP"),
        (None, "no modality"),
        ({"name": None}, "no modality"),
        (7, "no modality"),
    ],
)
def test_a_modality_may_be_an_object_a_text_or_nothing(raw: Any, label: str) -> None:
    assert read(v2(v2_metric(modality=raw))).metrics[0].modality.label == label


@pytest.mark.parametrize(
    ("raw", "tags", "problems"),
    [
        ({"probe": "A"}, (("probe", "A"),), 0),
        (["A", "B"], (("", "A"), ("", "B")), 0),
        (None, (), 0),
        ({"n": 5, "b": True, "z": None}, (("n", "5"), ("b", "true"), ("z", "null")), 1),
        ("A", (), 1),
    ],
)
def test_tags_may_be_an_object_a_list_or_nothing(raw: Any, tags: Any, problems: int) -> None:
    (metric,) = read(v2(v2_metric(tags=raw))).metrics
    assert metric.tags == tags
    assert len(metric.problems) == problems


def test_metrics_that_share_a_fingerprint_are_flagged() -> None:
    document = read(v2(v2_metric("a"), v2_metric("a", tags={"probe": "B"}), v2_metric("a")))
    assert document.duplicates == {"metrics/0", "metrics/2"}


def test_evaluations_hold_the_positions_of_their_metrics() -> None:
    document = read(
        v1(
            evaluation("one", v1_metric("a"), v1_metric("b")),
            "nonsense",
            evaluation("two", v1_metric("c"), tags=["x"], allow_failed_metrics=True, stage="Processing"),
        )
    )
    assert [held.metrics for held in document.evaluations] == [(0, 1), (), (2,)]
    assert document.evaluations[1].read_only == "It is not an object."
    assert document.evaluations[2].allow_failed_metrics is True
    assert document.metrics[2].path == ("evaluations", 2, "metrics", 0)
    assert (document.metrics[2].stage, document.metrics[2].tags) == ("Processing", (("", "x"),))
    assert document.metrics[2].evaluation == 2
    assert [problem.path for problem in document.problems] == [("evaluations", 1)]


def test_the_first_shape_is_shown_in_full_and_signed_only_where_it_keeps_a_history() -> None:
    document = read(
        {
            "overall_status": "Pass",
            "evaluations": [
                {
                    "evaluation_modality": {"name": "Behavior", "abbreviation": "behavior"},
                    "evaluation_stage": "Data acquisition: frames",
                    "stage_status": "Pass",
                    "qc_metrics": {"frames": 662, "a/b": [1]},
                },
                {
                    "evaluation_name": "Drift map",
                    "evaluation_description": "look",
                    "evaluation_modality": "ecephys",
                    "evaluation_stage": "Processing",
                    "evaluation_status_history": [entry("Fail")],
                    "qc_metrics": [
                        {"name": "a", "value": 1, "references": ["x.png", "y.png"], "metric_status_history": [entry()]},
                        {"name": "b", "value": 1, "references": ["x.png", "y.png", "z.png"]},
                        {"name": "c", "value": 1, "status_history": [entry()]},
                    ],
                },
            ],
        }
    )
    frames, _, a, b, c = document.metrics
    assert frames.path == ("evaluations", 0, "qc_metrics", "frames")
    assert (frames.name, frames.value, frames.history_key) == ("frames", 662, None)
    assert frames.read_only
    assert document.evaluations[0].name == "Data acquisition: frames"
    assert [held.own_status for held in document.evaluations] == [Status.PASS, Status.FAIL]
    assert document.evaluations[1].description == "look"
    assert (a.history_key, a.read_only, a.reference) == ("metric_status_history", None, "x.png;y.png")
    assert b.read_only and b.reference == "x.png, y.png, z.png (3 references)"
    assert (c.history_key, c.read_only) == ("status_history", None)
    assert c.modality.label == "ecephys"


def test_all_problems_have_a_path() -> None:
    document = read(v2(v2_metric(), v2_metric(name=3), notes=5))
    assert Counter(problem.path for problem in document.all_problems) == {(): 1, ("metrics", 1): 2}
