"""The review on screen: its record, its draft, and what the widgets of its cards need. Knows no Streamlit."""

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from pages.shell.address import ReviewAddress
from pages.shell.known_figures import KnownFigures
from pages.shell.open_draft import OpenDraft
from pages.shell.portal import now, person_key, services
from qc_core import reviewing
from qc_core.errors import NotAllowed, QcError, StoreUnavailable
from qc_core.identity.look_alikes import LookAlikes
from qc_core.identity.permissions import Allowed, Refused
from qc_core.quality_control.annotating import rebase
from qc_core.quality_control.annotating.changes import ChangeSet, Conflict, DraftEntry, Edit, MetricEdit, NotesEdit
from qc_core.quality_control.annotating.editing import build_entry
from qc_core.quality_control.annotating.rebase import build_change_set
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.navigation import Navigator, build_navigator
from qc_core.quality_control.position import Position
from qc_core.quality_control.status import Status, latest
from qc_core.quality_control.values.editor_kinds import Editor
from qc_core.reviewing import Review, Submission
from qc_core.stores.ports import StoredRecord


@dataclass(slots=True)
class OpenReview:
    """A review as one browser tab has it open.

    `draft` is the draft, of all tabs of this person. `address` is what the page was drawn for. `in_dialog` is whether
    the dialog of changes is open, as far as known. `revisions` counts how often a card's widgets were reset, `mounted`
    holds the editor that a widget was first drawn with. `outcome` is what became of the last submission. `opened` has,
    for an address that leaves it open, the group and figure that were opened. `left_out` are keys that are not to be
    submitted for now. `numbers` has the position of each metric among the record's by its key in a draft, once asked
    for. `submissions` counts the submissions from this tab. `stated` is what “Undo last” undid, or which metric got a
    reason, until the next change. `look_alikes` is made when a name is first shown, `navigator` when a page is first
    drawn. `newer` is the record as others changed it since, None where unknown; `shows_newer`: whether the next
    drawing of the page shows that one, and `shown_news` what was new in the one on screen. `figures` has what is known
    of the contents of figures. `shown` are the indexes of the metrics whose cards are on screen.

    Each method that changes the draft takes the answer to whether this person may annotate this record now (`may`),
    and passes it to `draft`, the one door through which it is changed.
    """

    review: Review
    draft: OpenDraft
    address: ReviewAddress
    revisions: dict[str, int] = field(default_factory=dict)
    mounted: dict[str, Editor] = field(default_factory=dict)
    outcome: Submission | None = None
    opened: dict[ReviewAddress, Position] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    in_dialog: bool = False
    submissions: int = 0
    stated: str | None = None
    look_alikes: LookAlikes | None = None
    navigator: Navigator | None = None
    newer: StoredRecord | None = None
    shows_newer: bool = False
    shown_news: str = ""
    figures: KnownFigures = field(default_factory=KnownFigures)
    shown: tuple[int, ...] = ()

    def is_whole(self, owner: str) -> bool:
        """Whether nothing has to be read again: it belongs to this person, and record and draft could be read."""
        return self.draft.owner == owner and self.review.trouble is None and self.review.draft_trouble is None

    def get_navigator(self, at: datetime) -> Navigator:
        """The order of groups, figures and cards as the address arranges them; built once, with statuses as of `at`."""
        arrangement = self.address.arrangement
        if self.navigator is None or self.navigator.arrangement != arrangement:
            locations = services().figures.locations(self.stored)
            self.navigator = build_navigator(self.stored.document, locations, arrangement, at)
        return self.navigator

    @property
    def stored(self) -> StoredRecord:
        """The record as it was read for this page."""
        return self.review.stored

    @property
    def record_id(self) -> str:
        """The record's id."""
        return self.review.stored.record_id

    @property
    def edits(self) -> dict[str, Edit]:
        """The edits of the draft, by its keys."""
        return self.draft.edits

    def key_of(self, metric: Metric) -> str:
        """The draft's key for a metric."""
        return self.review.key_of(metric)

    def metric_edit(self, key: str) -> MetricEdit | None:
        """The draft of one metric, None where there is none."""
        entry = self.draft.entries.get(key)
        return entry.edit if entry and isinstance(entry.edit, MetricEdit) else None

    def notes_edit(self, key: str) -> NotesEdit | None:
        """The draft of some notes, None where there is none."""
        entry = self.draft.entries.get(key)
        return entry.edit if entry and isinstance(entry.edit, NotesEdit) else None

    def is_conflict(self, key: str) -> bool:
        """Whether the record differed, when the page was drawn, from what this edit was made against."""
        return key in self.draft.entries and any(conflict.key == key for conflict in self.review.change_set.conflicts)

    def status_now(self, metric: Metric) -> Status | None:
        """The latest status of a metric of this record."""
        generation = self.stored.document.generation
        entry = latest(metric.history, generation, now()) if generation else None
        return entry.status if entry else None

    def part_of(self, key: str) -> str:
        """The part of the page (a metric's key, or the path of notes) that shows the edit with this draft's key."""
        number = self.number_of(key)
        return key.partition("#")[0] if number is None else self.stored.document.metrics[number].key

    def number_of(self, key: str) -> int | None:
        """The index, among the record's metrics, of the one that the edit with this draft's key is about."""
        if not self.numbers:  # a key takes a digest: not with every click for some thousand metrics
            self.numbers = {self.key_of(metric): n for n, metric in enumerate(self.stored.document.metrics)}
        return self.numbers.get(key)

    def find_decided(self) -> set[int]:
        """The indexes, among the record's metrics, of those that have a draft with Pass or Fail."""
        keys = [key for key, edit in self.edits.items() if isinstance(edit, MetricEdit) and edit.decides]
        return {number for number in map(self.number_of, keys) if number is not None}

    def widget_name(self, part: str) -> str:
        """A name for widgets of one card or field of notes: of this record alone, and new after each reset."""
        return f"{self.record_id}/{part}/{self.revisions.get(part, 0)}"

    def reset_card(self, part: str) -> None:
        """Draw the widgets of one card (or notes) again, with what is stored or drafted now."""
        self.revisions[part] = self.revisions.get(part, 0) + 1

    def keep_all(self, edits: Mapping[str, Edit | None], may: Allowed | Refused, *, can_wait: bool = False) -> bool:
        """Add edits to the draft, or remove them (None), in one step; False where that is refused."""
        if not self.draft.keep_all(edits, may, can_wait=can_wait):
            return False
        self.stated = None
        return True

    def undo_last(
        self, may: Allowed | Refused, *, redo: bool = False
    ) -> dict[str, tuple[DraftEntry | None, DraftEntry]]:
        """Undo the latest step of the draft, or `redo` it, and reset the cards of its edits: `OpenDraft.undo_last`.

        A refusal is the `outcome`.
        """
        self.outcome = None
        if not self.draft.may_store(may):
            self._refuse(may)
            return {}
        undone = self.draft.redo_last(may) if redo else self.draft.undo_last(may)
        for key in undone:
            self.reset_card(self.part_of(key))
        return undone

    def leave_out(self, key: str, out: bool) -> None:
        """Leave one change out of the next submission, or take it in again; it stays in the draft."""
        self.outcome = None
        (self.left_out.add if out else self.left_out.discard)(key)

    def discard_edit(self, key: str, may: Allowed | Refused) -> bool:
        """Remove one edit; its card shows the stored value again. False where it is refused, which is the `outcome`."""
        return self._decide(key, None, may)

    def keep_mine(self, conflict: Conflict, may: Allowed | Refused) -> None:
        """Resolve a conflict with the person's own version: the edit is rebased onto the current metric."""
        self.outcome = None
        try:
            self.read_newer()
        except QcError as error:
            self.outcome = Submission(failure=error)
            return
        self.shows_newer = self.newer is not None
        document = (self.newer or self.stored).document
        self._decide(conflict.key, rebase.keep_mine(conflict, document, now()), may)

    def _decide(self, key: str, edit: Edit | None, may: Allowed | Refused) -> bool:
        """Keep a decision that was not made in its card, which is then reset; a refusal is the `outcome`."""
        self.outcome = None
        entry = build_entry(edit, self.draft.entries.get(key), now())
        if not self.draft.keep_entries({key: replace(entry, sent=())}, may):
            self._refuse(may)
            return False
        self.stated = None
        self.reset_card(self.part_of(key))
        return True

    def _refuse(self, may: Allowed | Refused) -> None:
        reason = may.reason if isinstance(may, Refused) else "Someone else is logged in now."
        self.outcome = Submission(failure=NotAllowed(reason, "Nothing was changed in your draft."))

    def fresh_change_set(self) -> ChangeSet:
        """Read the record again and compare the draft with it; the page shows it then. Raises as the store does."""
        self.read_newer()
        self.shows_newer = self.newer is not None
        return build_change_set((self.newer or self.stored).document, self.draft.entries, now())

    def read_newer(self) -> None:
        """Read the record again: `newer`, where others changed it. Raises what the store raises."""
        stored = services().records.get_fresh(self.record_id)
        self.newer = stored if stored.version != self.stored.version else None

    def submit(self, changes: ChangeSet, may: Allowed | Refused, *, is_fresh: bool = False) -> Submission:
        """Submit exactly these changes; what landed leaves the draft. What is not stored any more is stored before."""
        if isinstance(may, Allowed) and not self.draft.save(may):
            return Submission(failure=_not_saved_first(self.draft.trouble))
        try:
            outcome = reviewing.submit(
                services().records,
                services().drafts,
                owner=self.draft.owner,
                record_id=self.record_id,
                tab=self.draft.tab,
                shown={change.key: change.edit for change in changes.changes},
                may=may,
                clock=now,
                pause=time.sleep,
                random=random.Random(),
                log=services().log,
                seen=self.stored if is_fresh else None,  # it was read just now
            )
        except NotAllowed as error:
            return Submission(failure=error)
        self.draft.remove_landed([change.key for change in outcome.landed] + list(outcome.landed_before))
        if outcome.landed:
            self.draft.stored_again, self.draft.submitted = 0, outcome
        return outcome

    def take_over(self, before: "OpenReview") -> None:
        """Take over what is in this tab alone: what could not be stored, and widgets of metrics as before."""
        self.draft.take_over(before.draft, unreadable=self.review.draft_trouble is not None)
        self.submissions, self.stated = before.submissions, before.stated
        self.revisions, self.mounted, self.opened = before.revisions, before.mounted, before.opened
        self.shown = before.shown
        self.left_out = before.left_out & self.draft.entries.keys()
        if before.stored.version != self.stored.version:
            known = {metric.key: metric for metric in before.stored.document.metrics}
            for metric in self.stored.document.metrics:
                if known.get(metric.key) != metric:
                    self.reset_card(metric.key)


