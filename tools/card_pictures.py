"""Take the pictures of cards that docs/for-metric-authors.md shows: `python -m tools.card_pictures`.

Runs the page's own Python, opens what it made in a portal, and takes a picture of each metric's card.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from tests.fakes.portal import Portal
from tools.doc_blocks import PAGE, ROOT, Row, blocks, capsule, rows

_WINDOW: ViewportSize = {"width": 1440, "height": 4800}
"""So high that no card is scrolled, and none lies below the bar."""
_CARD = '[class*="st-key-qc-card-"]'
_TIMEOUT_MS = 60_000
_STILL = 10
"""How often in a row nothing may have moved, a tenth of a second apart."""
_GROUP = "probe=ProbeA/kind=values"
"""The group of the table's metrics."""


def main() -> int:
    """All pictures, each under the name that the page gives it."""
    page = PAGE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        results = _build_code(page, Path(folder))
        name = json.loads((results / "data_description.json").read_text("utf-8"))["name"]
        portal = Portal(results, Path(folder) / "state", Path(folder) / "server.log").started()
        try:
            _pictures(portal, name, rows(page))
        finally:
            portal.stop()
    return 0


def _build_code(page: str, folder: Path) -> Path:
    """The results that the Python before “The preferred workflow” makes."""
    capsule(folder)
    until = page.index("## The preferred workflow")
    code = [one.code for one in blocks(page[:until]) if one.language == "python"]
    place = next(index for index, one in enumerate(code) if one.rstrip().splitlines()[-1].startswith("metrics = []"))
    code[place] += "\n".join(f"metrics.append({row.code})" for row in rows(page)) + "\n"
    (folder / "page.py").write_text("\n".join(code), "utf-8")
    subprocess.run([sys.executable, "page.py"], cwd=folder, check=True)
    return folder / "results"


def _pictures(portal: Portal, name: str, wanted: list[Row]) -> None:
    with sync_playwright() as playwright:
        arguments = [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--proxy-server=http://127.0.0.1:9",
        ]
        path = next(
            filter(
                None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell"))
            ),
            None,
        )
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        tab = browser.new_page(viewport=_WINDOW)
        tab.goto(f"{portal.url}/view?{urlencode({'name': name, 'group': _GROUP})}")
        expect(tab.locator(_CARD)).to_have_count(len(wanted), timeout=_TIMEOUT_MS)
        _wait_until_settled(tab)
        for row in wanted:
            found = re.search(r'(?:metric\(|name=)"([^"]+)"', row.code)
            assert found is not None, row
            _picture(tab, found[1], PAGE.parent / row.picture)
        browser.close()


def _wait_until_settled(tab: Page) -> None:
    """Wait until all is drawn, and nothing has moved for a while."""
    expect(tab.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_attached(
        timeout=_TIMEOUT_MS
    )
    expect(tab.get_by_test_id("stSkeleton")).to_have_count(0, timeout=_TIMEOUT_MS)
    cards, before, still = tab.locator(_CARD), None, 0
    while still < _STILL:
        tab.wait_for_timeout(100)
        now = [card.bounding_box() for card in cards.all()]
        before, still = now, still + 1 if now == before else 0


def _picture(tab: Page, metric: str, target: Path) -> None:
    card = tab.locator(_CARD).filter(has=tab.locator("strong").get_by_text(metric, exact=True))
    with Image.open(BytesIO(card.screenshot(animations="disabled"))) as taken:
        target.parent.mkdir(exist_ok=True)
        taken.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(target, optimize=True)
    sys.stdout.write(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes\n")


if __name__ == "__main__":
    sys.exit(main())
