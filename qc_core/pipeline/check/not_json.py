"""NaN and infinities: `json.loads` reads them, JSON has no such numbers, and programs that keep to it refuse the file.
Pure.
"""

import math
from collections import defaultdict
from collections.abc import Iterator

from qc_core.json_document.value import JsonPath, JsonValue
from qc_core.pipeline.check.findings import CheckFinding, describe_path, error, shorten
from qc_core.quality_control.document import QualityControl

_NAMED = 3
"""How many places of one metric are named; a list may hold a million."""


def numbers_that_are_not_json(value: JsonValue) -> Iterator[tuple[JsonPath, str]]:
    """The places of NaN and infinities in a value, in its order, each with its word: "NaN", "Infinity", "-Infinity"."""
    waiting: list[tuple[JsonPath, JsonValue]] = [((), value)]
    while waiting:
        path, one = waiting.pop()
        if isinstance(one, float) and not math.isfinite(one):
            yield path, "NaN" if math.isnan(one) else "Infinity" if one > 0 else "-Infinity"
        elif isinstance(one, dict):
            waiting += [((*path, key), inner) for key, inner in reversed(one.items())]
        elif isinstance(one, list):
            waiting += [((*path, where_it_is), inner) for where_it_is, inner in reversed(list(enumerate(one)))]


def check_numbers(raw: JsonValue, document: QualityControl) -> Iterator[CheckFinding]:
    """The places in a document, and in the JSON text of its curations, that hold such a number."""
    yield from number_findings(raw)
    for metric in document.metrics:
        curation = metric.curation
        for version in curation.versions if curation else ():
            if version.as_text and not version.problem:
                path = (*metric.path, *curation.items_path, version.number - 1) if curation else ()
                yield from number_findings(version.content, describe_path(path, raw))


def number_findings(raw: JsonValue, where: str = "") -> Iterator[CheckFinding]:
    """The places in a value that hold such a number, a few of each metric; `where` is the place of the value."""
    found: dict[JsonPath, list[tuple[JsonPath, str]]] = defaultdict(list)
    for path, word in numbers_that_are_not_json(raw):
        found[_holder(path)].append((path, word))
    for paths in found.values():
        more = len(paths) - _NAMED
        for position, (path, word) in enumerate(paths[:_NAMED]):
            where_it_is = ", ".join(part for part in (where, describe_path(path, raw) if path else "") if part)
            last = position == _NAMED - 1 and more > 0
            others = f" So {'does 1 more place' if more == 1 else f'do {more} more places'} in it." if last else ""
            yield error(
                "not-json",
                shorten(where_it_is, 300) or "the document",
                f"It holds {word}, which is not JSON: write null.{others}",
                "Programs that keep to JSON refuse the whole file: replace such numbers where it is written.",
            )


def _holder(path: JsonPath) -> JsonPath:
    """The metric that contains a path, else the evaluation or the field of the document."""
    if path[:1] == ("evaluations",):
        return path[:4] if path[2:3] in (("metrics",), ("qc_metrics",)) else path[:2]
    return path[:2] if path[:1] == ("metrics",) else path[:1]
