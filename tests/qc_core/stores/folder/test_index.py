"""The assets of a folder, read behind the pages: what needs no walk, what is remembered, what a slow folder shows."""

import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any, Never

import pytest

from qc_core.errors import BadRecord, RecordNotFound, StoreSlow, StoreUnavailable
from qc_core.json_document import Append, Set
from qc_core.json_document.patch import Patch
from qc_core.stores.folder.memory import FolderMemory
from qc_core.stores.folder.scan import FolderScan
from qc_core.stores.folder.store import FolderStore
from qc_core.stores.listing import FolderProgress
from qc_core.stores.state.objects import FolderObjects
from tests.qc_core.stores.building import put
from tests.qc_core.stores.reviewers import v2_document, v2_metric
from tests.waiting import wait_until

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
ENTRY = {"evaluator": "Ada", "status": "Pass", "timestamp": "2025-05-01T00:00:00Z"}
RATED = Patch((), (Append(("metrics", 0, "status_history"), ENTRY),))
SIX_GIGABYTES = 6 * 1024**3

_scanned: list[str] = []
_counts = False


def _count_scan(event: Any, arguments: Any) -> None:
    if _counts and event == "os.scandir":
        _scanned.append(str(arguments[0]))


sys.addaudithook(_count_scan)


@pytest.fixture
def scanned() -> Iterator[list[Path]]:
    """The folders whose entries were listed since the fixture was asked for."""
    global _counts
    _scanned.clear()
    _counts = True
    yield _scanned  # type: ignore[misc]  # the fixture yields what the module collects
    _counts = False


