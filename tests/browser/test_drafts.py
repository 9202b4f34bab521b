"""Work that was not submitted yet: seen at once, undone one by one, and there again whatever happened."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Witness
from tests.browser.held_socket import HeldSocket
from tests.browser.pixels import wait_for
from tests.browser.portal_page import PortalPage
from tests.fakes.assets import Asset, document, metric, three_metrics
from tests.fakes.portal import Portal
from tests.fakes.s3 import KEYS, S3


def test_a_change_is_marked_quietly_on_its_card_and_is_undone_in_each_way(
    page: PortalPage, made: Callable[..., Asset]
) -> None:
    asset = made(three_metrics())
    page.open(asset)
    drift = page.card("Drift")
    drift.choose("Fail")
    drift.expect_mark("Saved as draft: Pending → Fail")
    page.expect_changes(1)
    drift.undo()
    drift.expect_status("Pending")
    page.expect_changes(0)
    expect(drift.box.get_by_role("button", name="Undo", exact=True)).to_have_count(0)

    # To choose the stored status undoes the change.
    drift.choose("Pass")
    page.expect_changes(1)
    drift.choose("Pending")
    page.expect_changes(0)

    # The bar's button undoes the latest change first.
    drift.choose("Fail")
    page.expect_changes(1)
    page.card("Noise").choose("Fail")
    page.expect_changes(2)
    page.bar.get_by_role("button", name=re.compile("^Undo: ")).click()
    page.expect_changes(1)
    page.card("Noise").expect_status("Pending")
    page.card("Drift").expect_status("Fail")


def test_a_draft_survives_a_reload_and_is_there_in_a_second_tab(
    page: PortalPage, made: Callable[..., Asset], new_page: Callable[..., PortalPage]
) -> None:
    asset = made(three_metrics())
    page.open(asset)
    page.card("Drift").choose("Fail")
    page.card("Drift").note("moved at the end")
    page.expect_changes(1)
    page.card("Drift").expect_mark("note")
    page.reload()
    page.card("Drift").expect_status("Fail")
    page.expect_changes(1)

    other = new_page().open(asset)
    other.card("Drift").expect_status("Fail")
    other.expect_changes(1)
    other.card("Noise").choose("Pass")
    other.expect_changes(2)
    page.reload()
    page.expect_changes(2)
    page.submit(2)
    assert [asset.metric(name)["status_history"][-1]["status"] for name in ("Drift", "Noise")] == ["Fail", "Pass"]
    other.reload()
    other.expect_changes(0)


def test_a_draft_survives_the_end_of_the_server(
    start_portal: Callable[..., Portal],
    new_page: Callable[..., PortalPage],
    made: Callable[..., Asset],
    witness: Witness,
) -> None:
    witness.forgive_an_absent_server()
    asset = made(three_metrics())
    portal = start_portal()
    page: PortalPage = new_page(portal).open(asset)
    page.card("Drift").enter("7.5")
    page.expect_changes(1)
    portal.stop()
    portal.started()
    page.open(asset)
    expect(page.card("Drift").field).to_have_value("7.5")
    page.expect_changes(1)


def test_notes_of_the_record_are_edited_as_a_draft_and_submitted(page: PortalPage, made: Callable[..., Asset]) -> None:
    asset = made(document(metric("Drift"), notes="Written by hand."))
    socket = HeldSocket(page.page, from_server=True)
    page.open(asset)
    page.page.get_by_role("button", name="Notes (1)").click()
    field = page.page.get_by_label("Notes of the record")
    expect(field).to_have_value("Written by hand.")
    field.fill("Written by hand.\nSeen again.")
    field.blur()
    page.expect_changes(1)
    page.page.keyboard.press("Escape")
    page.submit()
    assert asset.document()["notes"] == "Written by hand.\nSeen again."

    # What is undone stays so, although the page sends the text once more before it is drawn again.
    page.page.get_by_role("button", name="Notes (1)").click()
    field.fill("Seen a third time.")
    field.blur()
    page.expect_changes(1)
    socket.is_held = True
    page.bar.get_by_role("button", name=re.compile("^Undo: ")).click()
    wait_for(page.page, lambda: "a third time" not in json.dumps(page.drafts()), "the note is not undone")
    page.page.keyboard.press("Escape")
    page.card("Drift").choose("Fail")
    wait_for(page.page, lambda: '"Fail"' in json.dumps(page.drafts()), "the status is not in the draft")
    socket.release()
    page.expect_changes(1)
    page.wait_until_settled()
    assert "a third time" not in json.dumps(page.drafts())


def test_opening_every_group_writes_nothing(page: PortalPage, made: Callable[..., Asset]) -> None:
    asset = made(document(metric("Drift"), metric("Odd", {"value": "gone", "options": ["a"], "type": "dropdown"})))
    before = asset.file.read_bytes()
    page.open(asset)
    page.page.get_by_role("button", name="Notes (0)").click()
    page.page.keyboard.press("Escape")
    page.reload()
    page.expect_changes(0)
    assert asset.file.read_bytes() == before
    held = [json.loads(file.read_text("utf-8")) for file in page.portal.state.glob("drafts/*/*/*.json")]
    assert not any("gone" in json.dumps(entry) for entry in held)


@pytest.fixture
def bucket_server() -> Iterator[S3]:
    """S3 of this test's own, to be stopped and started."""
    server = S3()
    server.bucket("drafts")
    yield server
    server.stop()


def test_unavailable_bucket_loses_no_change_and_needs_no_reload(
    bucket_server: S3,
    start_portal: Callable[..., Portal],
    new_page: Callable[..., PortalPage],
    made: Callable[..., Asset],
) -> None:
    asset = made(three_metrics())
    more = KEYS | {"QC_PORTAL_STATE": "s3://drafts/x", "AWS_ENDPOINT_URL": bucket_server.url}
    page = new_page(start_portal(more=more)).open(asset)
    page.card("Drift").choose("Fail")
    page.expect_changes(1)
    announced = page.page.locator(".qc-announce")
    expect(announced).to_have_text("Fail, saved, 2 left")
    bucket_server.stop()
    page.card("Noise").status("Fail").click()
    expect(page.bar).to_contain_text("2 changes, the last one not saved.")
    expect(page.bar).not_to_contain_text("127.0.0.1")
    page.card("Noise").expect_mark("Not saved: ")
    page.bar.get_by_role("button", name="Review and submit").click()
    dialog = page.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Submit 2 changes").click()
    expect(dialog).to_contain_text("Nothing was sent: your changes must be kept as a draft first.")
    expect(dialog.get_by_role("button", name="Submit 2 changes")).to_be_visible()
    page.close_dialog()
    expect(page.page.get_by_text("You see the changes that this page has")).to_be_visible()
    page.card("Drift").expect_mark("Saved as draft: ")
    expect(announced).to_have_text("Fail, saved, 2 left")
    bucket_server.start_again()
    page.expect_changes(2)
    expect(announced).to_have_text("Fail, saved, 1 left")
    page.card("Noise").expect_mark("Saved as draft: ")
    expect(page.page.get_by_text("You see the changes that this page has")).to_have_count(0)
    page.submit(2)
    assert [asset.metric(name)["status_history"][-1]["status"] for name in ("Drift", "Noise")] == ["Fail", "Fail"]
