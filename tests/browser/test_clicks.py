"""What a click inside an open review waits for: no store, and a verdict not even for the server."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from qc_core.stores.docdb.fields import LIGHT
from tests.browser.held_socket import HeldSocket
from tests.browser.portal_page import PortalPage
from tests.fakes.assets import Asset, document, metric
from tests.fakes.gateway import FakeGateway, run_gateway
from tests.fakes.portal import Portal
from tests.fakes.s3 import KEYS, S3


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[FakeGateway]:
    with run_gateway(tmp_path) as gateway:
        metrics = [
            metric(f"{probe} {n}", 1.5, reference=f"https://example.org/{probe}{n}.png", tags={"probe": probe})
            for probe in "AB"
            for n in range(3)
        ]
        gateway.put({"_id": "mouse-1", "name": "mouse", "quality_control": document(*metrics)})
        yield gateway


def test_no_click_key_or_step_asks_the_database(
    gateway: FakeGateway, start_portal: Callable[..., Portal], new_page: Callable[..., PortalPage], tmp_path: Path
) -> None:
    page = new_page(start_portal(state=tmp_path / "state", more=gateway.environment))
    page.visit("/view?name=mouse")

    def find_requests() -> list[Any]:
        of_the_record = ({"name": "mouse"}, {"_id": "mouse-1"})  # and not of the list, which is read behind the pages
        found = [one for one in gateway.asked if one.body.get("filter") in of_the_record]
        return [one for one in found if one.body.get("projection") != LIGHT]  # which the page asks for after 30 s

    assert find_requests()
    gateway.asked.clear()
    page.group("B").click()
    page.card("B 0").choose("Pass")
    page.expect_changes(1)
    page.group("A").click()
    page.card("A 0").expect_status("Pending")
    page.group("B").click()
    page.card("B 0").expect_status("Pass")
    expect(page.card("B 0").field).to_have_value("1.5")
    page.card("B 0").status("Pass").focus()  # in the tree, keys are the tree's
    page.page.keyboard.press("]")
    page.card("B 1").choose("Fail")
    page.expect_changes(2)
    page.page.go_back()
    page.card("B 0").expect_status("Pass")
    page.bar.get_by_role("button", name=re.compile("^Undo: ")).click()
    page.expect_changes(1)
    assert find_requests() == []
    page.submit()
    assert find_requests(), "before a submission the record is read"


def test_a_verdict_is_shown_and_counted_before_the_answer_and_survives_a_reload(
    page: PortalPage, made: Callable[..., Asset]
) -> None:
    asset = made(document(*(metric(f"M{n}") for n in range(10))))
    socket = HeldSocket(page.page)
    page.open(asset)
    mark = page.open_group.locator(".mark")
    expect(page.header).to_contain_text("10 left of 10 · 0 decided")
    socket.is_held = True
    page.card("M0").choose("Pass")
    page.card("M0").expect_status("Pass")
    expect(mark).to_have_text("● 1")
    expect(page.open_group).to_contain_text("9 left")
    expect(page.header).to_contain_text("9 left of 10 · 1 decided")
    expect(page.bar).to_contain_text("1 change, saving …")
    expect(page.bar.get_by_role("button", name="Review and submit (1)")).to_be_visible()
    page.card("M0").choose("Pending")
    expect(page.bar).to_contain_text("No changes")
    page.card("M0").choose("Fail")
    socket.release()
    page.expect_changes(1)
    page.card("M0").expect_mark("Saved as draft: Pending → Fail")

    socket.is_held = True
    for number in range(1, 10):
        page.card(f"M{number}").choose("Pass")
    expect(page.bar).to_contain_text("10 changes, saving …")
    expect(mark).to_have_text("● 10")
    expect(page.open_group).to_have_attribute("aria-label", re.compile("Fail, 10 metrics, 0 left"))
    expect(page.header).to_contain_text("All 10 decided")
    socket.is_held = False
    socket.held.clear()  # none of it ever arrives
    page.reload()
    page.expect_changes(10)
    page.card("M9").expect_mark("Saved as draft: Pending → Pass")


def test_ten_verdicts_in_a_second_are_three_writes_and_those_that_wait_survive_a_reload_and_a_closed_tab(
    start_portal: Callable[..., Portal], new_page: Callable[..., PortalPage], made: Callable[..., Asset], s3: S3
) -> None:
    s3.bucket("clicks")
    page = new_page(start_portal(more=KEYS | {"QC_PORTAL_STATE": "s3://clicks/x", "AWS_ENDPOINT_URL": s3.url}))
    asset = made(document(*(metric(f"M{n}") for n in range(12))))
    socket = HeldSocket(page.page)
    page.open(asset)
    socket.is_held = True
    for number in range(10):
        page.card(f"M{number}").choose("Pass")
    expect(page.bar).to_contain_text("10 changes, saving …")
    socket.release()
    page.expect_changes(10)
    page.card("M9").expect_mark("Saved as draft: Pending → Pass")
    writes = [one.path for one in s3.asked if one.method == "PUT" and one.path.endswith(".json")]
    assert 1 <= len(writes) <= 3

    page.card("M10").choose("Fail")
    page.card("M11").choose("Fail")
    expect(page.bar).to_contain_text("12 changes")
    page.reload()
    page.expect_changes(12)
    page.card("M11").expect_mark("Saved as draft: Pending → Fail")

    page.card("M0").choose("Fail")
    page.card("M1").choose("Fail")
    page.card("M1").expect_status("Fail")
    page.page.close()
    page = new_page(page.portal).open(asset)
    page.card("M1").expect_mark("Saved as draft: Pending → Fail")
    page.card("M0").expect_mark("Saved as draft: Pending → Fail")


def test_a_verdict_that_is_refused_is_taken_back_with_the_reason(page: PortalPage, made: Callable[..., Asset]) -> None:
    socket = HeldSocket(page.page)
    page.open(made(document(metric("Drift"), metric("Noise"), metric("Trace"))))
    mark = page.open_group.locator(".mark")

    # Over a slow network it may only be late: it is reported as taken back until it arrives after all.
    socket.is_held = True
    page.card("Noise").choose("Pass")
    page.card("Trace").choose("Fail")
    socket.send(socket.held.pop(0))
    expect(page.bar).to_contain_text("Taken back: The portal did not take it.")
    socket.release()
    page.expect_changes(2)
    expect(page.bar).not_to_contain_text("Taken back")

    socket.is_held = True
    page.card("Drift").choose("Fail")
    expect(mark).to_have_text("● 3")
    page.page.get_by_text("Read-only", exact=True).click()
    expect(page.page.get_by_role("switch", name="Read-only").or_(page.page.get_by_label("Read-only"))).to_be_checked()
    socket.release(without=1)  # the switch arrives first, with the verdict that was given by then
    expect(page.bar).to_contain_text("Taken back: ")
    expect(page.bar).to_contain_text("read-only")
    page.card("Drift").expect_status("Pending")
    expect(mark).to_have_text("● 2")


def test_a_history_whose_request_is_lost_is_asked_for_again_and_no_link_leaves_before_all_is_saved(
    page: PortalPage, made: Callable[..., Asset]
) -> None:
    socket = HeldSocket(page.page)
    page.open(made(document(metric("Drift"))))
    socket.is_held = True
    page.page.locator(".st-key-history button").first.click()
    expect(page.page.get_by_test_id("stPopoverBody")).to_be_visible()
    socket.is_held = False
    socket.held.clear()
    expect(page.page.get_by_text("1 change. The record keeps old statuses")).to_be_visible()
    page.close_popover()

    review, saving = page.page.url, page.page.get_by_text("Saving what you entered last")
    socket.is_held = True
    page.card("Drift").choose("Fail")
    page.follow("Assets")
    expect(saving).to_be_visible()
    page.page.get_by_role("button", name="Stay").click()
    expect(saving).to_have_count(0)
    socket.release()
    page.expect_changes(1)
    assert page.page.url == review

    page.card("Drift").open()
    socket.is_held = True
    page.card("Drift").choose("Pass")
    page.page.get_by_label("Note on Drift").fill("Drifts after an hour.")
    page.follow("Assets")
    expect(saving).to_be_visible()
    assert page.page.url == review
    socket.release()
    expect(page.rows.first).to_be_visible()
    assert "Drifts after an hour." in str(page.drafts())


def test_what_others_wrote_meanwhile_is_reported_and_shown_at_a_click(
    page: PortalPage, made: Callable[..., Asset]
) -> None:
    asset = made(document(metric("Drift"), metric("Noise")))
    page.page.clock.install()
    page.open(asset)
    page.card("Drift").choose("Pass")
    page.expect_changes(1)
    written = asset.document()
    entry = {"evaluator": "Eve", "status": "Fail", "timestamp": "2026-01-01T00:00:00Z"}
    for one in written["metrics"]:
        one["status_history"].append(entry)
    asset.rewrite(written)
    page.page.clock.fast_forward(31_000)
    expect(page.bar).to_contain_text("Eve changed 2 metrics, 1 of which you changed, too.")
    expect(page.card("Noise").box).not_to_contain_text("by Eve")
    page.bar.get_by_role("button", name="Show it").click()
    expect(page.card("Noise").box).to_contain_text("by Eve")
    page.card("Drift").expect_status("Pass")
    expect(page.card("Drift").box).to_contain_text("Someone else changed this metric while you worked.")
    expect(page.bar).not_to_contain_text("Show it")

    # The dialog stays open where the bar is drawn again under it.
    page.review()
    for one in written["metrics"]:
        one["status_history"].append(entry | {"evaluator": "Mallory", "timestamp": "2026-01-02T00:00:00Z"})
    asset.rewrite(written)
    page.page.clock.fast_forward(31_000)
    expect(page.bar).to_contain_text("Mallory changed 2 metrics")
    page.wait_until_settled()
    expect(page.dialog).to_be_visible()
    page.page.keyboard.press("Escape")
    expect(page.dialog).to_have_count(0)