@pytest.fixture
def held_walk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Walks wait until this is set."""
    may_walk, walk = Event(), FolderScan.walk

    def wait_and_walk(scan: Any) -> Any:
        may_walk.wait()
        return walk(scan)

    monkeypatch.setattr(FolderScan, "walk", wait_and_walk)
    yield may_walk
    may_walk.set()


def store(root: Path, **more: Any) -> FolderStore:
    return FolderStore(root, lambda: NOW, walk_every=0, **more)


def test_opening_a_review_and_submitting_walk_no_folder(root: Path, scanned: list[Path]) -> None:
    records = store(root)
    (record_id,) = records.find_ids("mouse-3")
    assert len(scanned) == 6
    scanned.clear()
    records.get_fresh(record_id)
    records.submit(record_id, RATED)
    assert len(records.get_fresh(record_id).document.metrics[0].history) == 2
    assert records.find_ids("mouse-3") == (record_id,)
    assert [record.name for record in records.get_asset_metadata("mouse-3")] == ["mouse-3"]
    assert scanned == []


def test_a_file_that_a_pipeline_replaced_is_read_again_without_a_walk(root: Path, scanned: list[Path]) -> None:
    records = store(root)
    (record_id,) = records.find_ids("mouse-1")
    scanned.clear()
    put(root / "mouse-1", quality_control=v2_document(v2_metric("drift"), v2_metric("noise")))
    assert len(records.get_fresh(record_id).document.metrics) == 2
    assert scanned == []


def test_an_asset_whose_files_give_it_another_id_is_no_longer_found_under_the_old_one(root: Path) -> None:
    put(root / "own", metadata={"_id": "first", "name": "own", "quality_control": v2_document(v2_metric("drift"))})
    records = store(root)
    assert records.get_fresh("first").name == "own"
    put(root / "own", metadata={"_id": "second", "name": "own", "quality_control": v2_document(v2_metric("drift"))})
    with pytest.raises(RecordNotFound):
        records.get_fresh("first")
    assert records.get_fresh("second").name == "own"


def test_a_submission_shows_in_the_list_at_once(root: Path) -> None:
    records = FolderStore(root, lambda: NOW, walk_every=1000)
    assert [one.pending for one in records.read_listing().summaries] == [1] * 5
    (record_id,) = records.find_ids("mouse-0")
    records.submit(record_id, RATED)
    assert [one.pending for one in records.read_listing().summaries] == [0, 1, 1, 1, 1]


def test_a_slow_folder_reports_its_progress_and_is_complete_in_the_end(root: Path, held_walk: Event) -> None:
    records = store(root, timeout=0.0)
    listing = records.read_listing()
    assert (listing.summaries, listing.reading, listing.progress) == ((), True, FolderProgress(0))
    with pytest.raises(StoreSlow, match="still being read"):
        records.find_ids("mouse-1")
    with pytest.raises(StoreSlow, match="still being read"):
        records.get_fresh("anything")
    held_walk.set()
    wait_until(lambda: len(records.read_listing().summaries) == 5)


def test_cached_assets_are_listed_at_once_after_the_next_start(
    root: Path, memory: FolderObjects, held_walk: Event, scanned: list[Path]
) -> None:
    held_walk.set()
    before = store(root, memory=memory).read_listing()
    held_walk.clear()
    scanned.clear()
    again = store(root, memory=memory, timeout=0.0)
    (record_id,) = again.find_ids("mouse-2")
    again.submit(record_id, RATED)
    assert len(again.get_fresh(record_id).document.metrics[0].history) == 2
    listing = again.read_listing()
    assert listing.reading and listing.read_at == NOW
    assert [one.name for one in listing.summaries] == [one.name for one in before.summaries]
    assert [one.pending for one in listing.summaries] == [1, 1, 0, 1, 1]
    assert scanned == []
    with pytest.raises(StoreSlow, match="still being read"):
        again.find_ids("absent")  # what is not known yet may still be found
    held_walk.set()
    wait_until(lambda: not again.read_listing().reading)
    held_walk.clear()
    assert again.find_ids("absent") == (), "the walk that has just ended did not find it"


def test_cache_of_a_changed_file_is_not_used(root: Path, memory: FolderObjects) -> None:
    store(root, memory=memory).read_listing()
    put(root / "mouse-4", quality_control=v2_document(v2_metric("drift", status="Fail")))
    again = store(root, memory=memory)
    assert [one.status for one in again.read_listing().summaries] == ["Pending"] * 4 + ["Fail"]
    (record_id,) = again.find_ids("mouse-4")
    assert again.get_fresh(record_id).document.metrics[0].history[0].status == "Fail"


def test_an_asset_that_is_gone_is_forgotten(root: Path, memory: FolderObjects) -> None:
    store(root, memory=memory).read_listing()
    (root / "mouse-0" / "quality_control.json").unlink()
    again = store(root, memory=memory)
    assert again.find_ids("mouse-0") == () or not again.read_listing().reading
    assert [one.name for one in again.read_listing().summaries] == [f"mouse-{number}" for number in range(1, 5)]


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"version": 0}', b'{"version": 1, "read_at": "x", "assets": []}'])
def test_a_memory_that_cannot_be_understood_is_left_aside(root: Path, memory: FolderObjects, text: bytes) -> None:
    FolderMemory(memory, root)
    key = FolderMemory(memory, root)._key
    memory.write(key, text)
    assert len(store(root, memory=memory).read_listing().summaries) == 5


def test_a_folder_that_is_read_quickly_leaves_nothing_in_the_state(root: Path, tmp_path: Path) -> None:
    store(root, memory=FolderObjects(tmp_path / "state")).read_listing()
    assert not (tmp_path / "state").exists()


def test_names_that_are_no_text_are_remembered(root: Path, memory: FolderObjects) -> None:
    (root / "mouse-0").rename(root / "mouse-\udcff")
    first = store(root, memory=memory).read_listing()
    again = store(root, memory=memory, timeout=0.0).read_listing()
    assert [one.record_id for one in again.summaries] == [one.record_id for one in first.summaries]


def test_unknown_ids_share_one_walk_of_a_slow_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moments, walks, walk = [0.0], [], FolderScan.walk

    def slow(scan: Any) -> Any:
        walks.append(1)
        moments[0] += 10.0
        return walk(scan)

    monkeypatch.setattr(FolderScan, "walk", slow)
    records = FolderStore(root, lambda: NOW, monotonic=lambda: moments[0])
    for number in range(50):
        with pytest.raises(RecordNotFound):
            records.get_fresh(f"unknown-{number}")
        assert records.find_ids(f"nobody-{number}") == ()
    assert len(walks) <= 2
    moments[0] += 11.0
    put(root / "new", quality_control=v2_document(v2_metric("drift")))
    assert len(records.find_ids("new")) == 1


@pytest.mark.parametrize("name", ["subject.json", "quality_control.json", "data_description.json", "other.json"])
def test_an_oversized_file_is_the_problem_of_its_asset_alone(root: Path, name: str) -> None:
    with (root / "mouse-2" / name).open("wb") as file:
        file.truncate(SIX_GIGABYTES)
    listing = store(root).read_listing()
    there = [one.name for one in listing.summaries]
    assert [f"mouse-{number}" for number in (0, 1, 3, 4)] == [one for one in there if one != "mouse-2"]
    if name != "other.json":
        assert ["it is larger than 100 MB" in problem.reason for problem in listing.problems] == [True]
        assert listing.problems[0].where == f"mouse-2/{name}"


def test_a_submission_to_an_oversized_file_is_refused_with_a_sentence(root: Path) -> None:
    records = store(root)
    (record_id,) = records.find_ids("mouse-2")
    with (root / "mouse-2" / "quality_control.json").open("wb") as file:
        file.truncate(SIX_GIGABYTES)
    with pytest.raises((StoreUnavailable, BadRecord), match="larger than 100 MB"):
        records.submit(record_id, Patch((), (Set(("notes",), "x"),)))


def test_a_file_that_breaks_the_reader_is_the_problem_of_its_asset_alone(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qc_core.stores.folder import summaries

    load = summaries.load  # type: ignore[attr-defined]  # replaced where the module looks it up

    def run_out_of_memory(files: Any) -> Any:
        if files.asset.where == "mouse-1":
            raise MemoryError
        return load(files)

    monkeypatch.setattr(summaries, "load", run_out_of_memory)
    listing = store(root).read_listing()
    assert len(listing.summaries) == 4
    assert "MemoryError" in listing.problems[0].reason


def test_a_walk_that_gets_no_thread_is_reported_and_the_next_one_works(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    records = store(root)
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", refuse)
        with pytest.raises(StoreUnavailable, match="no more threads"):
            records.read_listing()
    assert len(records.read_listing().summaries) == 5


def test_an_unexpected_fault_of_a_walk_is_reported_and_the_next_walk_recovers(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = store(root)

    def fail_to_walk(_: Any) -> Never:
        raise IndexError

    with monkeypatch.context() as patch:
        patch.setattr(FolderScan, "walk", fail_to_walk)
        with pytest.raises(StoreUnavailable, match="IndexError"):
            index.read_listing()
    assert len(index.read_listing().summaries) == 5
