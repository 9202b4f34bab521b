"""What aind-data-schema says of a document of the second generation, in our words.

The package validates into the dict that it is given (formats, section 3.3), so it gets a copy.
"""

import copy
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from qc_core.json_value import JsonPath, JsonValue
from qc_core.quality_control.document import Dialect
from qc_core.results.findings import Finding, error, named, note, short

_DO = "Build the document with the classes of aind-data-schema; they refuse what does not fit."
_TRIPPED = (IndexError, KeyError, TypeError, AttributeError, ValueError, RecursionError, OverflowError)
"""What the validators of the package let through when a document is of another shape than they expect."""


def schema_findings(raw: dict[str, JsonValue], dialect: Dialect) -> Iterator[Finding]:
    """The places at which the installed aind-data-schema refuses the document. Never raises for what is in it."""
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
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            schema.model_validate(copy.deepcopy(raw))
    except ValidationError as refused:
        for one in refused.errors(include_url=False, include_context=False, include_input=False):
            place = _place(one["loc"], raw, missing=one["type"] == "missing")
            if not _was_legal(place, raw, dialect):
                yield error("schema", named(place, raw), f"aind-data-schema says: {short(one['msg'], 300)}.", _DO)
    except _TRIPPED as tripped:
        yield error(
            "schema",
            "the document",
            f"aind-data-schema cannot read it: {type(tripped).__name__}.",
            "A metric without a status_history does this, for one. " + _DO,
        )


def _schema() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from aind_data_schema.core.quality_control import QualityControl  # 0.7 s, and only a check needs it
    return QualityControl


def _place(loc: Sequence[str | int], raw: JsonValue, *, missing: bool) -> JsonPath:
    """The place in the document; pydantic puts the names of its classes between and after the keys."""
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


def _was_legal(place: JsonPath, raw: dict[str, JsonValue], dialect: Dialect) -> bool:
    """Packages 2.0 to 2.2, which wrote tags as lists, allowed lists in `allow_tag_failures`; newer ones do not."""
    if dialect is not Dialect.V2_LIST_TAGS or place[:1] != ("allow_tag_failures",) or len(place) < 2:
        return False
    items = raw.get("allow_tag_failures")
    return isinstance(items, list) and isinstance(place[1], int) and isinstance(items[place[1]], list)
