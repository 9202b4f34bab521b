"""Every real record: opened without a write, and changed only where it was edited, byte for byte elsewhere."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qc_core.json_document import Set
from qc_core.json_document.operations import build_operation_tree
from qc_core.json_document.scan import TextSpan as Span
from qc_core.json_document.scan import locate
from qc_core.json_document.value import JsonPath, JsonValue
from qc_core.quality_control.annotating.note_lines import RECORD_NOTES, notes_path
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.rollup import rollup_operations
from qc_core.quality_control.status import Status
from tests.paths import RECORDS
from tests.qc_core.stores.reviewers import Reviewer, StoredInFolder

FILES = sorted(RECORDS.glob("*.json")) or [None]  # type: ignore[list-item]  # a parameter that skips where the records are absent
EVERY = pytest.mark.parametrize("record", FILES, ids=lambda path: path.stem if path else "none")


class Asset(StoredInFolder):
    """A copy of a record as an asset of its own."""

    def __init__(self, folder: Path, record: Path | None) -> None:
        if record is None:
            pytest.skip(f"{RECORDS} is not there: it holds real records, which are no part of the project")
        super().__init__(folder, {})
        self.file.unlink()
        text = record.read_bytes()
        whole = json.loads(text)
        self.prefix: JsonPath = ("quality_control",) if "quality_control" in whole else ()
        self.file = self.file.with_name("metadata.nd.json" if self.prefix else "quality_control.json")
        self.file.write_bytes(text)

    def reviewer(self) -> tuple[Reviewer, Metric]:
        """Someone who opens it, and a metric that they can annotate."""
        try:
            ada = Reviewer(self, "Ada Lovelace")
        except IndexError:
            pytest.skip("it is listed as a problem, being of no known shape")
        metric = next((metric for metric in ada.screen.stored.document.metrics if metric.read_only is None), None)
        if metric is None:
            pytest.skip("it has no metric that can be annotated")
        return ada, metric


def _exact(text: bytes) -> Any:
    """The value of a JSON text, numbers as they are spelled."""
    return json.loads(text, parse_float=lambda digits: ("float", digits), parse_int=lambda digits: ("int", digits))


def _find_changed(one: Any, other: Any, path: JsonPath = ()) -> set[JsonPath]:
    """The paths that differ; of a container also its own, where it gained, lost or reordered something."""
    if one == other and type(one) is type(other):
        return set()
    if isinstance(one, dict) and isinstance(other, dict):
        steps: list[Any] = [*one, *(key for key in other if key not in one)]
        own = {path} if list(one) != list(other) else set()
        return own.union(*(_find_changed(one.get(key, ...), other.get(key, ...), (*path, key)) for key in steps))
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return set().union(*(_find_changed(a, b, (*path, n)) for n, (a, b) in enumerate(zip(one, other, strict=True))))
    return {path}


def _outside(text: bytes, changed_paths: set[JsonPath]) -> str:
    """The text without the values at these paths."""
    decoded = text.decode()
    spans: list[tuple[int, int]] = []

    def collect(stored: Span, path: JsonPath) -> None:
        if path in changed_paths:
            spans.append((stored.start, stored.end))
        for step, inner in stored.inner.items():
            collect(inner, (*path, step))

    collect(locate(decoded, build_operation_tree([Set(path, None) for path in changed_paths])), ())
    assert len(spans) == len(changed_paths), "every path is in the text"
    for start, end in sorted(spans, reverse=True):
        decoded = decoded[:start] + "…" + decoded[end:]
    return decoded


def _other_value(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        options = value.get("options")
        if isinstance(options, list) and "value" in value:
            other = next(option for option in options if option not in (value["value"], *_items(value["value"])))
            return {**value, "value": [other] if isinstance(value["value"], list) else other}
        key = next(iter(value), "added")
        return {**value, key: _other_value(value.get(key))}
    if isinstance(value, list):
        return [_other_value(value[0]), *value[1:]] if value else ["first"]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "seen" if value != "seen" else "seen again"
    return value + 1


def _items(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []


def _check(asset: Asset, old: bytes, *expected: JsonPath) -> None:
    """Nothing changed but these paths of the quality control and the roll-up, and the roll-up is right."""
    new = asset.file.read_bytes()
    changed = _find_changed(_exact(old), _exact(new))
    whole_map = (*asset.prefix, "status")
    changed_paths = {(*asset.prefix, *path) for path in expected}
    # Members of the map are only added.
    changed_paths |= {whole_map} & changed or {
        path for path in changed if path[:-1] == whole_map
    }  # members are only added
    changed_paths |= {path for path in changed if path[-1] == "latest_status"}
    assert {path for path in changed if not any(path[: len(stored)] == stored for stored in changed_paths)} == set()
    assert changed_paths <= {path[: len(stored)] for stored in changed_paths for path in changed}
    assert _outside(old, changed_paths) == _outside(new, changed_paths)


@EVERY
def test_looking_at_a_record_writes_nothing(tmp_path: Path, record: Path | None) -> None:
    asset = Asset(tmp_path, record)
    before = asset.file.read_bytes()
    ada, _ = asset.reviewer()
    ada.reload()
    outcome = ada.submit()
    assert (outcome.landed, outcome.failure, outcome.signed_at) == ((), None, None)
    assert asset.file.read_bytes() == before
    assert not asset.state.exists(), "no draft either"


def _value(ada: Reviewer, metric: Metric) -> tuple[JsonPath, ...]:
    ada.set_value(_position(ada, metric), _other_value(metric.value))
    return (*metric.path, "value"), _history(metric)


def _status(ada: Reviewer, metric: Metric) -> tuple[JsonPath, ...]:
    ada.choose(_position(ada, metric), Status.FAIL if metric.history[-1].status is Status.PASS else Status.PASS)
    return (_history(metric),)


def _note(ada: Reviewer, metric: Metric) -> tuple[JsonPath, ...]:
    ada.annotate(_position(ada, metric), "looked at it")
    return (notes_path(metric.path),)


def _notes(ada: Reviewer, metric: Metric) -> tuple[JsonPath, ...]:
    ada.write_notes("New notes\nof “two” lines")
    return (RECORD_NOTES,)


def _history(metric: Metric) -> JsonPath:
    return (*metric.path, metric.history_key or "status_history")


def _position(ada: Reviewer, metric: Metric) -> int:
    return ada.screen.stored.document.metrics.index(metric)


@EVERY
@pytest.mark.parametrize("edit", [_value, _status, _note, _notes])
def test_one_edit_changes_only_its_own_paths(
    tmp_path: Path, record: Path | None, edit: Callable[[Reviewer, Metric], tuple[JsonPath, ...]]
) -> None:
    asset = Asset(tmp_path, record)
    ada, metric = asset.reviewer()
    before = asset.file.read_bytes()
    changed_paths = edit(ada, metric)
    outcome = ada.submit()
    assert (len(outcome.landed), outcome.failure, outcome.conflicts) == (1, None, ())
    _check(asset, before, *changed_paths)
    after = ada.reload().stored.document
    now = next(each for each in after.metrics if each.path == metric.path)
    assert now.history[: len(metric.history)] == metric.history, "entries are only ever added"
    assert len(now.history) - len(metric.history) == (edit in (_value, _status))
    if now.history != metric.history:
        touched = [
            operation for operation in rollup_operations(after, asset.clock()) if _concerns(operation[0], metric)
        ]
        assert touched == []


def _concerns(path: JsonPath, metric: Metric) -> bool:
    return path[0] != "evaluations" or path[:2] == metric.path[:2]
