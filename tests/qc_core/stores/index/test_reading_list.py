"""The list of a database as it is read through its gateway: short pages, large records, slow answers, failures."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qc_core.assets.query import AssetQuery
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.lines import DocDbLines
from qc_core.stores.index import refresher
from qc_core.stores.index.file import IndexFile
from qc_core.stores.index.pace import Pace
from qc_core.stores.index.refresher import Refresher
from tests.fakes.gateway import FakeGateway
from tests.fakes.gateway_requests import Fault
from tests.qc_core.stores.building import NOW, docdb_index, document
from tests.waiting import wait_until

ALL = AssetQuery()


def put(gateway: FakeGateway, number: int, quality_control: Any = None, **more: Any) -> str:
    record = {"_id": f"record-{number:04}", "name": f"mouse_{number}"}
    return gateway.put(record | {"quality_control": quality_control or document("Pass")} | more)


def test_a_long_list_comes_in_short_pages_newest_first_and_whole(
    client_of: Callable[[], Gateway], fake_gateway: FakeGateway, tmp_path: Path
) -> None:
    for number in range(60):
        put(fake_gateway, number, _last_modified=f"2025-01-01T00:00:{number:02}.000Z")
    fake_gateway.longest_page = 7
    page = docdb_index(client_of(), lambda: NOW, tmp_path).query(ALL)
    assert {row.record_id for row in page.result.rows} == {f"record-{number:04}" for number in range(60)}
    assert (page.result.total, page.limited_to, page.reading) == (60, None, False)
    first, *_ = fake_gateway.operations("find")
    assert first.body["sort"] == {"_last_modified": -1, "_id": 1}


def test_pages_of_the_list_that_are_too_large_are_made_smaller(
    client_of: Callable[[], Gateway], fake_gateway: FakeGateway, tmp_path: Path
) -> None:
    for number in range(30):
        put(fake_gateway, number, document(*["Pending"] * 20))
    put(fake_gateway, 99, document(*["Pending"] * 800))
    fake_gateway.largest_answer = 100_000
    page = docdb_index(client_of(), lambda: NOW, tmp_path).query(ALL)
    assert (page.result.total, page.error) == (31, None)
    problems = {row.record_id: row.problem for row in page.result.rows if row.problem}
    assert list(problems) == ["record-0099"] and "too large" in problems["record-0099"]
    sorts = [asked.body["sort"] for asked in fake_gateway.operations("find")]
    assert all({"_last_modified", "_id"} & sort.keys() for sort in sorts)


def test_after_the_first_list_a_change_shows_and_only_what_changed_is_read(
    client_of: Callable[[], Gateway], fake_gateway: FakeGateway, tmp_path: Path
) -> None:
    for number in range(50):
        put(fake_gateway, number, _last_modified=f"2025-01-01T00:00:{number:02}.000Z")
    index = docdb_index(client_of(), lambda: NOW, tmp_path, sweep_every=timedelta(hours=1))
    assert index.query(ALL).result.total == 50
    fake_gateway.asked.clear()
    put(fake_gateway, 7, document("Fail"), _last_modified="2025-03-01T00:00:00.000Z")
    (changed,) = index.query(AssetQuery(ids=("record-0007",))).result.rows
    assert changed.status == "Fail"
    assert sum(len(fake_gateway.collection.find(a.body["filter"])) for a in fake_gateway.operations("find")) < 110
    assert all("_last_modified" in asked.body["filter"] for asked in fake_gateway.operations("find"))


def test_the_list_does_not_wait_for_a_slow_database(
    client_of: Callable[[], Gateway], fake_gateway: FakeGateway, tmp_path: Path
) -> None:
    put(fake_gateway, 1)
    fake_gateway.always(Fault(until_healed=True))
    index = docdb_index(client_of(), lambda: NOW, tmp_path, timeout=0.1)
    page = index.query(ALL)  # it is answered before the database is, and before that has failed
    assert (page.result.total, page.reading, page.error) == (0, True, None)
    fake_gateway.heal()
    wait_until(lambda: not index.query(ALL).reading)
    assert index.query(ALL).result.total == 1


def test_a_list_that_cannot_be_read_again_is_kept_with_the_reason(
    client_of: Callable[[], Gateway], fake_gateway: FakeGateway, tmp_path: Path
) -> None:
    put(fake_gateway, 1)
    index = docdb_index(client_of(), lambda: NOW, tmp_path)
    assert index.query(ALL).error is None
    fake_gateway.always(Fault(status=404))
    page = index.query(ALL)
    assert (page.result.total, page.read_at) == (1, NOW)
    assert "404" in page.error.message


def test_a_database_that_fails_from_the_start_is_reported_with_an_empty_list(
    client_of: Callable[[], Gateway], fake_gateway: FakeGateway, tmp_path: Path
) -> None:
    fake_gateway.always(Fault(status=404))
    page = docdb_index(client_of(), lambda: NOW, tmp_path).query(ALL)
    assert (page.result.total, page.reading) == (0, False)
    assert "404" in page.error.message


@pytest.mark.parametrize("modified", ["2099-01-01T00:00:00.000Z", "9999", "soon"])
def test_a_record_that_was_changed_in_the_future_does_not_hide_the_changes_of_others(
    client_of: Callable[[], Gateway],
    fake_gateway: FakeGateway,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    modified: str,
) -> None:
    monkeypatch.setattr(refresher, "NEWEST", 3)
    for number in range(30):
        put(fake_gateway, number, _last_modified=f"2025-01-01T00:00:{number:02}.000Z")
    put(fake_gateway, 31, _last_modified=modified)
    file, now = IndexFile(tmp_path / "index.sqlite"), NOW
    refreshing = Refresher(file, DocDbLines(client_of(), lambda: now), lambda: now, pace=Pace(pause=lambda _: None))
    refreshing.refresh()
    now += timedelta(minutes=30)
    put(fake_gateway, 7, document("Fail"), _last_modified=f"{now - timedelta(minutes=20):%Y-%m-%dT%H:%M:%S.000Z}")
    refreshing.refresh()
    statuses = {row.name: row.status for row in file.summaries(range(40))}
    assert statuses["mouse_7"] == "Fail" and statuses["mouse_31"] == "Pass"
