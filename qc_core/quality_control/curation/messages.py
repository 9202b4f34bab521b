"""Read the message that an embedded page of spike sorting sends: a typed curation, or why it is refused.

Two forms of message are known, of SortingView and FigURL, and of the ephys GUI::

    {"curation": {…}}
    {"type": "curation-data", "identifier": "0c8e…", "data": {…}}

Two formats of curation: SortingView's format 0, `{"labelsByUnit": {"1": ["accept"]}, "mergeGroups": [[2, 3]]}`, and
SpikeInterface's format 2 (its `CurationModel`). An identifier names the frame, never a metric: the receiver checks
first that a message is from that very frame, its origin, and has its identifier; this module cannot.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from qc_core.json_document.surrogates import spell_out_escapes
from qc_core.json_document.value import JsonValue

MAX_PARTS = 200_000
MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 20
"""Limits of a curation: values in it, characters of its texts, levels."""


class CurationFormat(StrEnum):
    """The formats of a spike-sorting curation that are known."""

    SORTINGVIEW = "SortingView 0"
    SPIKEINTERFACE = "SpikeInterface 2"


@dataclass(frozen=True, slots=True)
class ReceivedCuration:
    """A curation as sent, of a known format; `content` is what becomes a version."""

    content: Mapping[str, JsonValue]
    format: CurationFormat


@dataclass(frozen=True, slots=True)
class RefusedMessage:
    """A message that is not a curation; `reason` is a sentence."""

    reason: str


class _FormatError(Exception):
    """A part of a curation does not match its format; the text names the part."""


def read(data: JsonValue) -> ReceivedCuration | RefusedMessage:
    """The curation in the data of a message, or why there is none. Never raises."""
    oversized = _describe_size_fault(data)
    if oversized:
        return RefusedMessage(oversized)
    if not isinstance(data, dict):
        return RefusedMessage("The message is not an object.")
    if data.get("type") == "curation-data":
        sent = data.get("data")
    elif "curation" in data:
        sent = data["curation"]
    else:
        return RefusedMessage("The message holds no curation.")
    if isinstance(sent, str):
        try:
            sent = json.loads(spell_out_escapes(sent))
        except (ValueError, RecursionError):
            return RefusedMessage("The curation is text that is not JSON.")
        oversized = _describe_size_fault(sent)
        if oversized:
            return RefusedMessage(oversized)
    try:
        content = _object(sent)
        return ReceivedCuration(content, _format(content))
    except _FormatError as error:
        return RefusedMessage(f"The curation does not match its format: {error}.")


def _describe_size_fault(data: JsonValue) -> str | None:
    parts, characters = 0, 0
    waiting: list[tuple[JsonValue, int]] = [(data, 0)]
    while waiting:
        one, depth = waiting.pop()
        inside = list(one.values()) if isinstance(one, dict) else one if isinstance(one, list) else []
        parts += 1
        characters += len(one) if isinstance(one, str) else 0
        characters += sum(len(key) for key in one if isinstance(key, str)) if isinstance(one, dict) else 0
        if parts + len(inside) > MAX_PARTS or characters > MAX_CHARACTERS:
            return f"The curation is too large: more than {MAX_PARTS:,} values or {MAX_CHARACTERS:,} characters."
        if depth > MAX_DEPTH:
            return f"The curation is nested deeper than {MAX_DEPTH} levels."
        if not isinstance(one, dict | list | str | bool | int | float | None):
            return "The message holds something that is not JSON."
        if isinstance(one, float) and (one != one or one in (float("inf"), float("-inf"))):
            return "The curation holds a number that JSON does not have (NaN or infinity)."
        waiting += [(item, depth + 1) for item in inside]
    return None


def _object(sent: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(sent, dict):
        raise _FormatError("it is not an object")
    return sent


def _format(sent: dict[str, JsonValue]) -> CurationFormat:
    if "labelsByUnit" in sent:
        _check_sortingview(sent)
        return CurationFormat.SORTINGVIEW
    if "format_version" in sent:
        if str(sent["format_version"]) != "2":
            raise _FormatError("its format_version is not 2, the only one that is known")
        _check_spikeinterface(sent)
        return CurationFormat.SPIKEINTERFACE
    raise _FormatError("it has neither labelsByUnit nor format_version")


def _check_sortingview(sent: dict[str, JsonValue]) -> None:
    labels = _of(sent, "labelsByUnit", dict)
    _all(labels.values(), _texts, "labelsByUnit holds something other than lists of labels")
    _all(_optional(sent, "mergeGroups", list), _units, "mergeGroups holds something other than lists of units")


def _check_spikeinterface(sent: dict[str, JsonValue]) -> None:
    if not _units(sent.get("unit_ids")):
        raise _FormatError("its unit_ids are not a list of units")
    known = {_unit(unit) for unit in sent["unit_ids"]}
    categories = _optional(sent, "label_definitions", dict)
    _all(categories.values(), _defines_labels, "its label_definitions are not objects with label_options")
    for labelled in _optional(sent, "manual_labels", list):
        _check_labels(labelled, known, categories)
    removed = _optional(sent, "removed", list)
    _all(removed, lambda unit: _is_known(unit, known), "removed names a unit that is not in unit_ids")
    merges = _optional(sent, "merges", list)
    _all(merges, lambda merge: _merges(merge, known), "its merges are not groups of two or more of its units")
    splits = _optional(sent, "splits", list)
    _all(splits, lambda split: _splits(split, known), "its splits are not of its units")


def _check_labels(labelled: JsonValue, known: set[tuple[str, JsonValue]], categories: dict[str, JsonValue]) -> None:
    if not isinstance(labelled, dict) or not _is_known(labelled.get("unit_id"), known):
        raise _FormatError("manual_labels names a unit that is not in unit_ids")
    others = {key: labels for key, labels in labelled.items() if key != "unit_id"}
    labels = labelled["labels"] if isinstance(labelled.get("labels"), dict) else others
    if not labels.keys() <= categories.keys():
        raise _FormatError("manual_labels uses a category that label_definitions does not have")
    _all(labels.values(), _texts, "manual_labels holds something other than lists of labels")


def _merges(merge: JsonValue, known: set[tuple[str, JsonValue]]) -> bool:
    units = merge.get("unit_ids") if isinstance(merge, dict) else merge
    return isinstance(units, list) and len(units) > 1 and all(_is_known(unit, known) for unit in units)


def _splits(split: JsonValue, known: set[tuple[str, JsonValue]]) -> bool:
    return isinstance(split, dict) and _is_known(split.get("unit_id"), known)


def _defines_labels(definition: JsonValue) -> bool:
    return isinstance(definition, dict) and _texts(definition.get("label_options"))


def _texts(value: JsonValue) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _units(value: JsonValue) -> bool:
    return isinstance(value, list) and all(isinstance(one, str | int) and not isinstance(one, bool) for one in value)


def _unit(value: JsonValue) -> tuple[str, JsonValue]:
    return type(value).__name__, value  # True is not 1, and "1" is not 1


def _is_known(value: JsonValue, known: set[tuple[str, JsonValue]]) -> bool:
    return isinstance(value, str | int) and _unit(value) in known


def _of(sent: dict[str, JsonValue], key: str, kind: type) -> JsonValue:
    value = sent.get(key)
    if not isinstance(value, kind):
        raise _FormatError(f"its {key} is not {'an object' if kind is dict else 'a list'}")
    return value


def _optional(sent: dict[str, JsonValue], key: str, kind: type) -> JsonValue:
    return kind() if sent.get(key) is None else _of(sent, key, kind)


def _all(values: JsonValue, is_right: Callable[[JsonValue], bool], otherwise: str) -> None:
    if not all(is_right(value) for value in values):
        raise _FormatError(otherwise)
