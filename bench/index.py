"""The index of assets at 20,000, 200,000 and 1,000,000 assets: building, opening, memory, and every kind of question.

Opening and questions are measured in a process of their own (`python -m bench.index FILE`), as a portal asks them, in
processor seconds, imports included, so that what else the machine does counts for little. What a reader waits for is
measured in a browser.
QC_BENCH_ASSETS limits the sizes: `QC_BENCH_ASSETS=20000,200000 python -m bench --only index`.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import cast

from bench.asset_list import asset_list
from bench.asset_names import make_up_assets
from bench.figures import Aim, Figure
from bench.gentle import first_listing
from bench.measures import Bench
from qc_core.assets.index import SortBy
from qc_core.assets.metrics import ChangeQuery, MetricChange, MetricQuery, MetricRow
from qc_core.assets.query import AssetQuery, Facet
from qc_core.quality_control.position import Position
from qc_core.stores.index.file import IndexFile
from qc_core.stores.index.kept_metrics import encode_metrics, keep_metric
from qc_core.stores.index.lines import IndexedLine, LineSource
from qc_core.stores.index.metrics import MetricSource, StoredMetrics
from qc_core.stores.index.snapshot import snapshot_path
from qc_core.stores.index.stored import StoredIndex

_SIZES = "20000,200000,1000000"
_AIMS: dict[int, dict[str, float]] = {
    200_000: {"reopen": 2, "search": 0.1, "facets": 0.1, "memory": 400, "rows of 5,000": 1},
    1_000_000: {"search": 0.3, "facets": 0.3, "memory": 900, "refresh of 500": 1, "rows of 5,000": 1},
}
_ROUNDS = 5
_BATCH = 500
_KEPT_FROM = 20_000
"""From so many rows on, columns are kept."""


def index(bench: Bench) -> Iterator[Figure]:
    """The figures of each size, and the first listing of a slow gateway."""
    for size in map(int, os.environ.get("QC_BENCH_ASSETS", _SIZES).split(",")):
        with tempfile.TemporaryDirectory(dir=bench.folder) as made:
            path = Path(made) / "index.sqlite"
            yield Figure("build", f"{size:,} assets", [build(path, size)])
            found = _in_process(path, "open") | _in_process(path, "questions")
            for name, values in found.items():
                aim = next((aim for begin, aim in _AIMS.get(size, {}).items() if name.startswith(begin)), None)
                unit, digits = ("MB", 0) if name.startswith("memory") else ("s", 3)
                yield Figure(name, f"{size:,} assets", values, unit, aim=Aim(aim) if aim else None, digits=digits)
            yield from asset_list(bench, path, size)
    yield from first_listing(bench)


def _in_process(path: Path, what: str) -> dict[str, list[float]]:
    command = [sys.executable, "-m", "bench.index", what, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return found


def build(path: Path, size: int) -> float:
    """Write an index of made-up assets as the refresher does, page by page; the seconds without making them up."""
    file, assets, taken = IndexFile(path), make_up_assets(size), 0.0
    while some := [IndexedLine(asset.record_id, "2026-01-01", asset) for asset in islice(assets, _BATCH)]:
        began = time.perf_counter()
        file.put(some)
        taken += time.perf_counter() - began
    file.put_state(all_read_at=datetime.now(UTC), read_at=datetime.now(UTC))
    file.close()
    return taken


QUERIES = {
    "search, one word": AssetQuery(text="mfish", limit=50),
    "search, two words": AssetQuery(text="ecephys 2025", limit=50),
    "search, nothing found": AssetQuery(text="qwertz", limit=50),
    "page of all, newest first": AssetQuery(limit=50),
    "page of all, by name": AssetQuery(limit=50, sort=SortBy.NAME, descending=False),
    "page 2,000 by subject": AssetQuery(limit=50, page=2000, sort=SortBy.SUBJECT),
    "facets of all": AssetQuery(limit=50, facets=tuple(Facet)),
    "facets of a search": AssetQuery(
        text="mfish", statuses=("Fail",), acquired_from=date(2022, 1, 1), limit=50, facets=tuple(Facet)
    ),
}


_OTHER_WORDS = AssetQuery(text="0 1 2 4 _", limit=0)
"""What is asked before each query, so that none is answered from the kept rows of its own words."""


class _NoSource:
    """A source that is never asked: another process refreshes the file."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        raise AssertionError(name)


