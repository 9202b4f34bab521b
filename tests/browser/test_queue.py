"""A queue over several assets is worked off by keys: each decision brings the next metric, and all is submitted."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.pixels import wait_for
from tests.browser.portal_page import PortalPage
from tests.fakes.assets import PIPELINE, Asset, document, metric

ASSETS, METRICS = 5, 10
DECIDE_ALL = """async (count) => {
  const wait = async (condition) => {
    const until = performance.now() + 30000;
    for (;;) {
      const found = condition();
      if (found) return found;
      if (performance.now() > until) throw new Error(`waited in vain at ${location.search}: ${condition}`);
      await new Promise((resume) => setTimeout(resume, 20));
    }
  };
  const bar = () => document.querySelector(".st-key-qc-queue-bar")?.textContent ?? "";
  const decided = [];
  for (let left = count; left > 0; left -= 1) {
    await wait(() => bar().includes(`${left} of ${count} left`));
    const name = new URL(location.href).searchParams.get("metric");
    const key = /[37]$/.test(name) ? "f" : "p";
    const card = '.st-key-qc-cards:not([inert]) [aria-current="true"]';
    await wait(() => document.querySelector(`${card} [role="radiogroup"][aria-label="Status of ${name}"]`));
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }));
    decided.push(name);
  }
  await wait(() => bar().includes(`All ${count} decided`));
  return decided;
}"""


def make_queue_asset(made: Callable[..., Asset], number: int) -> Asset:
    names = [f"Worked {number} {chr(97 + index)}{index}" for index in range(METRICS)]
    return made(document(*(metric(name, 1, tags={"probe": name[-2]}) for name in names), status={}))


def check_filters_are_in_rows(tab: Page) -> None:
    """The filters are in rows of three, and none has to be scrolled to."""
    filters, body = tab.get_by_role("button", name="Filters", exact=True), tab.get_by_test_id("stPopoverBody")
    filters.press("Enter")
    expect(body.get_by_text("Pending for at least")).to_be_visible()
    lists = body.get_by_test_id("stMultiSelect")

    def count_in_rows() -> list[int]:
        tops = lists.evaluate_all("all => all.map((one) => one.getBoundingClientRect().top)")
        return [tops.count(top) for top in sorted(set(tops))]

    wait_for(tab, lambda: count_in_rows() == [3, 3, 2], "the filters are not in rows of three")
    wait_for(tab, lambda: body.evaluate("one => one.scrollHeight <= one.clientHeight + 1"), "a filter is out of sight")
    filters.press("Enter")
    expect(body).to_have_count(0)


def test_a_queue_of_fifty_metrics_is_worked_off_and_submitted(page: PortalPage, made: Callable[..., Asset]) -> None:
    assets = [make_queue_asset(made, number) for number in range(ASSETS)]
    before = [asset.document() for asset in assets]
    count = ASSETS * METRICS

    page.page.goto(f"{page.portal.url}/queue?q=worked")
    expect(page.page.get_by_text(f"{count} of {count} left")).to_be_visible()
    page.mark_session()
    check_filters_are_in_rows(page.page)
    page.page.get_by_role("link", name="Start").click()
    expect(page.bar).to_be_visible()
    page.wait_until_settled()
    skipped = page.page.evaluate("new URL(location.href).searchParams.get('metric')")
    queue = page.page.locator(".st-key-qc-queue-bar")
    queue.get_by_role("button", name="Skip").click()
    expect(queue).to_contain_text("1 skipped")

    decided = page.page.evaluate(DECIDE_ALL, count)
    expect(page.bar).not_to_contain_text("Taken back")
    assert decided[-1] == skipped, "what was skipped comes back at the end"
    assert sorted(decided) == sorted(one["name"] for old in before for one in old["metrics"])
    keys = page.page.keyboard
    keys.press("n")
    expect(page.page.get_by_label(f"Note on {skipped}", exact=True)).to_be_focused()
    keys.type("looks odd")
    keys.press("Enter")
    expect(page.bar.get_by_role("button", name=f"Undo: {skipped}, probe {skipped[-2]}: note")).to_be_visible()
    keys.press("Control+z")
    keys.press("Control+z")
    expect(queue).to_contain_text(f"1 of {count} left")
    keys.press("Control+y")
    keys.press("Control+y")
    expect(queue).to_contain_text(f"All {count} decided")
    expect(page.bar.get_by_role("button", name="Redo")).to_be_disabled()
    assert page.is_same_session()
    assert [asset.document() for asset in assets] == before, "nothing is written before it is submitted"

    other = before[-1]["metrics"][0]
    other["status_history"].append(PIPELINE | {"status": "Fail", "timestamp": "2025-02-02T00:00:00Z"})
    assets[-1].rewrite(before[-1])
    queue.get_by_role("button", name=f"Submit {count} changes of {ASSETS} assets").press("Enter")
    dialog = page.dialog
    expect(dialog).to_contain_text("Signed as Ada Lovelace")
    expect(dialog).to_contain_text("Someone else changed one of these metrics")
    dialog.get_by_role("button", name=f"Submit {count - 1} changes of {ASSETS} assets").press("Enter")
    expect(queue).to_contain_text(f"{count - 1} changes of {ASSETS} assets submitted by Ada Lovelace")
    expect(dialog).to_have_count(0)
    expect(queue).to_contain_text(f"All {count} decided")
    queue.get_by_role("button", name="Read back").press("Enter")
    listed = page.page.get_by_test_id("stPopoverBody")
    expect(listed.get_by_text(re.compile(f"^{METRICS} changes submitted and read back"))).to_have_count(ASSETS - 1)
    expect(listed.get_by_text(re.compile(f"^{METRICS - 1} changes submitted and read back"))).to_have_count(1)
    page.close_popover()
    expect(queue.get_by_role("button", name=f"Submit 1 change of {assets[-1].name}")).to_be_visible()
    for asset, old in zip(assets, before, strict=True):
        _holds_exactly_what_was_decided(old, asset.document(), conflict=other["name"], noted=skipped)


def _holds_exactly_what_was_decided(old: Any, new: Any, *, conflict: str, noted: str) -> None:
    if noted in [one["name"] for one in old["metrics"]]:
        assert new["notes"].endswith(f" · {noted}: looks odd") and "\n" not in new["notes"]
        new["notes"] = None
    for was, now in zip(old["metrics"], new["metrics"], strict=True):
        if was["name"] != conflict:
            entry = now["status_history"].pop()
            expected = "Fail" if was["name"][-1] in "37" else "Pass"
            assert (entry["evaluator"], entry["status"]) == ("Ada Lovelace", expected)
        assert now == was
    assert {**new, "status": {}} == {**old, "status": {}}
