"""How much of the window the figure has, and how many cards are read at once: `python -m tools.measure_room`.

A portal of its own over two made-up assets of twelve metrics on one figure, in the sizes of windows that are promised.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import pixels
from tests.browser.portal_page import PortalPage
from tests.fakes.assets import document, made, metric
from tests.fakes.portal import Portal

SIZES = ((1440, 900), (2560, 1440), (1190, 800), (960, 640), (720, 450), (390, 844), (320, 640))
LONG = "The drift of the probe over the session, in µm, as the sorter estimated it from the positions of spikes. " * 5
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_MEASURE = """() => {
    const roots = [...document.querySelectorAll('.st-key-qc-figure *')].map(node => node.shadowRoot);
    const stage = roots.map(root => root?.querySelector('.stage')).find(Boolean).getBoundingClientRect();
    const bar = document.querySelector('[data-testid="stBottom"]').getBoundingClientRect();
    const cards = [...document.querySelectorAll('[class*="st-key-qc-card-"]')].map(one => one.getBoundingClientRect());
    const seen = Math.max(0, Math.min(stage.bottom, bar.top) - Math.max(0, stage.top)) * stage.width;
    return {
        share: 100 * seen / (innerWidth * innerHeight),
        above: stage.top,
        bar: bar.height,
        readable: cards.filter(card => card.top >= 0 && card.bottom <= bar.top).length,
        wider: document.documentElement.scrollWidth - innerWidth,
        scrolls: document.querySelector('[data-testid="stMain"]').scrollHeight - innerHeight,
    };
}"""


def measure(page: Page) -> dict[str, float]:
    """Share of the window in percent, pixels above the figure and of the bar, whole cards, and what is cut off."""
    found: dict[str, float] = page.evaluate(_MEASURE)
    return found


def main() -> None:
    """Print a line for each size of window."""
    folder = Path(tempfile.mkdtemp(prefix="qc-room-"))
    figure = {"drift.png": pixels.plain((200, 40, 40), (1600, 1200))}
    descriptions = ("Pass when below 20 µm", LONG)
    assets = [
        made(
            document(*(metric(f"Metric {n}", n + 0.5, reference="drift.png", description=words) for n in range(12))),
            folder / "assets",
            figure,
        )
        for words in descriptions
    ]
    portal = Portal(folder / "assets", folder / "state", folder / "log").started()
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=("--no-sandbox", "--disable-gpu"))
            page = browser.new_page()
            sys.stdout.write("window        description  figure  above it  bar    cards of 12  wider than the window\n")
            for asset, kind in zip(assets, ("short", "long"), strict=True):
                for width, height in SIZES:
                    page.set_viewport_size({"width": width, "height": height})
                    PortalPage(page, portal).open(asset)
                    expect(page.get_by_alt_text("drift.png")).to_be_visible()
                    expect(page.locator('[class*="st-key-qc-card-"][role="group"]')).to_have_count(12)
                    found = measure(page)
                    seen = f"{found['share']:4.1f} %   {found['above']:4.0f} px  {found['bar']:3.0f} px"
                    more = f"{found['readable']:3.0f}          {found['wider']:3.0f} px"
                    sys.stdout.write(f"{width:4d} × {height:4d}   {kind:5s}        {seen}   {more}\n")
            browser.close()
    finally:
        portal.stop()


if __name__ == "__main__":
    main()
