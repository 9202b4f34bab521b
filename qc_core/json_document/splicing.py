"""Apply operations to JSON text; everything that they do not change stays byte for byte."""

from collections.abc import Iterator, Sequence

from qc_core.json_document.layout import Layout, detect_inner_layout, detect_layout, spans_lines
from qc_core.json_document.operations import Operation, OperationTree, build_operation_tree
from qc_core.json_document.reading import decode, raise_bad_record_on_errors
from qc_core.json_document.scan import TextSpan, locate
from qc_core.json_document.surrogates import restore_escapes
from qc_core.json_document.value import JsonValue

_Edit = tuple[int, int, str]
"""(start, end, new): replace `text[start:end]` by `new`."""


def splice(raw: bytes, operations: Sequence[Operation]) -> bytes:
    """Apply operations to JSON text; `parse` of the result equals `apply` of the parsed text.

    `splice(b'{"a": 1,  "b": [2]}', [Set(("a",), 5), Append(("b",), 3)])` gives `b'{"a": 5,  "b": [2, 3]}'`.
    All paths refer to the text as given, not to the result of earlier operations.

    Raises BadRecord if the text is not JSON in UTF-8, if a path does not exist, if two operations overlap, or if a
    value cannot be written as JSON (NaN, infinities).
    """
    if not operations:
        return raw
    wanted = build_operation_tree(operations)
    mark, text = decode(raw, what="The document")
    with raise_bad_record_on_errors(text, what="The document"):
        root = locate(text, wanted)
    pieces: list[str] = []
    done = 0
    for start, end, new in sorted(_edits(text, root, wanted, detect_layout(text))):
        pieces += [text[done:start], new]
        done = end
    pieces.append(text[done:])
    return mark + "".join(pieces).encode("utf-8")


def _edits(text: str, span: TextSpan, wanted: OperationTree, outer: Layout) -> Iterator[_Edit]:
    if wanted.replacement:
        new = _replacement(text, span, wanted.replacement[0], outer)
        yield span.start, span.end, restore_escapes(new, text[span.start : span.end])
        return
    keyed = text[span.start] == "{"
    if wanted.appended and text[span.start] != "[":
        raise wanted.make_missing_error()
    inside = detect_inner_layout(outer, text, span)
    added: list[tuple[str | None, JsonValue]] = [(None, value) for value in wanted.appended]
    for step, below in wanted.below.items():
        if step in span.inner:
            yield from _edits(text, span.inner[step], below, inside)
        elif keyed and isinstance(step, str) and below.replacement:
            added.append((step, below.replacement[0]))
        else:
            raise below.make_missing_error()
    if added:
        start, end, new = _addition(text, span, added, inside)
        # A new key may occur elsewhere in the document (a tag in its roll-up): it is spelled as there.
        yield start, end, restore_escapes(new, text) if keyed else new


def _replacement(text: str, span: TextSpan, value: JsonValue, outer: Layout) -> str:
    lines = spans_lines(value, text, (span.start, span.end), outer.lines)
    if not lines:
        return outer.format_inline(value)
    layout = outer.adopt_indent(text, span.start) if text[span.start] in "[{" else outer
    return layout.format_on_lines(value, outer.indent_at(text, span.start))


def _addition(text: str, span: TextSpan, added: list[tuple[str | None, JsonValue]], inside: Layout) -> _Edit:
    """New items after the last one of a container, or as the content of an empty one."""
    if span.count == 0:
        if not inside.lines:
            new = inside.comma.join(_item(key, inside.format_inline(value), inside) for key, value in added)
            return span.start + 1, span.end - 1, new
        outer = inside.newline + inside.indent_at(text, span.start)
        indent = inside.indent_at(text, span.start) + inside.unit
        items = [_item(key, inside.format_on_lines(value, indent), inside) for key, value in added]
        between = inside.newline + indent
        return span.start + 1, span.end - 1, between + f",{between}".join(items) + outer
    gap = text[slice(*span.gap)]
    between = gap if span.count > 1 else f",{gap}" if inside.lines else inside.comma
    new = ""
    for key, value in added:
        written = inside.format_inline(value)
        if spans_lines(value, text, span.last, inside.lines):
            written = inside.format_on_lines(value, inside.indent_at(text, span.gap[1]))
        new += between + _item(key, written, inside)
    return span.last[1], span.last[1], new


def _item(key: str | None, written: str, inside: Layout) -> str:
    return written if key is None else inside.format_inline(key) + inside.colon + written
