"""The drafts of several tabs as one: only a tab writes its own, and readers merge them edit by edit."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from qc_core.json_document.value import JsonValue
from qc_core.quality_control.annotating.changes import DraftEntry, Edit, MetricEdit, NotesEdit, Tombstone
from qc_core.quality_control.annotating.draft_text import written_entry, written_sent, written_signature


class HeldDraft(NamedTuple):
    """A person's draft of one record, as it is stored: tab -> edit key -> entry.

    `problems` are sentences about what cannot be understood. `marks` name the place where it is stored: while that
    place exists at least one of them stays, whatever is undone or submitted. Once all that were seen are gone, the
    stored draft was removed from outside of the portal.
    """

    tabs: Mapping[str, Mapping[str, DraftEntry]] = {}
    problems: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()

    def was_removed_since(self, seen: frozenset[str]) -> bool:
        """Whether the stored draft was removed from outside of the portal since somebody saw these marks of it."""
        return bool(seen) and not seen & self.marks


def merge(tabs: Mapping[str, Mapping[str, DraftEntry]]) -> dict[str, DraftEntry]:
    """What all tabs hold together: of each edit the newest; on a tie a tombstone.

    The same edit in two tabs is one, with the signatures of both. In whatever order and grouping tabs are
    merged, the result is the same.
    """
    found: dict[str, DraftEntry] = {}
    for entries in tabs.values():
        for key, entry in entries.items():
            found[key] = _newer(found[key], entry) if key in found else _in_order(entry)
    return dict(sorted(found.items()))


def standing(entries: Mapping[str, DraftEntry]) -> dict[str, Edit]:
    """The edits among merged entries: without tombstones."""
    return {key: entry for key, entry in entries.items() if not isinstance(entry, Tombstone)}


def prune(mine: Mapping[str, DraftEntry], others: Iterable[Mapping[str, DraftEntry]]) -> dict[str, DraftEntry]:
    """What one tab needs to keep: neither edits that others supersede, nor tombstones that hide nothing."""
    elsewhere = [entries for entries in others if entries]

    def is_needed(key: str, entry: DraftEntry) -> bool:
        theirs = [entries[key] for entries in elsewhere if key in entries]
        if isinstance(entry, Tombstone):
            return any(_supersedes(entry, their) for their in theirs if not isinstance(their, Tombstone))
        return not any(_supersedes(their, entry) for their in theirs)

    return {key: entry for key, entry in mine.items() if is_needed(key, entry)}


def _supersedes(one: DraftEntry, other: DraftEntry) -> bool:
    if one.edited_at == other.edited_at:
        return isinstance(one, Tombstone) and not isinstance(other, Tombstone)
    return one.edited_at > other.edited_at


def _newer(one: DraftEntry, other: DraftEntry) -> DraftEntry:
    mine, theirs = _rank(one), _rank(other)
    if mine != theirs:
        return _in_order(one if mine > theirs else other)
    if isinstance(one, MetricEdit) and isinstance(other, MetricEdit):
        return _in_order(replace(one, signatures=(*one.signatures, *other.signatures)))
    if isinstance(one, NotesEdit) and isinstance(other, NotesEdit):
        return _in_order(replace(one, sent=(*one.sent, *other.sent)))
    return one


def _rank(entry: DraftEntry) -> tuple[datetime, bool, str]:
    """Newest first, then tombstones, then by what it says apart from its signatures, so that any order will do."""
    written = written_entry(entry)
    return entry.edited_at, isinstance(entry, Tombstone), _canonical({**written, "signatures": [], "sent": []})


def _in_order(entry: DraftEntry) -> DraftEntry:
    """The entry with its signatures in one order, each once."""
    if isinstance(entry, MetricEdit):
        by_text = {_canonical(written_signature(item)): item for item in entry.signatures}
        return replace(entry, signatures=tuple(by_text[text] for text in sorted(by_text)))
    if isinstance(entry, NotesEdit):
        sent = {_canonical(written_sent(item)): item for item in entry.sent}
        return replace(entry, sent=tuple(sent[text] for text in sorted(sent)))
    return entry


def _canonical(value: JsonValue) -> str:
    return json.dumps(value, sort_keys=True)
