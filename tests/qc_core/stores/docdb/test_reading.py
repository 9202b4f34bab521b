"""Reading from a database that is slow, down, wrong or too large: bounded, projected, and never a surprise."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qc_core.assets.query import AssetQuery
from qc_core.assets.record import read_record
from qc_core.errors import RecordNotFound, StoreUnavailable
from qc_core.stores.docdb.fields import ASSET_METADATA, JUST_QC, LINE, WHOLE
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.http_session import Timeouts
from qc_core.stores.docdb.parsing import parse_stored_record
from qc_core.stores.docdb.store import DocDbStore
from qc_core.stores.summary import summary_of
from tests.fakes.gateway import FakeGateway
from tests.fakes.gateway_requests import Fault
from tests.fakes.mongo import project
from tests.paths import RECORDS
from tests.qc_core.stores.building import NOW, docdb_index, docdb_store, document
from tests.waiting import wait_until


@pytest.fixture
def store(client_of: Callable[..., Gateway]) -> DocDbStore:
    return docdb_store(client_of(), lambda: NOW, timeout=20)


@pytest.fixture
def patient(client_of: Callable[..., Gateway]) -> DocDbStore:
    """A store that repeats no request because the machine is slow: its requests can be counted."""
    return docdb_store(client_of(timeouts=Timeouts()), lambda: NOW, timeout=60)


@pytest.fixture
def impatient(client_of: Callable[..., Gateway], fake_gateway: FakeGateway) -> Iterator[DocDbStore]:
    """A store that waits for 0.3 s. What it goes on reading behind that ends before the next test counts requests."""
    before = set(threading.enumerate())
    yield docdb_store(client_of(), lambda: NOW, timeout=0.3)
    fake_gateway.heal()
    wait_until(lambda: set(threading.enumerate()) <= before)


def put(gateway: Any, number: int = 1, quality_control: Any = None, **more: Any) -> Any:
    record = {"_id": f"record-{number:04}", "name": f"mouse_{number}", "location": f"s3://bucket/mouse_{number}"}
    return gateway.put(record | {"quality_control": quality_control or document()} | more)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=429, retry_after="1"),
        Fault(status=500),
        Fault(status=502, html=True),
        Fault(status=503),
        Fault(status=504),
        Fault(drop=True),
        Fault(half=True),
        Fault(html=True),
        Fault(wait=2.5),
    ],
    ids=str,
)
def test_transient_errors_are_retried(store: DocDbStore, fake_gateway: FakeGateway, fault: Any) -> None:
    record_id = put(fake_gateway)
    fake_gateway.next(fault, fault)
    assert store.get_fresh(record_id).name == "mouse_1"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(status=503), "answered 503"),
        (Fault(status=429, retry_after="86400"), "asked too much just now"),
        (Fault(html=True), "not JSON"),
        (Fault(half=True), "broke off its answer"),
        (Fault(drop=True), "cannot be reached"),
        (Fault(status=404), r"an error \(404\)"),
    ],
    ids=str,
)
def test_permanent_errors_give_a_sentence(store: DocDbStore, fake_gateway: FakeGateway, fault: Any, words: str) -> None:
    record_id = put(fake_gateway)
    fake_gateway.always(fault)
    with pytest.raises(StoreUnavailable, match=words) as caught:
        store.get_fresh(record_id)
    assert caught.value.hint


def test_a_gateway_that_is_down_is_reported_until_it_answers_again(
    store: DocDbStore, fake_gateway: FakeGateway
) -> None:
    record_id = put(fake_gateway)
    fake_gateway.stop()
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        store.get_fresh(record_id)
    fake_gateway.started()
    assert store.get_fresh(record_id).record_id == record_id


def test_the_last_known_record_is_shown_with_its_age_while_the_database_is_slow(
    impatient: DocDbStore, fake_gateway: FakeGateway
) -> None:
    record_id = put(fake_gateway)
    impatient.get_fresh(record_id)
    fake_gateway.always(Fault(until_healed=True))
    cached = impatient.get_cached(record_id)
    assert (cached.record.name, cached.read_at, "slow" in cached.error.message) == ("mouse_1", NOW, True)


def test_the_last_known_record_is_shown_with_its_age_while_the_database_fails(
    store: DocDbStore, fake_gateway: FakeGateway
) -> None:
    record_id = put(fake_gateway)
    assert store.get_cached(record_id).error is None
    fake_gateway.always(Fault(status=404))
    cached = store.get_cached(record_id)
    assert (cached.record.name, cached.read_at, "404" in cached.error.message) == ("mouse_1", NOW, True)
    fake_gateway.heal()
    assert store.get_cached(record_id).error is None


def test_uncached_record_cannot_be_shown(store: DocDbStore, fake_gateway: FakeGateway) -> None:
    fake_gateway.always(Fault(status=404))
    with pytest.raises(StoreUnavailable):
        store.get_cached("record-0001")


def test_a_record_that_is_gone_is_not_shown_from_memory(store: DocDbStore, fake_gateway: FakeGateway) -> None:
    record_id = put(fake_gateway)
    store.get_cached(record_id)
    fake_gateway.collection.documents.clear()
    with pytest.raises(RecordNotFound):
        store.get_cached(record_id)


def test_records_that_are_read_ahead_are_asked_for_by_one_question(
    patient: DocDbStore, fake_gateway: FakeGateway
) -> None:
    store = patient
    ids = [put(fake_gateway, number) for number in range(3)]
    store.read_ahead([*ids, "gone"])
    (asked,) = fake_gateway.operations("find")
    assert store.get_fresh(ids[0]).name == "mouse_0"
    assert [store.get_cached(one).record.name for one in ids] == ["mouse_0", "mouse_1", "mouse_2"]
    assert fake_gateway.operations("find") == [asked]
    put(fake_gateway, 1, document("Fail"))
    assert store.get_cached(ids[1]).record.quality_control == document("Fail"), "the next reading asks again"
    with pytest.raises(RecordNotFound):
        store.get_cached("gone")


def test_records_that_are_too_large_together_are_asked_for_in_halves(
    patient: DocDbStore, fake_gateway: FakeGateway
) -> None:
    store = patient
    ids = [put(fake_gateway, number, document(notes="x" * 1000)) for number in range(4)]
    fake_gateway.largest_answer = 4000
    store.read_ahead(ids)
    asked = len(fake_gateway.operations("find"))
    assert [store.get_cached(one).record.name for one in ids] == [f"mouse_{number}" for number in range(4)]
    assert len(fake_gateway.operations("find")) == asked == 3


def test_a_database_that_fails_is_not_waited_for_longer_than_a_page_waits(
    impatient: DocDbStore, fake_gateway: FakeGateway
) -> None:
    ids = [put(fake_gateway, number) for number in range(2)]
    fake_gateway.next(Fault(until_healed=True))
    impatient.read_ahead(ids)
    assert impatient.get_fresh(ids[0]).name == "mouse_0"


def test_names_that_several_records_share_give_all_of_them(store: DocDbStore, fake_gateway: FakeGateway) -> None:
    ids = [put(fake_gateway, number, name="twin") for number in (3, 1, 2)]
    put(fake_gateway, 4)
    assert store.find_ids("twin") == tuple(sorted(ids))
    found = store.get_asset_metadata("twin")
    assert [record.location for record in found] == [f"s3://bucket/mouse_{n}" for n in (1, 2, 3)]


def test_records_by_id_come_in_pages_sorted_by_id_and_made_smaller(
    client_of: Callable[..., Gateway], fake_gateway: FakeGateway
) -> None:
    for number in range(30):
        put(fake_gateway, number, name="twin")
    fake_gateway.largest_answer = 5_000
    found = [record["_id"] for record in client_of().every({"name": "twin"}, JUST_QC)]
    assert found == [f"record-{n:04}" for n in range(30)]
    asked = [one.body for one in fake_gateway.operations("find") if "twin" in str(one.body["filter"])]
    assert len(asked) > 1 and all(body["sort"] == {"_id": 1} for body in asked)


def test_every_read_is_projected(
    store: DocDbStore, client_of: Callable[..., Gateway], fake_gateway: FakeGateway, tmp_path: Path
) -> None:
    record_id = put(fake_gateway, huge={"calibration": "x" * 1000})
    docdb_index(client_of(), lambda: NOW, tmp_path).query(AssetQuery())
    store.get_fresh(record_id)
    store.find_ids("mouse_1")
    store.get_asset_metadata("mouse_1")
    asked = fake_gateway.operations("find")
    assert len(asked) > 4
    assert all(each.body["projection"] and "huge" not in each.body["projection"] for each in asked)
    lists = [each.body["projection"] for each in asked if each.body["projection"] == dict(LINE)]
    assert lists and not any(key.endswith((".value", ".reference", ".notes")) for key in lists[0])


@pytest.mark.parametrize("path", sorted(RECORDS.glob("v*.json")) or [None], ids=lambda path: path.stem if path else "")
def test_all_used_fields_are_projected(path: Path | None) -> None:
    if path is None:
        pytest.skip("there is no folder of real records next to the checkout")
    raw = json.loads(path.read_text("utf-8"))
    record = raw if "quality_control" in raw else {"name": "x", "quality_control": raw}
    record |= {"_id": "one"}
    metadata = read_record(project(record, dict(ASSET_METADATA)), folder_name="one")
    whole = parse_stored_record(record, "one")
    assert [getattr(metadata, key) for key in metadata.__slots__ if key != "problems"] == [
        getattr(whole.asset, key) for key in metadata.__slots__ if key != "problems"
    ]
    assert parse_stored_record(project(record, dict(WHOLE)), "one").quality_control == whole.quality_control
    line, full = summary_of(parse_stored_record(project(record, dict(LINE)), "one"), NOW), summary_of(whole, NOW)
    assert (line.status, line.pending, line.metrics, line.modalities) == (
        full.status,
        full.pending,
        full.metrics,
        full.modalities,
    )


def test_many_threads_share_one_pool(patient: DocDbStore, fake_gateway: FakeGateway) -> None:
    record_id = put(fake_gateway)
    threads = [threading.Thread(target=patient.get_fresh, args=(record_id,)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(fake_gateway.operations("find")) == 12
