"""Counts of metrics by status, and the status that they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass

from qc_core.quality_control.status import Status


@dataclass(frozen=True, slots=True)
class StatusCounts:
    """How many metrics have each status. `allowed` are those with a Fail that counts as Pass, `failed` the others.

    Pending ones are left to decide. Metrics without a status are in none of the numbers, unless they are counted by
    their `review_status`. As a change, numbers may be negative.
    """

    passed: int = 0
    failed: int = 0
    allowed: int = 0
    pending: int = 0

    @property
    def decided(self) -> int:
        """How many are Pass or Fail."""
        return self.passed + self.failed + self.allowed

    @property
    def status(self) -> Status | None:
        """Their status together: Fail before Pending before Pass; None if no metric has a status."""
        if self.failed:
            return Status.FAIL
        return Status.PENDING if self.pending else Status.PASS if self.decided else None

    def as_list(self) -> list[int]:
        """The numbers as the browser gets them: `[passed, failed, allowed, pending]`."""
        return [self.passed, self.failed, self.allowed, self.pending]

    def __add__(self, other: "StatusCounts") -> "StatusCounts":
        """The counts of both together."""
        return StatusCounts(*(one + another for one, another in zip(self.as_list(), other.as_list(), strict=True)))

    def __sub__(self, other: "StatusCounts") -> "StatusCounts":
        """The difference of the counts."""
        return StatusCounts(*(one - another for one, another in zip(self.as_list(), other.as_list(), strict=True)))


_NONE, _ALLOWED = StatusCounts(), StatusCounts(allowed=1)
_ONE = {
    Status.PASS: StatusCounts(passed=1),
    Status.FAIL: StatusCounts(failed=1),
    Status.PENDING: StatusCounts(pending=1),
    None: _NONE,
}


def count_one(status: Status | None, *, is_allowed: bool) -> StatusCounts:
    """The counts of a single metric; `is_allowed` means that a Fail of it counts as Pass."""
    return _ALLOWED if is_allowed and status is Status.FAIL else _ONE[status]


def sum_counts(parts: Iterable[StatusCounts]) -> StatusCounts:
    """The counts of all parts together."""
    passed = failed = allowed = pending = 0
    for part in parts:
        passed += part.passed
        failed += part.failed
        allowed += part.allowed
        pending += part.pending
    return StatusCounts(passed, failed, allowed, pending)
