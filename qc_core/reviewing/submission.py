"""Submit a change set: other people's changes are never overwritten, and nothing is sent twice."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from qc_core.errors import ConditionFailed, NotAllowed, QcError, StoreFault, StoreUnavailable
from qc_core.identity.permissions import Allowed, Person, Refused
from qc_core.quality_control.annotating.changes import (
    Change,
    ChangeSet,
    Conflict,
    DraftEntry,
    Edit,
    NotesChange,
    Tombstone,
)
from qc_core.quality_control.annotating.editing import later_time
from qc_core.quality_control.annotating.merging import edits_of, merge, without_tombstones
from qc_core.quality_control.annotating.metric_lookup import find_signed_entries
from qc_core.quality_control.annotating.rebase import build_change_set
from qc_core.quality_control.annotating.signing import build_patch
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.status import StatusEntry
from qc_core.reviewing.draft_keeping import write_tab
from qc_core.stores.draft_port import DraftStore
from qc_core.stores.ports import RecordStore, StoredRecord, ValueLog
from qc_core.stores.state.submission_log import log_landed, log_sent

TRIES = 8
"""How often a submission is tried on a record that others keep changing, before it fails."""
_FIRST_PAUSE, _MAX_PAUSE = 0.02, 1.0
_DRAFT_KEPT = "Your draft is kept: submit it again in a moment. Nothing is sent twice."


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of a submission.

    `landed` is what was written, `as_read_back` the status entry of each (by key) as the record then held it.
    `landed_before` are keys whose earlier sending was found in the record. `conflicts` wait for a decision;
    `differ` are keys that are no longer in the draft as they were shown (another tab changed, undid or submitted
    them). `failure` is why the rest was not written, or could not be confirmed: its edits are kept.
    `signed_at` is the time of the last signatures, None where nothing was sent.
    """

    landed: tuple[Change | NotesChange, ...] = ()
    landed_before: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    differ: tuple[str, ...] = ()
    failure: QcError | None = None
    signed_at: datetime | None = None
    as_read_back: Mapping[str, StatusEntry] = field(default_factory=dict)


def submit(
    store: RecordStore,
    drafts: DraftStore,
    *,
    owner: str,
    record_id: str,
    tab: str,
    shown: Mapping[str, Edit],
    may: Allowed | Refused,
    clock: Callable[[], datetime],
    pause: Callable[[float], None],
    random: Random,
    log: ValueLog | None = None,
    seen: StoredRecord | None = None,
) -> Submission:
    """Submit exactly the edits that were shown, signed by the person of `may`: each is written once, or stays in the
    draft.

    `owner` is the key of the person whose draft it is. Where the record changed meanwhile, changes whose own metric is
    untouched are rebased onto it and sent again, after a random pause; what someone else changed is a conflict of the
    submission, and the rest lands. Signatures are in the draft before anything is sent, so that after a crash or a
    timeout the record shows what landed. `seen` is the record where it was read a moment ago: the first try need not
    read it again, since its conditions refuse a record that changed since.

    Raises NotAllowed where this person may not annotate, or is not the owner. Any other error is the submission's
    `failure`.
    """
    if isinstance(may, Refused):
        raise NotAllowed(may.reason, "Your draft is kept.")
    if may.person.key != owner:
        raise NotAllowed("Someone else is logged in now.", "Reload the page; the draft is kept.")
    running = _SubmissionAttempt(store, drafts, may.person, record_id, tab, shown, log, seen)
    now = clock()
    for attempt in range(TRIES):
        try:
            if running.send(now):
                break
        except QcError as error:
            running.failure = error
            break
        pause(min(_MAX_PAUSE, _FIRST_PAUSE * 2**attempt) * random.random())
        now = later_time(now, clock())
    else:
        running.failure = ConditionFailed("Others keep changing this record.", _DRAFT_KEPT)
    return running.finish(later_time(now, clock()))


