"""What a click inside an open review costs: time, bytes, CPU, and requests to the database's gateway.

Over a folder, and over a gateway whose answers take 0, 50 and 400 ms; two records. Each line is followed by the floor
of the same run: a bare fragment's round trip.
"""

import json
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from playwright.sync_api import Page, WebSocket

from bench import browser as chrome
from bench import servers
from bench.figures import Aim, Figure
from bench.measures import SETTLED, Bench
from bench.records import Seen, Target
from bench.servers import Server
from tests.fakes.gateway import FakeGateway, Fault, running

LATENCIES = (0, 50, 400)
"""Milliseconds that the gateway takes to answer."""


@dataclass(slots=True)
class Traffic:
    """The bytes that came over a page's web socket so far."""

    received: int = 0

    def watch(self, page: Page) -> None:
        """Count the frames of every socket that the page opens from now on."""

        def opened(socket: WebSocket) -> None:
            socket.on("framereceived", lambda payload: self._count(payload))

        page.on("websocket", opened)

    def _count(self, payload: str | bytes) -> None:
        self.received += len(payload)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the record is read from: a title, a running portal, and the gateway behind it, None for a folder."""

    title: str
    server: Server
    gateway: FakeGateway | None


def clicks(bench: Bench) -> Iterator[Figure]:
    """Group clicks there and back, and a verdict, at every latency."""
    bare = _measure_bare(bench)
    for target in bench.targets:
        with ExitStack() as stack:
            for source in _sources(bench, target, stack):
                yield from _one_source(bench, target, source, bare)


def _sources(bench: Bench, target: Target, stack: ExitStack) -> Iterator[Source]:
    folder = bench.folder / "clicks" / target.title.replace(" ", "-")
    server = servers.portal(target.folder, folder / "folder")
    stack.enter_context(servers.running(server))
    yield Source("folder", server, None)
    folder.mkdir(parents=True, exist_ok=True)
    gateway = stack.enter_context(running(folder))
    gateway.put({"_id": "bench", **json.loads(target.file.read_text("utf-8")), "location": None})
    over_gateway = servers.portal(target.folder, folder / "gateway", **gateway.environment)
    stack.enter_context(servers.running(over_gateway))
    for latency in LATENCIES:
        gateway.heal()
        gateway.always(Fault(wait=latency / 1000))
        yield Source(f"gateway {latency} ms", over_gateway, gateway)


def _one_source(bench: Bench, target: Target, source: Source, bare: Sequence[float]) -> Iterator[Figure]:
    taken: dict[str, list[float]] = defaultdict(list)
    first, other = (_without_picture(seen, source) for seen in (target.first, target.other))
    page, traffic = _open(bench, source, target, first)
    for number in range(bench.rounds + 1):
        for seen in (other, first):
            key = f"{len(seen.names)} cards"
            for what, value in _click_group(page, source, traffic, seen):
                if number:  # the first round warmed all of it up
                    taken[f"{what}, {key}"].append(value)
        for what, value in _click_status(page, source, first, number):
            if number:
                taken[what].append(value)
    page.context.close()
    record = f"{target.title}, {source.title}"
    aims = {
        "group click to cards": Aim(1.5, of_floor=True),
        "group click, kB": Aim(15),
        "group click, CPU": Aim(0.05),
        "group click, requests": Aim(0),
        "verdict to count": Aim(0.05),
        "verdict, CPU": Aim(0.01),
    }
    for what, values in taken.items():
        name = what.partition(", 5")[0] if what.endswith("cards") else what
        aim = next((aim for start, aim in aims.items() if name.startswith(start)), None)
        floor = bare if aim and aim.of_floor else ()
        digits = 0 if "requests" in what else 3
        yield Figure(what, record, values, "", floor=floor, aim=aim, digits=digits)


def _open(bench: Bench, source: Source, target: Target, first: Seen) -> tuple[Page, Traffic]:
    context = bench.browser.new_context(viewport={"width": 1440, "height": 900})
    page, traffic = context.new_page(), Traffic()
    traffic.watch(page)
    page.set_default_timeout(chrome.TIMEOUT_MS)
    chrome.arm(page, chrome.review(first))
    page.goto(source.server.origin + target.deep_link, wait_until="commit")
    chrome.awaited(page, "benchDone", chrome.review(first))
    time.sleep(2 * SETTLED)
    return page, traffic


def _without_picture(seen: Seen, source: Source) -> Seen:
    """Over the gateway the record has no folder, so that no picture can come."""
    return seen if source.gateway is None else Seen(seen.key, None, seen.names)


def _click_group(page: Page, source: Source, traffic: Traffic, seen: Seen) -> Iterator[tuple[str, float]]:
    received, cpu, asked = traffic.received, source.server.cpu(), _asked(source)
    row = page.locator(f".st-key-tree [data-key={json.dumps(seen.key)}]")
    yield "group click to cards", chrome.clicked(page, row, chrome.review(seen)) / 1000
    time.sleep(SETTLED)
    yield "group click, kB", (traffic.received - received) / 1000
    yield "group click, CPU s", source.server.cpu() - cpu
    if source.gateway is not None:
        yield "group click, requests", _asked(source) - asked


def _click_status(page: Page, source: Source, seen: Seen, number: int) -> Iterator[tuple[str, float]]:
    """There and back on one card, so that the draft is empty again; another card each time."""
    card = page.locator('[class*="st-key-qc-card-"]').nth(number % len(seen.names))
    choices = card.locator('[role="radiogroup"][aria-label^="Status of"] [role="radio"]')
    chosen = [choice.get_attribute("aria-checked") for choice in choices.all()].index("true")
    for choice, text in ((1 if chosen != 1 else 0, "1 change"), (chosen, "No changes")):
        cpu = source.server.cpu()
        yield "verdict to count", chrome.clicked(page, choices.nth(choice), chrome.text(".st-key-qc-bar", text)) / 1000
        time.sleep(SETTLED)
        yield "verdict, CPU s", source.server.cpu() - cpu


def _asked(source: Source) -> int:
    return len(source.gateway.asked) if source.gateway is not None else 0


def _measure_bare(bench: Bench) -> list[float]:
    """The round trip of a fragment with next to nothing in it."""
    server = servers.floor(bench.picture, bench.folder / "clicks-floor")
    taken: list[float] = []
    with servers.running(server):
        page, _ = chrome.opened(bench.browser, f"{server.origin}/?bare", chrome.text(".st-key-bare-text", "0 clicks"))
        time.sleep(SETTLED)
        for number in range(1, bench.rounds + 2):
            expected = chrome.text(".st-key-bare-text", f"{number} clicks")
            taken.append(chrome.clicked(page, page.locator(".st-key-bare-button button"), expected) / 1000)
            time.sleep(SETTLED)
        page.context.close()
    return taken[1:]
