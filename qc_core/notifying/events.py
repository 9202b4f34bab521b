"""The events that people are notified of: a metric became Pending or Fail, or has been Pending too long. Pure."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from qc_core.assets.metrics import MetricRow
from qc_core.quality_control.status import Status


class Kind(StrEnum):
    """What happened, in the order in which it is reported."""

    FAIL = "Fail"
    OVERDUE = "Overdue"
    PENDING = "Pending"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a metric."""

    kind: Kind
    metric: MetricRow

    @property
    def key(self) -> str:
        """The key of the event: the record, the metric, what happened, and when."""
        row = self.metric
        since = row.changed_at.isoformat() if row.changed_at else ""
        parts = [row.asset.record_id, row.position.metric, self.kind.value, since]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]

    def is_recent(self, at: datetime) -> bool:
        """Whether it happened within the last day; what is overdue counts as recent."""
        since = self.metric.changed_at
        return self.kind is Kind.OVERDUE or (since is not None and since > at - timedelta(days=1))


def list_events(rows: Iterable[MetricRow], at: datetime, overdue: timedelta) -> list[Event]:
    """The events that the state of these metrics amounts to: a metric that is overdue is Pending, too."""
    events = []
    for row in rows:
        if row.status == Status.FAIL:
            events.append(Event(Kind.FAIL, row))
        elif row.status == Status.PENDING:
            events.append(Event(Kind.PENDING, row))
            if row.changed_at is not None and row.changed_at <= at - overdue:
                events.append(Event(Kind.OVERDUE, row))
    return events


def select_unreported(events: Iterable[Event], known: frozenset[str]) -> list[Event]:
    """The events that are not known yet, each once; of a metric that is overdue at once, only that it is overdue."""
    found = {event.key: event for event in events if event.key not in known}
    overdue = {_place(event) for event in found.values() if event.kind is Kind.OVERDUE}
    return [event for event in found.values() if event.kind is not Kind.PENDING or _place(event) not in overdue]


def _place(event: Event) -> tuple[str, str]:
    return event.metric.asset.record_id, event.metric.position.metric
