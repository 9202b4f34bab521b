"""Merge the drafts of several tabs: each tab writes only its own, and readers merge them edit by edit."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from qc_core.quality_control.annotating.changes import DraftEntry, Edit, Tombstone
from qc_core.quality_control.annotating.draft_text import canonical_text


class StoredDraft(NamedTuple):
    """A person's draft of one record, as it is stored: tab -> edit key -> entry.

    `problems` are sentences about what cannot be understood. `marks` name the folder where it is stored: while that
    folder exists at least one of them stays, whatever is undone or submitted. Once all that were seen are gone, the
    stored draft was removed from outside of the portal.
    """

    tabs: Mapping[str, Mapping[str, DraftEntry]] = {}
    problems: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()

    def was_removed_since(self, seen: frozenset[str]) -> bool:
        """Whether the stored draft was removed from outside of the portal since these marks of it were seen."""
        return bool(seen) and not seen & self.marks


def merge(tabs: Mapping[str, Mapping[str, DraftEntry]]) -> dict[str, DraftEntry]:
    """The entries of all tabs merged: of each edit the newest; on a tie a tombstone.

    Equal edits of two tabs become one, with what was sent from both. The result does not depend on the order or
    grouping of the tabs.
    """
    found: dict[str, DraftEntry] = {}
    for entries in tabs.values():
        for key, entry in entries.items():
            found[key] = _newer(found[key], entry) if key in found else _in_order(entry)
    return dict(sorted(found.items()))


def without_tombstones(entries: Mapping[str, DraftEntry]) -> dict[str, DraftEntry]:
    """The entries that are edits."""
    return {key: entry for key, entry in entries.items() if not isinstance(entry.edit, Tombstone)}


def edits_of(entries: Mapping[str, DraftEntry]) -> dict[str, Edit]:
    """The edits in entries, without tombstones and without what was sent."""
    return {key: entry.edit for key, entry in entries.items() if not isinstance(entry.edit, Tombstone)}


def prune(mine: Mapping[str, DraftEntry], others: Iterable[Mapping[str, DraftEntry]]) -> dict[str, DraftEntry]:
    """The entries that a tab has to keep: without edits that other tabs supersede, and tombstones that hide nothing."""
    elsewhere = [entries for entries in others if entries]

    def is_needed(key: str, entry: DraftEntry) -> bool:
        theirs = [entries[key] for entries in elsewhere if key in entries]
        if isinstance(entry.edit, Tombstone):
            return any(_supersedes(entry, their) for their in theirs if not isinstance(their.edit, Tombstone))
        return not any(_supersedes(their, entry) for their in theirs)

    return {key: entry for key, entry in mine.items() if is_needed(key, entry)}


def _supersedes(one: DraftEntry, other: DraftEntry) -> bool:
    if one.edited_at == other.edited_at:
        return isinstance(one.edit, Tombstone) and not isinstance(other.edit, Tombstone)
    return one.edited_at > other.edited_at


def _newer(one: DraftEntry, other: DraftEntry) -> DraftEntry:
    mine, theirs = _rank(one), _rank(other)
    if mine != theirs:
        return _in_order(one if mine > theirs else other)
    return _in_order(replace(one, sent=(*one.sent, *other.sent)))


def _rank(entry: DraftEntry) -> tuple[datetime, bool, str]:
    """Newest first, then tombstones, then by the text of the edit, so that any order will do."""
    return entry.edited_at, isinstance(entry.edit, Tombstone), canonical_text(DraftEntry(entry.edit))


def _in_order(entry: DraftEntry) -> DraftEntry:
    """The entry with what was sent in one order, each once."""
    by_text = {canonical_text(sent): sent for sent in entry.sent}
    return DraftEntry(entry.edit, tuple(by_text[text] for text in sorted(by_text)))
