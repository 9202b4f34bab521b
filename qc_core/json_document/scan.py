"""Find the positions of paths in JSON text."""

import json
import re
from dataclasses import dataclass, field

from qc_core.json_document.operations import OperationTree
from qc_core.json_document.surrogates import spell_out_characters

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


@dataclass(slots=True)
class TextSpan:
    """A value in the text, from `start` to before `end`; for a scanned container also its layout.

    `gap` is the text before the last item, from the opening bracket or from the end of the item before. `colon` and
    `last` are the spans of the last key's colon and of the last item, `count` is the number of items, `inner` the
    values at the paths that operations name. Positions count characters.
    """

    start: int
    end: int
    count: int = 0
    gap: tuple[int, int] = (0, 0)
    colon: tuple[int, int] = (0, 0)
    last: tuple[int, int] = (0, 0)
    inner: dict[str | int, "TextSpan"] = field(default_factory=dict)


def locate(text: str, wanted: OperationTree) -> TextSpan:
    """The root of the text, with the values at those paths of the tree that exist.

    Values that no path leads into are skipped by the C scanner. Raises what `json.loads` raises.
    """
    root = _scan_value(text, _skip_space(text, 0), wanted)
    end = _skip_space(text, root.end)
    if end != len(text):
        raise json.JSONDecodeError("Extra data", text, end)
    return root


def _scan_value(text: str, start: int, wanted: OperationTree | None) -> TextSpan:
    walks = wanted is not None and (wanted.below or wanted.appended)
    if wanted is None or not walks or not text.startswith(("{", "["), start):
        return TextSpan(start, _DECODER.raw_decode(text, start)[1])
    return _scan_container(text, start, wanted)


def _scan_container(text: str, start: int, wanted: OperationTree) -> TextSpan:
    keyed = text[start] == "{"
    closing = "}" if keyed else "]"
    span = TextSpan(start, start)
    item_at = _skip_space(text, start + 1)
    if text.startswith(closing, item_at):
        span.end = item_at + 1
        return span
    before = start + 1
    while True:
        step: str | int = span.count
        value_at = item_at
        if keyed:
            step, span.colon = _scan_key(text, item_at)
            if step not in wanted.below:  # `parse` spells out the lone surrogates of keys too
                step = spell_out_characters(step)
            value_at = span.colon[1]
        plan_below = wanted.below.get(step)
        value = _scan_value(text, value_at, plan_below)
        if plan_below is not None:
            span.inner[step] = value  # of duplicate keys the last one counts, as for json.loads
        span.count += 1
        span.gap, span.last = (before, item_at), (value.start, value.end)
        before = value.end
        mark_at = _skip_space(text, before)
        if text.startswith(closing, mark_at):
            span.end = mark_at + 1
            return span
        if not text.startswith(",", mark_at):
            raise json.JSONDecodeError("Expecting ',' delimiter", text, mark_at)
        item_at = _skip_space(text, mark_at + 1)


def _scan_key(text: str, start: int) -> tuple[str, tuple[int, int]]:
    """The key at `start`, decoded, and the span of its colon with the white space on both sides."""
    if not text.startswith('"', start):
        raise json.JSONDecodeError("Expecting property name enclosed in double quotes", text, start)
    key, end = _DECODER.raw_decode(text, start)
    colon = _skip_space(text, end)
    if not text.startswith(":", colon):
        raise json.JSONDecodeError("Expecting ':' delimiter", text, colon)
    return key, (end, _skip_space(text, colon + 1))


def _skip_space(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start
