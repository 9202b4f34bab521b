"""A grid of metrics of many assets: its tiles in order, what drafts make of them, and the steps that a reader takes.

A grid is the answer to a `MetricQuery`, such as one metric of all sessions of a subject, or all metrics with a tag in
one asset. A tile is a metric in it.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from qc_core.assets.list_view import list_conditions
from qc_core.assets.metric_query_text import format_metric_query, parse_metric_query
from qc_core.assets.metrics import MetricQuery, MetricRow, acquisition_order
from qc_core.assets.queue import find_edited_row
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.annotating.changes import Edit, MetricEdit
from qc_core.quality_control.annotating.reasons import split_note
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.figure_pages import is_undecided
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.rollup import review_status
from qc_core.quality_control.status import Generation, Status

_MAX_STEPS = 500
"""Steps that a browser may ask for at once."""
_MAX_TILES = 2000
"""Tiles that a step may name."""
STATUSES = tuple(map(str, (Status.PASS, Status.FAIL, Status.PENDING)))
_COMMANDS = (*STATUSES, "rest", "undo", "redo")


def format_grid_query(query: MetricQuery) -> list[tuple[str, str]]:
    """The query as pairs for an address: those of `metric_query_text`, and each of its statuses as `status`."""
    return format_metric_query(query) + [("status", status) for status in query.statuses]


def parse_grid_query(pairs: Iterable[tuple[str, str]]) -> MetricQuery:
    """The query that an address states. Never raises: what is not understood counts as absent."""
    pairs = list(pairs)
    statuses = dict.fromkeys(value for key, value in pairs if key == "status" and value in STATUSES)
    return replace(parse_metric_query(pairs), statuses=tuple(statuses))


def is_open_ended(query: MetricQuery) -> bool:
    """Whether a query is too broad for a grid: it names neither metrics nor single assets."""
    of_metrics = query.names or query.tags or query.text or query.stages or query.modalities or query.statuses
    return not (of_metrics or query.assets.ids or query.assets.names)


def describe_grid(query: MetricQuery) -> str:
    """The query in words: "Drift map · tag probe:A · stage Raw data · project Ephys"; "" for one without conditions."""
    words = [" or ".join(query.names)] if query.names else []
    words += [f"“{query.text}”"] if query.text else []
    words += [f"tag {tag}" for tag in query.tags]
    words += [f"stage {' or '.join(query.stages)}"] if query.stages else []
    words += [f"modality {' or '.join(query.modalities)}"] if query.modalities else []
    words += [" or ".join(query.statuses)] if query.statuses else []
    return " · ".join([*words, *(condition.text for condition in list_conditions(query.assets))])


def name_tile(row: MetricRow) -> str:
    """A short name of a metric in a grid, the same in each session: of its record, its key there, and its name."""
    identity = "\0".join((row.asset.record_id, row.key, row.name))
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def order_tiles(rows: Iterable[MetricRow], most: int) -> tuple[MetricRow, ...]:
    """The rows by time of acquisition, in an asset in its own order; the last `most`."""
    ordered = sorted(rows, key=lambda row: acquisition_order(row)[:2])
    return tuple(ordered[-most:]) if most else ()


def merge_tiles(known: Sequence[MetricRow], found: Sequence[MetricRow], kept: Collection[str]) -> tuple[MetricRow, ...]:
    """The tiles of a grid that is open, as found by now: those known stay in their order, new ones follow.

    A known tile that is not found any more leaves, unless it is among `kept` (names of tiles): what was decided here
    stays to be seen, also in a grid of Pending metrics. Of one that is found the later status counts, since an index
    may be a moment behind a record that was read.
    """
    by_name = {name_tile(row): row for row in found}
    names = {name_tile(row): row for row in known}
    stay = [_choose_later(row, by_name.get(name)) for name, row in names.items() if name in by_name or name in kept]
    return (*stay, *(row for name, row in by_name.items() if name not in names))


def _choose_later(row: MetricRow, found: MetricRow | None) -> MetricRow:
    if found is None or (row.changed_at and found.changed_at and row.changed_at > found.changed_at):
        return row
    return found


def find_drafted(rows: Sequence[MetricRow], edits: Mapping[str, Edit]) -> dict[str, str]:
    """What a record's draft makes of its tiles, by their names: a status, or "" where it changes something else."""
    drafted = {}
    for key, edit in edits.items():
        row = find_edited_row(rows, key, edit) if isinstance(edit, MetricEdit) else None
        if row is not None and isinstance(edit, MetricEdit):
            drafted[name_tile(row)] = str(edit.status or "")
    return drafted


