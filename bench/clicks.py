"""What opening a review and a click inside it cost: time, bytes, CPU, and requests to the database's gateway.

Over a folder, and over a gateway whose answers take 0, 50 and 400 ms; two records. Each line is followed by the floor
of the same run: a bare fragment's round trip.
"""

import json
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from playwright.sync_api import Page

from bench import browser as chrome
from bench import servers
from bench.figures import Aim, Figure
from bench.measures import SETTLED, Bench
from bench.records import Seen, Target
from bench.relay import Relay, run_relay
from bench.servers import Server
from tests.fakes.gateway import FakeGateway, run_gateway
from tests.fakes.gateway_requests import Fault

LATENCIES = (0, 50, 400)
"""Milliseconds that the gateway takes to answer."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the record is read from: a title, a running portal behind a relay, and the gateway, None for a folder."""

    title: str
    server: Server
    relay: Relay
    gateway: FakeGateway | None
    latency: int | None = None
    """Milliseconds that each of the gateway's answers takes; None for a folder."""


def clicks(bench: Bench) -> Iterator[Figure]:
    """Cold pages, group clicks there and back, and a verdict, at every latency."""
    bare = measure_bare(bench)
    empty = {is_slow: _measure_floor(bench, is_slow=is_slow) for is_slow in (False, True)}
    for target in bench.targets:
        with ExitStack() as stack:
            for source in run_sources(bench, target, stack, "clicks"):
                yield from _cold_pages(bench, target, source, empty)
                yield from _one_source(bench, target, source, bare)


def run_sources(bench: Bench, target: Target, stack: ExitStack, name: str) -> Iterator[Source]:
    """The record over each source, one after the other; servers run until `stack` is closed, `name` is their folder."""
    folder = bench.folder / name / target.title.replace(" ", "-")
    server = servers.portal(target.folder, folder / "folder")
    stack.enter_context(servers.run_servers(server))
    yield Source("folder", server, stack.enter_context(run_relay(server.origin)), None)
    folder.mkdir(parents=True, exist_ok=True)
    gateway = stack.enter_context(run_gateway(folder))
    gateway.put({"_id": "bench", **json.loads(target.file.read_text("utf-8")), "location": None})
    over_gateway = servers.portal(target.folder, folder / "gateway", **gateway.environment)
    stack.enter_context(servers.run_servers(over_gateway))
    relay = stack.enter_context(run_relay(over_gateway.origin))
    for latency in LATENCIES:
        gateway.heal()
        gateway.always(Fault(wait=latency / 1000))
        yield Source(f"gateway {latency} ms", over_gateway, relay, gateway, latency)


def _cold_pages(
    bench: Bench, target: Target, source: Source, empty: Mapping[bool, Sequence[float]]
) -> Iterator[Figure]:
    """From navigation to figure and cards, with an empty cache; and the processor time and the bytes of that."""
    expected = chrome.review(without_picture(target.first, source))
    record = f"{target.title}, {source.title}"
    for is_slow in (False, True):
        seconds, cpu, sent = [], [], []
        for number in range(bench.rounds + 1):
            used, before = source.server.cpu(), source.relay.sent
            page, taken = chrome.open_page(
                bench.browser, source.relay.origin + target.deep_link, expected, is_slow=is_slow
            )
            time.sleep(SETTLED)
            page.context.close()
            if number:  # the first round warmed all of it up
                seconds.append(taken / 1000)
                cpu.append(source.server.cpu() - used)
                sent.append((source.relay.sent - before) / 1e6)
        line = "10 Mbit/s, 40 ms" if is_slow else "loopback"
        aim = Aim(1.0 if is_slow else 1.15, of_floor=True)
        yield Figure(f"cold page, {line}", record, seconds, floor=empty[is_slow], aim=aim)
        if not is_slow:
            yield Figure("cold page, CPU s", record, cpu, "", aim=Aim(0.25), digits=3)
            yield Figure("cold page, MB", record, sent, "")


