"""What was last read of a database that is slow or down: by id, by name, with figures, and why it is not newer."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qc_core.assets.query import AssetQuery
from qc_core.errors import RecordNotFound, StoreSlow, StoreUnavailable
from qc_core.references.locations import Locations
from qc_core.references.shown import files_named
from qc_core.services import build
from qc_core.settings.model import Database, Settings
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.http_session import Timeouts
from qc_core.stores.docdb.open_index import open_index
from qc_core.stores.docdb.read_cache import ReadCache
from qc_core.stores.docdb.store import DocDbStore
from qc_core.stores.figures.s3 import S3Figures
from qc_core.stores.figures.store import Figures
from tests.fakes.gateway import FakeGateway
from tests.fakes.gateway_requests import Fault
from tests.fakes.s3 import S3
from tests.qc_core.stores.building import NOW, docdb_store, document
from tests.waiting import ask_until, wait_until

GOES_ON = Timeouts(connect=2, read=20, write=1.5, all_tries=60, tries=1000, first_pause=0.01, longest_pause=0.05)
"""Tries for longer than anybody here waits."""


@pytest.fixture
def impatient(client_of: Callable[..., Gateway], fake_gateway: FakeGateway) -> Iterator[DocDbStore]:
    """A store that waits for half a second, over a gateway that is asked again and again."""
    store = docdb_store(client_of(timeouts=GOES_ON), lambda: NOW, timeout=0.5)
    yield store
    fake_gateway.heal()
    # What is under way must not meet the next test's faults.
    wait_until(lambda: not any(kept._under_way for kept in (store._records, store._ids, store._asset_metadata)))


@pytest.fixture
def patient(impatient: DocDbStore) -> DocDbStore:
    """One that waits for longer than a busy machine takes to answer."""
    for kept in (impatient._records, impatient._ids, impatient._asset_metadata):
        kept._timeout = 60.0
    return impatient


def put(gateway: Any, number: int = 1, reference: Any = None, **more: Any) -> Any:
    record = {"_id": f"record-{number}", "name": f"mouse_{number}", "location": f"s3://listed/mouse_{number}"}
    return gateway.put(record | {"quality_control": document(reference=reference)} | more)


FAULTS = [
    (Fault(status=429, retry_after="60"), "asked too much just now"),
    (Fault(status=503), "answered 503"),
    (Fault(status=413), "larger than the database's gateway can send"),
    (Fault(html=True), "not JSON"),
    (Fault(half=True), "broke off its answer"),
    (Fault(drop=True), "cannot be reached"),
    (Fault(until_healed=True), "slow: it has not answered yet"),
]


@pytest.mark.parametrize(("fault", "words"), FAULTS, ids=str)
def test_each_cause_is_reported_while_it_is_tried_again(
    impatient: DocDbStore, fake_gateway: FakeGateway, fault: Any, words: Any
) -> None:
    record_id = put(fake_gateway)
    impatient.get_fresh(record_id)
    fake_gateway.always(fault, on="find")
    cached = impatient.get_cached(record_id)
    assert (cached.record.name, cached.read_at) == ("mouse_1", NOW)
    assert words in cached.error.message and cached.error.hint
    fake_gateway.heal()
    wait_until(lambda: not impatient.get_cached(record_id).error)


@pytest.mark.parametrize(("fault", "words"), FAULTS, ids=str)
def test_missing_value_is_reported_after_the_timeout_and_comes_from_the_same_reading(
    impatient: DocDbStore, fake_gateway: FakeGateway, fault: Any, words: Any
) -> None:
    record_id = put(fake_gateway)
    fake_gateway.always(fault, on="find")
    with pytest.raises(StoreUnavailable, match=words) as caught:
        impatient.get_cached(record_id)
    assert isinstance(caught.value, StoreSlow) == fault.until_healed


def test_one_reading_is_shared_and_waited_for_from_its_beginning_on(
    impatient: DocDbStore, fake_gateway: FakeGateway
) -> None:
    record_id = put(fake_gateway)
    fake_gateway.always(Fault(until_healed=True), on="find")
    for _ in range(3):
        with pytest.raises(StoreSlow):
            impatient.get_cached(record_id)
    fake_gateway.heal()
    wait_until(lambda: impatient._records.peek(record_id) is not None)
    assert len(fake_gateway.operations("find")) == 1


def test_a_record_that_the_index_knows_by_name_is_read_while_the_name_is_looked_up(
    patient: DocDbStore, fake_gateway: FakeGateway
) -> None:
    record_id = put(fake_gateway)
    patient.find_known_ids = lambda _name: (record_id,)
    fake_gateway.next(Fault(wait=0.3), on="find")
    assert patient.find_ids("mouse_1", to_open=True) == (record_id,)
    assert list(patient._records._prefetched) == [record_id]
    assert patient.get_cached(record_id).record.name == "mouse_1"
    assert len(fake_gateway.operations("find")) == 2


def test_a_prefetched_record_answers_the_next_caller_only(patient: DocDbStore, fake_gateway: FakeGateway) -> None:
    record_id = put(fake_gateway)
    patient.find_known_ids = lambda _name: (record_id,)
    patient.find_ids("mouse_1", to_open=True)
    patient.get_cached(record_id)
    put(fake_gateway, name="renamed")
    assert patient.get_cached(record_id).record.name == "renamed"


def test_a_known_record_that_is_gone_is_reported_as_always(patient: DocDbStore, fake_gateway: FakeGateway) -> None:
    patient.find_known_ids = lambda _name: ("record-9",)
    record_id = put(fake_gateway)
    assert patient.find_ids("mouse_1", to_open=True) == (record_id,)
    with pytest.raises(RecordNotFound):
        patient.get_cached("record-9")


def test_a_record_that_was_written_or_read_again_is_not_answered_by_an_earlier_prefetch(
    patient: DocDbStore, fake_gateway: FakeGateway
) -> None:
    record_id = put(fake_gateway)
    patient.find_known_ids = lambda _name: (record_id,)
    for forget in (patient.get_fresh, patient._records.invalidate_reads):
        put(fake_gateway)
        patient.find_ids("mouse_1", to_open=True)
        wait_until(lambda: not patient._records._under_way)
        put(fake_gateway, name="renamed")
        forget(record_id)
        assert patient.get_cached(record_id).record.name == "renamed"


def test_a_name_that_is_looked_up_for_anything_else_reads_no_record(
    patient: DocDbStore, fake_gateway: FakeGateway
) -> None:
    record_id = put(fake_gateway)
    patient.find_known_ids = lambda _name: (record_id,)
    assert patient.find_ids("mouse_1") == (record_id,)
    assert len(fake_gateway.operations("find")) == 1


def test_a_name_that_was_looked_up_leads_to_its_records_while_the_database_is_down(
    impatient: DocDbStore, fake_gateway: FakeGateway
) -> None:
    put(fake_gateway)
    assert impatient.find_ids("mouse_1") == ("record-1",)
    fake_gateway.always(Fault(status=503))
    assert impatient.find_ids("mouse_1") == ("record-1",)
    with pytest.raises(StoreUnavailable, match="answered 503"):
        impatient.find_ids("mouse_2")
    fake_gateway.heal()
    put(fake_gateway, 2, name="mouse_1")
    wait_until(lambda: impatient.find_ids("mouse_1") == ("record-1", "record-2"))


def test_removed_values_are_dropped(impatient: DocDbStore, fake_gateway: FakeGateway) -> None:
    record_id = put(fake_gateway)
    assert impatient.get_cached(record_id) and impatient.find_ids("mouse_1") and impatient.get_asset_metadata("mouse_1")
    fake_gateway.collection.documents.clear()
    with pytest.raises(RecordNotFound):
        wait_until(lambda: not impatient.get_cached(record_id))
    wait_until(lambda: not (impatient.find_ids("mouse_1") or impatient.get_asset_metadata("mouse_1")))
    fake_gateway.always(Fault(status=503))
    for ask in (lambda: impatient.get_cached(record_id), lambda: impatient.find_ids("mouse_1")):
        with pytest.raises(StoreUnavailable):
            ask()


def test_the_list_reports_what_the_last_try_met_while_it_is_tried_again(
    client_of: Callable[..., Gateway], fake_gateway: FakeGateway, tmp_path: Path
) -> None:
    put(fake_gateway)
    client = client_of(timeouts=GOES_ON)
    index = open_index(tmp_path / "index.sqlite", client, lambda: NOW, every=0.0, timeout=0.5)
    wait_until(lambda: not index.query(AssetQuery()).reading)
    assert index.query(AssetQuery()).error is None
    fake_gateway.always(Fault(status=503))
    page = ask_until(lambda: index.query(AssetQuery()), lambda page: page.error)
    assert "answered 503" in page.error.message and page.result.total == 1
    fake_gateway.heal()
    wait_until(lambda: not index.query(AssetQuery()).error)


@pytest.fixture
def figures_over(tmp_path: Path, s3: S3, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Figures]:
    """The figure store over a record store, with pictures in a bucket: `figures_over(store)`."""
    for name in ("a.png", "b.png"):
        s3.put("listed", f"mouse_1/{name}", b"a picture")
    for name, value in s3.settings("listed").items():
        monkeypatch.setenv(name, value)
    more = {"s3_buckets": frozenset({"listed"}), "s3_endpoint": s3.url}
    settings = Settings(None, tmp_path, "", False, None, "", **more)
    return lambda store: Figures(store, S3Figures(settings, None, lambda: NOW), None)


def digest_of(reference: str, location: str = "s3://listed/mouse_1") -> Any:
    (digest,) = files_named([reference], Locations(location, None))
    return digest


def test_figures_of_a_record_that_was_read_are_found_without_asking_the_database(
    impatient: DocDbStore, fake_gateway: FakeGateway, figures_over: Callable[..., Figures]
) -> None:
    record_id = put(fake_gateway, reference="a.png")
    impatient.get_fresh(record_id)
    figures = figures_over(impatient)
    fake_gateway.asked.clear()
    for fault in (Fault(), Fault(status=503)):
        fake_gateway.always(fault)
        assert "mouse_1/a.png" in figures.open(record_id, digest_of("a.png")).url
    assert fake_gateway.operations("find") == []


def test_a_figure_that_the_record_names_by_now_is_found_too(
    impatient: DocDbStore, fake_gateway: FakeGateway, figures_over: Callable[..., Figures]
) -> None:
    record_id = put(fake_gateway, reference="a.png")
    impatient.get_fresh(record_id)
    put(fake_gateway, reference="b.png")
    assert "mouse_1/b.png" in figures_over(impatient).open(record_id, digest_of("b.png")).url


def test_figures_in_the_raw_asset_stay_while_the_database_is_down(
    impatient: DocDbStore, fake_gateway: FakeGateway, figures_over: Callable[..., Figures]
) -> None:
    fake_gateway.put({"_id": "raw", "name": "raw", "location": "s3://listed/raw"})
    reference = "{raw_asset_location}/a.png"
    record_id = put(
        fake_gateway, reference=reference, data_description={"input_data_name": "raw", "source_data": ["raw"]}
    )
    figures = figures_over(impatient)
    assert figures.locations(impatient.get_cached(record_id).record).raw == "s3://listed/raw"
    fake_gateway.always(Fault(status=503))
    again = figures_over(impatient)
    assert again.locations(impatient.get_cached(record_id).record).raw == "s3://listed/raw"


def test_every_request_to_the_gateway_is_measured_the_failed_ones_too(
    fake_gateway: FakeGateway, tmp_path: Path
) -> None:
    put(fake_gateway)
    seen = []
    settings = Settings(
        None, tmp_path, "Ada", False, None, "localhost", database=Database(fake_gateway.host, version="v2")
    )
    services = build(
        settings, clock=lambda: NOW, observe_request=lambda *request: seen.append((request[0], request[2]))
    )
    fake_gateway.next(Fault(status=503), on="find")
    services.records.get_fresh("record-1")
    assert seen == [("find", False), ("find", True)]


def test_a_read_that_gets_no_thread_falls_back_to_the_cache_and_the_next_one_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    values = iter(["one", "two"])
    cache: ReadCache[str] = ReadCache(lambda *_: (next(values), 1), lambda: NOW, timeout=20, limit=10)
    assert cache.get("key").value == "one"
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", refuse)
        stale = cache.get("key")
        assert stale.value == "one" and stale.error is not None and "no more threads" in stale.error.message
        with pytest.raises(StoreUnavailable):
            cache.get("another")
    assert cache.get("key").value == "two"


def test_a_value_that_was_given_answers_for_its_seconds_and_is_read_again_after_them() -> None:
    time = [0.0]
    cache: ReadCache[str] = ReadCache(
        lambda *_: ("read", 1), lambda: NOW, timeout=20, limit=10, monotonic=lambda: time[0]
    )
    cache.give("a", "given", 1, NOW, seconds=5)
    assert [cache.get_fresh("a"), cache.get_fresh("a")] == ["given", "given"]
    time[0] = 5.0
    assert cache.get_fresh("a") == "read"
    cache.give("a", "given", 1, NOW, seconds=5)
    assert [cache.get("a").value, cache.get("a").value] == ["given", "read"], "the next caller only"
    cache.give("a", "given", 1, NOW, seconds=5)
    cache.invalidate_reads("a")
    assert cache.get_fresh("a") == "read"
