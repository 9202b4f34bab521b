from typing import Any

import pytest

from qc_core.quality_control.document import QualityControl, read
from qc_core.quality_control.grouping import build_tree, walk
from qc_core.quality_control.reasons import find_reasons, find_since
from qc_core.quality_control.status import Generation, Status
from tests.qc_core.quality_control.documents import NOW, entry, quality_control_of, records, v2, v2_metric


def make_document(*statuses: str, **more: Any) -> QualityControl:
    return read(v2(*(v2_metric(f"M{n}", entry(status)) for n, status in enumerate(statuses)), **more))


def names(document: QualityControl, found: Any) -> list[str]:
    return [document.metrics[reason.index].name for reason in found]


def test_failures_decide_a_fail_and_pending_metrics_a_pending() -> None:
    document = make_document("Fail", "Pending", "Pass", "Fail")
    found = find_reasons(document, range(4), {}, NOW)
    assert (found.status, names(document, found.decide)) == (Status.FAIL, ["M0", "M3"])
    found = find_reasons(document, range(1, 3), {}, NOW)
    assert (found.status, names(document, found.decide)) == (Status.PENDING, ["M1"])
    found = find_reasons(document, [2], {}, NOW)
    assert (found.status, found.decide, found.allowed) == (Status.PASS, (), ())


def test_draft_counts_and_is_marked_as_such() -> None:
    document = make_document("Fail", "Pending")
    found = find_reasons(document, range(2), {0: Status.PASS, 1: Status.FAIL}, NOW)
    [reason] = found.decide
    assert (found.status, reason.index, reason.is_draft, reason.since) == (Status.FAIL, 1, True, None)
    assert found.counts.as_list() == [1, 1, 0, 0]


def test_allowed_failure_decides_nothing_and_is_listed_with_what_allows_it() -> None:
    document = make_document("Fail", "Pending", allow_tag_failures=["ProbeA"])
    found = find_reasons(document, range(2), {}, NOW)
    assert (found.status, names(document, found.decide)) == (Status.PENDING, ["M1"])
    assert [(one.index, one.allowed) for one in found.allowed] == [(0, "allow_tag_failures: ProbeA")]


def test_status_dates_from_the_first_of_the_entries_that_repeat_it() -> None:
    entries = [entry("Fail", "2025-01-01T00:00:00Z"), entry("Pass", "2025-01-02T00:00:00Z", "Bo")]
    entries += [entry("Pass", "2025-01-04T00:00:00Z"), entry("Pass", "2025-01-03T00:00:00Z")]
    history = read(v2(v2_metric("M", *entries))).metrics[0].history
    found = find_since(history, Generation.V2, NOW)
    assert found is not None and (found.evaluator, found.written) == ("Bo", "2025-01-02T00:00:00Z")
    assert find_since((), Generation.V2, NOW) is None


@pytest.mark.parametrize("path", records())
def test_reasons_of_every_group_add_up_to_its_status(path: Any) -> None:
    document = read(quality_control_of(path))
    for group in walk(build_tree(document, NOW)):
        found = find_reasons(document, group.metrics, {}, NOW)
        assert found.counts == group.counts
        assert found.status is group.status or not any(found.counts.as_list())
        assert len(found.allowed) == found.counts.allowed
        if found.status in (Status.FAIL, Status.PENDING):
            assert len(found.decide) == (found.counts.failed or found.counts.pending)
