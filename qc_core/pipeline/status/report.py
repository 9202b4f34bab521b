"""The status of a document at a moment: the status, its parts, its metrics, and the exit code for it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from qc_core.errors import BadSetting
from qc_core.pipeline.check.findings import describe_metric
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.rollup import (
    document_status,
    evaluation_status,
    find_allowed_failures,
    get_counted_statuses,
    metric_statuses,
    select_metrics,
    status_map,
)
from qc_core.quality_control.status import Generation, Status
from qc_core.times import parse_time

EXIT_CODES = {Status.PASS: 0, Status.FAIL: 1, Status.PENDING: 3}
"""The exit code for each status."""
EXIT_NO_STATUS = 2
"""There is no status; also the exit code for wrong arguments."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Selection:
    """The metrics whose status is wanted; None is any.

    `modality` is the abbreviation; `tag` is `key:value` or a value, in v1 of the evaluation.
    """

    modality: str | None = None
    stage: str | None = None
    tag: str | None = None

    def __str__(self) -> str:
        wanted = {"modality": self.modality, "stage": self.stage, "tag": self.tag}
        return ", ".join(f"{key} {word}" for key, word in wanted.items() if word is not None)


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class MetricStatus:
    """One metric: `status` is its own, `counts_as` what it counts as where failures are allowed.

    `allowed` is the reason why a Fail counts as Pass, as text.
    """

    place: str
    metric: Metric
    status: Status | None
    counts_as: Status | None
    allowed: str | None = None


@dataclass(frozen=True, slots=True)
class StatusReport:
    """The status of a document, or of what a selection picks, at a moment, by the rules of its generation.

    `status` is None where there is no metric, or none has a status. `metrics` are those selected. `parts` are what the
    document's own roll-up has: of v2 each tag, modality and stage, of v1 each evaluation; of the whole document.
    """

    name: str
    where: str
    at: datetime
    generation: Generation
    selection: Selection
    status: Status | None
    metrics: tuple[MetricStatus, ...]
    parts: tuple[tuple[str, str | None], ...]

    @property
    def exit_code(self) -> int:
        """0 Pass, 1 Fail, 3 Pending, 2 where there is no status."""
        return EXIT_NO_STATUS if self.status is None else EXIT_CODES[self.status]

    def count(self, status: Status | None) -> int:
        """How many of the selected metrics have this status."""
        return sum(one.status is status for one in self.metrics)


def report_status(
    document: QualityControl, *, name: str, where: str, at: datetime, selection: Selection = EVERYTHING
) -> StatusReport | None:
    """The status of a document at an aware time; None for one of unknown generation.

    An empty selection is Pass in both generations (docs/formats.md#status): then `metrics` is empty.
    """
    if document.generation is None:
        return None
    asked = (selection.modality, selection.stage, selection.tag)
    own, counted = metric_statuses(document, at), get_counted_statuses(document, at)
    allowed = find_allowed_failures(document, at)
    metrics = tuple(
        MetricStatus(
            describe_metric(document.metrics[index]),
            document.metrics[index],
            own[index],
            counted[index],
            allowed.get(index),
        )
        for index in select_metrics(document, *asked)
    )
    return StatusReport(
        name, where, at, document.generation, selection, document_status(document, at, *asked), metrics,
        _parts(document, at),
    )  # fmt: skip


def parse_moment(text: str) -> datetime:
    """The aware time for a text: a time (in UTC if it has no zone), or the end of a day in UTC.

    `2025-06-15` gives 23:59:59.999999 UTC of that day. Raises BadSetting for any other text.
    """
    read = parse_time(text)
    if read is None or not _DAY.match(text.strip()):
        raise BadSetting(
            f"{text!r} is not a date.", "Write it as 2025-06-15, or with a time as 2025-06-15T14:00:00-07:00."
        )
    if _DAY.fullmatch(text.strip()):
        return datetime.combine(date(*read.instant.timetuple()[:3]), time.max, UTC)
    return read.instant


def _parts(document: QualityControl, at: datetime) -> tuple[tuple[str, str | None], ...]:
    if document.generation is Generation.V2:
        return tuple(status_map(document, at).items())
    return tuple((one.name, evaluation_status(document, one, at)) for one in document.evaluations)