@dataclass(slots=True)
class _SubmissionAttempt:
    """One submission in progress: `send` as often as needed, then `finish`."""

    store: RecordStore
    drafts: DraftStore
    person: Person
    record_id: str
    tab: str
    shown: Mapping[str, Edit]
    log: ValueLog | None = None
    seen: StoredRecord | None = None
    tried: dict[str, Change | NotesChange] = field(default_factory=dict)
    signed: Mapping[str, DraftEntry] = field(default_factory=dict)
    signed_at: datetime | None = None
    differ: tuple[str, ...] = ()
    failure: QcError | None = None
    tabs: Mapping[str, Mapping[str, DraftEntry]] = field(default_factory=dict)
    entries: dict[str, DraftEntry] = field(default_factory=dict)
    document: QualityControl | None = None
    found: ChangeSet = field(default=ChangeSet((), (), ()))

    def send(self, now: datetime) -> bool:
        """Read draft and record again, sign, send; False where the record changed in between. Raises QcError."""
        self.signed = {}
        stored = self._read(now)
        wanted = self._select_shown()
        if not wanted.changes:
            return True
        if stored.read_only:
            raise StoreUnavailable(stored.read_only, "Your draft is kept.")
        signed = build_patch(stored.quality_control, stored.document, wanted, self.person.name, now)
        mine = {**self.tabs.get(self.tab, {}), **signed.entries}
        self.drafts.write(self.person.key, self.record_id, self.tab, mine, name=self.person.name)
        self.tried.update({change.key: change for change in wanted.changes})
        self.signed, self.signed_at = signed.entries, now
        self.shown = {**self.shown, **edits_of(signed.entries)}
        log_sent(self.log, self.record_id, wanted.changes, self.signed, self.person.name, now)
        try:
            with _draft_kept():
                self.store.submit(self.record_id, signed.patch)
        except ConditionFailed:
            return False
        return True

    def finish(self, now: datetime) -> Submission:
        """Read back what landed, and take that out of the draft."""
        confirmed = self._read_back(now) if self.signed else True
        landed = self.found.landed if confirmed else ()
        conflicts = tuple(conflict for conflict in self.found.conflicts if conflict.key in self.shown)
        if self.signed and confirmed:
            waiting = self.signed.keys() - {*landed, *(conflict.key for conflict in conflicts)}
            if not isinstance(self.failure, StoreFault):  # a fault is reported whatever is in the record
                self.failure = (self.failure or _not_found(len(waiting))) if waiting else None
        self._remove_landed(landed)
        written = tuple(self.tried[key] for key in landed if key in self.tried)
        log_landed(self.log, self.record_id, written, self.signed, self.person.name, self.signed_at)
        return Submission(
            landed=written,
            landed_before=tuple(key for key in landed if key not in self.tried),
            conflicts=conflicts,
            differ=self.differ,
            failure=self.failure,
            signed_at=self.signed_at,
            as_read_back=find_signed_entries(self.document, {key: self.entries[key] for key in landed}),
        )

    def _read(self, now: datetime) -> StoredRecord:
        """Read the draft and the record; what was just signed counts as it was sent, whatever the draft has."""
        self.tabs = self.drafts.read(self.person.key, self.record_id)
        self.entries = {**without_tombstones(merge(self.tabs)), **self.signed}
        stored, self.seen = self.seen, None
        if stored is None:
            with _draft_kept():
                stored = self.store.get_fresh(self.record_id)
        self.found = build_change_set(stored.document, self.entries, now)
        self.document = stored.document
        return stored

    def _select_shown(self) -> ChangeSet:
        """The changes to send: those that were shown, and are still in the draft just so."""
        held = {key: {entry.edited_at} for key, entry in self.entries.items()}
        for change in self.found.changes:  # rebased onto what had landed of it, it counts as the same
            held[change.key].add(change.edit.edited_at)
        self.differ = tuple(key for key, edit in self.shown.items() if edit.edited_at not in held.get(key, ()))
        wanted = self.shown.keys() - set(self.differ)
        return ChangeSet(tuple(change for change in self.found.changes if change.key in wanted), (), ())

    def _read_back(self, now: datetime) -> bool:
        try:
            self._read(now)
        except QcError as error:
            self.failure = self.failure or StoreUnavailable(
                f"The changes were sent, but could not be read back. {error.message}",
                "Your draft is kept: once the record can be read again, what landed is recognised.",
            )
            return False
        return True

    def _remove_landed(self, landed: tuple[str, ...]) -> None:
        """Tombstones for what landed; not later than the edits, so that they hide no edit made since."""
        done: dict[str, DraftEntry] = {key: DraftEntry(Tombstone(self.entries[key].edited_at)) for key in landed}
        if not done:
            return
        try:
            mine = {**self.tabs.get(self.tab, {}), **done}
            who = self.person
            write_tab(self.drafts, self.tabs, who.key, self.record_id, self.tab, mine, name=who.name)
        except StoreUnavailable as error:
            self.failure = self.failure or error


@contextmanager
def _draft_kept() -> Iterator[None]:
    """Add to an error of the record store that the draft is kept: the store does not know of drafts."""
    try:
        yield
    except QcError as error:
        raise error.with_hint(f"{error.hint} Your draft is kept." if error.hint else _DRAFT_KEPT) from error


def _not_found(count: int) -> QcError:
    return StoreUnavailable(
        f"The changes were accepted, but {count} of them are not in the record as read back.",
        "Your draft is kept. Try again in a moment: changes that are in the record are recognised by then, and nothing "
        "is sent twice.",
    )
