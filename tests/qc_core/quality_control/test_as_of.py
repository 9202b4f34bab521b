from datetime import UTC, datetime

from qc_core.quality_control.as_of import describe_status_as_of
from qc_core.quality_control.document import read
from qc_core.quality_control.status import Status
from qc_core.quality_control.status_counts import StatusCounts
from tests.qc_core.quality_control.documents import entry, v2, v2_metric


def test_status_of_an_earlier_time_counts_only_what_was_there_then() -> None:
    document = read(
        v2(
            v2_metric("a", entry("Pending", "2025-01-01T10:00:00Z"), entry("Fail", "2025-01-05T10:00:00Z")),
            v2_metric("b", entry("Pass", "2025-01-03T10:00:00Z")),
        )
    )
    found = [describe_status_as_of(document, datetime(2025, 1, day, tzinfo=UTC)) for day in (1, 2, 4, 6)]
    assert found == [
        (None, StatusCounts()),
        (Status.PENDING, StatusCounts(pending=1)),
        (Status.PENDING, StatusCounts(passed=1, pending=1)),
        (Status.FAIL, StatusCounts(passed=1, failed=1)),
    ]
