"""Metrics that are read behind the page: newest first, no more than is wanted, once for all who ask."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from qc_core.assets.metrics import MetricQuery
from qc_core.assets.query import AssetQuery
from qc_core.errors import StoreUnavailable
from qc_core.stores.folder.metrics import open_metrics
from qc_core.stores.folder.store import FolderStore
from qc_core.stores.index.listed import ListedIndex
from qc_core.stores.listing import MetricPage
from qc_core.stores.metrics_in_background import KEPT_FOR, MetricsInBackground
from tests.fakes.sessions import make_sessions

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
DRIFT = ("Drift", "Raw data", ("probe:A",))
QUERY = MetricQuery(AssetQuery(), names=("Drift", "Noise"), numeric=True)
LONG = 60.0


class Watched:
    """The metrics of a folder, with a count of the questions; each waits while `gate` is closed, and may fail."""

    def __init__(self, assets: Path, state: Path) -> None:
        store = FolderStore(assets, lambda: NOW)
        self._reader = open_metrics(lambda: state, assets, store, ListedIndex(store.read_listing), lambda: NOW)
        self.asked = 0
        self.gate = Event()
        self.gate.set()
        self.error: StoreUnavailable | None = None

    def find_metrics(self, query: MetricQuery) -> MetricPage:
        assert self.gate.wait(LONG)
        self.asked += 1
        if self.error is not None:
            raise self.error
        return self._reader.find_metrics(query)

    find_changes = None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assets = tmp_path_factory.mktemp("sessions")
    make_sessions(assets, 10)
    return assets


@pytest.fixture
def index(folder: Path, tmp_path: Path) -> Iterator[Watched]:
    watched = Watched(folder, tmp_path)
    yield watched
    watched.gate.set()


def test_all_metrics_are_read_newest_first(index: Watched) -> None:
    found = MetricsInBackground(index, lambda: NOW, at_once=3).get(QUERY, None, 1000, timeout=LONG)
    drifts = [row for row in found.rows if row.name == "Drift"]
    times = [str(row.asset.acquisition_time) for row in drifts]
    assert len(drifts) == 10 and times == sorted(times, reverse=True)
    assert (found.assets, found.read, found.reading, found.ended, found.error) == (10, 10, False, True, None)
    assert drifts[0].number == 42.5, "the value that its rule is about"


def test_no_more_assets_are_read_than_are_wanted(index: Watched) -> None:
    metrics = MetricsInBackground(index, lambda: NOW, at_once=2)
    found = metrics.get(QUERY, DRIFT, 3, timeout=LONG)
    assert (found.read, found.reading, found.ended, index.asked) == (4, False, False, 2)
    again = metrics.get(QUERY, DRIFT, 4, timeout=LONG)
    assert index.asked == 2 and again.rows == found.rows
    more = metrics.get(QUERY, DRIFT, 5, timeout=LONG)
    assert (more.read, index.asked) == (6, 3)


def test_a_second_question_takes_what_is_known_until_it_is_old(index: Watched) -> None:
    time = NOW
    metrics = MetricsInBackground(index, lambda: time)
    metrics.get(QUERY, None, 1000, timeout=LONG)
    metrics.get(QUERY, DRIFT, 200, timeout=LONG)
    assert index.asked == 1
    time += KEPT_FOR + timedelta(seconds=1)
    metrics.get(QUERY, None, 1000, timeout=LONG)
    assert index.asked == 2


def test_nobody_waits_for_a_slow_store(index: Watched) -> None:
    index.gate.clear()
    metrics = MetricsInBackground(index, lambda: NOW)
    found = metrics.get(QUERY, DRIFT, 200, timeout=0)
    assert (found.rows, found.assets, found.reading) == ((), None, True)
    index.gate.set()
    assert len(metrics.get(QUERY, DRIFT, 200, timeout=LONG).rows) == 20
    assert index.asked == 1


def test_why_the_reading_ended_is_reported_once_and_tried_again(index: Watched) -> None:
    index.error = StoreUnavailable("The database does not answer.", "Try again.")
    metrics = MetricsInBackground(index, lambda: NOW)
    found = metrics.get(QUERY, DRIFT, 200, timeout=LONG)
    assert found.error is index.error and not found.reading
    index.error = None
    assert metrics.get(QUERY, DRIFT, 200, timeout=LONG).error is None


def test_number_of_assets_to_read_is_limited(index: Watched) -> None:
    found = MetricsInBackground(index, lambda: NOW, at_once=2, most=5).get(QUERY, None, 1000, timeout=LONG)
    assert (found.read, found.assets, found.ended) == (6, 10, True)
