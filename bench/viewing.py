"""From a click on a group to its figure on the screen: a large picture, one that is converted first, and a pair."""

import json
import shutil
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
from PIL import Image

from bench import browser as chrome
from bench import servers
from bench.figures import Figure
from bench.measures import SETTLED, Bench
from bench.records import Seen

SIDE = 4000
_NAME = "bench-figures"
_FIGURES = {
    "small": ("small.png", []),
    f"{SIDE}×{SIDE} PNG": ("large.png", [("large.png", SIDE)]),
    f"{SIDE}×{SIDE} 16-bit TIFF": ("deep.tif", [("deep.tif", SIDE)]),
    "pair of PNGs": ("left.png;right.png", [("Left: left.png", 1400), ("Right: right.png", 1400)]),
}


def measure_viewing(bench: Bench) -> Iterator[Figure]:
    """Each click in a window of its own, with an empty cache; the picture counts once it is decoded.

    The TIFF is another one each time, so that it is always converted again.
    """
    assets = _assets(bench)
    server = servers.portal(assets, bench.folder / "viewing-state")
    taken: dict[str, list[float]] = defaultdict(list)
    first = chrome.review(Seen("kind=small", "small.png", ("Look at small",)))
    with servers.run_servers(server):
        for number in range(bench.rounds + 1):
            for what, (_, pictures) in _FIGURES.items():
                if not pictures:
                    continue
                _write_tiff(assets / "deep.tif", number)
                page, _ = chrome.open_page(bench.browser, f"{server.origin}/view?{urlencode({'name': _NAME})}", first)
                time.sleep(SETTLED)
                row = page.locator(".st-key-tree [role=treeitem]").filter(has_text=what)
                seconds = chrome.time_click(page, row, chrome.figure(pictures)) / 1000
                page.context.close()
                if number:  # the first round warmed all of it up
                    taken[what].append(seconds)
    for what, values in taken.items():
        yield Figure(f"click to {what}", "four figures", values)


def _write_tiff(path: Path, seed: int) -> None:
    """Twelve bits of signal in sixteen, as cameras write them."""
    pixels = np.random.default_rng(seed).integers(100, 4000, (SIDE, SIDE), dtype=np.uint16)
    Image.fromarray(pixels).save(path, compression="tiff_lzw")


def _assets(bench: Bench) -> Path:
    asset = bench.folder / "viewing" / _NAME
    asset.mkdir(parents=True)
    for name in ("small.png", "left.png", "right.png"):
        shutil.copyfile(bench.picture, asset / name)
    Image.effect_noise((SIDE, SIDE), 40).save(asset / "large.png")
    metrics = [
        {
            "object_type": "QC metric",
            "name": f"Look at {what}",
            "modality": {"name": "Behavior", "abbreviation": "behavior"},
            "stage": "Raw data",
            "value": 1,
            "reference": reference,
            "status_history": [{"evaluator": "", "status": "Pending", "timestamp": "2025-03-04T12:00:00Z"}],
            "tags": {"kind": what},
        }
        for what, (reference, _) in _FIGURES.items()
    ]
    written = {"name": _NAME, "quality_control": {"metrics": metrics, "default_grouping": ["kind"], "status": {}}}
    (asset / "metadata.nd.json").write_text(json.dumps(written, indent=2), "utf-8")
    return asset
