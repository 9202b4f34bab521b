"""Open the index of one collection: its file, its source, and its refresher."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from qc_core.settings.model import Database
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.lines import DocDbLines
from qc_core.stores.index.file import IndexFile
from qc_core.stores.index.metrics import StoredMetrics
from qc_core.stores.index.refresher import Refresher
from qc_core.stores.index.stored import StoredIndex
from qc_core.stores.ports import AssetIndex


def index_path(folder: Path, database: Database) -> Path:
    """The index file of a collection in the portal's folder."""
    named = "\n".join((database.host, database.version, database.name, database.collection))
    return folder / "index" / f"{hashlib.sha256(named.encode()).hexdigest()[:20]}.sqlite"


def open_index(
    path: Path,
    gateway: Gateway,
    clock: Callable[[], datetime],
    *,
    every: float,
    timeout: float = 2.0,
    tables: Sequence[str] = (),
) -> StoredIndex:
    """The index at a path, refreshed every so many seconds. Nothing is opened before the first query."""
    return StoredIndex(
        path,
        DocDbLines(gateway, clock),
        clock,
        make_refresher=lambda file: make_refresher(file, gateway, clock, tables),
        every=every,
        timeout=timeout,
    )


def open_metrics(path: Path, index: AssetIndex, gateway: Gateway, clock: Callable[[], datetime]) -> StoredMetrics:
    """The metrics next to the index at a path."""
    return StoredMetrics(path, index, DocDbLines(gateway, clock))


def make_refresher(
    file: IndexFile, gateway: Gateway, clock: Callable[[], datetime], tables: Sequence[str] = ()
) -> Refresher:
    """What reads the collection into an open file. That an attempt failed is kept at once, while it is repeated."""
    source = DocDbLines(
        gateway, clock, on_retry=lambda error: file.put_state(error=(error.message, error.hint) if error else None)
    )
    return Refresher(file, source, clock, tables=tables)
