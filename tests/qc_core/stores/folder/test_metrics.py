"""The metrics of a folder's assets: read once, kept over a restart, read again where files change."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from qc_core.assets.metrics import MetricQuery
from qc_core.stores.folder.metrics import open_metrics
from qc_core.stores.folder.store import FolderStore
from qc_core.stores.index.listed import ListedIndex
from qc_core.stores.index.metrics import StoredMetrics
from qc_core.stores.listing import MetricPage
from tests.qc_core.stores.building import document, put
from tests.waiting import ask_until

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
ANY = MetricQuery()


class Folder:
    """A folder of assets, and the ids of those that were read."""

    def __init__(self, path: Path) -> None:
        self.path, self.now = path, NOW
        self.read: list[str] = []
        for number in range(3):
            self.write(f"mouse {number}", document("Pass", "Pending"))

    def write(self, name: str, quality_control: Any) -> None:
        put(self.path / "assets" / name, metadata={"_id": name.replace(" ", "-"), "name": name,
                                                   "quality_control": quality_control})  # fmt: skip

    def metrics(self, *, few: int = 50) -> StoredMetrics:
        """As a process that is just started has them."""
        read = self.read

        class Store(FolderStore):
            def get_fresh(self, record_id: str) -> Any:
                read.append(record_id)
                return super().get_fresh(record_id)

        assets = self.path / "assets"
        store = Store(assets, lambda: self.now, walk_every=0)
        # With columns, as a folder of thousands of assets has them.
        index = ListedIndex(store.read_listing, few=0)
        return open_metrics(lambda: self.path / "state", assets, store, index, lambda: self.now, few=few)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def statuses(page: MetricPage) -> list[str]:
    return sorted(row.status for row in page.rows)


def test_metrics_of_a_folder_are_read_once_and_kept_over_a_restart(folder: Folder) -> None:
    metrics = folder.metrics()
    assert statuses(metrics.find_metrics(ANY)) == ["Pass"] * 3 + ["Pending"] * 3
    assert len(folder.read) == 3
    assert metrics.find_metrics(ANY).rows == folder.metrics().find_metrics(ANY).rows
    assert len(folder.read) == 3


def test_a_value_that_changes_is_read_again_and_no_other_asset(folder: Folder) -> None:
    metrics = folder.metrics()
    metrics.find_metrics(ANY)
    folder.read.clear()
    changed = document("Pass", "Pending")
    changed["metrics"][0]["value"] = 77  # which the line of the asset does not show
    folder.write("mouse 1", changed)
    found = metrics.find_metrics(ANY)
    assert [row.number for row in found.rows if row.asset.name == "mouse 1"] == [77, 0.5]
    assert folder.read == ["mouse-1"]


def test_a_status_of_the_future_counts_once_its_time_has_come(folder: Folder) -> None:
    dated = document("Pending")
    later = {"evaluator": "Ada", "status": "Pass", "timestamp": (NOW + timedelta(days=1)).isoformat()}
    dated["metrics"][0]["status_history"].append(later)
    folder.write("mouse 1", dated)
    metrics = folder.metrics()
    assert statuses(metrics.find_metrics(ANY)).count("Pending") == 3
    folder.now = NOW + timedelta(days=2)
    assert statuses(metrics.find_metrics(ANY)).count("Pending") == 2


def test_metrics_of_many_assets_are_read_behind_the_page(folder: Folder) -> None:
    metrics = folder.metrics(few=0)
    page = metrics.find_metrics(ANY)
    assert (page.assets, page.reading) == (3, True)
    page = ask_until(lambda: metrics.find_metrics(ANY), lambda page: not page.reading)
    assert (page.assets_read, len(page.rows), page.error) == (3, 6, None)


def test_an_asset_that_is_broken_costs_no_other_its_metrics(folder: Folder) -> None:
    file = folder.path / "assets" / "mouse 1" / "metadata.nd.json"
    file.write_text(json.dumps({"name": "mouse 1", "quality_control": {"metrics": 7}}))
    found = folder.metrics().find_metrics(ANY)
    assert {row.asset.name for row in found.rows} == {"mouse 0", "mouse 2"}
