"""The metrics of a record as an index keeps them: small arrays of JSON, and rows and changes made from them."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from qc_core.assets.index import AssetSummary
from qc_core.assets.metrics import MetricChange, MetricRow
from qc_core.quality_control.position import Position
from qc_core.stores.index.lines import storable_text
from qc_core.stores.ports import StoredRecord
from qc_core.stores.summary import metric_rows


class KeptEntry(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One entry of a status history that has a time, and the status before it."""

    before: str
    status: str
    evaluator: str
    time: datetime


class KeptMetric(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A `MetricRow` without its asset, and the history of its status."""

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
    history: tuple[KeptEntry, ...]

    def row(self, asset: AssetSummary) -> MetricRow:
        """The row of this metric of an asset."""
        return MetricRow(
            asset,
            self.key,
            Position("", self.address),
            self.name,
            self.stage,
            self.modality,
            self.tags,
            self.status,
            self.number,
            self.reference,
            self.changed_at,
            self.evaluator,
        )


KeptMetrics = tuple[KeptMetric, ...]
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(KeptMetrics)


def keep_metrics(stored: StoredRecord, at: datetime) -> KeptMetrics:
    """The metrics of a record, with statuses as of an aware time."""
    rows = metric_rows(stored, at)
    return tuple(
        KeptMetric(
            row.key,
            row.position.metric,
            row.name,
            row.stage,
            row.modality,
            row.tags,
            row.status,
            row.number,
            row.reference,
            row.changed_at,
            row.evaluator,
            tuple(_entries(stored, place)),
        )
        for place, row in enumerate(rows)
    )


def _entries(stored: StoredRecord, place: int) -> Iterator[KeptEntry]:
    before = ""
    for entry in stored.document.metrics[place].history:
        status = str(entry.status) if entry.status else entry.word or ""
        if entry.timestamp is not None:
            yield KeptEntry(before, status, entry.evaluator or "", entry.timestamp)
        before = status


def changes_of(row: MetricRow, kept: KeptMetric) -> Iterator[MetricChange]:
    """The entries of a metric's history, oldest first as written."""
    return (MetricChange(row, one.before, one.status, one.evaluator, one.time) for one in kept.history)


def encode_metrics(kept: KeptMetrics) -> bytes:
    """As they are stored; lone surrogates, which no file of text can hold, are replaced."""
    try:
        return _encoder.encode(kept)
    except UnicodeEncodeError:
        return _encoder.encode(_storable(msgspec.to_builtins(kept)))


def decode_metrics(text: bytes) -> KeptMetrics:
    """What was stored."""
    return _decoder.decode(text)


def _storable(value: object) -> object:
    if isinstance(value, str):
        return storable_text(value)
    return [_storable(one) for one in value] if isinstance(value, list | tuple) else value
