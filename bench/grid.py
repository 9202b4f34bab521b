"""A grid of 200 small pictures: when the first are there, the last after a jump to it, and from a key to its mark."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from bench import servers
from bench.figures import Figure
from bench.measures import Bench

_TILES, _FIRST = 200, 20
_ROOT = "[...document.querySelectorAll('.st-key-grid *')].map((node) => node.shadowRoot).find(Boolean)"
_LOADED = f"([most]) => {_ROOT}?.querySelectorAll('img.loaded').length >= most"
_LAST = f"() => {_ROOT}?.querySelector('.tile:last-child img.loaded') != null"
_KEY = """() => {
  const root = [...document.querySelectorAll('.st-key-grid *')].map((node) => node.shadowRoot).find(Boolean);
  const tile = root.querySelector('[aria-selected]');
  const begun = performance.now();
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', code: 'KeyP', bubbles: true, composed: true }));
  return tile.classList.contains('changed') ? (performance.now() - begun) / 1000 : NaN;
}"""


def grid(bench: Bench) -> Iterator[Figure]:
    """With all small pictures still to be made, and once they are kept."""
    assets = bench.folder / "grid"
    for number in range(_TILES):
        _write_asset(assets, number)
    server = servers.portal(assets, bench.folder / "grid-state")
    with servers.run_servers(server):
        for what in ("made now", "kept"):
            page = bench.browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
            page.set_default_timeout(180_000)
            begun = time.perf_counter()
            page.goto(f"{server.origin}/grid?metric=Drift")
            page.wait_for_function(_LOADED, arg=[_FIRST])
            yield Figure(f"first {_FIRST} tiles of {_TILES}", what, [time.perf_counter() - begun])
            yield Figure("End to the picture of the last tile", what, [_jump(page)])
            page.keyboard.press("Home")
            marks = [page.evaluate(_KEY) for _ in range(bench.rounds)]
            yield Figure("key to mark in a grid", what, marks, digits=4)
            page.wait_for_function(_LOADED, arg=[_TILES])
            yield Figure(f"all {_TILES} pictures", what, [time.perf_counter() - begun])
            page.context.close()


def _jump(page: Page) -> float:
    begun = time.perf_counter()
    page.keyboard.press("End")
    page.wait_for_function(_LAST)
    return time.perf_counter() - begun


def _write_asset(folder: Path, number: int) -> None:
    """One asset with a picture of its own, of 1200 by 900."""
    at = datetime(2025, 1, 1, 9, tzinfo=UTC) + timedelta(days=number)
    name = f"ecephys_{700000 + number // 20}_{at:%Y-%m-%d_%H-%M-%S}"
    asset = folder / name
    asset.mkdir(parents=True)
    pixels = np.random.default_rng(number).integers(0, 255, (45, 60), dtype=np.uint8)
    Image.fromarray(pixels).resize((1200, 900)).save(asset / "drift.png")
    entry = {"evaluator": "Pipeline", "status": "Pending", "timestamp": "2025-01-01T00:00:00Z"}
    metric = {
        "object_type": "QC metric",
        "name": "Drift",
        "modality": {"name": "Extracellular electrophysiology", "abbreviation": "ecephys"},
        "stage": "Raw data",
        "value": number,
        "reference": "drift.png",
        "status_history": [entry],
        "tags": {"probe": "A"},
    }
    written = {"name": name, "quality_control": {"metrics": [metric], "default_grouping": ["probe"], "status": {}}}
    (asset / "metadata.nd.json").write_text(json.dumps(written, indent=2), "utf-8")
