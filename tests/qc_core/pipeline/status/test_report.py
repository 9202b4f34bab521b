"""The status of a document: by the rules of its generation, now and at a date, of all or of a part; and the exit
code."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from qc_core.errors import BadSetting
from qc_core.pipeline.status.report import Selection, parse_moment, report_status
from qc_core.pipeline.status.report_text import as_json, as_text
from qc_core.quality_control.document import read
from qc_core.quality_control.status import Status
from tests.qc_core.quality_control.documents import NOW, entry, evaluation, v1, v1_metric, v2, v2_metric

MARCH, JANUARY = entry("Fail", "2025-03-01T00:00:00Z"), entry("Pass", "2025-01-01T00:00:00Z")


def of(document: Any, at: Any = NOW, **selection: Any) -> Any:
    return report_status(read(document), name="asset", where="here", at=at, selection=Selection(**selection))


def v1_of(*history: Any) -> Any:
    return v1(evaluation("Drift", v1_metric("drift", *history)))


@pytest.mark.parametrize(("status", "code"), [("Pass", 0), ("Fail", 1), ("Pending", 3)])
def test_each_status_has_an_exit_code_of_its_own(status: str, code: int) -> None:
    for document in (v1_of(entry(status)), v2(v2_metric("drift", entry(status)))):
        assert (of(document).status, of(document).exit_code) == (status, code)
        assert as_text(of(document)).startswith(f"{status}  asset\n")


def test_the_two_generations_disagree_where_the_order_of_the_list_is_not_that_of_time() -> None:
    assert of(v1_of(MARCH, JANUARY)).status is Status.PASS
    assert of(v2(v2_metric("drift", MARCH, JANUARY))).status is Status.FAIL


def test_statuses_are_those_at_the_date() -> None:
    at = datetime(2025, 2, 1, tzinfo=UTC)
    assert of(v1_of(JANUARY, MARCH), at).status is of(v2(v2_metric("drift", JANUARY, MARCH)), at).status is Status.PASS
    before = datetime(2024, 1, 1, tzinfo=UTC)
    assert (of(v1_of(JANUARY), before).status, of(v1_of(JANUARY), before).exit_code) == (None, 2)
    assert of(v2(v2_metric("drift", JANUARY)), before).status is Status.PASS  # v2 takes the first listed


def test_a_part_is_selected_by_modality_stage_and_tag() -> None:
    document = v2(
        v2_metric("drift", entry("Fail"), tags={"probe": "ProbeA"}),
        v2_metric("noise", tags={"probe": "ProbeB"}, stage="Processing"),
    )
    assert of(document, tag="probe:ProbeA").status is of(document, tag="ProbeA").status is Status.FAIL
    assert of(document, stage="Processing", modality="ecephys").status is Status.PASS
    assert [one.metric.name for one in of(document, tag="ProbeB").metrics] == ["noise"]
    first = v1(evaluation("a", v1_metric("a", entry("Fail")), tags=["A"]), evaluation("b", v1_metric("b")))
    assert (of(first, tag="A").status, of(first, stage="Raw data", tag="B").status) == (Status.FAIL, Status.PASS)
    text = as_text(of(document, tag="probe"))  # a key alone is not a tag
    assert (
        "Pass of tag probe" in text and "No metric matches; by the rules of the schema nothing counts as Pass" in text
    )


def test_allowed_failures_are_reported_and_count_as_pass() -> None:
    for document in (
        v1(evaluation("Drift", v1_metric("drift", entry("Fail")), allow_failed_metrics=True)),
        v2(v2_metric("drift", entry("Fail")), allow_tag_failures=["ProbeA"]),
    ):
        assert of(document).status is Status.PASS
        assert "“drift”  (Fail, allowed: counts as Pass (" in as_text(of(document))


def test_text_lists_parts_and_the_worst_metrics_first() -> None:
    text = as_text(of(v2(v2_metric("a", entry("Pending")), v2_metric("b", entry("Fail")), v2_metric("c"))))
    assert "3 metrics: 1 Fail, 1 Pending, 1 Pass" in text and "Fail     probe:ProbeA" in text
    assert text.index("“b”") < text.index("“a”") and "“c”" not in text
    assert "Fail     Drift" in as_text(of(v1(evaluation("Drift", v1_metric("drift", entry("Fail"))))))
    many = as_text(of(v2(*(v2_metric(str(number), entry("Fail")) for number in range(60)))))
    assert "10 more; --format json lists all" in many


def test_json_contains_the_whole_report() -> None:
    output = json.loads(as_json(of(v2(v2_metric("a", entry("Fail")), v2_metric("b")), tag="ProbeA")))
    assert (output["status"], output["exit_code"], output["tag"], output["stage"]) == ("Fail", 1, "ProbeA", None)
    assert output["counts"] == {"Fail": 1, "Pending": 0, "none": 0, "Pass": 1}
    assert output["metrics"][0] == {
        **{"place": "metrics/0", "name": "a", "modality": "ecephys", "stage": "Raw data", "tags": ["probe:ProbeA"]},
        **{"status": "Fail", "counts_as": "Fail"},
    }


def test_no_metrics_give_no_status_and_unknown_shapes_no_report() -> None:
    assert (of(v2()).status, of(v2()).exit_code) == (None, 2)
    assert "It has no metrics" in as_text(of(v2()))
    assert of({"anything": 1}) is None


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("2025-06-15", datetime(2025, 6, 15, 23, 59, 59, 999999, UTC)),
        ("2025-06-15T14:00", datetime(2025, 6, 15, 14, tzinfo=UTC)),
        ("2025-06-15 14:00:00-07:00", datetime(2025, 6, 15, 21, tzinfo=UTC)),
    ],
)
def test_a_day_means_its_end_and_a_time_itself(text: str, means: Any) -> None:
    assert parse_moment(text) == means


@pytest.mark.parametrize("text", ["", "yesterday", "2025", "1750000000", "2025-13-01"])
def test_invalid_date_is_reported(text: str) -> None:
    with pytest.raises(BadSetting, match="is not a date"):
        parse_moment(text)
