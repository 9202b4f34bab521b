"""The job from end to end: find an asset, view it, change, check, submit, and read what was written."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from os.path import commonprefix
from typing import Any

from playwright.sync_api import expect

from tests.browser.portal_page import PortalPage
from tests.fakes.assets import MANY_PROBES, RAW_EPHYS, Asset, document, metric


def test_a_reviewer_finds_an_asset_annotates_it_and_submits(page: PortalPage, copy_of: Callable[[str], Asset]) -> None:
    asset = copy_of(RAW_EPHYS)
    before = asset.file.read_text("utf-8")

    page.list_assets()
    page.mark_session()
    page.page.get_by_label("Filter assets").fill("734812 again")
    expect(page.rows).to_have_count(1)
    page.row(asset.name).locator("td.c-subject").click()
    expect(page.title).to_have_text(asset.name)
    assert page.is_same_session()
    expect(page.open_group).to_contain_text("Power spectrum ProbeA")
    expect(page.picture("ProbeA_psd.png")).to_be_visible()
    page.expect_changes(0)

    power, noise = page.card("Power at 60 Hz"), page.card("Line noise")
    power.enter("15.5")
    page.expect_changes(1)
    noise.choose("Fail")
    page.expect_changes(2)
    noise.note("hum from the lamp")
    noise.expect_mark("note")
    page.expect_changes(2)
    assert asset.file.read_text("utf-8") == before

    dialog = page.review()
    expect(dialog).to_contain_text(re.compile(r"Power at 60 Hz Power spectrum ProbeA.*\s*Value: 14\.3 → 15\.5"))
    expect(dialog).to_contain_text(
        re.compile(
            r"Line noise.*Status: .*Pending → .*Fail\s*·?\s*⚠ They differ: .*Pending\.\s*·?\s*Note: hum from the lamp",
            re.S,
        )
    )
    expect(dialog).to_contain_text("Signed as Ada Lovelace")
    taken = dialog.locator('[class*="st-key-qc-change-"]').filter(has_text="Power at 60 Hz")
    expect(taken).to_contain_text("Power spectrum ProbeA")
    taken.get_by_role("button", name="Leave out").click()
    expect(taken).to_contain_text("it stays in your draft")
    dialog.get_by_role("button", name="Submit 1 change").click()
    page.expect_submitted()
    expect(page.open_read_back().get_by_role("listitem")).to_contain_text(re.compile("Line noise.*hum from the lamp"))
    page.close_popover()
    page.expect_changes(1)
    expect(noise.box).to_contain_text("by Ada Lovelace")
    expect(power.field).to_have_value("15.5")
    power.undo()
    expect(power.field).to_have_value("14.3")
    page.expect_changes(0)

    _is_signed_and_nothing_else_changed(before, asset)


def _is_signed_and_nothing_else_changed(before: Any, asset: Any) -> None:
    was, now = json.loads(before), asset.document()
    history = now["evaluations"][1]["metrics"][0]["status_history"]
    entry, last = history.pop(), history[-1]
    assert (entry["evaluator"], entry["status"]) == ("Ada Lovelace", "Fail")
    signed = datetime.fromisoformat(entry["timestamp"])
    assert signed.utcoffset() is not None
    assert datetime.fromisoformat(last["timestamp"]) < signed <= datetime.now(UTC)
    note = now["evaluations"][1].pop("notes")
    assert "Line noise" in note
    assert "Ada Lovelace" in note
    assert "hum from the lamp" in note
    was["evaluations"][1].pop("notes")
    assert now["evaluations"][1].pop("latest_status") == "Fail"
    was["evaluations"][1].pop("latest_status")
    assert now == was


def test_a_change_is_counted_in_the_tree_too(page: PortalPage, copy_of: Callable[[str], Asset]) -> None:
    asset = copy_of(RAW_EPHYS)
    page.open(asset, "evaluation=Raw traces ProbeB")
    page.card("Raw data").choose("Pass")
    page.expect_changes(1)
    expect(page.group("Raw traces ProbeB")).to_contain_text("● 1")


def test_submitted_status_is_rolled_up_at_once(page: PortalPage, copy_of: Callable[[str], Asset]) -> None:
    asset = copy_of(MANY_PROBES)
    page.open(asset, "probe=ProbeB/type=Drift")
    expect(page.header).to_contain_text("14 left of ")
    page.card("Drift map - ProbeB").choose("Fail")
    page.expect_changes(1)
    expect(page.card("Drift map - ProbeB").box).to_contain_text(re.compile(r"Fail \(draft\), was Pending"))
    expect(page.header).to_contain_text(re.compile("13 left of .*in the record: *Fail *14 Pending"))
    page.groups.get_by_role("button", name="Changed by me 1").click()
    expect(page.page).to_have_url(re.compile("show=changed"))
    expect(page.group("ProbeA")).to_have_count(0)
    page.groups.get_by_role("button", name=re.compile("^All ")).click()
    expect(page.page).not_to_have_url(re.compile("show="))
    page.groups.get_by_role("searchbox").fill("fail")
    expect(page.group("ProbeB")).to_be_visible()
    page.groups.get_by_role("searchbox").fill("")
    expect(page.group("ProbeA")).to_be_visible()
    page.header.get_by_role("button", name=re.compile("^Fail · ")).click()
    why = page.page.get_by_role("dialog", name="Why this status")
    drift = why.get_by_role("row").filter(has_text="Drift map - ProbeB")
    expect(drift).to_contain_text("draft, was Pending")
    expect(drift).to_contain_text("You, in your draft")
    why.get_by_label("Group").select_option("ProbeB / Drift")
    expect(why.get_by_role("row")).to_have_count(2)  # with the titles
    drift.get_by_role("link").click()
    expect(why).to_be_hidden()
    expect(page.page).to_have_url(re.compile("metric=Drift"))
    page.card("Drift map - ProbeB").expect_status("Fail")
    page.submit()
    expect(page.header).to_contain_text("13 left of ")
    expect(page.header).not_to_contain_text("in the record:")
    expect(page.group("ProbeB")).to_have_attribute("aria-label", re.compile("^ProbeB, Fail, 17 metrics, 4 left"))
    document = asset.document()
    assert document["status"]["probe:ProbeB"] == "Fail"


def test_the_job_by_keyboard_and_the_accessibility_tree_alone(page: PortalPage, made: Callable[..., Asset]) -> None:
    names = [f"Heard {number}" for number in range(4)]
    asset = made(document(*(metric(name, reference="https://example.org/a.png") for name in names)))
    other = made(document(metric("Elsewhere")))
    before = asset.document()
    role, keys = page.page.get_by_role, page.page.keyboard
    page.page.goto(page.portal.url)
    role("searchbox", name="Filter assets").fill(commonprefix([asset.name, other.name]))  # noqa: RUF071
    expect(role("link", name=other.name, exact=True)).to_be_visible()
    expect(role("link", name="gallery_2025-06-01_12-00-00")).to_have_count(0)
    expect(page.page).to_have_url(re.compile("q="))  # the script has followed, and draws no row again under the key
    role("link", name=asset.name, exact=True).press("Enter")
    expect(role("heading", level=1)).to_have_text(asset.name)
    page.wait_until_settled()
    cards = [role("group", name=name, exact=True) for name in names]
    for card, key, status in zip(cards, "pf", ("Pass", "Fail"), strict=False):
        expect(card).to_have_attribute("aria-current", "true")
        keys.press(key)
        expect(card.get_by_role("radio", name=status)).to_be_checked()
    expect(cards[2]).to_have_attribute("aria-current", "true")
    expect(role("button", name="Undo: Heard 1, probe A: Fail")).to_be_enabled()
    expect(page.page.locator('.qc-announce[aria-live="polite"]')).to_have_text("Fail, saved, 2 left")

    keys.press("x")
    expect(role("checkbox", name="Select Heard 2")).to_be_checked()
    role("checkbox", name="Select Heard 3").press(" ")
    expect(role("button", name="Pass selected (2)")).to_be_visible()
    expect(cards[2]).to_have_attribute("aria-current", "true")
    keys.press("Shift+P")
    expect(role("button", name="Undo: 2 changes")).to_be_enabled()
    expect(role("group", name="Figure of Heard 0: Pass; Heard 1: Fail; Heard 2: Pass; Heard 3: Pass")).to_be_visible()
    expect(role("checkbox", name=re.compile("^Select "))).to_have_count(0)
    keys.press("n")
    note = role("textbox", name="Note on Heard 2")
    expect(note).to_be_focused()
    keys.type("odd")
    keys.press("Enter")
    expect(role("button", name="Undo: Heard 2, probe A: note")).to_be_enabled()
    for undoes in ("Undo: 2 changes", "Undo: Heard 1, probe A: Fail"):
        keys.press("Control+z")
        expect(role("button", name=undoes)).to_be_enabled()
    expect(cards[3].get_by_role("radio", name="Pending")).to_be_checked()
    for undoes in ("Undo: 2 changes", "Undo: Heard 2, probe A: note"):
        keys.press("Control+y")
        expect(role("button", name=undoes)).to_be_enabled()
    expect(role("button", name="Redo")).to_be_disabled()

    keys.press("Control+Enter")
    dialog = role("dialog", name="Review and submit")
    expect(dialog.get_by_role("button", name="Submit 4 changes")).to_be_focused()
    expect(dialog.get_by_role("button", name="Leave out Heard 1")).to_be_visible()
    keys.press("Enter")
    expect(dialog).to_have_count(0)
    expect(role("button", name="Undo submission")).to_be_visible()
    expect(role("link", name="Next asset that needs review →")).to_be_focused()
    _holds_what_was_decided(before, asset.document())


def _holds_what_was_decided(before: Any, now: Any) -> None:
    assert now["notes"].endswith(" · Heard 2: odd") and "\n" not in now["notes"]
    given = [one["status_history"].pop() for one in now["metrics"]]
    assert [(entry["evaluator"], entry["status"]) for entry in given] == [
        ("Ada Lovelace", status) for status in ("Pass", "Fail", "Pass", "Pass")
    ]
    assert now["metrics"] == before["metrics"]
    assert {**now, "notes": None, "status": {}} == {**before, "notes": None, "status": {}}
