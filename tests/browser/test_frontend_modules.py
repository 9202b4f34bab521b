"""The modules of our components: fetched with the page, once each, and asked for again where one did not come."""

from collections import Counter
from collections.abc import Callable

from playwright.sync_api import Route, expect

from pages.shell.frontend_modules import LOADED, loader_address, module_address
from tests.browser import pixels
from tests.browser.conftest import Witness
from tests.browser.portal_page import PortalPage
from tests.fakes import assets as fake_assets
from tests.fakes.portal import Portal

REQUESTS = """() => performance.getEntriesByType('resource')
    .filter((entry) => new URL(entry.name).pathname.startsWith('/frontend/'))
    .map((entry) => new URL(entry.name).pathname)"""


def test_bundle_and_styles_are_fetched_once_with_the_page_and_shared_without_globals(
    portal: Portal, new_page: Callable[..., PortalPage]
) -> None:
    page = new_page(alone=True)  # nothing is in memory from an earlier tab
    page.page.add_init_script("performance.setResourceTimingBufferSize(2000)")  # 250 are fewer than a page requests
    page.open(fake_assets.demo(fake_assets.OPHYS, portal.assets))
    expect(page.figure.locator(".tools .name")).to_be_visible()
    expect(page.open_group).to_be_visible()
    wanted = Counter(module_address(name) for name in LOADED)
    pixels.wait_for(page.page, lambda: set(page.page.evaluate(REQUESTS)) >= set(wanted), "not all have come")
    assert Counter(page.page.evaluate(REQUESTS)) == wanted
    assert page.page.evaluate("Object.keys(window).filter((name) => name.startsWith('qc'))") == []


def test_module_that_does_not_load_is_requested_again(new_page: Callable[..., PortalPage], witness: Witness) -> None:
    witness.forgive("Failed to load resource")
    page = new_page()
    refused: list[str] = []

    def refuse_twice(route: Route) -> None:
        if len(refused) < 2:
            refused.append(route.request.url)
            route.fulfill(status=502, body="Bad gateway")
        else:
            route.continue_()

    page.page.route(f"**{loader_address()}", refuse_twice)
    page.list_assets()
    expect(page.rows.first).to_be_visible()
    assert len(refused) == 2


DRAWN_PART = """async (address) => {
  const { loadComponent } = await import(address);
  const parentElement = document.createElement('div').attachShadow({ mode: 'open' });
  document.body.append(parentElement.host);
  const seen = (window.seen = []);
  const module = { default: ({ data }) => {
    const button = document.createElement('button');
    button.addEventListener('click', () => seen.push(`clicked ${data}`));
    parentElement.replaceChildren(button);
    seen.push(`drew ${data}`);
    return () => seen.push(`left ${data}`);
  } };
  const draw = await loadComponent('test', [], async () => module);
  const point = (type) => {
    const event = new PointerEvent(type, { pointerType: 'mouse', bubbles: true, composed: true });
    parentElement.firstChild.dispatchEvent(event);
  };
  return { parentElement, point, draw: (data) => { window.leave = draw({ data, parentElement }); } };
}"""
CLICK_WHILE_DRAWN = """(part) => {
  part.draw('first');
  part.point('pointerdown');
  part.draw('second');
  part.draw('third');
  part.point('pointerup');
  part.parentElement.firstChild.click();
}"""


def test_a_button_that_is_pressed_is_made_anew_only_once_it_is_released(page: PortalPage) -> None:
    page.list_assets()
    part = page.page.evaluate_handle(DRAWN_PART, module_address("load.js"))
    part.evaluate(CLICK_WHILE_DRAWN)
    page.page.wait_for_function("() => window.seen.length === 3")
    assert page.page.evaluate("window.seen") == ["drew first", "clicked first", "drew third"]
    # A press that lasts is a drag: the page goes on.
    part.evaluate("(part) => { part.point('pointerdown'); part.draw('fourth'); }")
    page.page.wait_for_function("() => window.seen.at(-1) === 'drew fourth'")
    page.page.evaluate("window.leave()")
    assert page.page.evaluate("window.seen.at(-1)") == "left fourth"
