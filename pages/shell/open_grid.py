"""The grid on screen: its metrics as found over many assets, and what drafts and records make of them. No Streamlit."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl

from pages.shell.portal import now, services
from qc_core.assets.grid import find_drafted, find_reasons_given, merge_tiles, name_tile, order_tiles, parse_grid_query
from qc_core.assets.metrics import MetricQuery, MetricRow
from qc_core.errors import QcError, StoreUnavailable
from qc_core.quality_control.annotating.changes import DraftEntry, Edit
from qc_core.quality_control.annotating.journal import Batch, Journal, record, redo, undo
from qc_core.quality_control.status import Status
from qc_core.stores.listing import MetricPage
from qc_core.stores.summary import metric_rows

MAX_TILES = 500
"""Metrics in a grid at most."""

Changed = Mapping[tuple[str, str], tuple[DraftEntry | None, DraftEntry | None]]
"""What a step changed: by record and key in its draft, the entry before and after it."""


@dataclass(slots=True)
class OpenGrid:
    """A grid as one browser tab has it open.

    `text` is its query, as in the address. `owner` is the key of the person, "" for a guest. `page` is the answer of
    the index that it rests on, `found` how many metrics match. `rows` are its tiles. `drafted` is what the drafts make
    of them, by their names, `reasons` the short reasons that these give for a Fail, `touched` the names of those that a
    draft ever changed here, and `changes` counts the person's changes by record. `refused` is why tiles took no
    verdict, and `unsaved` why changes could not be stored. `journal` has the steps that were taken here. `submissions`
    is how often this tab had submitted when the records were last compared.
    """

    text: str
    owner: str
    query: MetricQuery
    page: MetricPage
    found: int
    rows: tuple[MetricRow, ...]
    drafted: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, tuple[str, ...]] = field(default_factory=dict)
    changes: dict[str, int] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    unsaved: str = ""
    journal: Journal = field(default_factory=Journal)
    submissions: int = 0

    @property
    def names(self) -> dict[str, str]:
        """The names of the grid's assets by record id, in order."""
        return {row.asset.record_id: row.asset.name for row in self.rows}

    @property
    def changed_records(self) -> list[str]:
        """The ids of the grid's records with unsubmitted changes of this person, in order."""
        return [record_id for record_id in self.names if self.changes.get(record_id)]

    def of_record(self, record_id: str) -> tuple[MetricRow, ...]:
        """The tiles of one record."""
        return tuple(row for row in self.rows if row.asset.record_id == record_id)

    def group_tiles(self, names: tuple[str, ...]) -> dict[str, list[MetricRow]]:
        """The tiles of these names by record, in order; names of none are left out."""
        wanted, groups = set(names), dict[str, list[MetricRow]]()
        for row in self.rows:
            if name_tile(row) in wanted:
                groups.setdefault(row.asset.record_id, []).append(row)
        return groups

    def use_draft(self, record_id: str, edits: Mapping[str, Edit]) -> None:
        """Take over what a record's draft makes of its tiles by now."""
        rows = self.of_record(record_id)
        for row in rows:
            self.drafted.pop(name_tile(row), None)
            self.reasons.pop(name_tile(row), None)
        self.reasons.update(find_reasons_given(rows, edits))
        found = find_drafted(rows, edits)
        self.drafted.update(found)
        self.touched.update(found)
        self.changes[record_id] = len(edits)

    def record_step(self, changed: Changed) -> None:
        """Remember what a step changed in all records together, so that it is undone in one."""
        batch = Batch({_join(place): entries for place, entries in changed.items()})
        self.journal = record(self.journal, batch)

    def list_step(self, *, back: bool) -> list[str]:
        """The ids of the records of the step that is undone next (`back`) or taken again; none where there is none."""
        batches = self.journal.done if back else self.journal.undone
        return list(dict.fromkeys(_split(key)[0] for key in batches[-1].changes)) if batches else []

    def take_step(
        self, entries: Mapping[tuple[str, str], DraftEntry], *, back: bool
    ) -> dict[tuple[str, str], DraftEntry]:
        """Undo the last step, or take it again, against the entries as they are now; what this writes.

        A step of which nothing is left leaves the journal; then nothing is written.
        """
        done, undone = self.journal.done, self.journal.undone
        one = Journal(done=done[-1:]) if back else Journal(undone=undone[-1:])
        moved, written = (undo if back else redo)(one, {_join(key): entry for key, entry in entries.items()}, now())
        done, undone = (done[:-1], undone) if back else (done, undone[:-1])
        self.journal = Journal((*done, *moved.done), (*undone, *moved.undone))
        return {_split(key): entry for key, entry in written.items()}

    def refresh(self) -> None:
        """Ask the index again; where it cannot be asked the grid stays as it was."""
        with suppress(StoreUnavailable):
            self.page, rows, self.found = find_rows(self.query)
            self.rows = merge_tiles(self.rows, rows, self.touched)

    def check_submitted(self, submissions: int) -> None:
        """After a submission: take over what the records that had changes have become, and what is left in drafts."""
        self.submissions = submissions
        changed = [record_id for record_id, number in self.changes.items() if number]
        with suppress(StoreUnavailable):
            edits = services().drafts.list_edits(self.owner)
            for record_id in changed:
                self.use_draft(record_id, edits.get(record_id, {}))
        for record_id in changed:
            with suppress(QcError):
                stored = services().records.get_recent(record_id)  # as it was read back
                by_name = {name_tile(row): row for row in metric_rows(stored, now())}
                self.rows = tuple(by_name.get(name_tile(row), row) for row in self.rows)


def load(text: str, owner: str, submissions: int) -> OpenGrid:
    """The grid of a query: what matches, and what the person's drafts make of it. Raises StoreUnavailable."""
    query = parse_grid_query(parse_qsl(text))
    page, rows, found = find_rows(query)
    opened = OpenGrid(text, owner, query, page, found, rows, submissions=submissions)
    read_drafts(opened)
    return opened


def read_drafts(opened: OpenGrid) -> None:
    """Read what the person's drafts make of the tiles, as other pages and tabs left them."""
    with suppress(StoreUnavailable):
        edits = services().drafts.list_edits(opened.owner)
        for record_id in opened.names:
            if record_id in edits or opened.changes.get(record_id):
                opened.use_draft(record_id, edits.get(record_id, {}))


def find_rows(query: MetricQuery) -> tuple[MetricPage, tuple[MetricRow, ...], int]:
    """The answer of the index, the tiles in their order, and how many metrics match. Raises StoreUnavailable."""
    at_store = query
    if query.statuses == (str(Status.PENDING),):
        at_store = replace(query, assets=replace(query.assets, pending=True))
    page = services().metrics.find_metrics(at_store)
    return page, order_tiles(page.rows, MAX_TILES), len(page.rows)


def _join(place: tuple[str, str]) -> str:
    return "\0".join(place)


def _split(joined: str) -> tuple[str, str]:
    record_id, _, key = joined.partition("\0")
    return record_id, key
