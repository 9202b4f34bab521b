"""The part of an asset that the columns of an index keep, as plain values, in memory and in the file."""

import json
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from qc_core.assets.index import AssetSummary

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class ColumnRow(NamedTuple):
    """What the columns keep of an asset, as it is stored: modalities and people are JSON lists.

    `acquired` and `changed` are in microseconds since 1970, None where there is no time.
    """

    row: int
    deleted: int
    name: str
    subject: str | None
    project: str | None
    modality: str
    platform: str | None
    level: str | None
    instrument: str | None
    experimenter: str
    key_experimenter: str
    status: str
    pending: int
    metrics: int
    acquired: int | None
    changed: int | None


def column_row(row: int, asset: AssetSummary) -> ColumnRow:
    """What the columns keep of an asset."""
    return ColumnRow(
        row=row,
        deleted=0,
        name=asset.name,
        subject=asset.subject_id,
        project=asset.project,
        modality=json.dumps(asset.modalities),
        platform=asset.platform,
        level=asset.data_level,
        instrument=asset.instrument,
        experimenter=json.dumps(asset.experimenters),
        key_experimenter=json.dumps(asset.key_experimenters),
        status=asset.status,
        pending=asset.pending,
        metrics=asset.metrics,
        acquired=microseconds(asset.acquisition_time),
        changed=microseconds(asset.changed_at),
    )


def microseconds(time: datetime | None) -> int | None:
    """An aware time in microseconds since 1970."""
    return None if time is None else (time - EPOCH) // MICROSECOND
