"""The queue on screen: found over all assets, compared with drafts and records at each step. Knows no Streamlit."""

import hashlib
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from pages.shell.address import ReviewAddress
from pages.shell.portal import now, services
from qc_core.assets.metrics import MetricRow
from qc_core.assets.queue import (
    ItemId,
    Queue,
    QueueQuery,
    find_decided,
    format_queue_query,
    item_id,
    order_by_figure,
    parse_queue_query,
)
from qc_core.errors import QcError, StoreUnavailable
from qc_core.quality_control.annotating.changes import Edit
from qc_core.quality_control.status import Status
from qc_core.stores.listing import MetricPage
from qc_core.stores.ports import StoredRecord
from qc_core.stores.summary import metric_rows

log = logging.getLogger("qc_portal")

MAX_ITEMS = 2000
"""Metrics of one queue at most: more are worked off in further queues."""


@dataclass(slots=True)
class OpenQueue:
    """A queue as one browser tab has it open.

    `text` is its query, as in the address. `owner` is the key of the person, "" for a guest. `page` is the answer of
    the index that it rests on. `found` is how many metrics match, also beyond the most that a queue has. `changes`
    counts the person's unsubmitted changes by record. `submissions` is how often this tab had submitted when the queue
    was last compared with the index. `names` are those of the assets that are or were in the queue, by record id.
    """

    text: str
    owner: str
    query: QueueQuery
    page: MetricPage
    found: int
    queue: Queue
    changes: dict[str, int] = field(default_factory=dict)
    submissions: int = 0
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._learn_names()

    @property
    def changed_records(self) -> list[str]:
        """The ids of the queue's records with unsubmitted changes of this person, in order."""
        return [record_id for record_id in self.names if self.changes.get(record_id)]

    def address_of(self, row: MetricRow) -> ReviewAddress:
        """The review at a metric, with this queue next to it."""
        return ReviewAddress(row.asset.record_id, position=row.position, queue=self.text)

    def open_item(self, record_id: str, metric: str) -> None:
        """Make the metric with that address in a record the current one, if it is in the queue."""
        self.queue = self.queue.with_current((record_id, metric))

    def use_draft(self, record_id: str, edits: Mapping[str, Edit]) -> None:
        """Take over what a record's draft decides by now."""
        self.queue = self.queue.with_decided(record_id, find_decided(self.queue.of_record(record_id), edits))
        self.changes[record_id] = len(edits)

    def step(self, here: StoredRecord) -> MetricRow | None:
        """The next metric to decide, as of now; None where nothing but the current one is left.

        Where it is of another record than the open one (`here`), the index is asked again, and that record is read:
        what is no longer Pending there leaves the queue. A record that cannot be read is skipped.
        """
        following = self.queue.next_row()
        if following is not None and following.asset.record_id != here.record_id:
            self.refresh()
        while (following := self.queue.next_row()) is not None:
            try:
                self.check_record(following.asset.record_id, here)
            except QcError as error:
                log.warning("%s is skipped in a queue: %s", following.asset.record_id, error)
                if item_id(following) in self.queue.skipped:
                    return None
                for row in self.queue.of_record(following.asset.record_id):
                    self.queue = self.queue.with_skipped(item_id(row))
                continue
            if item_id(following) in map(item_id, self.queue.rows):
                return following
        return None

    def skip(self, item: ItemId, *, keep: bool) -> None:
        """Put a metric after all others; with `keep` also for the person's next visit, where that can be stored."""
        self.queue = self.queue.with_skipped(item)
        if keep and self.owner:
            skipped = sorted(item_id(row) for row in self.queue.left_skipped)
            value = {"query": self.text, "skipped": [list(one) for one in skipped]}
            with suppress(StoreUnavailable):
                services().personal.write(self.owner, _name_of(self.text), value)

    def refresh(self) -> None:
        """Ask the index again; where it cannot be asked the queue stays as it was."""
        with suppress(StoreUnavailable):
            self.page, rows, self.found = find_rows(self.query)
            self.queue = self.queue.with_rows(rows)
            self._learn_names()

    def check_submitted(self, submissions: int) -> None:
        """After a submission: ask the index, and the records that had changes, what is left."""
        self.submissions = submissions
        self.refresh()
        changed = [record_id for record_id, number in self.changes.items() if number]
        for record_id in changed:
            with suppress(QcError):
                self.check_record(record_id, services().records.get_recent(record_id))  # as it was read back
        with suppress(StoreUnavailable):
            edits = services().drafts.list_edits(self.owner)
            for record_id in changed:
                self.use_draft(record_id, edits.get(record_id, {}))

    def check_record(self, record_id: str, known: StoredRecord | None = None) -> None:
        """Take those metrics of a record out that are no longer Pending in it. Raises what the store raises.

        It is read, unless it is the one that is `known` as it is now.
        """
        is_known = known is not None and known.record_id == record_id
        stored = known if known is not None and is_known else services().records.get_cached(record_id).record
        pending = {row.position.metric for row in metric_rows(stored, now()) if row.status == Status.PENDING}
        gone = [item_id(row) for row in self.queue.of_record(record_id) if row.position.metric not in pending]
        if gone:
            self.queue = self.queue.without(gone)

    def _learn_names(self) -> None:
        self.names.update({row.asset.record_id: row.asset.name for row in self.queue.rows})


def load(text: str, owner: str, submissions: int) -> OpenQueue:
    """The queue of a query: what matches, what the person's drafts decide, and what they skipped on earlier visits.

    Raises StoreUnavailable.
    """
    query = parse_queue_query(parse_qsl(text))
    page, rows, found = find_rows(query)
    opened = OpenQueue(text, owner, query, page, found, Queue(rows), submissions=submissions)
    with suppress(StoreUnavailable):
        for record_id, edits in services().drafts.list_edits(owner).items():
            opened.use_draft(record_id, edits)
    for item in _read_skipped(owner, text) & set(map(item_id, rows)):
        opened.queue = opened.queue.with_skipped(item)
    return opened


def find_rows(query: QueueQuery) -> tuple[MetricPage, tuple[MetricRow, ...], int]:
    """The answer of the index, the metrics in the queue in their order, and how many there are. StoreUnavailable."""
    page = services().metrics.find_metrics(query.at_store)
    rows = query.select(page.rows, now())
    return page, order_by_figure(rows[:MAX_ITEMS]), len(rows)


def format_text(query: QueueQuery) -> str:
    """The query as the text of an address, such as `project=Ephys&stage=Raw+data`; `all` where it has no conditions."""
    return urlencode(format_queue_query(query)) or "all"


def _read_skipped(owner: str, text: str) -> set[ItemId]:
    try:
        kept = services().personal.read(owner, _name_of(text))
    except StoreUnavailable:
        return set()
    skipped = kept.get("skipped") if isinstance(kept, dict) else None
    if not isinstance(skipped, list):
        return set()
    return {(str(one[0]), str(one[1])) for one in skipped if isinstance(one, list) and len(one) == 2}


def _name_of(text: str) -> str:
    return f"queue-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"
