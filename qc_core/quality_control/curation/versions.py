"""A curation: versions of what people and pipelines noted about objects, newest last (docs/formats.md#custom-values).

Both generations are read into one type. v2 keeps `value` (the versions) and `curation_history` on the metric, v1 keeps
`curations` and `curation_history` inside `value`. A version is a JSON value, or the JSON text of one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeGuard

from qc_core.json_document.surrogates import spell_out_escapes
from qc_core.json_document.value import JsonPath, JsonValue
from qc_core.times import parse_time

OBJECT_TYPE = "Curation metric"
"""What a v2 metric that is a curation calls itself."""
_HISTORY = "curation_history"


@dataclass(frozen=True, slots=True)
class Version:
    """One version. `number` counts from 1. `content` is its JSON value; for text that is not JSON, the text itself.

    `as_text` is True if it is stored as JSON text. `problem` is a sentence, or None.
    `curator` is "" and `timestamp` None where the history has nothing on it.
    """

    number: int
    content: JsonValue
    as_text: bool
    curator: str
    timestamp: datetime | None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Curation:
    """The curation of a metric as stored.

    `items` are the versions as stored, `history` the entries (curator, time as stored) of those that have one: the
    last entry belongs to the last version. `items_path` and `history_path` are paths within the metric.
    `read_only` is the reason why no version can be added, or None.
    """

    kind: str
    items: tuple[JsonValue, ...]
    history: tuple[tuple[str, JsonValue], ...]
    items_path: JsonPath
    history_path: JsonPath
    read_only: str | None = None

    @property
    def newest(self) -> Version | None:
        """The newest version, None where there is none."""
        return self.version(len(self.items)) if self.items else None

    @property
    def versions(self) -> tuple[Version, ...]:
        """All versions, oldest first."""
        return tuple(self.version(number) for number in range(1, len(self.items) + 1))

    def version(self, number: int) -> Version:
        """One version by its number, from 1."""
        item = self.items[number - 1]
        index = number - 1 - len(self.items) + len(self.history)  # counted from the end, where the newest are
        curator, written = self.history[index] if index >= 0 else ("", None)
        parsed = parse_time(written)
        content, problem = decode_version(item)
        return Version(number, content, isinstance(item, str), curator, parsed.recorded if parsed else None, problem)


def read_curation(raw: Mapping[str, JsonValue]) -> Curation | None:
    """The curation of a metric as stored, of either generation; None for a metric that is not a curation."""
    value = raw.get("value")
    if is_v1(value):
        return _read(value["type"], value["curations"], value, ("value", "curations"), ("value", _HISTORY))
    if raw.get("object_type") == OBJECT_TYPE:
        return _read(raw.get("type"), value, raw, ("value",), (_HISTORY,))
    return None


def is_v1(value: JsonValue) -> TypeGuard[dict[str, JsonValue]]:
    """Whether a value is a v1 curation: `{curations, curation_history, type}`."""
    return isinstance(value, dict) and isinstance(value.get("curations"), list) and "type" in value


def newest_content(value: JsonValue) -> JsonValue:
    """The content of the newest version in a curation's value, None if there is none."""
    items = value["curations"] if is_v1(value) else value
    return decode_version(items[-1])[0] if isinstance(items, list) and items else None


def decode_version(item: JsonValue) -> tuple[JsonValue, str | None]:
    """The content of a stored version, and a sentence if it cannot be decoded."""
    if not isinstance(item, str):
        return item, None
    try:
        return json.loads(spell_out_escapes(item)), None
    except (ValueError, RecursionError):
        return item, "This version is text that is not JSON; it is shown as it is."


def _read(
    kind: JsonValue, items: JsonValue, holder: Mapping[str, JsonValue], items_path: JsonPath, history_path: JsonPath
) -> Curation:
    history = holder.get(_HISTORY)
    refusal = None
    if not isinstance(items, list):
        refusal = "Its value is not a list of versions, so none can be added."
    elif not isinstance(history, list | None):
        refusal = "Its curation_history is not a list, so no version can be added."
    return Curation(
        kind=kind if isinstance(kind, str) else "",
        items=tuple(items) if isinstance(items, list) else (),
        history=tuple(_entry(one) for one in history) if isinstance(history, list) else (),
        items_path=items_path,
        history_path=history_path,
        read_only=refusal,
    )


def _entry(raw: JsonValue) -> tuple[str, JsonValue]:
    if not isinstance(raw, dict):
        return "", None
    curator = raw.get("curator")
    return curator if isinstance(curator, str) else "", raw.get("timestamp")
