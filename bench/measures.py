"""What is measured. Portal and floor take turns, so that whatever else the machine does hits both."""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

from bench import browser as chrome
from bench import servers
from bench.database import crowd
from bench.figures import Aim, Figure
from bench.records import Target
from bench.servers import Server
from qc_core.json_document import parse
from qc_core.quality_control import document, grouping
from qc_core.quality_control.figure_pages import figure_pages
from qc_core.quality_control.values.rules import run_rule
from tests.fakes.hostile_rules import BIG, HOSTILE

SETTLED = 0.7
"""Seconds after what was waited for is there, in which the server still works for it."""
NO_GROWTH_MB = 1.0
_FLOOR = "floor"


@dataclass(frozen=True, slots=True)
class Bench:
    """What every measure needs.

    `rounds` is how often each thing is done, `loads` the number of loads over which memory may grow."""

    browser: Browser
    targets: Sequence[Target]
    picture: Path
    folder: Path
    rounds: int
    loads: int

    def start(self, name: str) -> dict[str, Server]:
        """A server for each target by its title, and one for the floor, all fresh."""
        started = {t.title: servers.portal(t.folder, self.folder / name / t.title) for t in self.targets}
        return started | {_FLOOR: servers.floor(self.picture, self.folder / name / _FLOOR)}

    def load(self, server: Server, target: Target | None) -> tuple[Page, float]:
        """Open a target's review, or the floor's page; seconds until all of it is there."""
        address = target.deep_link if target else "/"
        expected = chrome.review(target.first) if target else chrome.floor()
        page, taken = chrome.open_page(self.browser, server.origin + address, expected)
        return page, taken / 1000


def measure_parsing(bench: Bench) -> Iterator[Figure]:
    """From the bytes of the file to the pieces that a page draws, without server or browser."""
    for target in bench.targets:
        taken: dict[str, list[float]] = defaultdict(list)
        for _ in range(bench.rounds):
            raw, now, start = target.file.read_bytes(), datetime.now(UTC), time.perf_counter()
            value = parse(raw, what="it")
            parsed = time.perf_counter()
            read = document.read(value["quality_control"])
            understood = time.perf_counter()
            root = grouping.build_tree(read, now)
            for leaf in grouping.leaves(root):
                figure_pages(read, leaf)
            end = time.perf_counter()
            steps = {
                "parse JSON": parsed - start,
                "read document": understood - parsed,
                "tree, figure pages": end - understood,
            }
            for step, seconds in {**steps, "parse and group": end - start}.items():
                taken[step].append(seconds)
        for step, values in taken.items():
            yield Figure(step, target.title, values, digits=3)
    yield _slowest_rule(bench.rounds)


def _slowest_rule(rounds: int) -> Figure:
    """The processor time until the slowest of the hostile rules is refused, in milliseconds."""
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for rule in HOSTILE:
            start = time.process_time()
            run_rule(rule, BIG)
            taken[rule].append(1000 * (time.process_time() - start))
    slowest = max(taken, key=lambda rule: median(taken[rule]))
    name = f"slowest of {len(HOSTILE)} hostile rules: {ascii(slowest)[1:30]}"
    return Figure(name, "20,000 items", taken[slowest], "ms", aim=Aim(50))


