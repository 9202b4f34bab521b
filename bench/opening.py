"""From a click on an asset's name in the list to the figure and the cards of its review, over a folder and a gateway.

A record that is opened again within minutes is read from memory, and asked for once: both are measured.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack

from playwright.sync_api import Page

from bench import browser as chrome
from bench.clicks import Source, count_requests, run_sources, without_picture
from bench.figures import Aim, Figure
from bench.measures import SETTLED, Bench
from bench.records import Target

AIM_FOLDER = 0.5
AIM_GATEWAY = 0.3
"""Seconds beside the one request that opening a record may wait for."""


def opening(bench: Bench) -> Iterator[Figure]:
    """Each record from the list, again and again in one tab."""
    for target in bench.targets:
        with ExitStack() as stack:
            for source in run_sources(bench, target, stack, "opening"):
                yield from _open_repeatedly(bench, target, source)


def _open_repeatedly(bench: Bench, target: Target, source: Source) -> Iterator[Figure]:
    page = bench.browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(chrome.TIMEOUT_MS)
    page.add_init_script(chrome.PROBE)
    page.goto(source.server.origin)
    taken, cpu, requests = list[float](), list[float](), list[float]()
    for number in range(bench.rounds + 1):
        asked = count_requests(source)
        seconds, used = _open_once(page, target, source)
        if number:  # the first round warmed all of it up
            taken.append(seconds)
            cpu.append(used)
            requests.append(count_requests(source) - asked)
    page.context.close()
    record = f"{target.title}, {source.title}"
    aim = AIM_FOLDER if source.latency is None else AIM_GATEWAY + source.latency / 1000
    yield Figure("from the list to figure and cards", record, taken, aim=Aim(aim))
    yield Figure("from the list, CPU s", record, cpu, "", digits=3)
    if source.gateway is not None:
        yield Figure("from the list, requests", record, requests, "", digits=0)


def _open_once(page: Page, target: Target, source: Source) -> tuple[float, float]:
    link = page.get_by_role("link", name=target.name, exact=True).first
    link.wait_for()
    time.sleep(SETTLED)
    before = source.server.cpu()
    taken = chrome.time_click(page, link, chrome.review(without_picture(target.first, source))) / 1000
    time.sleep(SETTLED)
    used = source.server.cpu() - before
    page.go_back()
    return taken, used
