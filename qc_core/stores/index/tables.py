"""Public tables of all assets, in Parquet, which an index can begin with before the database was read.

Columns are known by name: `_id`, `name`, `project_name`, `subject_id`, `modalities`, `data_level`,
`acquisition_start_time`, `experimenters`, `instrument_id` and `location`, or the shorter names in `_NAMES`. Tables
hold no statuses, so each record is still read, and their times of the last change are not used.
"""

import io
import logging
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qc_core.assets.index import AssetSummary
from qc_core.stores.index.lines import IndexedLine
from qc_core.times import parse_time

log = logging.getLogger("qc_portal")

MAX_TABLE_BYTES = 500_000_000
"""Of one table in S3, which is read as a whole."""
MAX_TABLE_ROWS = 5_000_000
_AT_ONCE = 5000
_NAMES = {
    "id": ("_id", "id"),
    "name": ("name",),
    "project": ("project_name", "project"),
    "subject": ("subject_id", "subject"),
    "modalities": ("modalities", "modality"),
    "level": ("data_level", "level"),
    "acquired": ("acquisition_start_time", "start_time", "time"),
    "experimenters": ("experimenters",),
    "instrument": ("instrument_id", "instrument"),
    "location": ("location",),
}


class UnreadableTableError(Exception):
    """A table cannot be read; the text gives the reason."""


def open_asset_table(address: str) -> tuple[datetime, Iterator[list[IndexedLine]]]:
    """When a table was written, and its rows in parts; a row without id or name is left out.

    `address` is a path, or `s3://bucket/key`, from the settings alone. Raises UnreadableTableError, also while
    it is read.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        written, source = _open_object(address) if address.startswith("s3://") else _open_file(Path(address))
        file = pq.ParquetFile(source)
    except (OSError, pa.ArrowException) as error:
        raise UnreadableTableError(f"{address} cannot be read: {type(error).__name__}") from error
    columns = {
        field: name for field, names in _NAMES.items() for name in reversed(names) if name in file.schema_arrow.names
    }
    if not {"id", "name"} <= columns.keys():
        raise UnreadableTableError(f"{address} has no columns _id and name")
    if file.metadata.num_rows > MAX_TABLE_ROWS:
        raise UnreadableTableError(f"{address} has more than {MAX_TABLE_ROWS:,} rows")
    return written, _read_parts(file, address, columns)


def _open_file(path: Path) -> tuple[datetime, Any]:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC), path


def _open_object(address: str) -> tuple[datetime, Any]:
    import boto3
    from botocore import UNSIGNED
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError

    bucket, _, key = address.removeprefix("s3://").partition("/")
    session = boto3.Session()
    public = {} if session.get_credentials() else {"signature_version": UNSIGNED}
    try:
        client = session.client("s3", config=Config(connect_timeout=5, read_timeout=60, **public))
        found = client.get_object(Bucket=bucket, Key=key)
        if found["ContentLength"] > MAX_TABLE_BYTES:
            raise UnreadableTableError(f"{address} has more than {MAX_TABLE_BYTES:,} bytes")
        return found["LastModified"].astimezone(UTC), io.BytesIO(found["Body"].read())
    except (BotoCoreError, ClientError) as error:
        raise UnreadableTableError(f"{address} cannot be read: {type(error).__name__}") from error


def _read_parts(file: Any, address: str, columns: Mapping[str, str]) -> Iterator[list[IndexedLine]]:
    import pyarrow as pa

    try:
        for batch in file.iter_batches(batch_size=_AT_ONCE, columns=list(columns.values())):
            rows = batch.to_pylist()
            lines = (_read_line({field: row[name] for field, name in columns.items()}) for row in rows)
            yield [line for line in lines if line is not None]
    except (OSError, pa.ArrowException) as error:
        raise UnreadableTableError(f"{address} cannot be read: {type(error).__name__}") from error


def _read_line(row: Mapping[str, Any]) -> IndexedLine | None:
    record_id, name = _text(row.get("id")), _text(row.get("name"))
    if not record_id or not name:
        return None
    acquired = parse_time(_time_text(row.get("acquired")))
    summary = AssetSummary(
        record_id=record_id,
        name=name,
        subject_id=_text(row.get("subject")),
        project=_text(row.get("project")),
        modalities=_texts(row.get("modalities")),
        acquisition_time=acquired.instant if acquired else None,
        data_level=_text(row.get("level")),
        status="",
        pending=0,
        metrics=0,
        generation="",
        problem=None,
        location=_text(row.get("location")),
        instrument=_text(row.get("instrument")),
        experimenters=_texts(row.get("experimenters")),
    )
    return IndexedLine(record_id, "", summary)


def _text(value: Any) -> str | None:
    return str(value).strip() or None if isinstance(value, str | int) and not isinstance(value, bool) else None


def _texts(value: Any) -> tuple[str, ...]:
    """A list of texts, or of objects with an abbreviation or a name; or one text with commas between them."""
    items = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    named = (item.get("abbreviation") or item.get("name") if isinstance(item, dict) else item for item in items)
    return tuple(dict.fromkeys(text for one in named if (text := _text(one))))


def _time_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else value if isinstance(value, str) else ""
