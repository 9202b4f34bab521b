"""Keep a person's edits of one record as a draft."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from qc_core.quality_control.annotating.changes import DraftEntry, Tombstone
from qc_core.quality_control.annotating.editing import later_time
from qc_core.quality_control.annotating.merging import StoredDraft, merge, prune, without_tombstones
from qc_core.stores.draft_port import DraftStore


def save(
    drafts: DraftStore,
    *,
    person_key: str,
    record_id: str,
    tab: str,
    entries: Mapping[str, DraftEntry],
    person_name: str = "",
    stored: StoredDraft | None = None,
    mark: str | None = None,
) -> dict[str, DraftEntry]:
    """Store changes (edits, and tombstones of removed ones) in this tab's draft, in one write.

    Only this tab's own draft is written; there, what is saved now counts as newer than what other tabs hold.
    `stored` is the draft as it is stored, where it was just read; `mark` is left next to what is written. Gives the
    edits of all tabs as they then are. Raises StoreUnavailable, and NotAllowed for a guest.
    """
    tabs = (stored or drafts.get_draft(person_key, record_id)).tabs
    mine = _add(tabs, tab, entries)
    return write_tab(drafts, tabs, person_key, record_id, tab, mine, name=person_name, mark=mark)


def save_known(
    drafts: DraftStore,
    *,
    person_key: str,
    record_id: str,
    tab: str,
    entries: Mapping[str, DraftEntry],
    person_name: str,
    stored: StoredDraft,
) -> StoredDraft:
    """As `save`, by one write without a read, where `stored` was just read or written. Returns what is stored then.

    Tombstones are kept, since other tabs may have changed what they hide meanwhile. Raises as `save` does.
    """
    mine = _add(stored.tabs, tab, entries)
    drafts.write(person_key, record_id, tab, mine, name=person_name, is_known=True)
    return stored._replace(tabs={**stored.tabs, tab: mine})


def remove_landed(
    drafts: DraftStore, *, person_key: str, person_name: str, record_id: str, tab: str, landed: Mapping[str, DraftEntry]
) -> None:
    """Take edits that were found in the record out of the stored draft, unless they were changed since.

    Raises StoreUnavailable, and NotAllowed for a guest.
    """
    tabs = drafts.read(person_key, record_id)
    held = merge(tabs)
    done = {
        key: DraftEntry(Tombstone(entry.edited_at))
        for key, entry in landed.items()
        if key in held and held[key].edited_at == entry.edited_at
    }
    if done:
        write_tab(drafts, tabs, person_key, record_id, tab, {**tabs.get(tab, {}), **done}, name=person_name)


def _add(
    tabs: Mapping[str, Mapping[str, DraftEntry]], tab: str, entries: Mapping[str, DraftEntry]
) -> dict[str, DraftEntry]:
    """What a tab holds with `entries`, which count as newer than what other tabs hold."""
    mine = dict(tabs.get(tab, {}))
    for key, entry in entries.items():
        others = [held[key].edited_at for name, held in tabs.items() if name != tab and key in held]
        mine[key] = _later_than(max(others), entry) if others else entry
    return mine


def write_tab(
    drafts: DraftStore,
    tabs: Mapping[str, Mapping[str, DraftEntry]],
    person: str,
    record_id: str,
    tab: str,
    entries: Mapping[str, DraftEntry],
    *,
    name: str,
    mark: str | None = None,
) -> dict[str, DraftEntry]:
    """Replace what one tab holds by what is needed of `entries`, where `tabs` is what all hold now.

    `mark` is left where something is stored. Gives the edits of all tabs as they then are. Raises StoreUnavailable.
    """
    others = {other: held for other, held in tabs.items() if other != tab}
    mine = prune(entries, others.values())
    if mine or tabs.get(tab):
        drafts.write(person, record_id, tab, mine, name=name, mark=mark)
    return without_tombstones(merge({**others, tab: mine}))


def _later_than(earlier: datetime, entry: DraftEntry) -> DraftEntry:
    return replace(entry, edit=replace(entry.edit, edited_at=later_time(earlier, entry.edited_at)))
