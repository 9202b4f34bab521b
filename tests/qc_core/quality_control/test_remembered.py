"""What is remembered of a document is what would be found, and goes with the document."""

import gc
from datetime import UTC, datetime, timedelta
from typing import Any

from qc_core.quality_control import document, remembered
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.remembered import MAX_RESULTS, remember, remember_settled
from qc_core.quality_control.rollup import metric_statuses
from qc_core.quality_control.status import Status

LAST = datetime(2026, 5, 1, tzinfo=UTC)


def read(*entries: tuple[str, datetime]) -> QualityControl:
    """A document of one metric with this history."""
    history = [{"evaluator": "Ada", "status": status, "timestamp": at.isoformat()} for status, at in entries]
    metric: dict[str, Any] = {
        "object_type": "QC metric",
        "name": "Drift",
        "modality": {"name": "Extracellular electrophysiology", "abbreviation": "ecephys"},
        "stage": "Raw data",
        "value": 1,
        "status_history": history,
        "tags": {},
    }
    return document.read({"schema_version": "2.4.1", "metrics": [metric], "default_grouping": []})


def test_the_status_changes_when_an_entry_in_the_future_becomes_present() -> None:
    parsed = read(("Pending", LAST - timedelta(days=9)), ("Fail", LAST))
    day = timedelta(days=1)
    for at, expected in ((LAST - day, Status.PENDING), (LAST, Status.FAIL), (LAST + day, Status.FAIL)) * 2:
        assert metric_statuses(parsed, at) == (expected,)


def test_a_result_is_found_once_for_each_document_and_each_question() -> None:
    asked: list[tuple[datetime, str]] = []

    @remember_settled
    def find(_document: QualityControl, at: datetime, question: str) -> str:
        asked.append((at, question))
        return question.upper()

    one, other = read(("Pass", LAST)), read(("Pass", LAST))
    assert one == other
    later = LAST + timedelta(seconds=1)
    assert [find(one, LAST, "a"), find(one, later, "a"), find(one, later, question="a")] == ["A"] * 3
    assert asked == [(LAST, "a"), (later, "a")]
    assert [find(one, LAST, "b"), find(other, LAST, "a")] == ["B", "A"]
    assert len(asked) == 4
    before = LAST - timedelta(seconds=1)
    assert [find(one, before, "a") for _ in range(2)] == ["A", "A"]
    assert asked[4:] == [(before, "a")] * 2


def test_only_so_many_results_are_remembered() -> None:
    asked: list[int] = []

    @remember
    def find(_document: QualityControl, number: int) -> int:
        asked.append(number)
        return number

    parsed = read(("Pass", LAST))
    for number in (*range(MAX_RESULTS + 1), 0, MAX_RESULTS):
        assert find(parsed, number) == number
    assert asked == [*range(MAX_RESULTS + 1), 0]


def test_nothing_is_remembered_of_a_document_that_is_gone() -> None:
    before = len(remembered._known)
    parsed = read(("Pass", LAST))
    metric_statuses(parsed, LAST)
    assert len(remembered._known) == before + 1
    del parsed
    gc.collect()
    assert len(remembered._known) <= before
