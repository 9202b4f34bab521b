"""The portal over the document database, in a real browser: the whole job, and what a person sees when it fails."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Witness
from tests.browser.pixels import wait_for
from tests.browser.portal_page import PortalPage
from tests.fakes import assets
from tests.fakes.gateway import FakeGateway, run_gateway
from tests.fakes.gateway_requests import Fault
from tests.fakes.mongo import Collection
from tests.fakes.portal import Portal
from tests.fakes.signatures import SECRET

EVE = {"evaluator": "Eve", "status": "Pass", "timestamp": "2026-01-01T00:00:00Z"}
BANNER = "stAlert"
OURS = (("> h2", "::after"), ("> div", "::before"))
"""Where our text is in a dialog of Streamlit's own."""


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[FakeGateway]:
    with run_gateway(tmp_path) as gateway:
        for number, name in enumerate((assets.RAW_EPHYS, assets.FORAGING)):
            gateway.put(assets.as_record(assets.DEMO / name, f"record-{number}"))
        for number in (7, 8):
            metrics = [assets.metric(f"drift {n}", n + 0.5) for n in range(3)]
            document = assets.document(*metrics)
            location = f"s3://bucket-{number}/twin"
            gateway.put({"_id": f"twin-{number}", "name": "twin", "location": location, "quality_control": document})
        yield gateway


@pytest.fixture
def over_database(gateway: FakeGateway, start_portal: Callable[..., Portal], tmp_path: Path) -> Portal:
    return start_portal(state=tmp_path / "state", more=gateway.environment)


def _read_signers(gateway: FakeGateway, metric: int) -> list[str]:
    history = gateway.get("twin-7")["quality_control"]["metrics"][metric]["status_history"]
    return [entry["evaluator"] for entry in history[1:]]


def test_find_annotate_submit_and_resolve_a_conflict(
    over_database: Portal, gateway: FakeGateway, new_page: Callable[..., PortalPage], witness: Witness
) -> None:
    witness.allow("bucket.s3.amazonaws.com")  # the record's figures: none is there, and haste decides what is asked
    witness.forgive("intervals.png")
    page = new_page(over_database).list_assets()
    expect(page.rows).to_have_count(4)
    page.row(assets.FORAGING).get_by_role("link").click()
    expect(page.title).to_have_text(assets.FORAGING)

    page.page.goto(f"{over_database.url}/view?name=twin")
    links = page.page.get_by_role("link", name="s3://bucket-")
    expect(links).to_have_count(2)
    page.visit(f"/{links.first.get_attribute('href')}")
    page.card("drift 0").choose("Fail")
    page.card("drift 1").enter("9.5")
    page.expect_changes(2)
    page.submit(2)
    assert (_read_signers(gateway, 0), _read_signers(gateway, 1)) == (["Ada Lovelace"], ["Ada Lovelace"])
    stored = gateway.get("twin-7")["quality_control"]
    assert (stored["metrics"][1]["value"], stored["status"]["probe:A"]) == (9.5, "Fail")

    page.page.locator(".st-key-history button").first.click()
    expect(page.page.get_by_text("5 changes. The record keeps old statuses")).to_be_visible()
    page.page.keyboard.press("Escape")
    expect(page.page.get_by_test_id("stPopoverBody")).to_have_count(0)

    page.card("drift 2").choose("Fail")
    page.expect_changes(1)
    stored["metrics"][2]["status_history"].append(EVE)
    dialog = page.review()
    expect(dialog).to_contain_text("someone else changed this while you worked")
    dialog.get_by_role("button", name="Keep mine").click()
    dialog.get_by_role("button", name="Submit 1 change").click()
    page.expect_submitted()
    assert _read_signers(gateway, 2) == ["Eve", "Ada Lovelace"]
    assert len(gateway.collection.documents) == 4


def test_database_failure_is_shown_keeps_the_draft_and_recovers_without_a_reload(
    over_database: Portal, gateway: FakeGateway, new_page: Callable[..., PortalPage]
) -> None:
    gateway.stop()
    page = new_page(over_database)
    page.page.goto(f"{over_database.url}/view?id=twin-7")
    expect(page.page.get_by_test_id(BANNER)).to_contain_text("cannot be reached")
    page.mark_session()
    gateway.started()
    expect(page.bar).to_be_visible()  # by its own next try
    page.wait_until_settled()

    page.card("drift 0").choose("Pass")
    page.expect_changes(1)
    gateway.always(Fault(status=503), on="update_one")
    dialog = page.review()
    submit = dialog.get_by_role("button", name="Submit 1 change")
    submit.click()
    expect(dialog).to_contain_text("answered with an error (503)")
    expect(dialog).to_contain_text("Your draft is kept")
    gateway.heal()
    gateway.secret = "another since the credentials expired"
    submit.click()
    expect(dialog).to_contain_text("did not accept the AWS credentials; they may have expired.")
    expect(dialog).to_contain_text("Once they are renewed, submit again. Your draft is kept.")
    assert _read_signers(gateway, 0) == []
    gateway.secret = SECRET

    answering = Event()
    gateway.before_update = lambda: answering.wait(60)  # type: ignore[assignment]  # of another type on purpose
    submit.click()
    expect(dialog).to_contain_text("Sending. Your draft is kept until the record shows your changes.")
    expect(submit).to_be_disabled()
    expect(dialog.get_by_text("Signed as")).to_have_count(1)
    expect(dialog.get_by_test_id(BANNER)).to_have_count(0)  # the report of the last try is no news now
    gateway.before_update = None
    answering.set()
    page.expect_submitted()
    assert _read_signers(gateway, 0) == ["Ada Lovelace"]

    def fall_behind() -> None:
        gateway.old_copy = Collection()
        gateway.old_copy.documents = copy.deepcopy(gateway.collection.documents)

    page.card("drift 1").choose("Pass")
    page.expect_changes(1)
    gateway.before_update = fall_behind
    page.review().get_by_role("button", name="Submit 1 change").click()
    expect(dialog).to_contain_text("1 of them are not in the record as read back")
    expect(dialog).to_contain_text("Try again in a moment: changes that are in the record are recognised by then")
    gateway.heal()
    page.close_dialog()
    expect(page.page.get_by_test_id(BANNER)).to_contain_text("Already in the record, so not sent twice: drift 1")
    page.expect_changes(0)
    assert _read_signers(gateway, 1) == ["Ada Lovelace"]
    assert page.is_same_session()


