"""A queue of metrics to decide, over many assets: its order, what is decided or skipped, and which one comes next.

A queue is an immutable value; its metrics are found by a query, and what is decided is read from the drafts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby

from qc_core.assets.metric_query_text import format_metric_query, parse_metric_query
from qc_core.assets.metrics import MetricQuery, MetricRow, select_metrics
from qc_core.quality_control.annotating.changes import Edit, MetricEdit
from qc_core.quality_control.status import Status

ItemId = tuple[str, str]
"""An item of a queue: the record's id, and the address of the metric in it (`MetricRow.position`)."""


def item_id(row: MetricRow) -> ItemId:
    """What identifies a metric in a queue, wherever a pipeline moves it in its record."""
    return row.asset.record_id, row.position.metric


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """Which metrics are in a queue: those that are Pending, match, and have been so for `older_than` days (None: any).

    The conditions on the metrics themselves and on their assets are those of `metrics`.
    """

    metrics: MetricQuery = MetricQuery()  # noqa: RUF009  # it is frozen
    older_than: int | None = None

    @property
    def at_store(self) -> MetricQuery:
        """What a metric index is asked for: the conditions of the asset, and Pending; `select` applies the others."""
        assets = replace(self.metrics.assets, pending=True)
        return MetricQuery(assets, statuses=(str(Status.PENDING),))

    def select(self, rows: Iterable[MetricRow], at: datetime) -> tuple[MetricRow, ...]:
        """The rows of those that `at_store` gives that are in the queue at a time, in their order."""
        pending = replace(self.metrics, statuses=(str(Status.PENDING),))
        return tuple(row for row in select_metrics(pending, rows) if self._is_old_enough(row, at))

    def _is_old_enough(self, row: MetricRow, at: datetime) -> bool:
        if self.older_than is None:
            return True
        return row.changed_at is not None and row.changed_at <= at - timedelta(days=self.older_than)


def format_queue_query(query: QueueQuery) -> list[tuple[str, str]]:
    """The query as pairs for an address: those of `metric_query_text`, and `age`, in days."""
    age = [("age", str(query.older_than))] if query.older_than is not None else []
    return format_metric_query(query.metrics) + age


def parse_queue_query(pairs: Iterable[tuple[str, str]]) -> QueueQuery:
    """The query that an address states. Never raises: what is not understood counts as absent."""
    pairs = list(pairs)
    age = next((value for key, value in reversed(pairs) if key == "age"), "")
    is_number = age.isascii() and age.isdigit() and 0 < len(age) < 6
    return QueueQuery(parse_metric_query(pair for pair in pairs if pair[0] != "age"), int(age) if is_number else None)


def order_by_figure(rows: Iterable[MetricRow]) -> tuple[MetricRow, ...]:
    """The same rows, asset by asset as given; in each, metrics that share a figure follow one another."""
    ordered: list[MetricRow] = []
    for _, of_asset in groupby(rows, key=lambda row: row.asset.record_id):
        figures: dict[str | None, list[MetricRow]] = {}
        for row in of_asset:
            figures.setdefault(row.reference, []).append(row)
        ordered += [row for figure in figures.values() for row in figure]
    return tuple(ordered)


def find_edited_row(rows: Sequence[MetricRow], key: str, edit: MetricEdit) -> MetricRow | None:
    """The row, among those of one record, that an edit of its draft is about: with its key (`metrics/3#…` to
    `metrics/3`) and name; where a pipeline has moved the metric, the only row of that name.
    """
    named = [row for row in rows if row.name == edit.fingerprint.name]
    same = [row for row in named if row.key == key.partition("#")[0]]
    return (same or named)[0] if same or len(named) == 1 else None


def find_decided(rows: Sequence[MetricRow], edits: Mapping[str, Edit]) -> dict[ItemId, str]:
    """The items among the rows of one record that its draft decides, each with "Pass" or "Fail"."""
    decided: dict[ItemId, str] = {}
    for key, edit in edits.items():
        if isinstance(edit, MetricEdit) and edit.decides:
            row = find_edited_row(rows, key, edit)
            if row is not None:
                decided[item_id(row)] = str(edit.status)
    return decided


