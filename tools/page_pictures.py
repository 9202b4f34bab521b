"""Take pictures of the pages for the documents, in both themes: `python -m tools.page_pictures` or `make pictures`.

Starts a portal over the demo, opens each page and writes `docs/pages/NAME-light.png` and `NAME-dark.png`.
"""

import shutil
import sys
import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from tests.fakes.portal import Portal

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "pages"
THEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
PAGES: Mapping[str, str] = {
    "assets": "/",
    "review": "/view?" + urlencode({"name": "ecephys_734812_2025-01-20_13-04-51_sorted_2025-01-21_02-17-44"}),
    "grid": "/grid?" + urlencode({"modality": "ecephys"}),
    "status": "/status",
}
"""Name of the picture → address of the page."""
_WINDOW: ViewportSize = {"width": 1440, "height": 900}
_TIMEOUT_MS = 60_000
_STILL = 10
"""How often in a row the picture has to be the same, a fifth of a second apart."""
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--proxy-server=http://127.0.0.1:9")


def main() -> int:
    """All pictures."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        assets = Path(folder) / "assets"
        shutil.copytree(ROOT / "demo" / "assets", assets)
        portal = Portal(assets, Path(folder) / "state", Path(folder) / "server.log").started()
        path = next(
            filter(
                None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell"))
            ),
            None,
        )
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        try:
            for theme in THEMES:
                tab = browser.new_page(viewport=_WINDOW, color_scheme=theme)
                for name, address in PAGES.items():
                    tab.goto(f"{portal.url}{address}")
                    _save(_still(tab), TARGET / f"{name}-{theme}.png")
                tab.close()
        finally:
            browser.close()
            portal.stop()
    return 0


def _still(tab: Page) -> bytes:
    """The picture of the page, once everything is drawn and it no longer changes."""
    expect(tab.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_attached(
        timeout=_TIMEOUT_MS
    )
    expect(tab.get_by_test_id("stSkeleton")).to_have_count(0, timeout=_TIMEOUT_MS)
    before, still = b"", 0
    while still < _STILL:
        tab.wait_for_timeout(200)
        now = tab.screenshot(animations="disabled")
        before, still = now, still + 1 if now == before else 0
    return before


def _save(picture: bytes, target: Path) -> None:
    with Image.open(BytesIO(picture)) as taken:
        taken.convert("RGB").quantize(colors=256, method=Image.Quantize.MAXCOVERAGE).save(target, optimize=True)
    sys.stdout.write(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes\n")


if __name__ == "__main__":
    sys.exit(main())
