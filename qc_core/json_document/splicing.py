"""Operations put into a JSON text: what they do not touch stays byte for byte."""

from collections.abc import Iterator, Sequence

from qc_core.json_document.layout import Layout, layout_inside, layout_of, stands_on_lines
from qc_core.json_document.operations import Operation, Plan, plan
from qc_core.json_document.reading import decode, refusing_what_is_not_json
from qc_core.json_document.scan import Place, locate
from qc_core.json_document.surrogates import restored
from qc_core.json_document.value import JsonValue

_Edit = tuple[int, int, str]
"""Put this text in place of what stands from here to before there."""


def splice(raw: bytes, operations: Sequence[Operation]) -> bytes:
    """The document with operations done, all against the text as it was; `parse` of it is what `apply` gives.

    Raises BadRecord where the text is not JSON in UTF-8, where a place is not there, where two operations
    overlap, and where a value cannot be written as JSON (NaN and infinities are never written anew).
    """
    if not operations:
        return raw
    wanted = plan(operations)
    mark, text = decode(raw, what="The document")
    with refusing_what_is_not_json(text, what="The document"):
        root = locate(text, wanted)
    pieces: list[str] = []
    done = 0
    for start, end, new in sorted(_edits(text, root, wanted, layout_of(text))):
        pieces += [text[done:start], new]
        done = end
    pieces.append(text[done:])
    return mark + "".join(pieces).encode("utf-8")


def _edits(text: str, place: Place, wanted: Plan, around: Layout) -> Iterator[_Edit]:
    if wanted.replacement:
        new = _replacement(text, place, wanted.replacement[0], around)
        yield place.start, place.end, restored(new, text[place.start : place.end])
        return
    keyed = text[place.start] == "{"
    if wanted.appended and text[place.start] != "[":
        raise wanted.missing()
    inside = layout_inside(around, text, place)
    added: list[tuple[str | None, JsonValue]] = [(None, value) for value in wanted.appended]
    for step, below in wanted.below.items():
        if step in place.inner:
            yield from _edits(text, place.inner[step], below, inside)
        elif keyed and isinstance(step, str) and below.replacement:
            added.append((step, below.replacement[0]))
        else:
            raise below.missing()
    if added:
        start, end, new = _addition(text, place, added, inside)
        # A new key is a word of the document (a tag in its roll-up): it is spelled as the document spells it.
        yield start, end, restored(new, text) if keyed else new


def _replacement(text: str, place: Place, value: JsonValue, around: Layout) -> str:
    lines = stands_on_lines(value, text, (place.start, place.end), around.lines)
    if not lines:
        return around.written(value)
    layout = around.with_unit_of(text, place.start) if text[place.start] in "[{" else around
    return layout.written_on_lines(value, around.indent_at(text, place.start))


def _addition(text: str, place: Place, added: list[tuple[str | None, JsonValue]], inside: Layout) -> _Edit:
    """New items after the last one of a container, or in place of the nothing in an empty one."""
    if place.count == 0:
        if not inside.lines:
            new = inside.comma.join(_item(key, inside.written(value), inside) for key, value in added)
            return place.start + 1, place.end - 1, new
        outer = inside.newline + inside.indent_at(text, place.start)
        indent = inside.indent_at(text, place.start) + inside.unit
        items = [_item(key, inside.written_on_lines(value, indent), inside) for key, value in added]
        between = inside.newline + indent
        return place.start + 1, place.end - 1, between + f",{between}".join(items) + outer
    gap = text[slice(*place.gap)]
    between = gap if place.count > 1 else f",{gap}" if inside.lines else inside.comma
    new = ""
    for key, value in added:
        written = inside.written(value)
        if stands_on_lines(value, text, place.last, inside.lines):
            written = inside.written_on_lines(value, inside.indent_at(text, place.gap[1]))
        new += between + _item(key, written, inside)
    return place.last[1], place.last[1], new


def _item(key: str | None, written: str, inside: Layout) -> str:
    return written if key is None else inside.written(key) + inside.colon + written