def measure_open(path: Path) -> dict[str, list[float]]:
    """The first opening of a file, which reads all rows, and keeps the columns for the next."""
    stored = _open(path)
    taken = time.process_time()
    while stored.query(AssetQuery(limit=0)).result.known >= _KEPT_FROM and not snapshot_path(path).exists():
        time.sleep(0.1)
    return {"open without kept columns, to the first page": [taken]}


def _open(path: Path) -> StoredIndex:
    stored = StoredIndex(path, cast(LineSource, _NoSource()), lambda: datetime.now(UTC))
    stored.leave_to(lambda: True)
    stored.query(AssetQuery(limit=50))
    return stored


def measure_questions(path: Path) -> dict[str, list[float]]:
    """Opening as a restart does, and every kind of question."""
    stored = _open(path)
    found = {"reopen, to the first page": [time.process_time()]}
    for name, query in QUERIES.items():
        found[name] = []
        for _ in range(_ROUNDS):
            stored.query(_OTHER_WORDS)
            found[name].append(_time_call(lambda query=query: stored.query(query)))  # type: ignore[misc]  # bound here
    assets = stored.query(AssetQuery(limit=500)).result.rows
    file = IndexFile(path)
    refreshed, seen = [], []
    for number in range(3):
        lines = [IndexedLine(a.record_id, f"2026-02-{number}", replace(a, pending=number + 20)) for a in assets]
        refreshed.append(_time_call(lambda lines=lines: file.put(lines)))  # type: ignore[misc]  # bound here
        seen.append(_time_call(lambda: stored.query(AssetQuery(limit=50))))
    found["refresh of 500 changes, written"] = refreshed
    found["refresh of 500, next page with them"] = seen
    found["memory of the process"] = [_memory()]
    return found | _rows_of_a_project(stored, file)


def _rows_of_a_project(stored: StoredIndex, file: IndexFile) -> dict[str, list[float]]:
    """The metrics of 5,000 assets, 20 each, once they are kept: read from the file, and from memory."""
    query = MetricQuery(AssetQuery(limit=5000))
    keys = [asset.record_id for asset in stored.query(query.assets).result.rows]
    at = datetime(2026, 1, 1, tzinfo=UTC)
    asset = next(make_up_assets(1))
    rows = [
        MetricRow(
            asset, f"metrics/{n}", Position("", f"Drift {n}"), f"Drift {n}", "Raw data", "ecephys", ("probe:A",),
            "Pending", n + 0.5, "figures/drift.png", at, "Pipeline",
        )
        for n in range(20)
    ]  # fmt: skip
    kept = encode_metrics([keep_metric(row, [MetricChange(row, "", "Pending", "Pipeline", at)]) for row in rows])
    file.put_metrics([(key, seq, kept) for key, seq in file.seqs(keys).items()])
    first = [_time_call(lambda: _metrics(stored).find_metrics(query)) for _ in range(3)]
    metrics = _metrics(stored)
    assert len(metrics.find_metrics(query).rows) == 20 * len(keys)
    return {
        "rows of 5,000 assets": first,
        "rows of 5,000 assets, again": [_time_call(lambda: metrics.find_metrics(query)) for _ in range(3)],
        "changes of 5,000 assets": [_time_call(lambda: metrics.find_changes(ChangeQuery(query))) for _ in range(3)],
    }


def _metrics(stored: StoredIndex) -> StoredMetrics:
    return StoredMetrics(stored.path, stored, cast(MetricSource, _NoSource()))


def _time_call(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def _memory() -> float:
    import psutil

    return float(psutil.Process().memory_info().rss / 2**20)


if __name__ == "__main__":
    measure = {"open": measure_open, "questions": measure_questions}[sys.argv[1]]
    sys.stdout.write(json.dumps(measure(Path(sys.argv[2]))) + "\n")