def read(record_id: str, tab: str, address: ReviewAddress, before: OpenReview | None = None) -> OpenReview:
    """A record, read afresh, with all drafts of this person; what is in this tab alone is taken over from `before`.

    Raises RecordNotFound, BadRecord, StoreUnavailable.
    """
    owner = person_key()
    if before is not None and before.draft.owner != owner:
        before = None
    review = reviewing.open_review(
        services().records,
        services().drafts,
        owner,
        record_id,
        now(),
        held=before.draft.entries if before is not None else None,
        marks=before.draft.marks if before is not None else frozenset(),
    )
    return _build_open_review(review, owner, record_id, tab, address, before)


def show_newer(before: OpenReview, address: ReviewAddress) -> OpenReview:
    """The same review with the record as others changed it since (`newer`); nothing is read."""
    stored, held = before.newer or before.stored, before.draft.entries
    review = replace(
        reviewing.build_review(stored, held, now(), marks=before.draft.marks),
        draft_problems=before.review.draft_problems,
    )
    return _build_open_review(review, before.draft.owner, before.record_id, before.draft.tab, address, before)


def _build_open_review(
    review: Review, owner: str, record_id: str, tab: str, address: ReviewAddress, before: OpenReview | None
) -> OpenReview:
    entries, landed = dict(review.entries), review.landed_keys
    saved_at = max((entry.edited_at for entry in entries.values()), default=None)
    draft = OpenDraft(owner, record_id, tab, entries, landed, marks=review.marks, saved_at=saved_at)
    opened = OpenReview(review, draft, address)
    if before is not None:
        opened.take_over(before)
    return opened


def _not_saved_first(trouble: StoreUnavailable | None) -> StoreUnavailable:
    return StoreUnavailable(
        f"Nothing was sent: your changes must be kept as a draft first. {trouble.message if trouble else ''}",
        "They are still on this page, and are saved by themselves once that works. Submit again in a moment.",
    )
