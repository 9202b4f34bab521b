"""Status histories: who set which status, and when. Every date lies in the past, in the order of the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

ADA, GRACE, RAMON, MAY = "Ada Lovelace", "Grace Hopper", "Ramón Cajal", "May-Britt Lindqvist"
AUTOMATED, NOBODY = "Automated", ""

Entry = tuple[str, str, float]
"""Status, evaluator, days after the pipeline ran."""


@dataclass(frozen=True)
class Clock:
    """When a pipeline ran, and how its records write a time."""

    start: datetime
    style: str = "Z"  # "Z", "space" (as databases write it) or "-07:00"

    def text(self, days: float) -> str:
        """The time `days` after the start, as text."""
        moment = self.start + timedelta(days=days)
        if self.style == "space":
            return moment.isoformat(sep=" ")
        if self.style == "Z":
            return moment.isoformat().replace("+00:00", "Z")
        return moment.astimezone(timezone(timedelta(hours=-7))).isoformat()


def ran(text: str, style: str = "Z") -> Clock:
    """A clock from a time in UTC, as `2025-03-19T02:17:44.120518`."""
    return Clock(datetime.fromisoformat(text).replace(tzinfo=UTC), style)


def history(clock: Clock, *entries: Entry, typed: bool) -> list[dict[str, Any]]:
    """The `status_history` of a metric; `typed` adds the `object_type` that v2 has."""
    kind = {"object_type": "QC status"} if typed else {}
    return [
        {**kind, "evaluator": evaluator, "status": status, "timestamp": clock.text(days)}
        for status, evaluator, days in entries
    ]


PASS_AUTO: list[Entry] = [("Pass", AUTOMATED, 0)]
FAIL_AUTO: list[Entry] = [("Fail", AUTOMATED, 0)]
PENDING: list[Entry] = [("Pending", NOBODY, 0)]
PENDING_AUTO: list[Entry] = [("Pending", AUTOMATED, 0)]
PASSED_BY_ADA: list[Entry] = [("Pending", NOBODY, 0), ("Pass", ADA, 1.31)]
PASSED_BY_GRACE: list[Entry] = [("Pending", AUTOMATED, 0), ("Pass", GRACE, 6.042)]
FAILED_BY_RAMON: list[Entry] = [("Pending", NOBODY, 0), ("Fail", RAMON, 2.274)]
DISPUTED: list[Entry] = [("Pass", AUTOMATED, 0), ("Fail", ADA, 1.33), ("Pending", RAMON, 2.28), ("Fail", MAY, 9.107)]
REOPENED: list[Entry] = [("Fail", AUTOMATED, 0), ("Pass", GRACE, 3.9), ("Pending", ADA, 12.51)]
