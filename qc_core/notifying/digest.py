"""A digest: what one message states, as plain values. It holds names and statuses, and no value, note or reference."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from qc_core.assets.queue import QueueQuery, format_queue_query
from qc_core.mail_address import is_unseen
from qc_core.notifying.events import Event, Kind
from qc_core.quality_control.position import format_query

MAX_ITEMS = 60
"""Metrics that a message lists; how many more there are is stated."""
_MAX_LETTERS = 200


@dataclass(frozen=True, slots=True)
class Item:
    """A metric in a message: its texts are one line each, without signs that cannot be seen."""

    kind: str
    metric: str
    since: datetime | None
    link: str


@dataclass(frozen=True, slots=True)
class AssetItems:
    """The metrics of one asset in a message."""

    record_id: str
    name: str
    subject: str
    project: str
    link: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What one message states: `counts` of all events by kind, the assets of those listed, and `more` beyond them.

    `queues` are (what is asked for, link), one for each subscription. `notice` is what else is to be known, or "".
    """

    sent_at: datetime
    portal: str
    counts: tuple[tuple[str, int], ...]
    assets: tuple[AssetItems, ...]
    more: int
    queues: tuple[tuple[str, str], ...]
    notice: str = ""

    @property
    def title(self) -> str:
        """The counts, such as "2 Fail, 1 Overdue, 14 Pending"."""
        return ", ".join(f"{number:,} {kind}" for kind, number in self.counts)


def build_digest(
    events: Sequence[Event], queries: Sequence[QueueQuery], at: datetime, portal: str, notice: str = ""
) -> Digest:
    """The digest of events, for the reader of these queues; `portal` is the address that its links begin with."""
    order = {kind: number for number, kind in enumerate(Kind)}
    counts = Counter(event.kind for event in events)
    listed = sorted(events, key=lambda event: order[event.kind])[:MAX_ITEMS]
    of_asset: dict[str, list[Event]] = {}
    for event in listed:
        of_asset.setdefault(event.metric.asset.record_id, []).append(event)
    return Digest(
        sent_at=at,
        portal=portal,
        counts=tuple((kind.value, counts[kind]) for kind in Kind if counts[kind]),
        assets=tuple(_describe_asset(some, portal) for some in of_asset.values()),
        more=len(events) - len(listed),
        queues=tuple(_describe_queue(query, portal) for query in queries),
        notice=notice,
    )


def _describe_asset(events: Sequence[Event], portal: str) -> AssetItems:
    asset = events[0].metric.asset
    return AssetItems(
        record_id=asset.record_id,
        name=clean(asset.name),
        subject=clean(asset.subject_id or ""),
        project=clean(asset.project or ""),
        link=f"{portal}/view?{_encode({'id': asset.record_id})}",
        items=tuple(_describe_item(event, portal) for event in events),
    )


def _describe_item(event: Event, portal: str) -> Item:
    row = event.metric
    parameters = {"id": row.asset.record_id} | format_query(row.position)
    return Item(event.kind.value, clean(row.name), row.changed_at, f"{portal}/view?{_encode(parameters)}")


def _describe_queue(query: QueueQuery, portal: str) -> tuple[str, str]:
    pairs = format_queue_query(query)
    text = "; ".join(f"{key.replace('_', ' ')} {value}" for key, value in pairs)
    return clean(text) or "all assets", f"{portal}/queue" + (f"?{urlencode(pairs)}" if pairs else "")


def _encode(parameters: dict[str, str]) -> str:
    return urlencode(parameters, errors="replace")


def clean(text: str) -> str:
    """The text on one line of at most 200 characters, without those that control the direction or style of text."""
    readable = "".join(" " if letter.isspace() else letter for letter in text)
    line = " ".join("".join(letter for letter in readable if not is_unseen(letter)).split())
    return line if len(line) <= _MAX_LETTERS else f"{line[: _MAX_LETTERS - 1]}…"
