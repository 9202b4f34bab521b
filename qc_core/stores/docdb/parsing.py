"""Convert records of the database to the portal's types. Pure."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from qc_core.assets.record import read_record
from qc_core.quality_control import document
from qc_core.stores.docdb.fields import HISTORIES as _HISTORIES
from qc_core.stores.ports import StoredRecord


def parse_stored_record(record: Mapping[str, Any], record_id: str, version: str = "") -> StoredRecord:
    """A record that can be shown, whatever of it is missing; never raises. With a `version` it has a revision too."""
    raw = record.get("quality_control")
    metadata = read_record(record, folder_name=record_id)
    parsed = document.read(raw)
    return StoredRecord(
        record_id=record_id,
        name=metadata.name,
        version=version,
        quality_control=raw,
        document=parsed,
        asset=metadata,
        problems=(),
        read_only=parsed.read_only,
        revision=revision_of(record) if version else "",
    )


def version_of(text: str) -> str:
    """A digest of all that was read: the database has no number for versions, and not every writer sets a time."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def revision_of(record: Mapping[str, Any]) -> str:
    """A digest of the record's time and of how long each history is; of a whole record, or one as in `fields.LIGHT`."""
    raw = record.get("quality_control")
    times = [record.get(key) for key in ("_last_modified", "last_modified")]
    lengths = list(_history_lengths(raw if isinstance(raw, dict) else {}))
    return version_of(json.dumps([times, lengths]))


def _history_lengths(holder: Mapping[str, Any]) -> Iterator[Any]:
    for key in ("evaluations", "metrics", "qc_metrics"):
        for item in _dicts(holder.get(key)):
            yield [len(item[name]) for name in _HISTORIES if isinstance(item.get(name), list)]
            yield from _history_lengths(item)


def _dicts(items: object) -> list[dict[str, Any]]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def name_and_id(record: Mapping[str, Any]) -> tuple[str, str | None]:
    """The name of a record, and its `_id` where it is a text."""
    record_id, name = record.get("_id"), record.get("name")
    is_text = isinstance(record_id, str) and bool(record_id)
    return (name if isinstance(name, str) and name else str(record_id)), record_id if is_text else None
