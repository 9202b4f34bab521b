"""Real records, annotated, are what their writers would have written."""

import json
from pathlib import Path

import pytest

from qc_core.json_document import Append, Operation, Set, apply, parse, splice
from qc_core.json_document.value import JsonPath, JsonValue
from tests.paths import RECORDS
from tests.qc_core.json_document.documents import STYLES, paths_in


def _records() -> list[Path]:
    return sorted(RECORDS.glob("v*.json"))


def _histories(value: JsonValue) -> list[JsonPath]:
    return [
        path for path, there in paths_in(value) if path and path[-1] == "status_history" and isinstance(there, list)
    ]


@pytest.mark.skipif(not _records(), reason="the records shared next to the project are not here")
@pytest.mark.parametrize("record", _records(), ids=lambda record: record.name[:20])
def test_an_annotated_real_record_is_what_its_writer_would_have_written(record: Path) -> None:
    raw = record.read_bytes()
    value = parse(raw, what=record.name)
    histories = _histories(value)
    entry = {"evaluator": "Ada Lovelace", "status": "Pass", "timestamp": "2026-01-01T00:00:00+00:00"}
    operations: list[Operation] = [Append(path, entry) for path in histories]
    operations += [Set((*path[:-1], "value"), 0.5) for path in histories]
    spliced = splice(raw, operations)
    assert parse(spliced, what="spliced") == apply(value, operations)
    for style in STYLES:
        if raw == json.dumps(value, ensure_ascii=raw.isascii(), **style).encode():
            assert spliced == json.dumps(apply(value, operations), ensure_ascii=raw.isascii(), **style).encode()
