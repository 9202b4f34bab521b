"""Values that are more than a field, as a person meets them: rules, values by asset, curations, JSON."""

import json
import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.portal_page import PortalPage
from tests.fakes.assets import CURATIONS, CURATIONS_V1, OPHYS, Asset


def test_rule_shows_its_result_and_follows_a_changed_value(copy_of: Callable[[str], Asset], page: PortalPage) -> None:
    asset = copy_of(CURATIONS)
    page.open(asset, "modality=pophys/kind=rule")
    expect(page.card("Largest shift").box).to_contain_text("gives")
    expect(page.card("Largest shift").box).not_to_contain_text("They differ")
    lost = page.card("Lost frames")
    expect(lost.box).to_contain_text("They differ")
    expect(lost.box).to_contain_text("Pass is stored")
    lost.expect_status("Pass")
    page.expect_changes(0)  # looking changes nothing
    sentence = page.card("Rule that is a sentence").box
    expect(sentence).to_contain_text("Fail for epilepsy probability > 0.5")
    expect(sentence).to_contain_text("not an expression that can be run")
    shift = page.card("Largest shift")
    shift.enter("25")
    shift.expect_status("Fail")
    page.expect_changes(1)
    shift.choose("Pending")
    shift.enter("12")
    shift.expect_mark("12.4 → 12")
    shift.expect_status("Pending")  # chosen by hand after the change: it is kept
    expect(shift.box).to_contain_text(re.compile("you chose .*Pending"))
    page.submit()
    assert asset.metric("Largest shift")["value"] == {"value": 12.0, "rule": "0 <= value < 20"}
    assert asset.metric("Largest shift")["status_history"][-1]["status"] == "Pending"


def test_each_asset_has_its_own_value_and_a_link_to_its_review(
    copy_of: Callable[[str], Asset], page: PortalPage
) -> None:
    asset = copy_of(CURATIONS)
    page.open(asset, "modality=pophys/kind=assets")
    both = page.card("Cells in both sessions")
    link = both.box.get_by_role("link", name=OPHYS)
    expect(link).to_have_attribute("href", f"view?name={OPHYS}")
    fields = both.box.get_by_role("spinbutton")
    expect(fields).to_have_count(2)
    fields.nth(1).fill("40")
    fields.nth(1).press("Enter")
    page.expect_changes(1)
    depends = page.card("Sessions can be joined").box
    expect(depends).to_contain_text("Depends on")
    expect(depends.get_by_role("link")).to_have_count(2)
    page.submit()
    assert asset.metric("Cells in both sessions")["value"] == {"values": [41, 40], "options": None, "type": None}
    with page.page.context.expect_page() as opened:
        link.click()
    there = PortalPage(opened.value, page.portal).wait_until_settled()
    expect(there.title).to_have_text(OPHYS)
    there.page.close()


