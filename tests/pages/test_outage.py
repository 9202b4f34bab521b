"""The document database fails while somebody reviews: what the page reports of each cause, and what stays readable."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY

from pages.shell.portal import services
from qc_core import services as concrete
from qc_core.health import checks as health
from qc_core.services import OpenDatabase
from qc_core.settings.model import Database
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.http_session import Timeouts
from qc_core.stores.docdb.store import DocDbStore
from tests.fakes import assets
from tests.fakes.gateway import FakeGateway, run_gateway
from tests.fakes.gateway_requests import Fault
from tests.pages.screen import Screen
from tests.qc_core.stores.building import NothingIsWrong
from tests.waiting import ask_until, wait_until

GOES_ON = Timeouts(connect=2, read=20, all_tries=60, tries=1000, first_pause=0.01, longest_pause=0.05)
"""Tries for longer than anybody here waits."""
FAULTS = [
    (Fault(status=429, retry_after="60"), "is asked too much just now (429). It is retried automatically."),
    (Fault(status=413), "larger than the database's gateway can send at once. Ask the people who run the pipeline"),
    (Fault(status=503), "answered 503. It is retried automatically."),
    (Fault(html=True), "answered with something that is not JSON. It is retried automatically."),
    (Fault(half=True), "cannot be reached, or broke off its answer. It is retried automatically."),
    (Fault(drop=True), "cannot be reached, or broke off its answer. It is retried automatically."),
    (Fault(until_healed=True), "is slow: it has not answered yet. The portal is still waiting for it."),
]


@pytest.fixture(scope="module")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeGateway]:
    with run_gateway(tmp_path_factory.mktemp("gateway")) as gateway:
        yield gateway


@pytest.fixture
def gateway(_running: FakeGateway, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGateway]:
    """A gateway over one record, asked by a portal whose pages wait for half a second."""
    metrics = [assets.metric(f"drift {number}", number + 0.5) for number in range(2)]
    _running.put({"_id": "one", "name": "mouse", "quality_control": assets.document(*metrics)})
    stores: list[DocDbStore] = []

    def in_database(database: Database, clock: Any, observe: Any) -> OpenDatabase:
        real = Gateway(database, GOES_ON, observe)
        stores.append(DocDbStore(real, clock, NothingIsWrong(), timeout=0.5))
        return OpenDatabase(real, stores[-1])

    monkeypatch.setattr(concrete, "_in_database", in_database)
    yield _running
    _running.heal()
    # What is under way must not meet the next test's faults.
    wait_until(lambda: not any(kept._under_way for store in stores for kept in (store._records, store._ids)))


@pytest.fixture
def page(screen: Callable[..., Screen], gateway: FakeGateway) -> Screen:
    return screen(**gateway.environment, QC_PORTAL_INDEX_EVERY_SECONDS="1")


def warnings(page: Screen) -> list[str]:
    return [one.value.replace("\\", "") for one in page.app.warning]


def open_review(page: Screen, **query: str) -> None:
    """Open the review; where the machine is busy, the database may not answer within the half second."""
    page.review(**query)
    if page.app.warning:
        page.run_until(lambda at: not at.app.warning)


def read_metric(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


@pytest.mark.parametrize(("fault", "words"), FAULTS, ids=lambda value: str(value)[:40])
def test_the_record_stays_readable_with_its_age_and_drafts_are_kept(
    page: Screen, gateway: FakeGateway, state: Path, fault: Fault, words: str
) -> None:
    open_review(page, name="mouse")
    gateway.always(fault, on="find")
    [message] = warnings(page.reopen())
    assert words in message
    assert "You see the record as it was read at" in message and "ago" in message
    assert "What you change is kept as a draft; submit it once the database answers again." in message
    page.field("button_group", "Status of drift 0").set_value("Fail")
    page.run()
    assert "1 change" in page.words and "saved as draft" in page.words
    assert len(list(state.glob("drafts/*/*/*.json"))) == 1
    gateway.heal()
    assert warnings(page.run_until(lambda at: not at.app.warning)) == []
    assert "1 change" in page.words


def test_slow_first_read_of_a_record_shows_a_notice(page: Screen, gateway: FakeGateway) -> None:
    gateway.always(Fault(until_healed=True), on="find")
    [message] = warnings(page.review(name="mouse"))
    assert "The document database is slow: it has not answered yet. The portal waits for up to 5 minutes" in message
    assert page.errors == []
    gateway.heal()
    page.run_until(lambda at: not at.app.warning)
    assert page.field("button_group", "Status of drift 0")


def test_second_outage_is_retried_as_long_as_the_first(page: Screen, gateway: FakeGateway) -> None:
    def buttons() -> list[str]:
        return [one.label for one in page.app.button if one.label == "Try again"]

    open_review(page, id="one")
    gateway.always(Fault(status=503), on="find")
    page.reopen()
    page.app.session_state["qc-tries"]["record one"] = 60
    page.run()
    assert buttons() == ["Try again"]
    gateway.heal()
    page.run_until(lambda at: not at.app.warning)
    gateway.always(Fault(status=503), on="find")
    assert warnings(page.reopen().run_until(lambda at: at.app.warning)) and buttons() == []


def test_outage_is_counted_once_a_page_and_each_failed_request_once(page: Screen, gateway: FakeGateway) -> None:
    open_review(page, id="one")
    message = read_metric("qc_portal_errors_total", kind="StoreUnavailable")
    asked = read_metric("qc_portal_gateway_seconds_count", operation="find", outcome="failed")
    gateway.always(Fault(status=503), on="find")
    page.reopen()
    page.app.session_state["qc-tries"]["record one"] = 1
    page.run()
    assert read_metric("qc_portal_errors_total", kind="StoreUnavailable") == message + 1
    assert read_metric("qc_portal_gateway_seconds_count", operation="find", outcome="failed") > asked


def test_health_of_the_records_is_checked_afresh(page: Screen, gateway: FakeGateway) -> None:
    def is_well() -> bool:
        [found] = health.examine(services(), (health.RECORDS,))
        return found.well

    page.assets()
    gateway.always(Fault(status=503), on="find")
    assert not ask_until(is_well, lambda well: not well)
    gateway.heal()
    assert ask_until(is_well, bool)
