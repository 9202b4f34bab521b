"""The changes that a person made to a draft, in order, so that each can be undone and redone: pure values.

One action is one `Batch`, however many metrics it changes:

    journal = record(Journal(), Batch({"metrics/0#9f86": (None, entry)}))
    journal, entries = undo(journal, draft, now)     # entries: {"metrics/0#9f86": a tombstone}, to be kept in the draft
    journal, entries = redo(journal, draft, now)     # entries: {"metrics/0#9f86": the edit again}

Changes of another tab, or from before a reload, are in no journal: `include_others` adds them. `undo` and `redo` give
what is to be written, and write nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from qc_core.quality_control.annotating.changes import DraftEntry, Edit, Sent, Tombstone
from qc_core.quality_control.annotating.draft_text import canonical_text
from qc_core.quality_control.annotating.editing import later_time

MAX_BATCHES = 500
"""How many batches are kept; the oldest go first."""

_Entry = DraftEntry | None
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one action changed: by the draft's key, the entry before and after it, None for no edit."""

    changes: Mapping[str, tuple[_Entry, _Entry]]


@dataclass(frozen=True, slots=True)
class Journal:
    """The batches that can be undone, oldest first, and those that were undone and can be redone, newest last."""

    done: tuple[Batch, ...] = ()
    undone: tuple[Batch, ...] = ()


def record(journal: Journal, batch: Batch) -> Journal:
    """The journal with one more batch at its end; what was undone before it can no longer be redone."""
    return Journal((*journal.done, batch)[-MAX_BATCHES:]) if batch.changes else journal


def undo(journal: Journal, draft: Mapping[str, DraftEntry], now: datetime) -> tuple[Journal, dict[str, DraftEntry]]:
    """The journal after its newest batch was undone, and the entries that this writes into the draft.

    `draft` has the current entries. An entry that another tab changed since the batch is left alone; a batch with
    nothing left to undo is skipped. Returns no entries if there is nothing to undo.
    """
    done, undone = journal.done, journal.undone
    while done:
        *rest, batch = done
        done = tuple(rest)
        changes = {key: change for key, change in batch.changes.items() if _is_same(draft.get(key), change[1])}
        if changes:
            entries = {key: _move(draft.get(key), change[1], change[0], now) for key, change in changes.items()}
            return Journal(done, (*undone, Batch(changes))), entries
    return Journal(done, undone), {}


def redo(journal: Journal, draft: Mapping[str, DraftEntry], now: datetime) -> tuple[Journal, dict[str, DraftEntry]]:
    """The journal after the batch that was undone last was done again, and the entries to write; as `undo`."""
    done, undone = journal.done, journal.undone
    while undone:
        *rest, batch = undone
        undone = tuple(rest)
        changes = {key: change for key, change in batch.changes.items() if _is_same(draft.get(key), change[0])}
        if changes:
            entries = {key: _move(draft.get(key), change[0], change[1], now) for key, change in changes.items()}
            return Journal((*done, Batch(changes)), undone), entries
    return Journal(done, undone), {}


def include_others(journal: Journal, draft: Mapping[str, DraftEntry]) -> Journal:
    """The journal with the newest edits that it does not know (of another tab, or from before a reload) as one batch.

    They are added where they are newer than what the journal did last, or where it did nothing that can be undone.
    Edits of the same time were made by one action.
    """
    edits = {key: entry for key, entry in draft.items() if _edit(entry) is not None}
    own = [draft[key].edited_at for key in (journal.done[-1].changes if journal.done else ()) if key in edits]
    later = {key: entry for key, entry in edits.items() if not own or entry.edited_at > max(own)}
    known: dict[str, list[_Entry]] = {}
    for batch in (*journal.done, *journal.undone) if later else ():
        for key in batch.changes.keys() & later.keys():
            known.setdefault(key, []).extend(batch.changes[key])
    others = {key: entry for key, entry in later.items() if not any(_is_same(entry, one) for one in known.get(key, ()))}
    if not others and edits and not undo(journal, draft, _ANY_TIME)[1]:
        others = edits
    newest = max((entry.edited_at for entry in others.values()), default=None)
    found = {key: (None, entry) for key, entry in others.items() if entry.edited_at == newest}
    return Journal((*journal.done, Batch(found)), journal.undone) if found else journal


def forget(journal: Journal, keys: Collection[str]) -> Journal:
    """The journal without these edits: submitted edits cannot be undone in the draft."""

    def without(batches: tuple[Batch, ...]) -> tuple[Batch, ...]:
        left = (Batch({key: one for key, one in batch.changes.items() if key not in keys}) for batch in batches)
        return tuple(batch for batch in left if batch.changes)

    return Journal(without(journal.done), without(journal.undone))


def _move(present: _Entry, start: _Entry, end: _Entry, now: datetime) -> DraftEntry:
    """`present`, which equals `start`, changed into `end`.

    It is later than what it replaces. What was sent since `start` stays: it may have landed.
    """
    at = now if present is None else later_time(present.edited_at, now)
    edit = _edit(end)
    if end is None or edit is None:
        return DraftEntry(Tombstone(at))
    known, gone = _find_sent(present), _find_sent(start)
    sent = [*(one for text, one in known.items() if text not in gone), *end.sent]
    return DraftEntry(replace(edit, edited_at=at), tuple({canonical_text(one): one for one in sent}.values()))


def _is_same(one: _Entry, other: _Entry) -> bool:
    """Whether two entries make the same change, apart from their times and from what was sent."""
    mine, theirs = _edit(one), _edit(other)
    if mine is None or theirs is None:
        return mine is theirs
    texts = (canonical_text(DraftEntry(replace(edit, edited_at=_ANY_TIME))) for edit in (mine, theirs))
    return next(texts) == next(texts)


def _edit(entry: _Entry) -> Edit | None:
    return None if entry is None or isinstance(entry.edit, Tombstone) else entry.edit


def _find_sent(entry: _Entry) -> dict[str, Sent]:
    return {canonical_text(one): one for one in entry.sent} if entry else {}
