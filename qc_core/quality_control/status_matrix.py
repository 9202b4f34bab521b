"""The status of a document by modality and stage, and by tag: each cell with its counts, and how to select it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from qc_core.quality_control.arrangement import Condition
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.metric_facts import read_facts
from qc_core.quality_control.rollup import find_allowed_failures, get_review_statuses
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
    """A row for each modality, with a cell for each of the `stages`, None where it has no metrics; and one by tag.

    Tags are in the order of their keys and values, numbers in them by size.
    """

    stages: tuple[str, ...]
    rows: tuple[tuple[str, tuple[MatrixCell | None, ...]], ...]
    tags: tuple[tuple[str, MatrixCell], ...]


def build_matrix(document: QualityControl, at: datetime) -> StatusMatrix:
    """The matrix of a document at a moment, in the order in which modalities and stages occur."""
    cells: dict[tuple[str, str], list[int]] = {}
    tags: dict[str, list[int]] = {}
    parts: dict[str, tuple[str, str]] = {}
    for index, facts in enumerate(read_facts(document)):
        cells.setdefault((facts.get("modality", NOTHING), facts.get("stage", NOTHING)), []).append(index)
        for key, value in document.metrics[index].tags:
            name = f"{key}:{value}" if key else value
            tags.setdefault(name, []).append(index)
            parts.setdefault(name, (key, value))
    statuses, allowed = get_review_statuses(document, at), find_allowed_failures(document, at)

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
    ordered = sorted(tags, key=lambda name: tuple(map(_natural_order, parts[name])))
    return StatusMatrix(stages, rows, tuple((name, build_cell(tags[name], (("tag", name),))) for name in ordered))


def _natural_order(text: str) -> tuple[list[tuple[str, int, str]], str]:
    """Sorts texts as people do: without regard to case, and a number in them by its size ("2" before "10")."""
    parts = re.findall("[0-9]+|[^0-9]+", text.casefold())
    digits = (part.lstrip("0") if part[0] in "0123456789" else None for part in parts)
    return [
        (part, 0, "") if one is None else ("", len(one), one) for part, one in zip(parts, digits, strict=True)
    ], text
