"""What a cold page, a group click and a verdict spend: processor time of the server, and of the page's main thread.

The page's part is taken from Chromium's own trace (styles, layout, painting, collecting garbage) and from its sampling
profiler (scripts: the portal's, and those of Streamlit, among them React and Emotion). Both cost time themselves, so
these lines explain those of `clicks`, and do not replace them. What the server sent for each step is printed by kind of
element.
"""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from playwright.sync_api import CDPSession, Page, WebSocket

from bench import browser as chrome
from bench import servers
from bench.figures import Figure
from bench.measures import SETTLED, Bench
from bench.messages import format_kinds
from bench.records import Target
from bench.servers import Server

Event = dict[str, Any]

CATEGORIES = ["devtools.timeline", "v8", "disabled-by-default-v8.compile"]
_KINDS = {
    "UpdateLayoutTree": "styles",
    "Layout": "layout",
    **dict.fromkeys(("PrePaint", "Paint", "Layerize", "Commit", "UpdateLayer"), "painting"),
    **dict.fromkeys(("v8.compile", "v8.compileModule", "V8.CompileCode", "V8.CompileSerialize"), "compiling scripts"),
}
_OURS = "/frontend/"
"""In the address of each script of the portal; the others are Streamlit's."""


def profile(bench: Bench) -> Iterator[Figure]:
    """Over a folder, each record."""
    for target in bench.targets:
        server = servers.portal(target.folder, bench.folder / "profile" / target.title.replace(" ", "-"))
        with servers.run_servers(server):
            yield from _profile_record(bench, target, server)


def _profile_record(bench: Bench, target: Target, server: Server) -> Iterator[Figure]:
    taken: dict[str, list[float]] = defaultdict(list)
    for number in range(bench.rounds + 1):
        context = bench.browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.set_default_timeout(chrome.TIMEOUT_MS)
        frames: list[bytes] = []
        page.on("websocket", partial(_listen, frames))
        chrome.arm(page, chrome.review(target.first))
        for step, action in _steps(page, target, server):
            frames.clear()
            for what, seconds in _trace(bench, page, server, action).items():
                if number:  # the first round warmed all of it up
                    taken[f"{step}: {what}"].append(seconds)
            if number == bench.rounds:
                print(format_kinds(f"{target.title}, {step}", frames) + "\n", flush=True)
        context.close()
    for what, values in taken.items():
        yield Figure(what, target.title, values, digits=3)


def _listen(frames: list[bytes], socket: WebSocket) -> None:
    """Add to `frames` what the server sends through a web socket."""
    socket.on("framereceived", lambda frame: frames.append(frame) if isinstance(frame, bytes) else None)


def _steps(page: Page, target: Target, server: Server) -> Iterator[tuple[str, Callable[[], object]]]:
    def open_review() -> None:
        page.goto(server.origin + target.deep_link, wait_until="commit")
        chrome.await_promise(page, "benchDone", chrome.review(target.first))

    yield "cold page", open_review
    for seen in (target.other, target.first):
        row = page.locator(f".st-key-tree [data-key={json.dumps(seen.key)}]")
        yield f"group click, {len(seen.names)} cards", partial(chrome.time_click, page, row, chrome.review(seen))
    choices = page.locator('[class*="st-key-qc-card-"]').first.get_by_role("radio")
    saved = chrome.text(".st-key-qc-bar", "1 change, saved")
    yield "verdict", partial(chrome.time_click, page, choices.nth(1), saved)


def _trace(bench: Bench, page: Page, server: Server, action: Callable[[], object]) -> dict[str, float]:
    """Seconds by what they went to, of an action and what still follows from it."""
    sampler = page.context.new_cdp_session(page)
    sampler.send("Profiler.enable")
    sampler.send("Profiler.setSamplingInterval", {"interval": 200})
    time.sleep(SETTLED)
    used = server.cpu()
    bench.browser.start_tracing(page=page, categories=CATEGORIES)
    sampler.send("Profiler.start")
    action()
    time.sleep(SETTLED)
    scripts = _sum_scripts(sampler)
    events = json.loads(bench.browser.stop_tracing())["traceEvents"]
    return {"server": server.cpu() - used} | scripts | sum_kinds(events)


def _sum_scripts(sampler: CDPSession) -> dict[str, float]:
    found = sampler.send("Profiler.stop")["profile"]
    sampler.detach()
    nodes = {node["id"]: node for node in found["nodes"]}
    parents = {child: node["id"] for node in found["nodes"] for child in node.get("children", ())}

    def address(at: int | None) -> str:
        """That of the script which is running, or which called the browser's function that is."""
        while at is not None:
            if url := nodes[at]["callFrame"]["url"]:
                return str(url)
            at = parents.get(at)
        return ""

    seconds: dict[str, float] = defaultdict(float)
    for node, microseconds in zip(found["samples"], found["timeDeltas"], strict=True):
        name = nodes[node]["callFrame"]["functionName"]
        if name == "(garbage collector)":
            seconds["collecting garbage"] += microseconds
        elif url := address(node):
            seconds["scripts of the portal" if _OURS in url else "scripts of Streamlit"] += microseconds
    return {what: each / 1e6 for what, each in seconds.items()}


def sum_kinds(events: list[Event]) -> dict[str, float]:
    """Seconds of the page's main thread by kind, but for scripts; each event counts without those inside it."""
    mains = {
        (one["pid"], one["tid"])
        for one in events
        if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"
    }
    seconds: dict[str, float] = defaultdict(float)
    for main in mains:
        lasting = [one for one in events if one["ph"] == "X" and (one["pid"], one["tid"]) == main]
        outer: list[Event] = []
        for one in sorted(lasting, key=lambda one: (one["ts"], -one.get("dur", 0))):
            while outer and outer[-1]["ts"] + outer[-1].get("dur", 0) <= one["ts"]:
                outer.pop()
            took = float(one.get("tdur") or one.get("dur") or 0) / 1e6
            seconds[_KINDS.get(one["name"], "")] += took
            if outer:
                seconds[_KINDS.get(outer[-1]["name"], "")] -= took
            outer.append(one)
    return {kind: each for kind, each in seconds.items() if kind}
