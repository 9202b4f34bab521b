"""What a push does to a record: what is new, on conditions that keep out whatever happened meanwhile."""

from typing import Any

import pytest

from qc_core.errors import BadRecord
from qc_core.json_document import apply
from qc_core.json_document.patch import find_failed_conditions
from qc_core.pipeline.push.step import count_same_evaluations, document_after, next_step
from tests.qc_core.quality_control.documents import NOW, entry, evaluation, v1, v1_metric, v2, v2_metric

RATED = {"probe:ProbeA": "Pass", "ecephys": "Pass", "Raw data": "Pass"}


def test_new_metrics_of_v2_go_in_with_the_roll_up_in_one_step() -> None:
    now = v2(v2_metric(), status=RATED)
    step = next_step(now, v2(v2_metric(), v2_metric("noise", entry("Fail"))), NOW)
    done = apply(now, step.patch.operations)
    assert [metric["name"] for metric in done["metrics"]] == ["drift", "noise"]
    assert set(done["status"].values()) == {"Fail"}
    assert (len(step.added), len(step.kept), step.evaluations) == (1, 1, ())
    assert next_step(done, v2(v2_metric(), v2_metric("noise")), NOW).is_done


@pytest.mark.parametrize(
    "meanwhile",
    [
        v2(v2_metric(), v2_metric("other"), status=RATED),
        v2(v2_metric("drift", entry(), entry("Fail")), status=RATED),
        v2(v2_metric(), status=RATED | {"ecephys": "Fail"}),
    ],
    ids=["a metric was added", "a metric was annotated", "the roll-up changed"],
)
def test_the_step_of_v2_fails_where_anything_it_rests_on_changed(meanwhile: Any) -> None:
    now = v2(v2_metric(), status=RATED)
    patch = next_step(now, v2(v2_metric("noise", entry("Fail"))), NOW).patch
    assert not find_failed_conditions(now, patch.conditions)
    assert find_failed_conditions(meanwhile, patch.conditions)


def test_new_evaluations_are_posted_and_what_is_new_within_one_goes_in_first() -> None:
    now = v1(evaluation("Drift", v1_metric()))
    document = v1(
        evaluation("Drift", v1_metric(), v1_metric("second", entry("Fail"))), evaluation("Noise", v1_metric())
    )
    step = next_step(now, document, NOW)
    within = apply(now, step.patch.operations)
    assert [metric["name"] for metric in within["evaluations"][0]["metrics"]] == ["drift", "second"]
    assert within["evaluations"][0]["latest_status"] == "Fail"
    assert step.evaluations == (document["evaluations"][1],)
    moved = v1(evaluation("Other", v1_metric()))
    assert find_failed_conditions(moved, step.patch.conditions)
    assert count_same_evaluations(document_after(now, document, NOW), document["evaluations"][1]) == 1
    assert next_step(document_after(now, document, NOW), document, NOW).is_done


def test_a_stale_roll_up_alone_is_no_reason_to_write() -> None:
    now = v2(v2_metric("drift", entry("Fail")), status=RATED)
    assert next_step(now, v2(v2_metric()), NOW).is_done


@pytest.mark.parametrize("document", [v2(v2_metric()), v1(evaluation("Drift", v1_metric()))])
def test_a_record_without_quality_control_gets_the_whole_document(document: Any) -> None:
    step = next_step(None, document, NOW)
    assert (step.whole, step.patch, step.evaluations, len(step.added)) == (document, None, (), 1)
    assert document_after(None, document, NOW) == document


def test_two_generations_and_what_is_no_json_are_refused() -> None:
    with pytest.raises(BadRecord, match="cannot become one document"):
        next_step(v1(), v2(v2_metric()), NOW)
    with pytest.raises(BadRecord, match="cannot be written as JSON"):
        next_step(v1(), v1(evaluation("Drift", v1_metric(value=float("nan")))), NOW)
