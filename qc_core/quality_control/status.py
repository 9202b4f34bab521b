"""Status, status history, and which entry of a history is the latest, by each generation's own rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

SIGNED_AFTER = timedelta(microseconds=1)
"""How much later than the latest entry of a metric the portal signs, if the clock is not later than that."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Generation(StrEnum):
    """Which generation of aind-data-schema wrote the document; decided by keys, never by `schema_version`."""

    V1 = "v1"
    V2 = "v2"


class Status(StrEnum):
    """The three statuses of the schema, in its exact case."""

    FAIL = "Fail"
    PENDING = "Pending"
    PASS = "Pass"


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """One entry of a `status_history`; a history has as many of these as the stored list has items.

    `status` is None where the stored word is none of the three (`word` has it as stored).
    `timestamp` is aware UTC; None where the stored one cannot be read. `written` is the timestamp as stored.
    `assumed_utc` marks a stored time without a zone.
    """

    status: Status | None
    evaluator: str
    timestamp: datetime | None
    written: str
    assumed_utc: bool = False
    word: str = ""

    @property
    def recorded_time(self) -> datetime | None:
        """The time as it was recorded: aware UTC, or without a zone (naive) where none was written."""
        return self.timestamp.replace(tzinfo=None) if self.timestamp and self.assumed_utc else self.timestamp


def latest(history: Sequence[StatusEntry], generation: Generation, at: datetime) -> StatusEntry | None:
    """The entry that counts at a moment, or None (docs/formats.md#status).

    v1: the last listed that is not after it. v2: the one with the greatest time that is not after it, the first
    listed on a tie; where all are after it, the first listed. An entry whose time cannot be read is never
    after; by time it is the oldest.

    One rule is the portal's own: an entry that it had to sign in the future counts at once (`is_signed_ahead`), though
    the schema counts it only from its time on.
    """
    if history and is_signed_ahead(history, at):
        return history[-1]
    if generation is Generation.V1:
        return next((entry for entry in reversed(history) if _not_after(entry, at)), None)
    past = [entry for entry in history if _not_after(entry, at)]
    if not past:
        return history[0] if history else None
    return max(past, key=lambda entry: entry.timestamp or _LONG_AGO)


def is_future(entry: StatusEntry, at: datetime) -> bool:
    """Whether an entry is later than a moment: its writer's clock was ahead, or it wrote local time as UTC."""
    return not _not_after(entry, at)


def is_signed_ahead(history: Sequence[StatusEntry], at: datetime) -> bool:
    """Whether the last entry was signed by the portal upon an entry in the future, and still is in the future.

    A signature has to be later than every earlier entry, so that both generations take it as the latest
    (docs/formats.md#where-the-generations-disagree). After an entry in the future the portal signs one microsecond
    later (`signing.sign_change`), and recognises its signature by that distance in any document: the record holds no
    mark for it.
    """
    if len(history) < 2 or not is_future(history[-1], at):
        return False
    last = history[-1].timestamp
    before = max((entry.timestamp for entry in history[:-1] if entry.timestamp), default=None)
    return before is not None and last is not None and last - before == SIGNED_AFTER


def roll_up(statuses: Iterable[Status | None]) -> Status | None:
    """Fail if any is Fail, else Pending if any is Pending, else Pass; None does not count, and None if none counts."""
    found = set(statuses)
    return next((status for status in (Status.FAIL, Status.PENDING, Status.PASS) if status in found), None)


def _not_after(entry: StatusEntry, at: datetime) -> bool:
    return entry.timestamp is None or entry.timestamp <= at
