"""The metrics of a record as an index keeps them: small arrays of JSON, and rows and changes made from them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from sys import intern

import msgspec

from qc_core.assets.index import AssetSummary
from qc_core.assets.metrics import MetricChange, MetricRow
from qc_core.quality_control.position import Position
from qc_core.stores.index.lines import storable_text
from qc_core.stores.ports import StoredRecord
from qc_core.stores.summary import metric_changes, metric_rows


class KeptEntry(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One entry of a status history that has a time, and the status before it."""

    before: str
    status: str
    evaluator: str
    time: datetime


class KeptMetric(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A `MetricRow` without its asset, and the history of its status: `KeptEntry`s, read only where they are needed."""

    key: str
    address: str
    name: str
    stage: str
    modality: str
    tags: tuple[str, ...]
    status: str
    number: float | None
    reference: str | None
    changed_at: datetime | None
    evaluator: str | None
    history: msgspec.Raw

    def row(self, asset: AssetSummary) -> MetricRow:
        """The row of this metric of an asset. What most assets have in common is one object for all of them."""
        return MetricRow(
            asset,
            intern(self.key),
            _position(self.address),
            intern(self.name),
            intern(self.stage),
            intern(self.modality),
            _share(self.tags),
            intern(self.status),
            self.number,
            self.reference,
            self.changed_at,
            self.evaluator,
        )


@lru_cache(10_000)
def _position(address: str) -> Position:
    return Position("", address)


@lru_cache(10_000)
def _share(tags: tuple[str, ...]) -> tuple[str, ...]:
    """The tuple that was given first of all that are equal."""
    return tags


KeptMetrics = tuple[KeptMetric, ...]
encode_metrics = msgspec.json.Encoder().encode
"""Kept metrics as they are stored."""
decode_metrics = msgspec.json.Decoder(KeptMetrics).decode
"""What was stored."""
_decode_history = msgspec.json.Decoder(tuple[KeptEntry, ...]).decode


def keep_metrics(stored: StoredRecord, at: datetime) -> KeptMetrics:
    """The metrics of a record, with statuses as of an aware time."""
    rows = metric_rows(stored, at)
    changes: dict[str, list[MetricChange]] = defaultdict(list)
    for change in metric_changes(stored, rows):
        changes[change.metric.key].append(change)
    return tuple(keep_metric(row, changes[row.key]) for row in rows)


def keep_metric(row: MetricRow, changes: Iterable[MetricChange]) -> KeptMetric:
    """One metric with its changes; lone surrogates, which no file of text can hold, are replaced."""
    text = storable_text
    history = [
        KeptEntry(text(change.before), text(change.status), text(change.evaluator), change.time) for change in changes
    ]
    return KeptMetric(
        text(row.key),
        text(row.position.metric),
        text(row.name),
        text(row.stage),
        text(row.modality),
        tuple(map(text, row.tags)),
        text(row.status),
        row.number,
        None if row.reference is None else text(row.reference),
        row.changed_at,
        None if row.evaluator is None else text(row.evaluator),
        msgspec.Raw(encode_metrics(history)),
    )


def changes_of(row: MetricRow, history: msgspec.Raw) -> Iterator[MetricChange]:
    """The entries of a metric's kept history, oldest first as written."""
    return (MetricChange(row, one.before, one.status, one.evaluator, one.time) for one in _decode_history(history))
