"""Replace the local figures that a document names by their Kachery references."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from qc_core.json_document import Operation, Set, apply
from qc_core.json_document.value import JsonPath, JsonValue
from qc_core.quality_control.curation.objects import objects, reference_path
from qc_core.quality_control.curation.versions import decode_version
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.metric import Metric
from qc_core.references.locations import Locations
from qc_core.references.reference import AssetFile, parse, semicolon_names, texts_of

FindStored = Callable[[str], str | None]
"""The Kachery reference for a relative path; None if there is no such file here."""


@dataclass(frozen=True, slots=True)
class ReplacedReferences:
    """A document with its references replaced; `missing` are relative paths that lead to no file."""

    quality_control: JsonValue
    missing: tuple[str, ...]


def replace_local_figures(raw: JsonValue, document: QualityControl, stored: FindStored) -> ReplacedReferences:
    """The document with each reference to a local file replaced; `document` is `raw`, parsed.

    So are both parts of a pair, and the figures of the objects of a curation. Everything else stays as it is.
    """
    missing: dict[str, None] = {}

    def replace_reference(reference: str) -> str:
        found = []
        names = semicolon_names([reference], lambda path: stored(path) is not None)
        texts = texts_of(reference, Locations(semicolon_names=names))
        for text in texts:
            file = parse(text, Locations(semicolon_names=names))
            uri = stored(file.path) if isinstance(file, AssetFile) else None
            if isinstance(file, AssetFile) and uri is None:
                missing[file.path] = None
            found.append(text if uri is None else uri)
        same = tuple(found) == texts
        return reference if same else ";".join(found)

    operations = [operation for metric in document.metrics for operation in _of_metric(metric, replace_reference)]
    return ReplacedReferences(apply(raw, operations), tuple(missing))


def _of_metric(metric: Metric, replaced: Callable[[str], str]) -> Iterator[Operation]:
    if metric.reference is not None and replaced(metric.reference) != metric.reference:
        yield Set((*metric.path, "reference"), replaced(metric.reference))
    if metric.curation is None:
        return
    for index, item in enumerate(metric.curation.items):
        content, _ = decode_version(item)
        changed = _replace_in_version(content, replaced)
        if changed is not content:
            path: JsonPath = (*metric.path, *metric.curation.items_path, index)
            yield Set(path, json.dumps(changed) if isinstance(item, str) else changed)


def _replace_in_version(content: JsonValue, replaced: Callable[[str], str]) -> Any:
    """A version of a curation with the references of its objects replaced; the same object where none is."""
    operations = [
        Set(path, replaced(one.reference))
        for one in objects(content) or ()
        if one.reference is not None
        and (path := reference_path(content, one)) is not None
        and replaced(one.reference) != one.reference
    ]
    return apply(content, operations) if operations else content
