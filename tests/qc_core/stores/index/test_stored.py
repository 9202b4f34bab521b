"""The index of a database in its file: restarts, other processes, broken files, and gentle reading."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from qc_core.assets.query import AssetQuery
from qc_core.errors import StoreUnavailable
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.lines import DocDbLines
from qc_core.stores.index import refresher as refreshing
from qc_core.stores.index.file import IndexFile
from qc_core.stores.index.lease import lease
from qc_core.stores.index.pace import Pace
from qc_core.stores.index.refresher import Refresher
from qc_core.stores.index.stored import StoredIndex
from tests.fakes.gateway import FakeGateway
from tests.fakes.gateway_requests import Fault
from tests.paths import ROOT
from tests.qc_core.stores.building import NOW, docdb_index, document
from tests.waiting import wait_until

QUICK: Any = {"pause": lambda _: None}


@pytest.fixture
def gateway(fake_gateway: FakeGateway) -> FakeGateway:
    for number in range(30):
        put(fake_gateway, number)
    return fake_gateway


def put(gateway: FakeGateway, number: int, status: str = "Pass", **more: Any) -> str:
    record = {"_id": f"record-{number:04}", "name": f"mouse_{number}", "quality_control": document(status)}
    return gateway.put({"_last_modified": f"2025-01-01T00:00:{number:02}.000Z", **record, **more})


def refresher_of(
    file: IndexFile, client: Gateway, clock: Callable[[], datetime] = lambda: NOW, **more: Any
) -> Refresher:
    return Refresher(file, DocDbLines(client, clock), clock, **({"pace": Pace(size=5, **QUICK)} | more))


def total(index: StoredIndex) -> int:
    return index.query(AssetQuery(limit=0)).result.total


def test_the_first_reading_continues_after_a_restart(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "NEWEST", 3)
    file = IndexFile(tmp_path / "index.sqlite")
    pages = iter([None])

    def stop(_seconds: float) -> None:
        if next(pages, "end") == "end":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refresher_of(file, client_of(), pace=Pace(size=5, pause=stop)).refresh()
    file.close()
    gateway.asked.clear()
    waiting = docdb_index(client_of(), lambda: NOW, tmp_path, every=3600.0)
    waiting.leave_to(lambda: True)
    page = waiting.query(AssetQuery())
    assert (page.reading, page.records.total) == (True, 30)
    assert 0 < page.result.known == page.records.read < 30
    assert gateway.asked == [], "what is known is shown without asking"
    again = IndexFile(tmp_path / "index.sqlite")
    after = again.state().building_after
    assert refresher_of(again, client_of()).refresh()
    firsts = [one.body["filter"] for one in gateway.operations("find")]
    assert {"_id": {"$gt": after}} in firsts and {"_id": {"$gt": ""}} not in firsts
    page = waiting.query(AssetQuery())
    assert (page.result.total, page.reading, page.read_at, page.records) == (30, False, NOW, None)


def test_a_restart_shows_all_of_it_without_a_request(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    assert total(docdb_index(client_of(), lambda: NOW, tmp_path)) == 30
    gateway.stop()
    again = docdb_index(client_of(), lambda: NOW, tmp_path)
    again.leave_to(lambda: True)
    page = again.query(AssetQuery())
    assert (page.result.total, page.reading, page.error, page.read_at) == (30, False, None, NOW)
    gateway.started()


def test_known_ids_are_those_that_were_read_and_nothing_is_asked_for_them(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    put(gateway, 31, name="mouse_1")
    index = docdb_index(client_of(), lambda: NOW, tmp_path)
    assert index.find_known_ids("mouse_2") == ()
    assert total(index) == 31
    asked = len(gateway.asked)
    known = [index.find_known_ids(name) for name in ("mouse_2", "mouse_1", "mouse_99")]
    assert known == [("record-0002",), ("record-0001", "record-0031"), ()]
    assert len(gateway.asked) == asked


def test_only_what_changed_is_read_again(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    file = IndexFile(tmp_path / "index.sqlite")
    refresher = refresher_of(file, client_of())
    refresher.refresh()
    put(gateway, 7, "Fail", _last_modified="2025-06-01T00:00:00.000Z")
    gateway.asked.clear()
    refresher.refresh()
    assert all("_last_modified" in asked.body["filter"] for asked in gateway.operations("find"))
    refresher.refresh()
    gateway.asked.clear()
    refresher.refresh()
    assert sum(len(gateway.collection.find(asked.body["filter"])) for asked in gateway.operations("find")) <= 2


def test_changes_during_the_first_reading_are_not_missed(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    """A record that was read already changes, and one that comes later in the order is newer still."""
    file = IndexFile(tmp_path / "index.sqlite")
    pages = iter(range(100))

    def change(_seconds: float) -> None:
        if next(pages) == 2:
            put(gateway, 0, "Fail", _last_modified="2025-02-01T00:00:00.000Z")
            put(gateway, 29, "Fail", _last_modified="2025-03-01T00:00:00.000Z")

    assert refresher_of(file, client_of(), pace=Pace(size=5, pause=change)).refresh()
    index = docdb_index(client_of(), lambda: NOW, tmp_path, every=3600.0)
    index.leave_to(lambda: True)
    rows = index.query(AssetQuery(statuses=("Fail",))).result.rows
    assert {row.name for row in rows} == {"mouse_0", "mouse_29"}


def test_a_sweep_reads_only_what_differs_and_marks_what_is_gone(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    file = IndexFile(tmp_path / "index.sqlite")
    refresher = refresher_of(file, client_of(), sweep_every=timedelta(0))
    refresher.refresh()
    del gateway.collection.documents["record-0004"]
    put(gateway, 3, "Fail", _last_modified="2024-01-01T00:00:00.000Z")  # an older state was restored
    gateway.asked.clear()
    refresher.sweep()
    read = [key for one in gateway.operations("find") for key in one.body["filter"]["_id"].get("$in", [])]
    assert sorted(read) == ["record-0003", "record-0004"]
    assert file.versions("", None).keys() == gateway.collection.documents.keys()


@pytest.mark.parametrize("content", [b"", b"no database" * 1000, None], ids=["empty", "garbage", "another version"])
def test_a_file_that_cannot_be_used_is_made_again(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "index.sqlite"
    if content is None:
        IndexFile(path).close()
        with sqlite3.connect(path) as other:
            other.execute("PRAGMA user_version = 99")
    else:
        path.write_bytes(content)
    assert total(docdb_index(client_of(), lambda: NOW, tmp_path)) == 30


def test_a_file_that_breaks_while_it_is_open_is_made_again(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    index = docdb_index(client_of(), lambda: NOW, tmp_path)
    assert total(index) == 30
    with sqlite3.connect(index.path) as other:
        other.execute("DROP TABLE assets")
    assert total(index) in (0, 30)
    assert total(index) == 30


def test_one_of_two_processes_writes_and_both_see_it(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    one, other = (docdb_index(client_of(), lambda: NOW, tmp_path) for _ in range(2))
    with lease(one.path) as is_ours, lease(one.path) as is_theirs:
        assert (is_ours, is_theirs) == (True, False)
        assert total(one) == 0, "another process has the lease and has not written anything"
    assert total(one) == 30
    put(gateway, 31)
    assert (total(one), total(other)) == (31, 31)


def test_the_command_fills_the_index_and_another_process_reads_it(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (gateway.environment | {"QC_PORTAL_STATE": str(tmp_path)}).items():
        monkeypatch.setenv(name, value)
    command = [sys.executable, "-m", "qc_core", "index", "--file", str(tmp_path / "index.sqlite")]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert all("complete" in process.stdout.read() for process in both)
    index = docdb_index(client_of(), lambda: NOW, tmp_path, every=3600.0)
    index.leave_to(lambda: True)
    assert total(index) == 30


def test_the_process_ends_with_the_one_that_started_it(
    gateway: FakeGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (gateway.environment | {"QC_PORTAL_STATE": str(tmp_path)}).items():
        monkeypatch.setenv(name, value)
    command = [sys.executable, "-m", "qc_core", "index", "--follow", "--file", str(tmp_path / "index.sqlite")]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE)
    wait_until(lambda: IndexFile(tmp_path / "index.sqlite").state().all_read_at or process.poll() is not None)
    assert process.poll() is None
    process.stdin.close()
    assert process.wait(30) == 0


def test_a_database_that_does_not_answer_is_reported_and_the_list_stays(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    index = docdb_index(client_of(), lambda: NOW, tmp_path)
    assert total(index) == 30
    gateway.always(Fault(status=404))
    page = index.query(AssetQuery())
    assert (page.result.total, page.read_at, page.reading) == (30, NOW, False)
    assert "404" in page.error.message
    gateway.heal()
    assert index.query(AssetQuery()).error is None


def test_a_record_without_a_usable_id_is_a_problem_and_one_too_large_is_listed(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    gateway.collection.documents["odd"] = {"_id": 7, "name": "odd", "_last_modified": "2025-01-02T00:00:00.000Z"}
    put(gateway, 40, quality_control=document(*["Pending"] * 800))
    gateway.largest_answer = 100_000
    page = docdb_index(client_of(), lambda: NOW, tmp_path).query(AssetQuery())
    assert [(problem.where, "not text" in problem.reason) for problem in page.problems] == [("odd", True)]
    assert "too large" in next(row.problem for row in page.result.rows if row.name == "mouse_40")


def test_an_entry_that_comes_to_count_changes_the_status(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    raw = document("Pending")
    later = {"evaluator": "Ada", "status": "Fail", "timestamp": "2025-07-01T00:00:00Z"}
    raw["metrics"][0]["status_history"].append(later)
    put(gateway, 1, quality_control=raw)
    now = [NOW]
    index = docdb_index(client_of(), lambda: now[0], tmp_path)
    asked = AssetQuery(ids=("record-0001",))
    assert [row.status for row in index.query(asked).result.rows] == ["Pending"]
    now[0] += timedelta(days=60)
    assert [row.status for row in index.query(asked).result.rows] == ["Fail"]


def test_every_read_is_projected_and_one_request_comes_at_a_time(
    gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    total(docdb_index(client_of(), lambda: NOW, tmp_path))
    asked = [one.body for one in gateway.operations("find")]
    assert asked and all(one["projection"] for one in asked)
    assert not any(key.endswith((".value", ".reference", ".notes")) for one in asked for key in one["projection"])


def test_the_pause_is_as_long_as_the_answer_took_and_pages_follow_it() -> None:
    now, pauses = [0.0], list[float]()
    pace = Pace(size=100, monotonic=lambda: now[0], pause=pauses.append)

    def answer(seconds: float) -> Callable[[int], int]:
        def take(size: int) -> int:
            now[0] += seconds
            return size

        return take

    assert [pace.ask(answer(seconds)) for seconds in (0.1, 0.1, 3.0, 60.0, 1.0)] == [100, 200, 400, 200, 100]
    assert pauses == [pytest.approx(0.1), pytest.approx(0.1), 3.0, 5.0, 1.0]


def test_an_index_that_nobody_can_keep_is_an_error(client_of: Callable[[], Gateway], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="index of assets"):
        docdb_index(client_of(), lambda: NOW, tmp_path / "file").query(AssetQuery())