def test_curation_is_edited_compared_and_submitted_as_a_new_version(
    copy_of: Callable[[str], Asset], page: PortalPage
) -> None:
    asset = copy_of(CURATIONS)
    before = asset.metric("Event traces")
    page.open(asset, "modality=pophys/kind=curation")
    card = page.card("Event traces")
    expect(card.box).to_contain_text("Version 2 of 2 by Grace Hopper, 2025-06-28 13:56 UTC · 6 objects")
    card.box.get_by_role("button", name="Next").click()
    picture = page.picture("cell_0.png")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
    page.page.keyboard.press("Shift+J")
    expect(page.picture("cell_1.png")).to_be_visible()
    page.page.keyboard.press("Shift+K")
    expect(page.picture("cell_0.png")).to_be_visible()
    page.expect_changes(0)

    card.box.get_by_text("Edit the whole version as JSON").click()
    text = card.box.get_by_label("Next version of Event traces")
    whole = text.input_value()
    text.fill(whole.replace('"good"', '"good', 1))
    text.press("ControlOrMeta+Enter")
    expect(card.box).to_contain_text("line 4")
    expect(text).to_have_value(whole.replace('"good"', '"good', 1))  # what was typed is not lost
    page.expect_changes(0)
    text.fill(whole.replace('"good"', '"doubtful"', 1))
    text.press("ControlOrMeta+Enter")
    page.expect_changes(1)
    expect(card.box).to_contain_text("Version 3, your draft")

    card.box.get_by_role("button", name="History (1)").click()
    history = page.page.get_by_test_id("stPopoverBody")
    expect(history).to_contain_text("Grace Hopper · 2025-06-28 13:56 UTC")
    expect(history).to_contain_text("Pipeline · 2025-06-25 04:20 UTC")
    expect(history).to_contain_text("1 difference")
    page.page.keyboard.press("Escape")
    page.review()
    expect(page.dialog).to_contain_text("Version 3 is added; earlier versions stay.")
    expect(page.dialog).to_contain_text("0 · label: good → doubtful")
    page.dialog.get_by_role("button", name="Submit 1 change").click()
    page.expect_submitted()
    expect(page.open_read_back()).to_contain_text("version 3 added")
    page.close_popover()
    expect(card.box).to_contain_text("Version 3 of 3 by Ada Lovelace")
    after = asset.metric("Event traces")
    assert after["value"][:2] == before["value"]
    assert json.loads(after["value"][2])["0"]["label"] == "doubtful"  # text, as the newest one was
    assert [one["curator"] for one in after["curation_history"]] == ["Pipeline", "Grace Hopper", "Ada Lovelace"]


def test_one_object_of_an_older_curation_is_changed_in_its_table(
    copy_of: Callable[[str], Asset], page: PortalPage
) -> None:
    asset = copy_of(CURATIONS_V1)
    page.open(asset, "evaluation=Events")
    card = page.card("Event traces")
    card.box.get_by_role("button", name="Next").click()
    expect(page.picture("cell_0.png")).to_be_visible()
    page.wait_until_settled()
    card.type_in_cell(0, 0, "noise", grid=1)
    page.expect_changes(1)
    page.submit()
    value = asset.metric("Event traces")["value"]
    assert [json.loads(one)["0"]["label"] for one in value["curations"]] == ["good", "noise"]
    assert [one["curator"] for one in value["curation_history"]] == ["Ada Lovelace"]


def test_json_is_checked_and_choices_stored_as_text_stay_text(
    copy_of: Callable[[str], Asset], page: PortalPage
) -> None:
    asset = copy_of(CURATIONS)
    page.open(asset, "modality=pophys/kind=json")
    nested = page.card("Nested")
    nested.field.fill('{"fit": 1,')
    nested.field.press("ControlOrMeta+Enter")
    expect(nested.box).to_contain_text("Not saved yet")
    page.expect_changes(0)
    page.group("curation").first.click()
    expect(page.card("Event traces").box).to_be_visible()
    page.group("json").click()
    expect(nested.field).to_have_value('{"fit": 1,')  # it waits, also after a visit to another page
    nested.field.fill('{"fit": 1}')
    nested.field.press("ControlOrMeta+Enter")
    page.expect_changes(1)
    expect(nested.box).not_to_contain_text("Not kept")
    focus = page.card("Focus, stored as text")
    focus.pick("Blurred")
    focus.expect_status("Fail")
    page.expect_changes(2)
    ratio = page.card("Ratio without a number")
    expect(ratio.field).to_have_value("NaN")
    stored = asset.metric("Focus, stored as text")["value"]
    page.submit(2)
    assert asset.metric("Nested")["value"] == {"fit": 1}
    assert asset.metric("Focus, stored as text")["value"] == stored.replace('"value": ""', '"value": "Blurred"')
    assert '"mean SNR": [\n          5.2,\n          NaN,\n          Infinity\n        ]' in asset.file.read_text(
        "utf-8"
    )
