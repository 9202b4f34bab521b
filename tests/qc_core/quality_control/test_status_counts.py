from qc_core.quality_control.status import Status
from qc_core.quality_control.status_counts import StatusCounts, count_one, sum_counts


def test_each_status_has_its_count_and_an_allowed_failure_one_of_its_own() -> None:
    statuses = (Status.PASS, Status.FAIL, Status.PENDING, None)
    counts = [count_one(status, is_allowed=False).as_list() for status in statuses]
    assert counts == [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]
    assert count_one(Status.FAIL, is_allowed=True) == StatusCounts(allowed=1)
    assert count_one(Status.PASS, is_allowed=True) == StatusCounts(passed=1)


def test_counts_add_up_to_the_status_of_the_roll_up() -> None:
    assert StatusCounts(passed=1, failed=1, pending=1).status is Status.FAIL
    assert StatusCounts(passed=1, pending=1).status is Status.PENDING
    assert StatusCounts(allowed=1).status is Status.PASS
    assert StatusCounts().status is None


def test_sum_of_no_counts_is_nothing() -> None:
    assert sum_counts([]) == StatusCounts()
    assert sum_counts([StatusCounts(1, 2, 3, 4), StatusCounts(1, 0, 0, 1)]) == StatusCounts(2, 2, 3, 5)
    assert StatusCounts(1, 0, 0, 0) - StatusCounts(0, 0, 0, 1) == StatusCounts(1, 0, 0, -1)
    assert StatusCounts(1, 2, 3, 4).decided == 6
