"""The metrics of a folder's assets, as an index keeps them: each asset is read again only where its files changed."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from qc_core.errors import BadRecord, RecordNotFound, StoreUnavailable
from qc_core.stores.folder.store import FolderStore
from qc_core.stores.index.kept_metrics import KeptMetrics, keep_metrics
from qc_core.stores.index.metrics import StoredMetrics
from qc_core.stores.index.pace import Pace
from qc_core.stores.ports import AssetIndex

log = logging.getLogger("qc_portal")
_AT_ONCE = 25


class FolderMetrics:
    """The `MetricSource` of a folder."""

    def __init__(self, store: FolderStore, clock: Callable[[], datetime]) -> None:
        """`clock` gives the aware time that statuses are those of."""
        self._store, self._clock = store, clock

    def read_metrics(self, keys: Sequence[str]) -> dict[str, KeptMetrics]:
        """The metrics of the assets with these ids; () of one whose record is broken, none of one not readable now."""
        found: dict[str, KeptMetrics] = {}
        for key in keys:
            try:
                found[key] = keep_metrics(self._store.get_fresh(key), self._clock())
            except (BadRecord, RecordNotFound):
                found[key] = ()
            except StoreUnavailable as error:
                log.warning("the metrics of %s could not be read: %s", key, error)
        return found


def open_metrics(
    find_state: Callable[[], Path],
    root: Path,
    store: FolderStore,
    index: AssetIndex,
    clock: Callable[[], datetime],
    **more: Any,
) -> StoredMetrics:
    """The metrics of the folder `root`, kept in a file in the portal's folder, which `find_state` gives."""
    digest = hashlib.sha256(str(root.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:20]
    pace = partial(Pace, size=_AT_ONCE, largest=_AT_ONCE)
    return StoredMetrics(
        lambda: find_state() / "index" / f"folder-{digest}.sqlite",
        index,
        FolderMetrics(store, clock),
        find_versions=lambda _, keys: store.line_versions(keys),
        **({"make_pace": pace} | more),
    )
