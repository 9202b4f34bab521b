"""Read the fields that all shapes of the document share; what does not fit is reported as a sentence, never raised."""

import json
from collections.abc import Mapping

from qc_core.json_document.value import JsonValue, describe_type
from qc_core.quality_control.metric import Modality
from qc_core.quality_control.status import Status, StatusEntry
from qc_core.times import parse_time

Sentences = list[str]
"""A list to which readers append what they found unexpected."""

_STATUSES: dict[str, Status] = {str(status): status for status in Status}


def short(value: JsonValue) -> str:
    """A value as short text: a text is itself, a list or object only its kind (it may be endlessly deep)."""
    if isinstance(value, str):
        return value
    return describe_type(value) if isinstance(value, list | dict) else json.dumps(value)


def text(raw: Mapping[str, JsonValue], key: str, problems: Sentences) -> str | None:
    """A field that should be text or null."""
    value = raw.get(key)
    if value is None or isinstance(value, str):
        return value
    problems.append(f"Its {key} is {describe_type(value)}, not text.")
    return None


def texts(raw: Mapping[str, JsonValue], key: str, problems: Sentences) -> tuple[str, ...]:
    """A field that should be a list of texts or null; other items are shown as text."""
    value = raw.get(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        problems.append(f"Its {key} is {describe_type(value)}, not a list.")
        return ()
    if not all(isinstance(item, str) for item in value):
        problems.append(f"Its {key} holds something that is not text.")
    return tuple(short(item) for item in value)


def modality(value: JsonValue, problems: Sentences) -> Modality:
    """A modality: an object, in older records a bare text or null (docs/formats.md#modalities)."""
    if isinstance(value, str):
        return Modality(name="", abbreviation=value)
    if not isinstance(value, dict):
        problems.append("It has no modality." if value is None else f"Its modality is {describe_type(value)}.")
        return Modality("", "")
    name, abbreviation = value.get("name"), value.get("abbreviation")
    if not (isinstance(name, str) or isinstance(abbreviation, str)):
        problems.append("Its modality has neither a name nor an abbreviation.")
    return Modality(
        name=name if isinstance(name, str) else "",
        abbreviation=abbreviation if isinstance(abbreviation, str) else "",
    )


def history(value: JsonValue, key: str, problems: Sentences) -> tuple[tuple[StatusEntry, ...], str | None]:
    """The status entries of a history, and why nothing can be appended to it (None where it can)."""
    if not isinstance(value, list):
        return (), f"Its {key} is {describe_type(value)}, not a list, so a new status cannot be added to it."
    entries = tuple(_entry(item, index, problems) for index, item in enumerate(value, start=1))
    if not all(isinstance(item, dict) for item in value):
        return entries, f"Its {key} holds something that is not a status entry, so it is left as it is."
    if not entries:
        problems.append(f"Its {key} is empty: it has no status.")
    return entries, None


def _entry(raw: JsonValue, index: int, problems: Sentences) -> StatusEntry:
    if not isinstance(raw, dict):
        problems.append(f"Its status entry {index} is {describe_type(raw)}.")
        return StatusEntry(status=None, evaluator="", timestamp=None, written="")
    word, written = short(raw.get("status")), raw.get("timestamp")
    status = _STATUSES.get(word)
    if status is None:
        problems.append(f"Its status entry {index} has the unknown status “{word}”.")
    parsed = parse_time(written)
    if parsed is None:
        problems.append(f"Its status entry {index} has no time that can be read.")
    evaluator = raw.get("evaluator")
    return StatusEntry(
        status=status,
        evaluator=evaluator if isinstance(evaluator, str) else "",
        timestamp=parsed.utc if parsed else None,
        written=short(written),
        assumed_utc=parsed.assumed_utc if parsed else False,
        word=word,
    )
