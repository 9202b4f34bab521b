"""Where the reader is after a step: which card comes first, what a late click does, and where the focus goes."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import expect

from tests.browser.contrast import expect_legible
from tests.browser.pixels import wait_for
from tests.browser.portal_page import PortalPage, expect_nothing_wider_than_the_window, expect_theme
from tests.fakes.assets import CURATIONS_V1, RAW_EPHYS, Asset, demo, document, metric

PASSED = {"evaluator": "Pipeline", "status": "Pass", "timestamp": "2025-01-01T00:00:00Z"}
FIGURES = ("a.png", "b.png", "c.png")
CLICK_NEXT = """() => {
  const inside = [...document.querySelector('.st-key-figure').querySelectorAll('*')];
  const root = inside.map((node) => node.shadowRoot).find((one) => one?.querySelector('.tools'));
  root.querySelector('[aria-label="Next figure"]').click();
}"""


def three_figures(made: Any, tmp_path: Path) -> Any:
    """An asset of three figures with eight metrics each; of `b.png` the first five have passed, of `c.png` all."""
    metrics = []
    for figure, passed in zip(FIGURES, (0, 5, 8), strict=True):
        for number in range(8):
            history = [PASSED] if number < passed else None
            more = {"status_history": history} if history else {}
            metrics.append(metric(f"{figure} {number}", 1.5, reference=figure, tags={"probe": "A"}, **more))
    files = {}
    for figure in FIGURES:
        Image.new("RGB", (400, 300), "white").save(tmp_path / figure)
        files[figure] = (tmp_path / figure).read_bytes()
    return made(document(*metrics, default_grouping=["probe"]), files)


def in_view(page: Any, name: str) -> Any:
    """Whether a whole card is between the top of the window and the bar."""
    box, bar = page.card(name).box.bounding_box(), page.bar.bounding_box()
    return box["y"] >= 0 and box["y"] + box["height"] <= bar["y"]


def expect_first(page: Any, name: str) -> None:
    """Wait until that card is in view, and is the current one, or the one before it is above, or it is the first."""
    expect(page.card(name).box).to_be_in_viewport()
    page.page.wait_for_function(
        """(name) => {
          const cards = [...document.querySelectorAll('[class*="st-key-qc-card-"]')];
          const at = cards.findIndex((card) => card.innerText.startsWith(name));
          const before = cards[at - 1]?.getBoundingClientRect();
          const isCurrent = cards[at]?.getAttribute("aria-current") === "true";
          return at >= 0 && cards[at].getBoundingClientRect().top >= 0 && (isCurrent || !before || before.top < 0);
        }""",
        arg=name,
    )


def test_the_cards_begin_at_the_first_undecided_one_after_a_change_of_figure(
    page: PortalPage, made: Callable[..., Asset], tmp_path: Path
) -> None:
    page.open(three_figures(made, tmp_path))
    page.card("a.png 7").box.scroll_into_view_if_needed()
    page.card("a.png 7").choose("Pass")
    page.expect_changes(1)
    page.page.keyboard.press("]")
    expect(page.picture("b.png")).to_be_visible()
    page.wait_until_settled()
    expect_first(page, "b.png 5")
    page.page.keyboard.press("]")
    expect(page.picture("c.png")).to_be_visible()
    page.wait_until_settled()
    expect_first(page, "c.png 0")  # nothing is left to decide: the top


def test_a_link_to_a_metric_begins_at_its_card(page: PortalPage, made: Callable[..., Asset], tmp_path: Path) -> None:
    page.open(three_figures(made, tmp_path), "probe=A", "b.png 7")
    expect(page.card("b.png 7").box).to_be_in_viewport(ratio=0.9)


def test_clicks_and_steps_change_what_they_are_meant_for_and_move_nothing_else(
    page: PortalPage, made: Callable[..., Asset], tmp_path: Path
) -> None:
    page.open(three_figures(made, tmp_path))
    expect(page.picture("a.png")).to_be_visible()

    # Cards accept clicks after a step that leads nowhere.
    page.open_group.click()
    expect(page.page.locator(".st-key-qc-cards[inert]")).to_have_count(0)
    page.card("a.png 0").choose("Fail")
    page.expect_changes(1)
    page.page.keyboard.press("Shift+1")  # and not the key of the picture
    expect(page.card("a.png 0").box).to_contain_text("Why? (1)")

    # A change of status moves nothing.
    page.card("a.png 3").box.scroll_into_view_if_needed()
    page.wait_until_settled()
    before = [page.stage.bounding_box(), page.bar.bounding_box()]
    page.card("a.png 3").choose("Fail")
    page.expect_changes(2)
    assert [page.stage.bounding_box(), page.bar.bounding_box()] == before
    expect(page.card("a.png 3").box).to_be_in_viewport()

    # Undo shows what it undid.
    page.bar.get_by_role("button", name=re.compile("^Undo: ")).click()
    expect(page.bar).to_contain_text("Undone: a.png 3, probe A: Fail · 1 change, saved as draft")
    page.card("a.png 2").choose("Pass")
    page.expect_changes(2)

    # A click on a card right after an arrow key is ignored, and a verdict by key is refused in sight.
    page.wait_until_settled()
    late = page.card("a.png 4").status("Pass").element_handle()
    refused = page.page.evaluate(
        f"""(late) => {{
          ({CLICK_NEXT})();
          const cards = late.closest('.st-key-qc-cards');
          const box = late.getBoundingClientRect();
          const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'p', code: 'KeyP', bubbles: true }}));
          return {{ inert: cards.inert, hit: late.contains(hit), opacity: Number(getComputedStyle(cards).opacity) }};
        }}""",
        late,
    )
    assert refused == {"inert": True, "hit": False, "opacity": 0.45}
    expect(page.bar).to_contain_text("Nothing was decided: the card was not drawn yet.")
    expect(page.picture("b.png")).to_be_visible()
    page.wait_until_settled()
    expect(page.page.locator(".st-key-qc-cards[inert]")).to_have_count(0)
    page.card("b.png 5").choose("Pass")
    page.expect_changes(3)

    # A click on a card right before an arrow key is kept.
    page.wait_until_settled()
    first = page.card("b.png 6").status("Pass").element_handle()
    page.page.evaluate(f"(first) => {{ first.click(); ({CLICK_NEXT})(); }}", first)
    expect(page.picture("c.png")).to_be_visible()
    page.expect_changes(4)
    page.wait_until_settled()
    page.page.keyboard.press("[")
    expect(page.picture("b.png")).to_be_visible()
    page.card("b.png 6").expect_status("Pass")


def test_after_submitting_the_focus_is_on_the_next_card_and_the_submission_can_be_undone(
    new_page: Callable[..., PortalPage], made: Callable[..., Asset], tmp_path: Path
) -> None:
    page = new_page(alone=True)  # no other test finds its habit in the browser
    asset = three_figures(made, tmp_path)
    page.open(asset)
    page.card("a.png 0").choose("Fail")
    page.expect_changes(1)
    page.review()
    page.page.keyboard.press("Escape")
    expect(page.dialog).to_have_count(0)
    page.wait_until_settled()
    page.submit()
    expect(page.bar).to_contain_text("1 change submitted by Ada Lovelace")
    expect(page.card("a.png 1").status("Pass")).to_be_focused()
    expect(page.open_read_back()).to_contain_text("a.png 0")
    page.close_popover()
    page.bar.get_by_role("button", name="Undo submission").click()
    expect(page.bar).to_contain_text("Reverted in your draft: submit it to write that. The history keeps both.")
    expect(page.bar).to_contain_text("1 change, saved as draft")
    expect(page.bar.get_by_role("button", name="Undo submission")).to_have_count(0)
    page.card("a.png 0").expect_status("Pending")
    page.wait_until_settled()

    # From here without the dialog, which a habit allows for a few changes that nothing is marked of.
    keys = page.page.keyboard
    page.card("a.png 0").status("Pending").focus()
    keys.press("?")
    shown = page.page.get_by_role("dialog", name="Keys")
    shown.get_by_label("Submit up to").fill("2")
    keys.press("Tab")
    expect(shown.get_by_label("Submit up to")).to_have_value("2")
    keys.press("Escape")
    expect(shown).not_to_be_visible()
    keys.press("Control+Enter")
    page.expect_submitted()
    expect(page.card("a.png 0").status("Pass")).to_be_focused()
    statuses = [entry["status"] for entry in asset.metric("a.png 0")["status_history"]]
    assert statuses[-2:] == ["Fail", "Pending"]
    for name in ("a.png 0", "a.png 1", "a.png 2"):
        page.card(name).choose("Pass")
    page.expect_changes(3)
    page.review_button.click()
    expect(page.dialog.get_by_role("button", name="Submit 3 changes")).to_be_focused()
    page.close_dialog()

    # Few enough, but marked: the dialog opens all the same.
    unanswered = {"type": "dropdown", "value": "", "options": ["Good", "Bad"], "status": ["Pass", "Fail"]}
    marked = {"no option chosen": unanswered, "differs from the rule": {"value": 30, "rule": "value < 20"}}
    for mark, value in marked.items():
        page.move(made(document(metric(mark, value))), "probe=A", mark)
        page.card(mark).choose("Pass")
        page.expect_changes(1)
        keys.press("Control+Enter")
        expect(page.dialog).to_contain_text(f"⚠ {mark}")
        expect(page.dialog.get_by_role("button", name="Submit 1 change")).to_be_focused()
        page.close_dialog()


def is_beside_the_cards(page: PortalPage, width: int) -> bool:
    """Whether the figure is left of the cards, which are wide enough and end within the window."""
    figure, card = page.figure.bounding_box(), page.card("a.png 0").box.bounding_box()
    if not figure or not card or figure["x"] + figure["width"] > card["x"]:
        return False
    return card["x"] + card["width"] <= width and card["width"] > 280


def is_beside_the_tree(page: PortalPage) -> bool:
    """Whether the figure is right of the tree, whose rows are of one line."""
    row, figure = page.group("A").bounding_box(), page.figure.bounding_box()
    return bool(row and figure and row["height"] < 40 and row["x"] + row["width"] <= figure["x"])


def test_the_tree_is_a_drawer_below_1200_pixels_and_next_to_the_figure_from_there_on(
    page: PortalPage, made: Callable[..., Asset], tmp_path: Path
) -> None:
    page.page.set_viewport_size({"width": 901, "height": 800})
    page.open(three_figures(made, tmp_path))
    drawer = page.page.get_by_role("button", name="Groups: ")
    for width in (901, 1100, 1190):
        page.page.set_viewport_size({"width": width, "height": 800})
        page.page.wait_for_function("width => innerWidth === width", arg=width)
        expect(drawer).to_be_visible()
        expect(page.group("A")).to_be_hidden()
        wait_for(page.page, partial(is_beside_the_cards, page, width), f"at {width} the cards have no room")
        expect_nothing_wider_than_the_window(page)
        drawer.click()
        expect(page.group("A")).to_be_visible()
        row = page.group("A").bounding_box()
        assert row["height"] < 40 and row["width"] > 250
        page.group("A").focus()
        page.page.keyboard.press("Escape")
        expect(page.group("A")).to_be_hidden()
        expect(drawer).to_be_focused()
    for width in (1200, 1440, 2560):
        page.page.set_viewport_size({"width": width, "height": 800})
        expect(drawer).to_be_hidden()
        expect(page.group("A")).to_be_visible()
        page.page.wait_for_function("width => innerWidth === width", arg=width)
        wait_for(page.page, partial(is_beside_the_tree, page), f"at {width} the tree is not beside the figure")
        wait_for(page.page, partial(is_beside_the_cards, page, width), f"at {width} the cards have no room")
        expect_nothing_wider_than_the_window(page)


def expect_legible_in_both_themes(page: PortalPage) -> None:
    for theme in ("dark", "light"):
        expect_theme(page, theme)
        expect_legible(page.page)


def test_every_text_has_a_contrast_of_at_least_4_5_in_light_and_dark(
    page: PortalPage, made: Callable[..., Asset], tmp_path: Path
) -> None:
    page.list_assets()
    expect(page.rows.first).to_be_visible()
    expect_legible_in_both_themes(page)
    for name in (RAW_EPHYS, CURATIONS_V1):  # with options chosen in a list, and with a key on a button
        page.open(demo(name, page.portal.assets))
        expect_legible_in_both_themes(page)
    page.page.goto(f"{page.portal.url}/status")
    expect(page.page.get_by_role("button", name="Check it and show it")).to_be_enabled()
    expect_legible_in_both_themes(page)
    page.open(three_figures(made, tmp_path))
    page.card("a.png 0").choose("Pass")
    page.card("a.png 1").note("A note")
    page.expect_changes(2)
    expect_legible_in_both_themes(page)
    page.review()
    expect(page.dialog.get_by_role("button", name="Submit 2 changes")).to_be_enabled()
    expect_legible_in_both_themes(page)