def test_review_opened_by_name_stays_while_the_database_fails(
    over_database: Portal, gateway: FakeGateway, new_page: Callable[..., PortalPage]
) -> None:
    gateway.put({"_id": "alone", "name": "alone", "quality_control": assets.document(assets.metric("drift"))})
    gateway.always(Fault(until_healed=True), on="find")
    page = new_page(over_database)
    page.page.goto(f"{over_database.url}/view?name=alone")
    expect(page.page.get_by_test_id(BANNER)).to_contain_text(
        "is slow: it has not answered yet. The portal waits for up to"
    )
    page.mark_session()
    gateway.heal()
    expect(page.bar).to_be_visible()
    page.wait_until_settled()

    page.card("drift").choose("Pass")
    page.expect_changes(1)
    gateway.always(Fault(html=True), on="find")
    page.follow("Assets")
    expect(page.bar).to_have_count(0)
    page.page.go_back()  # which opens the review again
    expect(page.page.get_by_test_id(BANNER)).to_contain_text("You see the record as it was read at")
    expect(page.card("drift").box).to_be_visible()
    page.expect_changes(1)
    page.review()
    expect(page.dialog).to_contain_text("Your draft is kept. Try again in a moment.")
    gateway.heal()
    page.dialog.get_by_role("button", name="Try again").click()
    expect(page.dialog.get_by_role("button", name="Submit 1 change")).to_be_visible()
    page.close_dialog()
    expect(page.page.get_by_test_id(BANNER)).to_have_count(0)
    page.submit(1)
    assert page.is_same_session()


def test_portal_killed_during_a_submission_sends_nothing_twice(
    over_database: Portal, gateway: FakeGateway, new_page: Callable[..., PortalPage], witness: Witness
) -> None:
    witness.forgive_an_absent_server()
    idle = new_page(over_database).visit("/view?id=twin-8")
    page = new_page(over_database).visit("/view?id=twin-7")
    page.card("drift 0").choose("Fail")
    page.expect_changes(1)

    def kill() -> None:
        assert over_database.process is not None
        over_database.process.kill()
        over_database.process.wait()

    gateway.before_update = kill
    page.review().get_by_role("button", name="Submit 1 change").click()
    wait_for(page.page, lambda: _read_signers(gateway, 0), "nothing was written")
    gateway.before_update = None
    gone = page.page.get_by_role("dialog", name="Connection error")
    expect(gone).to_be_visible()
    expect(gone.get_by_text("Is Streamlit still running")).to_be_hidden()
    title, words = (gone.locator(part).evaluate(f"(it) => getComputedStyle(it, '{at}').content") for part, at in OURS)
    assert "The portal does not answer" in title
    assert "Your draft is kept. This page connects again by itself" in words
    page.mark_session()
    gateway.get("twin-8")["quality_control"]["metrics"][0]["status_history"].append(EVE)
    over_database.started()
    expect(page.page.get_by_test_id(BANNER)).to_contain_text(
        "Already in the record, so not sent twice: drift 0 (1 change that you submitted earlier)."
    )
    expect(page.page.get_by_role("dialog")).to_have_count(0)
    page.expect_changes(0)
    assert _read_signers(gateway, 0) == ["Ada Lovelace"]
    assert page.is_same_session()

    expect(idle.card("drift 0").box).to_contain_text("by Eve")  # one that was idle is drawn again too, before any click
    idle.wait_until_settled()
    idle.card("drift 1").choose("Pass")
    idle.expect_changes(1)


def test_drafts_of_everyone_are_listed_for_administrators(
    over_database: Portal, new_page: Callable[..., PortalPage]
) -> None:
    page = new_page(over_database).visit("/view?id=twin-7")
    page.card("drift 0").choose("Fail")
    page.expect_changes(1)
    page.page.goto(f"{over_database.url}/drafts")
    expect(page.page.get_by_role("row", name="Ada Lovelace")).to_contain_text("1 change")
    expect(page.page.get_by_role("link", name="twin")).to_have_attribute("href", "view?id=twin-7")
