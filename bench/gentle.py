"""The first listing of 20,000 records of a gateway that takes 50 ms for an answer: what is on screen when."""

import os
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.measures import Bench
from qc_core.assets.query import AssetQuery
from qc_core.settings.model import Database
from tests.fakes.gateway import run_gateway
from tests.fakes.gateway_requests import Fault
from tests.fakes.mongo import Collection, project

_RECORDS = 20_000
_ANSWER = 0.05
_AT = 2.0
_FIRST = datetime(2024, 1, 1, tzinfo=UTC)
_STATUS = {"evaluator": "Pipeline", "status": "Pending", "timestamp": "2025-01-01T00:00:00Z"}
_METRIC = {"name": "drift", "value": 1, "stage": "Raw data", "reference": None, "tags": {}, "status_history": [_STATUS]}


class _Sorted(Collection):
    """A collection with an index over `_id` and one over the time of the last change, as the real one has."""

    def __init__(self, documents: dict[str, dict[str, Any]]) -> None:
        super().__init__()
        self.documents = documents
        self._ids = sorted(documents)
        self._newest = sorted(documents.values(), key=lambda one: (one["_last_modified"], one["_id"]), reverse=True)

    def find(self, wanted: Any, projection: Any = None, sort: Any = None, limit: int = 0, skip: int = 0) -> Any:
        match wanted:
            case {"_id": {"$gt": str(key)}}:
                start = bisect_right(self._ids, key)
                found = [self.documents[one] for one in self._ids[start : start + limit]]
            case {"_last_modified": {"$gte": str(since)}}:
                newer = takewhile(lambda one: one["_last_modified"] >= since, self._newest)
                found = list(newer)[::-1][skip : skip + limit]
            case _:
                found = self._newest[skip : skip + limit]
        return [project(one, projection) for one in found]


def first_listing(bench: Bench) -> Iterator[Figure]:
    """How many assets a page shows after two seconds of the first start, and when it shows all of them."""
    from qc_core.stores.docdb.gateway import Gateway
    from qc_core.stores.docdb.open_index import open_index

    with tempfile.TemporaryDirectory(dir=bench.folder) as made, run_gateway(Path(made)) as gateway:
        gateway.remembers = False
        gateway.collection = _Sorted({record["_id"]: record for record in map(_record, range(_RECORDS))})
        gateway.always(Fault(wait=_ANSWER))
        os.environ.update(gateway.environment)
        path = Path(made) / "index.sqlite"
        began = time.monotonic()
        command = [sys.executable, "-m", "qc_core", "index", "--follow", "--file", str(path)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE)
        index = open_index(path, Gateway(Database(gateway.host, version="v2")), lambda: datetime.now(UTC), every=60)
        index.leave_to(lambda: process.poll() is None)
        first = index.query(AssetQuery(limit=50)).result.known
        yield Figure("first rows on screen", f"{_RECORDS:,} records, 50 ms", [time.monotonic() - began])
        yield Figure("rows then", f"{_RECORDS:,} records, 50 ms", [float(first)], "", digits=0)
        time.sleep(max(0.0, began + _AT - time.monotonic()))
        known = index.query(AssetQuery(limit=50)).result.known
        yield Figure("rows after 2 s", f"{_RECORDS:,} records, 50 ms", [float(known)], "", digits=0)
        while index.query(AssetQuery(limit=50)).reading:
            time.sleep(0.2)
        yield Figure("all of it", f"{_RECORDS:,} records, 50 ms", [time.monotonic() - began])
        assert process.stdin
        process.stdin.close()
        process.wait()


def _record(number: int) -> dict[str, Any]:
    changed = _FIRST + timedelta(minutes=number)
    return {
        "_id": f"id-{number:06}",
        "_last_modified": f"{changed:%Y-%m-%dT%H:%M:%S.000Z}",
        "name": f"ecephys_{number:06}_2025-01-01_00-00-00",
        "quality_control": {"metrics": [_METRIC] * 5},
    }
