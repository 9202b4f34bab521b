"""The cards of a group: their order, on a wide window and on a phone."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser import pixels
from tests.browser.portal_page import PortalPage
from tests.fakes.assets import Asset, document, metric

OFFSETS = """cards => cards.map(card => {
    const [box, name] = [card, card.querySelector("p > strong:first-child")].map(one => one.getBoundingClientRect());
    return [Math.round(name.left - box.left), Math.round(name.top - box.top)];
})"""
"""From the corner of each card to its name, in whole pixels."""
WINDOWS = [(1440, 900), (390, 844)]
CORNERS = "cards => cards.map((card) => card.getBoundingClientRect()).map(({ left, top }) => [Math.round(top), left])"


def read_order(page: PortalPage) -> list[int]:
    """The numbers of the cards in the order in which they are read on the screen."""
    corners = page.cards.evaluate_all(CORNERS)
    return sorted(range(len(corners)), key=lambda at: corners[at])


def test_cards_have_the_order_of_the_metrics_on_screen_and_for_the_tab_key(
    page: PortalPage, made: Callable[..., Asset]
) -> None:
    names = [f"Metric {number}" for number in range(1, 8)]
    curated = metric("Curation", [], object_type="Curation metric", type="labels", curation_history=[])
    asset = made(document(*map(metric, names[:3]), curated, *map(metric, names[3:])))
    wanted = [*names[:3], "Curation", *names[3:]]
    page.open(asset)
    for width, height in WINDOWS:
        page.page.set_viewport_size({"width": width, "height": height})
        expect(page.cards).to_have_count(8)
        page.page.wait_for_function("width => innerWidth === width", arg=width)
        titles = page.cards.locator("strong:first-child")
        assert [text for text in titles.all_inner_texts() if text in wanted] == wanted
        pixels.wait_for(page.page, lambda: read_order(page) == list(range(8)), "the cards have another order")
        # The current card, the first one, has its name where the others have it.
        pixels.wait_for(page.page, lambda: len(set(map(tuple, page.cards.evaluate_all(OFFSETS)))) == 1, "names differ")
        page.card("Metric 1").status("Pending").focus()
        reached = []
        for _ in range(30):
            page.page.keyboard.press("Tab")
            reached.append(
                page.page.evaluate("document.activeElement.closest('[class*=st-key-qc-card-]')?.innerText ?? ''")
            )
        seen = list(dict.fromkeys(text.split("\n")[0] for text in reached if text))
        assert seen[:5] == wanted[:5]