def find_reasons_given(rows: Sequence[MetricRow], edits: Mapping[str, Edit]) -> dict[str, tuple[str, ...]]:
    """The short reasons that a record's draft gives for the Fail of its tiles, by their names."""
    given = {}
    for key, edit in edits.items():
        if isinstance(edit, MetricEdit) and edit.status is Status.FAIL and (reasons := split_note(edit.note)[0]):
            row = find_edited_row(rows, key, edit)
            if row is not None:
                given[name_tile(row)] = reasons
    return given


@dataclass(frozen=True, slots=True)
class Verdicts:
    """A verdict on tiles of one record: the edits by their keys in its draft, and why some tiles take none, by name."""

    edits: Mapping[str, Edit | None]
    refused: Mapping[str, str]


def build_verdicts(
    document: QualityControl,
    rows: Iterable[MetricRow],
    edits: Mapping[str, Edit],
    key_of: Callable[[Metric], str],
    status: Status,
    at: datetime,
    *,
    only_left: bool = False,
) -> Verdicts:
    """The edits that give tiles of one record a status; `only_left` skips tiles that are decided or changed already.

    `edits` are those of its draft, which each goes on from; `key_of` gives the draft's key for a metric. A metric is
    found by its key and name; where a pipeline has moved it, as the only one of that name.
    """
    found: dict[str, Edit | None] = {}
    refused = {}
    generation = document.generation or Generation.V2
    for row in rows:
        metric = _find_metric(document, row)
        if metric is None:
            refused[name_tile(row)] = "The metric is no longer in its record."
            continue
        if metric.read_only is not None:
            refused[name_tile(row)] = metric.read_only
            continue
        key = key_of(metric)
        if only_left and (key in edits or not is_undecided(metric, review_status(metric, document.generation, at))):
            continue
        edit = edits.get(key)
        was = edit if isinstance(edit, MetricEdit) else None
        found[key] = editing.with_status(was, metric, generation, status, at)
    return Verdicts(found, refused)


def build_reasons(
    document: QualityControl,
    rows: Iterable[MetricRow],
    edits: Mapping[str, Edit],
    key_of: Callable[[Metric], str],
    offered: Callable[[str], Sequence[str]],
    number: int,
    at: datetime,
) -> Verdicts:
    """The edits that give tiles which the draft fails the reason of this number, or take it back; as `build_verdicts`.

    `offered` gives the reasons of a modality, in the order of their numbers; without that number a tile stays as it is.
    """
    found: dict[str, Edit | None] = {}
    refused = {}
    generation = document.generation or Generation.V2
    for row in rows:
        metric = _find_metric(document, row)
        key = key_of(metric) if metric is not None else ""
        edit = edits.get(key)
        given = editing.with_reason(edit, metric, generation, offered, number, at) if metric is not None else None
        if given is None:
            refused[name_tile(row)] = "Only a Fail in your draft takes a reason."
        elif given is not edit:
            found[key] = given
    return Verdicts(found, refused)


def _find_metric(document: QualityControl, row: MetricRow) -> Metric | None:
    named = [metric for metric in document.metrics if metric.name == row.name]
    same = [metric for metric in named if metric.key == row.key]
    return (same or named)[0] if same or len(named) == 1 else None


@dataclass(frozen=True, slots=True)
class GridStep:
    """What a browser asks for: a status for tiles, by their names; "rest", to pass those of them that are left;
    "reason", to give them the short `reason` of this number, or to take it back; "undo" or "redo" of the last step.
    """

    command: str
    tiles: tuple[str, ...] = ()
    reason: int = 0


def read_steps(sent: object, sitting: str, confirmed: int) -> tuple[str, int, list[GridStep]]:
    """The steps that a browser asks for and that were not taken yet: its sitting, the last number, the steps.

    It sends all that it has no answer for, so that none is taken twice and none is lost:
    `{"sitting": "8", "steps": [[1, "Fail", ["0f3a…", …]], [2, "reason", ["0f3a…"], 4], [3, "undo", []]]}`. What is none
    of that is left out.
    """
    match sent:
        case {"sitting": str(name), "steps": list(asked)}:
            pass
        case _:
            return sitting, confirmed, []
    last = confirmed if name == sitting else 0
    steps = []
    for step in asked[:_MAX_STEPS]:
        match step:
            case [int(number), "Pass" | "Fail" | "Pending" | "rest" | "undo" | "redo" as command, list(tiles)]:
                reason = 0
            case [int(number), "reason" as command, list(tiles), int(reason)]:
                pass
            case _:
                continue
        if number > last:
            last = number
            named = (tile for tile in tiles[:_MAX_TILES] if isinstance(tile, str))
            steps.append(GridStep(command, tuple(dict.fromkeys(named)), reason))
    return name, last, steps
