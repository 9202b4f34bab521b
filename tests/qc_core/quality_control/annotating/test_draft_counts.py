from typing import Any

import pytest

from qc_core.quality_control.annotating.draft_counts import DraftCounts, count_draft
from qc_core.quality_control.document import QualityControl, read
from qc_core.quality_control.grouping import build_tree, group_text, walk
from qc_core.quality_control.status import Status
from qc_core.quality_control.status_counts import StatusCounts
from tests.qc_core.quality_control.documents import NOW, entry, quality_control_of, records, v2, v2_metric


def make_document(*statuses: str, **more: Any) -> QualityControl:
    metrics = [
        v2_metric(f"M{number}", tags={"probe": "AB"[number % 2]}, status_history=[entry(status)])
        for number, status in enumerate(statuses)
    ]
    return read(v2(*metrics, default_grouping=["probe"], **more))


def count_statuses(document: QualityControl, drafted: dict[int, Status | None]) -> dict[str, DraftCounts]:
    return count_draft(document, build_tree(document, NOW), drafted, NOW)


def test_draft_changes_the_counts_of_its_groups_and_of_all_metrics() -> None:
    document = make_document("Pending", "Pending", "Pass", "Pending")
    found = count_statuses(document, {0: Status.PASS, 1: Status.FAIL, 2: None})
    assert found["probe=A"] == DraftCounts(2, StatusCounts(passed=1, pending=-1))
    assert found["probe=B"] == DraftCounts(1, StatusCounts(failed=1, pending=-1))
    assert found[""] == DraftCounts(3, StatusCounts(passed=1, failed=1, pending=-2))
    assert count_statuses(document, {}) == {}


def test_allowed_failure_of_a_draft_is_counted_apart() -> None:
    found = count_statuses(make_document("Pending", allow_tag_failures=["A"]), {0: Status.FAIL})
    assert found[""].counts == StatusCounts(allowed=1, pending=-1)


def test_pass_that_is_set_back_to_pending_is_left_again() -> None:
    assert count_statuses(make_document("Pass"), {0: Status.PENDING})[""].counts == StatusCounts(passed=-1, pending=1)


@pytest.mark.parametrize("path", records())
def test_counts_with_a_draft_are_those_of_a_record_with_these_statuses(path: Any) -> None:
    document = read(quality_control_of(path))
    root = build_tree(document, NOW)
    drafted: dict[int, Status | None] = dict.fromkeys(range(0, len(document.metrics), 2), Status.PASS)
    found = count_statuses(document, drafted)
    for group in walk(root):
        mine = [index for index in group.metrics if index in drafted]
        change = found.get(group_text(group), DraftCounts(0, StatusCounts()))
        assert change.changed == len(mine)
        after = group.counts + change.counts
        assert after.passed >= len(mine) and min(after.as_list()) >= 0
        assert after.decided + after.pending <= len(group.metrics)
