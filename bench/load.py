"""Many people at once: each has a review open and changes something every ten seconds, as the page itself would.

There is no room for so many browsers here, so each person is a WebSocket that speaks as the page does: it opens the
review, presses Pass or Fail on a card in turn, and waits until the server has drawn the card and the bar again. The
latency is from the press to that; the browser's own drawing comes on top.
"""

import asyncio
import random
import re
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

from bench import servers
from bench.figures import Aim, Figure
from bench.measures import Bench
from bench.servers import Server

EVERY = 10.0
MINUTES = 5.0
CROWDS = (10, 25, 50, 100, 200)
_BAR = re.compile(r"No changes yet|(⚠ )?\*\*[0-9]+ change|\*\*Read-only")
_MAX_CHARACTERS = 60.0
"""Seconds after which a change that was not answered counts as an error."""


@dataclass(slots=True)
class _Crowd:
    """What a crowd saw. Times are in seconds."""

    people: int
    opened: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: float = 0.0


@dataclass(slots=True)
class _Card:
    """The buttons for a status on one card: the id of the widget, its fragment, and what is pressed next."""

    widget: str
    fragment: str
    options: list[str]
    presses: int = 0


class _Person:
    """One page, without its browser."""

    def __init__(self, line: Any, crowd: _Crowd, query: str) -> None:
        self._line, self._crowd, self._query = line, crowd, query
        self.cards: dict[str, _Card] = {}
        self.bar = ""

    async def open(self) -> None:
        begun = time.monotonic()
        message = BackMsg()
        message.rerun_script.query_string, message.rerun_script.page_name = self._query, "view"
        await self._send(message, ForwardMsg.FINISHED_SUCCESSFULLY)
        self._crowd.opened.append(time.monotonic() - begun)
        if not self.cards:
            self._crowd.errors.append("no card was drawn")

    async def change(self) -> None:
        card = random.choice(list(self.cards.values()))
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string, rerun.page_name, rerun.fragment_id = self._query, "view", card.fragment
        state = rerun.widget_states.widgets.add()
        state.id = card.widget
        state.string_array_value.data.append(card.options[card.presses % 2])
        card.presses += 1
        begun, self.bar = time.monotonic(), ""
        await self._send(message, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
        self._crowd.changed.append(time.monotonic() - begun)
        if not ("saved as draft" in self.bar or "No changes yet" in self.bar):  # pressed twice, it is undone
            self._crowd.errors.append(f"the bar reads {self.bar!r}")

    async def _send(self, message: BackMsg, done: int) -> None:
        await self._line.send(message.SerializeToString())
        async with asyncio.timeout(_MAX_CHARACTERS):
            while True:
                received = ForwardMsg.FromString(await self._line.recv())
                kind = received.WhichOneof("type")
                if kind == "delta":
                    self._read(received)
                elif kind == "script_finished" and received.script_finished == done and self.bar:
                    return  # a change takes two runs: the press, then the card and the bar again

    def _read(self, received: ForwardMsg) -> None:
        element = received.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self._crowd.errors.append(f"exception: {element.exception.type}")
        elif kind == "alert" and element.alert.format == element.alert.ERROR:
            self._crowd.errors.append(f"alert: {element.alert.body[:100]}")
        elif kind == "markdown" and _BAR.match(element.markdown.body):
            self.bar = element.markdown.body
        elif kind == "button_group" and received.delta.fragment_id and element.button_group.id not in self.cards:
            group = element.button_group
            values = [f"{option.content_icon} {option.content}".strip() for option in group.options]
            # Not the options of a value, which can give a status: pressing the status that is chosen then draws no bar.
            if "Status of" in group.label and not group.disabled:
                now = list(group.raw_values)[:1]  # pressing what is chosen changes nothing
                self.cards[group.id] = _Card(group.id, received.delta.fragment_id, values, int(now == values[:1]))


def load(bench: Bench) -> Iterator[Figure]:
    """Each crowd on a server of its own, so that memory is that of its sessions."""
    target = bench.targets[-1]
    minutes = 0.5 if bench.rounds < 12 else MINUTES
    for people in CROWDS:
        server = servers.portal(target.folder, bench.folder / f"load-{people}", QC_PORTAL_TRUST_NETWORK="1")
        # In a thread of its own: the browser of the other measures has the event loop of this one.
        with servers.run_servers(server), ThreadPoolExecutor(1) as aside:
            work = _work(server, people, urlencode({"name": target.name}), minutes * 60)
            crowd = aside.submit(asyncio.run, work).result()
        yield from _lines(crowd, target.title)


async def _work(server: Server, people: int, query: str, seconds: float) -> _Crowd:
    crowd = _Crowd(people)
    await _one(server, _Crowd(1), query, 0, 0)  # what is loaded once counts for nobody
    before = server.memory()
    async with asyncio.TaskGroup() as group:
        for number in range(people):
            group.create_task(_one(server, crowd, query, number + 1, seconds))
        await asyncio.sleep(seconds * 0.9)
        crowd.memory = (server.memory() - before) / people
        print(
            f"  {people} people: {len(crowd.changed)} changes, {len(crowd.errors)} errors", file=sys.stderr, flush=True
        )
    return crowd


async def _one(server: Server, crowd: _Crowd, query: str, number: int, seconds: float) -> None:
    """One person from opening the review to leaving; they come within the first ten seconds."""
    until = time.monotonic() + seconds
    await asyncio.sleep(EVERY * number / max(crowd.people, 1) if seconds else 0)
    address = f"{server.origin.replace('http', 'ws')}/_stcore/stream"
    cookie = f"qc_name={quote(f'Person {number}')}"
    try:
        async with connect(
            address,
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(server.origin),
            max_size=None,
            additional_headers={"Cookie": cookie},
            ping_interval=None,
        ) as line:
            person = _Person(line, crowd, query)
            await person.open()
            while time.monotonic() < until and person.cards:
                pause = EVERY * random.uniform(0.8, 1.2)
                begun = time.monotonic()
                await person.change()
                await asyncio.sleep(max(0.0, pause - (time.monotonic() - begun)))
    except (OSError, TimeoutError, WebSocketException) as error:
        crowd.errors.append(f"{type(error).__name__}: {error}")


def _lines(crowd: _Crowd, title: str) -> Iterator[Figure]:
    who = f"{crowd.people} people"
    changed = sorted(crowd.changed) or [float("nan")]
    yield Figure(f"{who}: open a review, p50", title, crowd.opened or [float("nan")])
    yield Figure(f"{who}: open a review, the slowest", title, [max(crowd.opened, default=float("nan"))], aim=Aim(15))
    yield Figure(f"{who}: a change, p50", title, changed)
    p95 = Aim(0.15) if crowd.people <= 100 else None
    yield Figure(f"{who}: a change, p95", title, [changed[int(len(changed) * 0.95)]], aim=p95)
    yield Figure(f"{who}: memory a session", title, [crowd.memory], "MB", digits=1)
    aim = Aim(0) if crowd.people <= 50 else None
    yield Figure(f"{who}: errors in {len(crowd.changed)} changes", title, [float(len(crowd.errors))], "", (), aim, 0)
    for error in sorted(set(crowd.errors))[:5]:
        print(f"  {who}: {error}", file=sys.stderr, flush=True)
