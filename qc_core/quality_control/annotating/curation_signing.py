"""A new version of a curation, signed: it is appended, in the form that is there, and never put over another."""

import json
from collections.abc import Iterator

from qc_core.errors import BadRecord
from qc_core.json_document import Append, Operation, Set
from qc_core.json_document.value import JsonPath, JsonValue, value_at
from qc_core.quality_control.annotating.changes import Change
from qc_core.quality_control.curation.versions import Curation
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.status import Generation
from qc_core.quality_control.values.json_entry import is_writable


def version_operations(
    raw: JsonValue, document: QualityControl, change: Change, curator: str, timestamp: str
) -> Iterator[Operation]:
    """The operations that add a version to its curation, with an entry in its history (docs/formats.md#custom-values).

    Raises BadRecord for a curation that cannot take one, and for content that JSON does not have.
    """
    metric, version = change.metric, change.edit.version
    if version is None:
        return
    curation = metric.curation
    if curation is None or curation.read_only is not None:
        reason = curation.read_only if curation else "It is not a curation any longer."
        raise BadRecord(f"No version can be added to {metric.name}. {reason}", "Undo this change.")
    if not is_writable(version.content):
        raise BadRecord(
            f"The new version of {metric.name} holds a number that JSON does not have (NaN or infinity).",
            "Use null instead.",
        )
    typed = document.generation is Generation.V2 and len(curation.items_path) == 1
    content = json.dumps(version.content) if _as_text(curation, typed) else version.content
    yield Append((*metric.path, *curation.items_path), content)
    history_path: JsonPath = (*metric.path, *curation.history_path)
    history = value_at(raw, history_path)
    entry = _entry(history[-1] if isinstance(history, list) and history else None, curator, timestamp, typed)
    yield Append(history_path, entry) if isinstance(history, list) else Set(history_path, [entry])


def _as_text(curation: Curation, typed: bool) -> bool:
    """Whether versions are JSON text: as the newest is; where there is none, as the schema has it (v1: text)."""
    return isinstance(curation.items[-1], str) if curation.items else not typed


def _entry(last: JsonValue, curator: str, timestamp: str, typed: bool) -> dict[str, JsonValue]:
    """An entry as the curation's last one is written, in its order of keys."""
    order = list(last) if isinstance(last, dict) else []
    named = "object_type" in order or (typed and not order)
    entry: dict[str, JsonValue] = {"object_type": "Curation history"} if named else {}
    entry |= {"curator": curator, "timestamp": timestamp}
    return dict(sorted(entry.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))
