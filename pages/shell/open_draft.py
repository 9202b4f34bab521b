"""The draft of one record as a browser tab has it open, and the one door through which it is changed."""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pages.shell.portal import now, person_key, person_name, services
from qc_core import reviewing
from qc_core.errors import StoreUnavailable
from qc_core.identity.permissions import Allowed, Refused
from qc_core.quality_control.annotating.changes import DraftEntry, Edit
from qc_core.quality_control.annotating.editing import build_entry
from qc_core.quality_control.annotating.journal import Batch, Journal, forget, include_others, record, redo, undo
from qc_core.quality_control.annotating.merging import StoredDraft, edits_of, merge, without_tombstones
from qc_core.reviewing import Submission

_READ_AGAIN = timedelta(seconds=30)
"""How long what is stored in a bucket counts as known."""
_WRITE_EVERY = timedelta(seconds=0.7)
"""How often verdicts are written into a bucket at most: ten keys in a second are three writes."""


@dataclass(slots=True)
class OpenDraft:
    """A person's draft of one record: the edits of all their tabs, as this tab knows them.

    `owner` is the key of the person whose draft it is, "" for a guest, who has none. `entries` are the edits, with what
    was sent of them. `landed_keys` are those of edits that were found in the record when it was read. `unsaved` is what
    could not be stored, with the reason in `trouble`; it is tried again by itself, with the next change, and before
    submitting. `marks` are those of the stored draft when it was last read or written; `stored_again` counts the
    changes that were stored again after that had been removed. `known` is what was stored when this tab last read it,
    with what it wrote since, and the time of that reading. `journal` has what this tab changed, to be undone.
    `is_waiting` is whether verdicts in `unsaved` wait for those that follow them at once, to be written with them.
    `submitted` is the last submission of which something was written, until the next change of the draft.

    Nothing is stored without an answer to whether this person may annotate this record now: `keep_entries`,
    `undo_last` and `redo_last` change the draft, each takes such an answer (`may`), and `save` writes; `clear_landed`
    takes out what is in the record.
    """

    owner: str
    record_id: str
    tab: str
    entries: dict[str, DraftEntry]
    landed_keys: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    saved_at: datetime | None = None
    unsaved: dict[str, DraftEntry] = field(default_factory=dict)
    trouble: StoreUnavailable | None = None
    stored_again: int = 0
    known: tuple[StoredDraft, datetime] | None = None
    journal: Journal = field(default_factory=Journal)
    is_waiting: bool = False
    submitted: Submission | None = None

    @property
    def name(self) -> str:
        """A text that identifies person and record to the browser, without the person's name."""
        owner = hashlib.sha256(self.owner.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return f"{owner}/{self.record_id}"

    @property
    def edits(self) -> dict[str, Edit]:
        """The edits by the draft's keys."""
        return edits_of(self.entries)

    def may_store(self, may: Allowed | Refused) -> bool:
        """Whether this draft may be written: its owner is still here, and may annotate or only has to log in again."""
        is_owner = bool(self.owner) and self.owner == person_key()
        return is_owner and (isinstance(may, Allowed) or may.keeps_drafts)

    def keep_all(self, edits: Mapping[str, Edit | None], may: Allowed | Refused, *, can_wait: bool = False) -> bool:
        """Add edits to the draft, or remove them (None), in one step and one write; False where that is refused.

        What was sent of an edit earlier is kept with it. See `keep_entries`.
        """
        at = now()
        return self.keep_entries(
            {key: build_entry(edit, self.entries.get(key), at) for key, edit in edits.items()}, may, can_wait=can_wait
        )

    def keep_entries(
        self, entries: Mapping[str, DraftEntry], may: Allowed | Refused, *, can_wait: bool = False
    ) -> bool:
        """Put entries (edits, and tombstones of those removed) into the draft, as one step that can be undone.

        They are stored at once, in one write; what cannot be stored now is in `unsaved`. False where it is refused.
        With `can_wait`, where drafts are far away and one was just written, they wait (`is_waiting`) until `save`: for
        verdicts, which the browser keeps as well and asks to have written.
        """
        if not self.may_store(may):
            return False
        self.submitted = None
        self.journal = record(self.journal, Batch({key: (self.entries.get(key), one) for key, one in entries.items()}))
        self._put(entries)
        self.is_waiting = can_wait and self._wrote_just_now()
        if not self.is_waiting:
            self.save(may)
        return True

    def _wrote_just_now(self) -> bool:
        is_well = self.trouble is None and self.saved_at is not None and not services().drafts.is_near
        return is_well and self.saved_at is not None and now() - self.saved_at < _WRITE_EVERY

    def undo_last(self, may: Allowed | Refused) -> dict[str, tuple[DraftEntry | None, DraftEntry]]:
        """Undo the latest step, and store that; gives what was undone by key: the entry before, and the one now.

        What another tab did since, or this one before a reload, is undone in its turn. Nothing is given where there is
        nothing to undo, or it is refused.
        """
        if not self.may_store(may):
            return {}
        return self._apply(*undo(include_others(self.journal, self.entries), self.entries, now()), may)

    def redo_last(self, may: Allowed | Refused) -> dict[str, tuple[DraftEntry | None, DraftEntry]]:
        """Do again what was undone last, and store that; as `undo_last`."""
        return self._apply(*redo(self.journal, self.entries, now()), may) if self.may_store(may) else {}

    def preview_undo(self) -> dict[str, tuple[DraftEntry | None, DraftEntry]]:
        """What `undo_last` would undo now, by key; nothing is changed."""
        return self._pair(undo(include_others(self.journal, self.entries), self.entries, now())[1])

    def preview_redo(self) -> dict[str, tuple[DraftEntry | None, DraftEntry]]:
        """What `redo_last` would do again now, by key; nothing is changed."""
        return self._pair(redo(self.journal, self.entries, now())[1])

    def _pair(self, entries: Mapping[str, DraftEntry]) -> dict[str, tuple[DraftEntry | None, DraftEntry]]:
        return {key: (self.entries.get(key), entry) for key, entry in entries.items()}

    def _apply(
        self, journal: Journal, entries: Mapping[str, DraftEntry], may: Allowed | Refused
    ) -> dict[str, tuple[DraftEntry | None, DraftEntry]]:
        changed = self._pair(entries)
        self.journal, self.submitted = journal, None
        self._put(entries)
        if entries:
            self.save(may)
        return changed

    def save(self, may: Allowed | Refused) -> bool:
        """Store what is not stored yet; False where that cannot be done now. Then all stays as it is on this page.

        Where the stored draft was removed since this page saw it, all that the page holds is stored again.
        """
        if not self.may_store(may):
            return False
        self.is_waiting = False
        kept = dict(self.unsaved)
        try:
            saved = self._write(kept)
        except StoreUnavailable as error:
            self.trouble, self.known = error, None
            return False
        self.trouble, self.unsaved, self.saved_at = None, {}, now()
        self.entries = {key: entry for key, entry in saved.items() if key not in self.landed_keys or key in kept}
        return True

    def _write(self, kept: dict[str, DraftEntry]) -> dict[str, DraftEntry]:
        """Write these entries; the edits of all tabs then. Raises StoreUnavailable.

        Where drafts are far away, one write is all: what is stored is read again only now and then.
        """
        drafts, at, name = services().drafts, now(), person_name()
        if self.known is not None and not drafts.is_near and at - self.known[1] < _READ_AGAIN:
            known, read_at = self.known
            known = reviewing.save_known(
                drafts,
                person_key=self.owner,
                person_name=name,
                record_id=self.record_id,
                tab=self.tab,
                entries=kept,
                stored=known,
            )
            self.known = known, read_at
            return without_tombstones(merge(known.tabs))
        stored = drafts.get_draft(self.owner, self.record_id)
        if stored.was_removed_since(self.marks):
            self.store_all_again()
            kept.update(self.unsaved)
        mark = None if stored.marks else secrets.token_hex(6)
        saved = reviewing.save(
            drafts,
            person_key=self.owner,
            person_name=name,
            record_id=self.record_id,
            tab=self.tab,
            entries=kept,
            stored=stored,
            mark=mark,
        )
        wrote = any(key in saved for key in kept)
        self.marks = stored.marks or (frozenset({mark}) if mark and wrote else frozenset())
        mine = {**stored.tabs.get(self.tab, {}), **{key: saved.get(key, entry) for key, entry in kept.items()}}
        known = StoredDraft({**stored.tabs, self.tab: mine}, stored.problems, self.marks)
        self.known = (known, at) if self.marks else None
        return saved

    def retry(self, may: Allowed | Refused) -> bool:
        """Try again what could not be done with the draft, to store it or to read it; whether that works now."""
        if self.unsaved:
            return self.save(may)
        try:
            services().drafts.read(self.owner, self.record_id)
        except StoreUnavailable:
            return False
        return True

    def store_all_again(self) -> None:
        """The stored draft was removed: all that this page holds is to be stored again."""
        self.stored_again = len(self.entries.keys() - self.unsaved.keys()) or self.stored_again
        self.unsaved = {**self.entries, **self.unsaved}

    def clear_landed(self, merged: Mapping[str, DraftEntry], may: Allowed | Refused) -> None:
        """Take what was found in the record out of what is stored (`merged`), so that nobody finds it unsubmitted.

        Where that cannot be stored now, it is tried again when the record is opened the next time.
        """
        landed = {key: merged[key] for key in self.landed_keys if key in merged}
        if landed and self.may_store(may):
            with suppress(StoreUnavailable):
                reviewing.remove_landed(
                    services().drafts,
                    person_key=self.owner,
                    person_name=person_name(),
                    record_id=self.record_id,
                    tab=self.tab,
                    landed=landed,
                )
            self.known = None

    def remove_landed(self, keys: Collection[str]) -> None:
        """Remove edits that were found in the record, also where the draft cannot be read; they cannot be undone."""
        self.entries = {key: entry for key, entry in self.entries.items() if key not in keys}
        self.known = None
        self.journal = forget(self.journal, keys)

    def take_over(self, before: "OpenDraft", *, unreadable: bool) -> None:
        """Take over what is in this tab alone: what could not be stored, and what can be undone.

        `unreadable`: whether the stored draft could not be read just now.
        """
        self.saved_at, self.trouble, self.unsaved = before.saved_at, before.trouble, before.unsaved
        self.stored_again, self.journal = before.stored_again, before.journal
        self.is_waiting, self.submitted = before.is_waiting, before.submitted
        if unreadable:
            self.marks = before.marks
        elif before.marks and not before.marks & self.marks:
            # What is shown here is stored no longer. With the marks of before, `save` stores all of it again.
            self.marks = before.marks
            self.store_all_again()
        self._put(self.unsaved)

    def _put(self, entries: Mapping[str, DraftEntry]) -> None:
        self.entries = without_tombstones({**self.entries, **entries})
        self.unsaved = {**self.unsaved, **entries}
