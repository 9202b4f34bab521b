"""Validate a document of the second generation with aind-data-schema.

The package validates into the dict that it is given (docs/formats.md#list-tags), so it gets a copy.
"""

import copy
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from qc_core.json_document.operations import format_path
from qc_core.json_document.value import JsonPath, JsonValue
from qc_core.pipeline.check.findings import CheckFinding, describe_path, error, note, shorten
from qc_core.quality_control.document import Dialect

_DO = "Build the document with the classes of aind-data-schema; they refuse what does not fit."
_AT_ONCE = 100
"""How many metrics are validated in one step; between steps a check can be ended."""
_TRIPPED = (IndexError, KeyError, TypeError, AttributeError, ValueError, RecursionError, OverflowError)
"""Exceptions that validators of the package raise for a document of an unexpected shape."""


def schema_findings(
    raw: dict[str, JsonValue], dialect: Dialect, step: Callable[[], None] = lambda: None
) -> Iterator[CheckFinding]:
    """Where the installed aind-data-schema refuses the document. Never raises for what is in it.

    `step` is called before each few metrics; what it raises ends the validation.
    """
    try:
        from pydantic import ValidationError

        schema = _schema()
    except ImportError:
        yield note(
            "schema",
            "the document",
            "It was not validated, because the package aind-data-schema is not installed.",
            "Install what requirements.txt lists, on Python 3.11 to 3.13.",
        )
        return
    for start, part in _parts(raw):
        step()
        yield from _refusals(schema, ValidationError, start, part, raw, dialect)


def _parts(raw: dict[str, JsonValue]) -> Iterator[tuple[int | None, JsonValue]]:
    """The document without its metrics, and its metrics a few at a time with the position of the first.

    The package computes a status for each tag from all metrics when it validates a document. That takes time with the
    square of their number, and finds no further faults.
    """
    metrics = raw.get("metrics")
    if not isinstance(metrics, list):
        yield None, raw
        return
    yield None, {**raw, "metrics": []}
    for start in range(0, len(metrics), _AT_ONCE):
        yield start, metrics[start : start + _AT_ONCE]


def _refusals(
    schema: Any,
    refusal: type[Any],
    start: int | None,
    part: JsonValue,
    raw: dict[str, JsonValue],
    dialect: Dialect,
) -> Iterator[CheckFinding]:
    at = () if start is None else ("metrics",)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if start is None:
                schema.model_validate(copy.deepcopy(part))
                return
            for position, metric in enumerate(_adapter(schema).validate_python(copy.deepcopy(part)), start):
                if not metric.status_history:  # its default, on which the package fails later
                    yield _describe_fault(describe_path(("metrics", position), raw), "IndexError")
    except refusal as refused:
        for one in refused.errors(include_url=False, include_context=False, include_input=False):
            loc = (*at, one["loc"][0] + start, *one["loc"][1:]) if start is not None and one["loc"] else one["loc"]
            found = _document_path(loc, raw, missing=one["type"] == "missing")
            if not _was_legal(found, raw, dialect):
                yield error(
                    "schema", describe_path(found, raw), f"aind-data-schema reports: {shorten(one['msg'], 300)}.", _DO
                )
    except _TRIPPED as tripped:
        if start is not None and isinstance(part, list) and len(part) > 1:  # one such metric must not hide the others
            for position, metric in enumerate(part, start):
                yield from _refusals(schema, refusal, position, [metric], raw, dialect)
            return
        where = "the document" if start is None else format_path(("metrics", start))
        yield _describe_fault(where, type(tripped).__name__)


def _describe_fault(where: str, error_name: str) -> CheckFinding:
    return error(
        "schema",
        where,
        f"aind-data-schema cannot read it: {error_name}.",
        "One cause is a metric without a status_history. " + _DO,
    )


def _schema() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from aind_data_schema.core.quality_control import QualityControl  # 0.7 s, and only a check needs it
    return QualityControl


@cache
def _adapter(schema: Any) -> Any:
    """What validates a list of metrics as the field `metrics` of the document does."""
    from pydantic import TypeAdapter

    return TypeAdapter(schema.model_fields["metrics"].rebuild_annotation())


def _document_path(loc: Sequence[str | int], raw: JsonValue, *, missing: bool) -> JsonPath:
    """The path in the document; pydantic puts the names of its classes between and after the keys."""
    path: list[str | int] = []
    value = raw
    for position, step in enumerate(loc):
        if isinstance(value, dict) and (step in value or (missing and position == len(loc) - 1)):
            path.append(step)
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            path.append(step)
            value = value[step]
    return tuple(path)


def _was_legal(found: JsonPath, raw: dict[str, JsonValue], dialect: Dialect) -> bool:
    """Packages 2.0 to 2.2, which wrote tags as lists, allowed lists in `allow_tag_failures`; newer ones do not."""
    if dialect is not Dialect.V2_LIST_TAGS or found[:1] != ("allow_tag_failures",) or len(found) < 2:
        return False
    items = raw.get("allow_tag_failures")
    return isinstance(items, list) and isinstance(found[1], int) and isinstance(items[found[1]], list)
