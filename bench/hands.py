"""A reviewer by keyboard, with hands of 150 ms: actions, pixels and seconds a decision, and what a key waits for.

Five assets of twenty Pending metrics each, five on a figure: one metric of eleven is a Fail. A reviewer presses a key,
waits until the next metric is current and its card can be used, and needs 150 ms for that himself.
"""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

from bench import browser as chrome
from bench import servers
from bench.figures import Aim, Figure
from bench.measures import Bench

HANDS = 0.15
"""Seconds that a reviewer needs for a key."""
ASSETS, FIGURES, CARDS = 5, 4, 5
_CURRENT = '.st-key-qc-cards:not([inert]) [aria-current="true"]'
_PRESS = (Path(__file__).parent / "hands.js").read_text("utf-8")


def hands(bench: Bench) -> Iterator[Figure]:
    """A hundred decisions over five assets."""
    folder = bench.folder / "hands"
    names = [_write_asset(folder / "assets", number, bench.picture) for number in range(ASSETS)]
    server = servers.portal(folder / "assets", folder / "state")
    marks: list[float] = []
    figures: list[float] = []
    beside: list[float] = []
    actions = decisions = 0
    with servers.run_servers(server):
        page = bench.browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.set_default_timeout(chrome.TIMEOUT_MS)
        began = time.monotonic()
        for name in names:
            page.goto(f"{server.origin}/view?name={name}")
            page.wait_for_selector(_CURRENT)
            for _ in range(FIGURES * CARDS):
                time.sleep(HANDS)
                actions += 1
                decisions += 1
                _decide(page, decisions, marks, figures, beside)
        whole = time.monotonic() - began
        page.context.close()
    record = f"{decisions} decisions, {ASSETS} assets"
    yield Figure("actions a decision", record, [actions / decisions], "", aim=Aim(1.05))
    yield Figure("mouse travel a decision", record, [0], "px", aim=Aim(0))
    yield Figure("time a decision beside hands", record, beside, "s", aim=Aim(0.25))
    yield Figure("whole time a decision, with loads", record, [whole / decisions], "s")
    yield Figure("key to mark", record, marks, "s", aim=Aim(0.05), digits=3)
    yield Figure("key to next figure", record, figures, "s", aim=Aim(0.1), digits=3)


def _decide(page: Page, number: int, marks: list[float], figures: list[float], beside: list[float]) -> None:
    key, word = ("f", "Fail") if number % 11 == 0 else ("p", "Pass")
    taken = page.evaluate(_PRESS, [key, word, _CURRENT])
    if "mark" in taken:
        marks.append(taken["mark"] / 1000)
    if "figure" in taken:
        figures.append(taken["figure"] / 1000)
    beside.append(taken.get("next", chrome.TIMEOUT_MS) / 1000)


def _write_asset(assets: Path, number: int, picture: Path) -> str:
    name = f"ecephys_{740000 + number}_2026-01-01_00-00-00"
    folder = assets / name
    (folder / "figures").mkdir(parents=True)
    for figure in range(FIGURES):
        shutil.copyfile(picture, folder / "figures" / f"{figure}.png")
    entry = {"object_type": "QC status", "evaluator": "Bench", "status": "Pending", "timestamp": "2026-01-01T00:00:00Z"}
    metrics = [
        {
            "object_type": "QC metric",
            "name": f"Measure {figure}.{card}",
            "modality": {"name": "Extracellular electrophysiology", "abbreviation": "ecephys"},
            "stage": "Raw data",
            "value": 12.5,
            "status_history": [entry],
            "reference": f"figures/{figure}.png",
            "tags": {"probe": "AB"[figure % 2]},
        }
        for figure in range(FIGURES)
        for card in range(CARDS)
    ]
    (folder / "quality_control.json").write_text(json.dumps({"metrics": metrics, "default_grouping": ["probe"]}))
    (folder / "data_description.json").write_text(json.dumps({"schema_version": "2.2.0", "name": name}))
    return name