def _one_source(bench: Bench, target: Target, source: Source, bare: Sequence[float]) -> Iterator[Figure]:
    taken: dict[str, list[float]] = defaultdict(list)
    first, other = (without_picture(seen, source) for seen in (target.first, target.other))
    page = _open(bench, source, target, first)
    for number in range(bench.rounds + 1):
        for seen in (other, first):
            key = f"{len(seen.names)} cards"
            for what, value in _click_group(page, source, seen):
                if number:  # the first round warmed all of it up
                    taken[f"{what}, {key}"].append(value)
        for what, value in _click_status(page, source, first, number):
            if number:
                taken[what].append(value)
    page.context.close()
    record = f"{target.title}, {source.title}"
    aims = {
        "group click to figure": Aim(0.1),
        "group click to cards": Aim(1.5, of_floor=True),
        "group click, kB": Aim(15),
        "group click, CPU": Aim(0.05),
        "group click, requests": Aim(0),
        "verdict to mark": Aim(0.05),
        "verdict to saved": Aim(1.2, of_floor=True),
        "verdict, CPU": Aim(0.01),
    }
    for what, values in taken.items():
        name = what.partition(", 5")[0] if what.endswith("cards") else what
        aim = next((aim for start, aim in aims.items() if name.startswith(start)), None)
        floor = bare if aim and aim.of_floor else ()
        digits = 0 if "requests" in what else 3
        yield Figure(what, record, values, "", floor=floor, aim=aim, digits=digits)


def _open(bench: Bench, source: Source, target: Target, first: Seen) -> Page:
    page, _ = chrome.open_page(bench.browser, source.relay.origin + target.deep_link, chrome.review(first))
    time.sleep(2 * SETTLED)
    return page


def without_picture(seen: Seen, source: Source) -> Seen:
    """Over the gateway the record has no folder, so that no picture can come."""
    return seen if source.gateway is None else Seen(seen.key, None, seen.names)


def _click_group(page: Page, source: Source, seen: Seen) -> Iterator[tuple[str, float]]:
    sent, cpu, asked = source.relay.sent, source.server.cpu(), count_requests(source)
    row = page.locator(f".st-key-tree [data-key={json.dumps(seen.key)}]")
    if seen.picture is None:
        yield "group click to cards", chrome.time_click(page, row, chrome.review(seen)) / 1000
    else:
        cards = chrome.review(seen)
        yield "group click to figure", chrome.time_click(page, row, chrome.picture(seen.picture), cards) / 1000
        yield "group click to cards", chrome.await_promise(page, "benchThen", cards) / 1000
    time.sleep(SETTLED)
    yield "group click, kB", (source.relay.sent - sent) / 1000
    yield "group click, CPU s", source.server.cpu() - cpu
    if source.gateway is not None:
        yield "group click, requests", count_requests(source) - asked


def _click_status(page: Page, source: Source, seen: Seen, number: int) -> Iterator[tuple[str, float]]:
    """There and back on one card, so that the draft is empty again; another card each time."""
    card = page.locator('[class*="st-key-qc-card-"]').nth(number % len(seen.names))
    choices = card.locator('[role="radiogroup"][aria-label^="Status of"] [role="radio"]')
    chosen = [choice.get_attribute("aria-checked") for choice in choices.all()].index("true")
    steps = ((1 if chosen != 1 else 0, "1 change, saved", "● 1"), (chosen, "No changes", ""))
    for choice, text, mark in steps:
        cpu, saved = source.server.cpu(), chrome.text(".st-key-qc-bar", text)
        yield "verdict to mark", chrome.time_click(page, choices.nth(choice), chrome.mark(mark), saved) / 1000
        yield "verdict to saved", chrome.await_promise(page, "benchThen", saved) / 1000
        time.sleep(SETTLED)
        yield "verdict, CPU s", source.server.cpu() - cpu


def count_requests(source: Source) -> int:
    """How many requests the gateway was sent so far; 0 for a folder."""
    return len(source.gateway.asked) if source.gateway is not None else 0


def _measure_floor(bench: Bench, *, is_slow: bool) -> list[float]:
    """From navigation to an empty page with one picture and five cards, with an empty cache."""
    server = servers.floor(bench.picture, bench.folder / f"clicks-empty-{is_slow}")
    taken: list[float] = []
    with servers.run_servers(server):
        for _ in range(bench.rounds + 1):
            page, milliseconds = chrome.open_page(bench.browser, server.origin, chrome.floor(), is_slow=is_slow)
            time.sleep(SETTLED)
            page.context.close()
            taken.append(milliseconds / 1000)
    return taken[1:]


def measure_bare(bench: Bench) -> list[float]:
    """The round trip of a fragment with next to nothing in it."""
    server = servers.floor(bench.picture, bench.folder / "clicks-floor")
    taken: list[float] = []
    with servers.run_servers(server):
        page, _ = chrome.open_page(
            bench.browser, f"{server.origin}/?bare", chrome.text(".st-key-bare-text", "0 clicks")
        )
        time.sleep(SETTLED)
        for number in range(1, bench.rounds + 2):
            expected = chrome.text(".st-key-bare-text", f"{number} clicks")
            taken.append(chrome.time_click(page, page.locator(".st-key-bare-button button"), expected) / 1000)
            time.sleep(SETTLED)
        page.context.close()
    return taken[1:]