def measure_start(bench: Bench) -> Iterator[Figure]:
    """From the command to a usable page: the first load of a fresh server, its start included."""
    portal: list[float] = []
    floor: list[float] = []
    target = bench.targets[-1]
    for number in range(max(2, bench.rounds // 4)):
        _report(f"start {number + 1}")
        state = bench.folder / f"start-{number}"
        for make, one, values in [
            (partial(servers.portal, target.folder, state), target, portal),
            (partial(servers.floor, bench.picture, state), None, floor),
        ]:
            start = time.monotonic()
            server = make()
            with servers.run_servers(server):
                page, _ = bench.load(server, one)
                values.append(time.monotonic() - start)
                page.context.close()
    yield Figure("command to usable page", target.title, portal, floor=floor, aim=Aim(5))


def pages(bench: Bench) -> Iterator[Figure]:
    """Loads, clicks on groups and on a status, CPU a load; the floor's own after each."""
    started = bench.start("pages")
    taken: dict[tuple[str, str], list[float]] = defaultdict(list)
    with servers.run_servers(*started.values()):
        for number in range(bench.rounds + 1):
            if number == 1:  # the first round warmed all of it up
                taken.clear()
            _report(f"pages {number} of {bench.rounds}")
            for target in (*bench.targets, None):
                title = target.title if target else _FLOOR
                for what, seconds in _one_round(bench, started[title], target, number):
                    taken[title, what].append(seconds)
    for target in bench.targets:
        first, other = len(target.first.names), len(target.other.names)
        of = {what: values for (title, what), values in taken.items() if title == target.title}
        at_floor = {what: values for (title, what), values in taken.items() if title == _FLOOR}
        click, bare, group = Aim(1.3, of_floor=True), at_floor["bare"], at_floor["other"]
        lines = [
            (f"page, {first} cards", "page", at_floor["page"], Aim(1.3, of_floor=True)),
            (f"group click, to {other} cards", "other", group, Aim(0.5)),
            (f"group click, to {first} cards", "first", group, Aim(0.5)),
            (f"status click, among {first} cards", "status", bare, click),
            (f"status click, among {other} cards", "status-other", bare, click),
            ("server CPU a load", "cpu", at_floor["cpu"], Aim(0.5)),
        ]
        for what, key, floor, aim in lines:
            yield Figure(what, target.title, of[key], floor=floor, aim=aim, digits=3)


def _one_round(bench: Bench, server: Server, target: Target | None, number: int) -> Iterator[tuple[str, float]]:
    before = server.cpu()
    page, seconds = bench.load(server, target)
    yield "page", seconds
    time.sleep(SETTLED)
    yield "cpu", server.cpu() - before
    yield from _clicks(page, target, number) if target else _floor_clicks(bench, page, server)
    page.context.close()


def _clicks(page: Page, target: Target, number: int) -> Iterator[tuple[str, float]]:
    yield from (("status", seconds) for seconds in _status_clicks(page, target.first.names, number))
    for what, seen in (("other", target.other), ("first", target.first)):
        row = page.locator(f".st-key-tree [data-key={_quote(seen.key)}]")
        yield what, chrome.time_click(page, row, chrome.review(seen)) / 1000
        time.sleep(SETTLED)
        if what == "other":
            yield from (("status-other", seconds) for seconds in _status_clicks(page, target.other.names, number))


def _status_clicks(page: Page, names: Sequence[str], number: int) -> Iterator[float]:
    """There and back on one card, so that the draft is empty again; another card each time."""
    card = page.locator('[class*="st-key-qc-card-"]').nth(number % len(names))
    choices = card.locator('[role="radiogroup"][aria-label^="Status of"] [role="radio"]')
    chosen = [choice.get_attribute("aria-checked") for choice in choices.all()].index("true")
    away = 1 if chosen != 1 else 0
    for choice, text in ((away, "1 change"), (chosen, "No changes")):
        yield chrome.time_click(page, choices.nth(choice), chrome.text(".st-key-qc-bar", text)) / 1000
        time.sleep(SETTLED)


def _floor_clicks(bench: Bench, page: Page, server: Server) -> Iterator[tuple[str, float]]:
    for number in (1, 2):
        button = page.locator(".st-key-another button")
        yield "other", chrome.time_click(page, button, chrome.floor(number)) / 1000
        time.sleep(SETTLED)
    bare, _ = chrome.open_page(bench.browser, f"{server.origin}/?bare", chrome.text(".st-key-bare-text", "0 clicks"))
    time.sleep(SETTLED)
    for number in range(1, 5):
        expected = chrome.text(".st-key-bare-text", f"{number} clicks")
        yield "bare", chrome.time_click(bare, bare.locator(".st-key-bare-button button"), expected) / 1000
        time.sleep(SETTLED)
    bare.context.close()


def memory(bench: Bench) -> Iterator[Figure]:
    """Resident memory with 1 and 10 sessions, and whether it still grows after many loads."""
    started = bench.start("memory")
    targets = {target.title: target for target in bench.targets} | {_FLOOR: None}
    held: dict[str, dict[str, float]] = defaultdict(dict)
    with servers.run_servers(*started.values()):
        for title, target in targets.items():
            _report(f"memory, sessions, {title}")
            windows = [bench.load(started[title], target)[0]]
            held[title]["1 session"] = started[title].memory()
            windows += [bench.load(started[title], target)[0] for _ in range(9)]
            held[title]["10 sessions"] = started[title].memory()
            for window in windows:
                window.context.close()
        after: dict[str, list[float]] = defaultdict(list)
        for number in range(bench.loads):
            _report(f"memory, load {number + 1} of {bench.loads}")
            for title, target in targets.items():
                bench.load(started[title], target)[0].context.close()
                after[title].append(started[title].memory())
    for target in bench.targets:
        yield from _memory_lines(target.title, held, after)


def _memory_lines(title: str, held: dict[str, dict[str, float]], after: dict[str, list[float]]) -> Iterator[Figure]:
    for what in ("1 session", "10 sessions"):
        yield Figure(f"memory, {what}", title, [held[title][what]], "MB", [held[_FLOOR][what]], digits=0)
    loads = len(after[title])
    yield Figure(f"memory, after {loads} loads", title, after[title][-1:], "MB", after[_FLOOR][-1:], digits=0)
    # Streamlit keeps a closed session for two minutes: the first half fills that up, the second shows growth.
    growth = [_second_half(after[title])]
    aim = Aim(NO_GROWTH_MB)
    yield Figure(
        f"growth, loads {loads // 2}–{loads}", title, growth, "MB", [_second_half(after[_FLOOR])], aim, digits=1
    )


def _second_half(values: Sequence[float]) -> float:
    """How much the mean of the last tenth lies above that of the tenth before the middle."""
    tenth, middle = max(1, len(values) // 10), len(values) // 2
    return sum(values[-tenth:]) / tenth - sum(values[middle - tenth : middle]) / tenth


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _report(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)


MEASURES: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    "parse": measure_parsing,
    "start": measure_start,
    "pages": pages,
    "memory": memory,
    "crowd": lambda bench: crowd(quick=bench.rounds < 12),
}
