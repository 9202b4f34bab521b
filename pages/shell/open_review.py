"""The review on screen: its record, its draft, and what the widgets of its cards stand on. Knows no Streamlit."""

import random
import secrets
import time
from dataclasses import dataclass, field
from datetime import datetime

from pages.shell.address import ReviewPlace
from pages.shell.portal import now, person_key, person_name, services
from qc_core import reviewing
from qc_core.errors import NotAllowed, QcError, StoreUnavailable
from qc_core.identity.look_alikes import LookAlikes
from qc_core.identity.permissions import Allowed, Person, Refused
from qc_core.quality_control.annotating import rebase
from qc_core.quality_control.annotating.changes import ChangeSet, Conflict, DraftEntry, Edit, MetricEdit, NotesEdit
from qc_core.quality_control.annotating.editing import entry_for
from qc_core.quality_control.annotating.merging import standing
from qc_core.quality_control.annotating.rebase import change_set
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.status import Status, latest
from qc_core.quality_control.values.editor_kinds import Editor
from qc_core.reviewing import Review, Submission
from qc_core.stores.ports import StoredRecord


@dataclass(slots=True)
class OpenReview:
    """A review as one browser tab has it open.

    `edits` is the draft, of all tabs of this person. `unsaved` is what could not be stored, with the reason in
    `trouble`; it is tried again by itself, with the next change, and before submitting. `place` is the address that
    the page was drawn for. `in_dialog` says that the dialog of changes is open over it, as far as is known.
    `revisions` counts how often a card's widgets were reset, `mounted` holds the editor that a widget was first
    drawn with. `outcome` is what became of the last submission. `stays` has, for an address that leaves it open,
    the group and figure that were opened. `left_out` are keys that are not to be submitted for now. `numbers` has
    the place of each metric among the record's by its key in a draft, once that was asked for. `submissions` counts
    the tries to submit in this tab. `undone` says what “Undo last” took back, until the next change. `owner` is the key
    of the person whose draft it is, "" for a guest, who has none. `marks` are those of the stored draft when it was
    last read or written; `written_anew` counts the changes that were stored again after that had been removed.
    `look_alikes` is made when a name is first shown.

    Nothing is stored without an answer to whether this person may annotate this record now: each method that changes
    the draft takes one (`may`), and passes it to `save`, the one place that writes.
    """

    review: Review
    edits: dict[str, Edit]
    tab: str
    place: ReviewPlace
    saved_at: datetime | None = None
    unsaved: dict[str, DraftEntry] = field(default_factory=dict)
    trouble: StoreUnavailable | None = None
    revisions: dict[str, int] = field(default_factory=dict)
    mounted: dict[str, Editor] = field(default_factory=dict)
    outcome: Submission | None = None
    stays: dict[ReviewPlace, ReviewPlace] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    in_dialog: bool = False
    submissions: int = 0
    undone: str | None = None
    owner: str = ""
    marks: frozenset[str] = frozenset()
    written_anew: int = 0
    look_alikes: LookAlikes | None = None

    @property
    def stored(self) -> StoredRecord:
        """The record as it was read for this page."""
        return self.review.stored

    @property
    def record_id(self) -> str:
        """The record's id."""
        return self.review.stored.record_id

    def key_of(self, metric: Metric) -> str:
        """The draft's key for a metric."""
        return self.review.key_of(metric)

    def metric_edit(self, key: str) -> MetricEdit | None:
        """The draft of one metric, None where there is none."""
        edit = self.edits.get(key)
        return edit if isinstance(edit, MetricEdit) else None

    def notes_edit(self, key: str) -> NotesEdit | None:
        """The draft of some notes, None where there is none."""
        edit = self.edits.get(key)
        return edit if isinstance(edit, NotesEdit) else None

    def is_conflict(self, key: str) -> bool:
        """Whether, when the page was drawn, the record held something else than this edit was made against."""
        return key in self.edits and any(conflict.key == key for conflict in self.review.change_set.conflicts)

    def status_now(self, metric: Metric) -> Status | None:
        """The latest status of a metric of this record."""
        generation = self.stored.document.generation
        entry = latest(metric.history, generation, now()) if generation else None
        return entry.status if entry else None

    def part_of(self, key: str) -> str:
        """The part of the page (a metric's key, or the place of notes) that shows the edit with this draft's key."""
        number = self.number_of(key)
        return key.partition("#")[0] if number is None else self.stored.document.metrics[number].key

    def number_of(self, key: str) -> int | None:
        """The place, among the record's metrics, of the one that the edit with this draft's key is about."""
        if not self.numbers:  # a key takes a digest: not with every click for some thousand metrics
            self.numbers = {self.key_of(metric): n for n, metric in enumerate(self.stored.document.metrics)}
        return self.numbers.get(key)

    def decided(self) -> set[int]:
        """The places, among the record's metrics, of those that have a draft with Pass or Fail."""
        keys = [key for key, edit in self.edits.items() if isinstance(edit, MetricEdit) and edit.decides]
        return {number for number in map(self.number_of, keys) if number is not None}

    def widget_name(self, part: str) -> str:
        """A name for widgets of one card or field of notes: of this record alone, and new after each reset."""
        return f"{self.record_id}/{part}/{self.revisions.get(part, 0)}"

    def reset_card(self, part: str) -> None:
        """Draw the widgets of one card (or notes) anew, with what is stored or drafted now."""
        self.revisions[part] = self.revisions.get(part, 0) + 1

    def keep(self, key: str, edit: Edit | None, may: Allowed | Refused) -> bool:
        """Take one edit into the draft, or out of it (None), and store the draft at once; False where that is refused.

        An edit that is taken but cannot be stored now is in `unsaved`.
        """
        if not self.may_store(may):
            return False
        self.undone = None
        entry = entry_for(edit, self.edits.get(key), now())
        self.unsaved[key] = entry
        self.edits = standing({**self.edits, key: entry})
        self.save(may)
        return True

    def may_store(self, may: Allowed | Refused) -> bool:
        """Whether this draft may be written: its owner is still here, and may annotate or only has to log in again."""
        is_owner = bool(self.owner) and self.owner == person_key()
        return is_owner and (isinstance(may, Allowed) or may.keeps_drafts)

    def save(self, may: Allowed | Refused) -> bool:
        """Store what is not stored yet; False where that cannot be done now. Then all stays as it is on this page.

        Where the stored draft was removed since this page saw it, all that the page holds is written anew.
        """
        if not self.may_store(may):
            return False
        try:
            held = services().drafts.look(self.owner, self.record_id)
            if held.was_removed_since(self.marks):
                self._lost()
            kept, mark = dict(self.unsaved), None if held.marks else secrets.token_hex(6)
            saved = reviewing.save(
                services().drafts,
                person_key=self.owner,
                person_name=person_name(),
                record_id=self.record_id,
                tab=self.tab,
                entries=kept,
                held=held,
                mark=mark,
            )
        except StoreUnavailable as error:
            self.trouble = error
            return False
        wrote = any(key in saved for key in kept)
        self.marks = held.marks or (frozenset({mark}) if mark and wrote else frozenset())
        self.trouble, self.unsaved, self.saved_at = None, {}, now()
        self.edits = {key: edit for key, edit in saved.items() if key not in self.review.landed_keys or key in kept}
        return True

    def draft_works(self, may: Allowed | Refused) -> bool:
        """Try again what could not be done with the draft, to store it or to read it; whether that works by now."""
        if self.unsaved:
            return self.save(may)
        try:
            services().drafts.read(self.owner, self.record_id)
        except StoreUnavailable:
            return False
        return True

    def _lost(self) -> None:
        """The stored draft was removed: all that this page holds is to be stored again."""
        self.written_anew = len(self.edits.keys() - self.unsaved.keys()) or self.written_anew
        self.unsaved = {**self.edits, **self.unsaved}

    def leave_out(self, key: str, out: bool) -> None:
        """Leave one change out of the next submission, or take it in again; it stays in the draft."""
        self.outcome = None
        (self.left_out.add if out else self.left_out.discard)(key)

    def take_out(self, key: str, may: Allowed | Refused) -> bool:
        """Drop one edit; its card shows the stored value again. False where that is refused, which `outcome` tells."""
        return self._decide(key, None, may)

    def keep_mine(self, conflict: Conflict, may: Allowed | Refused) -> None:
        """Decide a conflict for one's own version: the edit goes on against the metric as it is now."""
        self.outcome = None
        try:
            document = services().records.get_fresh(self.record_id).document
        except QcError as error:
            self.outcome = Submission(failure=error)
            return
        self._decide(conflict.key, rebase.keep_mine(conflict, document, now()), may)

    def _decide(self, key: str, edit: Edit | None, may: Allowed | Refused) -> bool:
        """Keep an edit that was made beside its card, which is then drawn anew; a refusal is the `outcome`."""
        self.outcome = None
        if not self.keep(key, edit, may):
            reason = may.reason if isinstance(may, Refused) else "Someone else is signed in now."
            self.outcome = Submission(failure=NotAllowed(reason, "Nothing was changed in your draft."))
            return False
        self.reset_card(self.part_of(key))
        return True

    def fresh_change_set(self) -> ChangeSet:
        """The draft against the record as it is now, read again. Raises what the store raises."""
        return change_set(services().records.get_fresh(self.record_id).document, self.edits, now())

    def submit(self, changes: ChangeSet, may: Allowed | Refused) -> Submission:
        """Submit exactly these changes; what landed leaves the draft. What is not stored any more is stored before."""
        if isinstance(may, Allowed) and not self.save(may):
            return Submission(failure=_not_saved_first(self.trouble))
        try:
            outcome = reviewing.submit(
                services().records,
                services().drafts,
                person=may.person if isinstance(may, Allowed) else Person(""),
                record_id=self.record_id,
                tab=self.tab,
                shown={change.key: change.edit for change in changes.changes},
                may=may,
                clock=now,
                pause=time.sleep,
                random=random.Random(),
                log=services().log,
            )
        except NotAllowed as error:
            return Submission(failure=error)
        for key in [change.key for change in outcome.landed] + list(outcome.landed_before):
            self.edits.pop(key, None)  # the draft may not be readable afterwards
        if outcome.landed:
            self.written_anew = 0
        return outcome

    def carry_on(self, before: "OpenReview") -> None:
        """Take over what lives in this tab alone: what could not be stored, and widgets of metrics as before."""
        self.saved_at, self.trouble, self.unsaved = before.saved_at, before.trouble, before.unsaved
        self.submissions, self.undone, self.written_anew = before.submissions, before.undone, before.written_anew
        if self.review.draft_trouble is not None:
            self.marks = before.marks
        elif before.marks and not before.marks & self.marks:
            # What is shown here is stored no longer. With the marks of before, `save` writes all of it anew.
            self.marks = before.marks
            self._lost()
        self.revisions, self.mounted, self.stays = before.revisions, before.mounted, before.stays
        self.edits |= standing(self.unsaved)
        for gone in self.unsaved.keys() - standing(self.unsaved).keys():
            self.edits.pop(gone, None)
        self.left_out = before.left_out & self.edits.keys()
        if before.stored.version != self.stored.version:
            known = {metric.key: metric for metric in before.stored.document.metrics}
            for metric in self.stored.document.metrics:
                if known.get(metric.key) != metric:
                    self.reset_card(metric.key)


def read(record_id: str, tab: str, place: ReviewPlace, before: OpenReview | None = None) -> OpenReview:
    """A record, read afresh, with all drafts of this person; what is in this tab alone is taken over from `before`.

    Raises RecordNotFound, BadRecord, StoreUnavailable.
    """
    owner = person_key()
    if before is not None and before.owner != owner:
        before = None
    review = reviewing.open_review(
        services().records,
        services().drafts,
        owner,
        record_id,
        now(),
        held=before.edits if before is not None else None,
        marks=before.marks if before is not None else frozenset(),
    )
    saved_at = max((edit.edited_at for edit in review.edits.values()), default=None)
    opened = OpenReview(review, dict(review.edits), tab, place, saved_at, owner=owner, marks=review.marks)
    if before is not None:
        opened.carry_on(before)
    return opened


def _not_saved_first(trouble: StoreUnavailable | None) -> StoreUnavailable:
    return StoreUnavailable(
        f"Nothing was sent: your changes must be kept as a draft first. {trouble.message if trouble else ''}",
        "They are still on this page, and are saved by themselves once that works. Submit again in a moment.",
    )
