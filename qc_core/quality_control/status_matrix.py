"""The status of a document by modality and stage, and by tag: each cell with its counts, and how to select it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from qc_core.quality_control.arrangement import Condition
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.metric_facts import read_facts
from qc_core.quality_control.rollup import find_allowed_failures, metric_statuses
from qc_core.quality_control.status import Status
from qc_core.quality_control.status_counts import StatusCounts, count_one, sum_counts

NOTHING = "(none)"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Some metrics of a document: their status together, their counts, and the conditions that select them.

    There are no conditions where none selects them: metrics that lack a modality or a stage.
    """

    status: Status | None
    counts: StatusCounts
    total: int
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class StatusMatrix:
    """A row for each modality, with a cell for each of the `stages`, None where it has no metrics; and one by tag."""

    stages: tuple[str, ...]
    rows: tuple[tuple[str, tuple[MatrixCell | None, ...]], ...]
    tags: tuple[tuple[str, MatrixCell], ...]


def build_matrix(document: QualityControl, at: datetime) -> StatusMatrix:
    """The matrix of a document at a moment, in the order in which modalities, stages and tags occur."""
    cells: dict[tuple[str, str], list[int]] = {}
    tags: dict[str, list[int]] = {}
    for index, facts in enumerate(read_facts(document)):
        cells.setdefault((facts.get("modality", NOTHING), facts.get("stage", NOTHING)), []).append(index)
        for key, value in document.metrics[index].tags:
            tags.setdefault(f"{key}:{value}" if key else value, []).append(index)
    statuses, allowed = metric_statuses(document, at), find_allowed_failures(document, at)

    def build_cell(metrics: Iterable[int], conditions: tuple[Condition, ...]) -> MatrixCell:
        ones = [count_one(statuses[index], is_allowed=index in allowed) for index in metrics]
        counts = sum_counts(ones)
        named = conditions if all(value != NOTHING for _, value in conditions) else ()
        return MatrixCell(counts.status, counts, len(ones), named)

    modalities, stages = dict.fromkeys(one for one, _ in cells), tuple(dict.fromkeys(stage for _, stage in cells))
    rows = tuple(
        (
            modality,
            tuple(
                build_cell(cells[modality, stage], (("modality", modality), ("stage", stage)))
                if (modality, stage) in cells
                else None
                for stage in stages
            ),
        )
        for modality in modalities
    )
    return StatusMatrix(stages, rows, tuple((tag, build_cell(each, (("tag", tag),))) for tag, each in tags.items()))
