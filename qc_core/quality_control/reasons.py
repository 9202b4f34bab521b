"""Explain the status of a group: the metrics that decide it, and the allowed failures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.rollup import find_allowances, review_status
from qc_core.quality_control.status import Generation, Status, StatusEntry, latest
from qc_core.quality_control.status_counts import StatusCounts, count_one, sum_counts

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reason:
    """A metric, by its position in the document, and the status with which it counts.

    `since` is the entry with which the metric got that status, None where it is that of a draft or no entry has it;
    `stored` is the status in the record. `allowed` names what in the document makes a Fail count as Pass, "" for
    nothing.
    """

    index: int
    status: Status
    stored: Status | None
    since: StatusEntry | None
    allowed: str

    @property
    def is_draft(self) -> bool:
        """Whether the status is that of a draft, and not in the record."""
        return self.status is not self.stored


@dataclass(frozen=True, slots=True)
class Reasons:
    """The status of some metrics together, their counts, the metrics that `decide` it, and the `allowed` failures.

    Where it is Fail, the failures decide, where it is Pending, what is Pending; where it is Pass, nothing does.
    """

    status: Status | None
    counts: StatusCounts
    decide: tuple[Reason, ...]
    allowed: tuple[Reason, ...]


def find_reasons(
    document: QualityControl, metrics: Iterable[int], drafted: Mapping[int, Status | None], at: datetime
) -> Reasons:
    """Why the metrics at these positions have their status together at a moment.

    `drafted` are the positions of the metrics that have an edit, each with the status that it sets, None where it
    sets none.
    """
    metrics = tuple(metrics)
    allowances = find_allowances(document, metrics)
    each = (_find_reason(document, index, drafted.get(index), allowances, at) for index in metrics)
    found = [reason for reason in each if reason is not None]
    counts = sum_counts(count_one(one.status, is_allowed=bool(one.allowed)) for one in found)
    allowed = tuple(one for one in found if one.status is Status.FAIL and one.allowed)
    decisive = counts.status if counts.status is not Status.PASS else None
    decide = tuple(one for one in found if one.status is decisive and not (one.status is Status.FAIL and one.allowed))
    return Reasons(counts.status, counts, decide, allowed)


def find_since(history: Sequence[StatusEntry], generation: Generation, at: datetime) -> StatusEntry | None:
    """The entry with which a metric got the status that it has at a moment: later ones only repeat it.

    In the order in which the generation counts them: v1 by the list, v2 by time.
    """
    holds = latest(history, generation, at)
    if holds is None:
        return None
    ordered = list(history)
    if generation is Generation.V2:
        ordered.sort(key=lambda entry: entry.timestamp or _LONG_AGO)
    number = next(number for number, entry in enumerate(ordered) if entry is holds)
    while number > 0 and ordered[number - 1].status is holds.status:
        number -= 1
    return ordered[number]


def _find_reason(
    document: QualityControl, index: int, drafted: Status | None, allowances: Mapping[int, str], at: datetime
) -> Reason | None:
    metric, generation = document.metrics[index], document.generation
    stored = review_status(metric, generation, at)
    status = drafted or stored
    if status is None or generation is None:
        return None
    since = find_since(metric.history, generation, at) if status is stored else None
    return Reason(index, status, stored, since, allowances.get(index, "") if status is Status.FAIL else "")
