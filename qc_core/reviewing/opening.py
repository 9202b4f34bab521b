"""Open a review: the current record, and a person's draft compared with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from qc_core.errors import StoreUnavailable
from qc_core.quality_control.annotating.changes import ChangeSet, DraftEntry, Edit, NotesChange
from qc_core.quality_control.annotating.editing import edit_key
from qc_core.quality_control.annotating.merging import edits_of, merge, without_tombstones
from qc_core.quality_control.annotating.rebase import build_change_set
from qc_core.quality_control.metric import Metric
from qc_core.stores.draft_port import DraftStore
from qc_core.stores.ports import RecordStore, StoredRecord


@dataclass(frozen=True, slots=True)
class Review:
    """A record, and a person's draft against it as it is now.

    `entries` are the edits of all tabs by key, without those of `landed_keys`: these were sent earlier and are in
    the record already. `merged` is all that the draft holds, tombstones too. `draft_problems` are sentences about
    drafts that could not be understood. With `draft_trouble` the draft could not be read: it is as the page knew it.
    With `trouble` the store of records cannot be asked: the record is as read at `read_at`. `marks` are those of the
    stored draft (`StoredDraft`).
    """

    stored: StoredRecord
    entries: dict[str, DraftEntry]
    change_set: ChangeSet
    landed_keys: tuple[str, ...]
    draft_problems: tuple[str, ...]
    merged: Mapping[str, DraftEntry]
    moved: Mapping[str, str]
    read_at: datetime | None = None
    trouble: StoreUnavailable | None = None
    draft_trouble: StoreUnavailable | None = None
    marks: frozenset[str] = frozenset()

    @property
    def edits(self) -> dict[str, Edit]:
        """The edits in `entries`."""
        return edits_of(self.entries)

    def key_of(self, metric: Metric) -> str:
        """The draft's key for a metric: that of its edit, wherever the metric stood when the edit was made."""
        return self.moved.get(metric.key) or edit_key(metric)


def open_review(
    store: RecordStore,
    drafts: DraftStore,
    person_key: str,
    record_id: str,
    now: datetime,
    *,
    held: Mapping[str, DraftEntry] | None = None,
    marks: frozenset[str] = frozenset(),
) -> Review:
    """A record with a person's draft. It reads only, and changes nothing.

    `held` is the draft as the page knew it, with the `marks` that it saw. It is used where the draft cannot be read
    now, and is added where the stored draft was removed (`StoredDraft.was_removed_since`). Raises RecordNotFound,
    BadRecord or, where it was never read before, StoreUnavailable for the record.
    """
    cached = store.get_cached(record_id)
    stored = cached.record
    problems: tuple[str, ...] = ()
    merged: Mapping[str, DraftEntry] = dict(held or {})
    trouble: StoreUnavailable | None = None
    try:
        stored_draft = drafts.get_draft(person_key, record_id)
        problems = stored_draft.problems
        removed = stored_draft.was_removed_since(marks)
        merged = merge({**stored_draft.tabs, "": merged} if removed else stored_draft.tabs)
        marks = stored_draft.marks
    except StoreUnavailable as error:
        trouble = error
    review = build_review(stored, merged, now, problems=problems, marks=marks)
    return replace(review, read_at=cached.read_at, trouble=cached.error, draft_trouble=trouble)


def build_review(
    stored: StoredRecord,
    merged: Mapping[str, DraftEntry],
    now: datetime,
    *,
    problems: tuple[str, ...] = (),
    marks: frozenset[str] = frozenset(),
) -> Review:
    """A review from a record and a draft that were read (`merged` has all its entries). Asks no store."""
    changes = build_change_set(stored.document, merged, now)
    entries = {key: entry for key, entry in without_tombstones(merged).items() if key not in changes.landed}
    found = [*changes.changes, *changes.conflicts]
    moved = {item.metric.key: item.key for item in found if not isinstance(item, NotesChange) and item.metric}
    return Review(stored, entries, changes, changes.landed, problems, merged, moved, marks=marks)