@dataclass(frozen=True, slots=True)
class Queue:
    """Metrics in order, those `decided` (with their status) and `skipped` among them, and the `current` one.

    `start` is where the current one is in `rows`, or was before it left the queue. `submitted` counts those that left
    because they were submitted from here, `elsewhere` those that left otherwise: somebody else decided them.
    """

    rows: tuple[MetricRow, ...] = ()
    decided: Mapping[ItemId, str] = field(default_factory=dict)
    skipped: frozenset[ItemId] = frozenset()
    current: ItemId | None = None
    start: int = 0
    submitted: int = 0
    elsewhere: int = 0

    @property
    def total(self) -> int:
        """How many metrics the queue has, with those that were submitted from it."""
        return len(self.rows) + self.submitted

    @property
    def left(self) -> tuple[MetricRow, ...]:
        """The metrics that are not decided, skipped ones among them."""
        return tuple(row for row in self.rows if item_id(row) not in self.decided)

    @property
    def left_skipped(self) -> tuple[MetricRow, ...]:
        """The metrics that were skipped and are not decided."""
        return tuple(row for row in self.left if item_id(row) in self.skipped)

    @property
    def current_row(self) -> MetricRow | None:
        """The current metric, None where there is none, or it is no longer in the queue."""
        return next((row for row in self.rows if item_id(row) == self.current), None)

    def find(self, record_id: str, key: str) -> MetricRow | None:
        """The metric of a record with that key in its quality control, None where it is not in the queue."""
        return next((row for row in self.rows if row.asset.record_id == record_id and row.key == key), None)

    def of_record(self, record_id: str) -> tuple[MetricRow, ...]:
        """The metrics of one record."""
        return tuple(row for row in self.rows if row.asset.record_id == record_id)

    @property
    def finished_records(self) -> tuple[str, ...]:
        """The ids of the records, in order, of which every metric in the queue is decided."""
        open_ids = {row.asset.record_id for row in self.left}
        ids = dict.fromkeys(row.asset.record_id for row in self.rows)
        return tuple(record_id for record_id in ids if record_id not in open_ids)

    def next_row(self) -> MetricRow | None:
        """What to decide after the current one: what is left after it, then before it, then what was skipped.

        None where nothing but the current one is left.
        """
        after = self.start + (self.current_row is not None)
        others = [*self.rows[after:], *self.rows[: self.start]]
        left = [row for row in others if item_id(row) not in self.decided]
        return next((row for row in left if item_id(row) not in self.skipped), next(iter(left), None))

    def previous_row(self) -> MetricRow | None:
        """The metric before the current one in the order, decided or not; None at the first."""
        return self.rows[self.start - 1] if 0 < self.start <= len(self.rows) else None

    def first_row(self) -> MetricRow | None:
        """The metric to begin with: the first that is neither decided nor skipped, else the first skipped one."""
        return replace(self, current=None, start=0).next_row()

    def with_current(self, item: ItemId) -> "Queue":
        """With another metric as the current one; the same queue where it has no such metric."""
        found = next((number for number, row in enumerate(self.rows) if item_id(row) == item), None)
        return self if found is None else replace(self, current=item, start=found)

    def with_skipped(self, item: ItemId) -> "Queue":
        """With one metric skipped: it comes again after all others."""
        return replace(self, skipped=self.skipped | {item})

    def with_decided(self, record_id: str, decided: Mapping[ItemId, str]) -> "Queue":
        """With exactly these metrics of a record decided."""
        others = {item: status for item, status in self.decided.items() if item[0] != record_id}
        return replace(self, decided={**others, **decided})

    def with_rows(self, rows: Sequence[MetricRow]) -> "Queue":
        """With the metrics as found by now: those known stay in their order, new ones follow.

        Of those that left, the decided ones count as `submitted`, others as decided `elsewhere`.
        """
        found = {item_id(row): row for row in rows}
        known = {item_id(row) for row in self.rows}
        kept = [found[item_id(row)] for row in self.rows if item_id(row) in found]
        before = sum(item_id(row) in found for row in self.rows[: self.start])
        gone = known - found.keys()
        submitted = len(gone & self.decided.keys())
        return replace(
            self,
            rows=(*kept, *(row for item, row in found.items() if item not in known)),
            decided={item: status for item, status in self.decided.items() if item not in gone},
            start=before,
            submitted=self.submitted + submitted,
            elsewhere=self.elsewhere + len(gone) - submitted,
        )

    def without(self, items: Iterable[ItemId]) -> "Queue":
        """Without metrics that are no longer Pending in their record."""
        gone = set(items)
        return self.with_rows([row for row in self.rows if item_id(row) not in gone])
