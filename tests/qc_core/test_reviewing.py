"""Open, keep and submit, over the real folder store and real drafts; and with crashes at every step."""

import json
from pathlib import Path
from random import Random
from typing import Any, Never

import pytest

from qc_core.errors import ConditionFailed, NotAllowed, StoreUnavailable
from qc_core.identity.permissions import Allowed, Person, Refused
from qc_core.quality_control.annotating.changes import Change, DraftEntry, NotesChange, Tombstone
from qc_core.quality_control.document import read
from qc_core.quality_control.status import Status
from qc_core.reviewing import TRIES, open_review, save, submit
from qc_core.stores.state.draft_store import FolderDrafts
from tests.qc_core.stores.reviewers import Reviewer, StoredInFolder, v2_document

ADA = "Ada Lovelace"


@pytest.fixture
def stored(tmp_path: Path) -> StoredInFolder:
    return StoredInFolder(tmp_path, v2_document())


def _entries(stored: Any, evaluator: Any = ADA) -> list[Any]:
    metrics = read(stored.raw()).metrics
    return [entry.status for metric in metrics for entry in metric.history if entry.evaluator == evaluator]


def _drafts(stored: Any, name: Any = ADA) -> Any:
    ada = Reviewer(stored, name, "looker")
    return ada.drafts.read(name, ada.record_id)


def test_opening_a_review_changes_nothing(stored: StoredInFolder) -> None:
    before = stored.file.read_bytes()
    review = Reviewer(stored, ADA).reload()
    assert (review.edits, review.landed_keys, review.draft_problems) == ({}, (), ())
    assert stored.file.read_bytes() == before and not stored.state.exists()


def test_written_changes_are_read_back(stored: StoredInFolder) -> None:
    ada = Reviewer(stored, ADA)
    ada.choose("noise", Status.FAIL)
    ada.annotate("noise", "loud")
    ada.write_notes("All seen.")
    outcome = ada.submit()
    change, notes = outcome.landed
    assert isinstance(change, Change) and isinstance(notes, NotesChange)
    assert outcome.as_read_back[change.key].evaluator == ADA
    assert outcome.as_read_back[change.key].timestamp == outcome.signed_at
    assert stored.raw()["notes"].startswith("All seen.\n2026-11-22 14:02 UTC · Ada Lovelace · noise: loud")
    assert _drafts(stored) == {}, "nothing is left of the draft"
    assert ada.submit().landed == (), "and a second click sends nothing"
    assert _entries(stored) == [Status.FAIL]


def test_submission_keeps_lone_surrogates_byte_for_byte(tmp_path: Path) -> None:
    document = v2_document()
    for held in document["metrics"]:
        held["description"] = held["reference"] = "a\ud800b"
        held["tags"] = {"probe": "\udc00"}
    stored = StoredInFolder(tmp_path, document | {"notes": "seen \ud83d once"})
    before = stored.file.read_bytes()
    ada = Reviewer(stored, ADA)
    ada.choose("noise", Status.FAIL)
    ada.annotate("noise", "loud")
    outcome = ada.submit()
    assert outcome.failure is None and len(outcome.landed) == 1
    after = stored.file.read_bytes()
    assert after.count(rb"a\ud800b") == before.count(rb"a\ud800b") > 0
    assert after.count(rb"\udc00") == before.count(rb"\udc00") + 1, "one more in the roll-up, for the tag"
    assert json.loads(after)["status"]["probe:\udc00"] == "Fail"
    assert rb"seen \ud83d once\n" in after, "the notes that were there, before the new line"


def test_a_person_who_may_not_annotate_is_refused_at_the_write(stored: StoredInFolder) -> None:
    ada = Reviewer(stored, ADA)
    ada.choose("noise", Status.FAIL)
    before = stored.file.read_bytes()
    for may in (Refused("This portal is read-only."), Allowed(Person("Grace Hopper"))):
        with pytest.raises(NotAllowed):
            submit(
                ada.store,
                ada.drafts,
                owner=ADA,
                record_id=ada.record_id,
                tab="tab-1",
                shown=ada.screen.edits,
                may=may,
                clock=stored.clock,
                pause=lambda _: None,
                random=Random(0),
            )
    assert stored.file.read_bytes() == before and len(_drafts(stored)) == 1


def test_only_what_the_dialog_showed_is_submitted(stored: StoredInFolder) -> None:
    ada = Reviewer(stored, ADA)
    for name in ("drift", "noise"):
        ada.choose(name, Status.FAIL)
    key = ada.screen.key_of(ada.metric("noise"))
    outcome = ada.submit(key)
    assert [change.key for change in outcome.landed] == [key]
    assert len(ada.reload().edits) == 1


def test_an_edit_changed_in_another_tab_since_it_was_shown_is_not_submitted(stored: StoredInFolder) -> None:
    here, there = Reviewer(stored, ADA, "tab-1"), Reviewer(stored, ADA, "tab-2")
    here.choose("noise", Status.FAIL)
    shown = here.reload().edits
    there.reload()
    there.choose("noise", Status.PENDING)
    there.choose("noise", Status.PASS)
    outcome = here.submit(shown=shown)
    assert (outcome.landed, outcome.differ) == ((), tuple(shown))
    assert [edit.status for edit in here.reload().edits.values()] == [Status.PASS]


def test_tabs_share_a_draft_and_what_one_submits_is_gone_from_the_other(stored: StoredInFolder) -> None:
    here, there = Reviewer(stored, ADA, "tab-1"), Reviewer(stored, ADA, "tab-2")
    here.choose("noise", Status.FAIL)
    shown = there.reload().edits
    assert shown == here.reload().edits and len(shown) == 1
    assert len(there.submit().landed) == 1
    assert here.reload().edits == {}
    assert here.submit(shown=shown).differ == tuple(shown)
    assert _entries(stored) == [Status.FAIL]
    here.choose("noise", Status.PASS)
    assert len(there.submit().landed) == 1
    assert here.reload().edits == there.reload().edits == {}


def test_undoing_in_one_tab_undoes_in_all(stored: StoredInFolder) -> None:
    here, there = Reviewer(stored, ADA, "tab-1"), Reviewer(stored, ADA, "tab-2")
    here.choose("noise", Status.FAIL)
    there.reload()
    there.choose("noise", Status.PENDING)
    assert here.reload().edits == {}
    here.choose("noise", Status.PASS)
    assert len(there.reload().edits) == 1


def test_an_edit_made_in_another_tab_during_a_submission_survives_it(stored: StoredInFolder) -> None:
    here, there = Reviewer(stored, ADA, "tab-1"), Reviewer(stored, ADA, "tab-2")
    here.choose("noise", Status.FAIL)
    there.reload()
    sent = here.store.submit

    def meanwhile(record_id: str, patch: Any) -> None:
        there.annotate("noise", "one more thing")
        sent(record_id, patch)

    here.store.submit = meanwhile
    assert len(here.submit().landed) == 1
    left = here.reload()
    assert len(left.edits) == 1 and next(iter(left.edits.values())).note == "one more thing"


def test_an_edit_saved_now_is_newer_even_if_clocks_differ(stored: StoredInFolder) -> None:
    here, there = Reviewer(stored, ADA, "tab-1"), Reviewer(stored, ADA, "tab-2")
    here.choose("noise", Status.FAIL)
    key, entry = next(iter(here.screen.entries.items()))
    gone = DraftEntry(Tombstone(entry.edited_at))
    save(there.drafts, person_key=ADA, record_id=there.record_id, tab="tab-2", entries={key: gone})
    assert here.reload().edits == {}
    edits = save(here.drafts, person_key=ADA, record_id=here.record_id, tab="tab-1", entries={key: entry})
    assert edits[key].edit.status is Status.FAIL and here.reload().entries == edits


def test_a_record_opens_with_the_draft_of_the_page_when_the_stored_one_cannot_be_read(stored: StoredInFolder) -> None:
    class Unreadable(FolderDrafts):
        def get_draft(self, person: Any, record_id: str) -> Never:
            raise StoreUnavailable("The draft could not be read.")

    ada = Reviewer(stored, ADA)
    ada.choose("noise", Status.FAIL)
    held = dict(ada.screen.entries)
    review = open_review(ada.store, Unreadable(stored.state), ADA, ada.record_id, stored.clock(), held=held)
    assert review.draft_trouble.message == "The draft could not be read."
    assert review.entries == held and [change.key for change in review.change_set.changes] == list(held)
    review = Reviewer(stored, ADA, drafts=Unreadable(stored.state)).reload()
    assert review.edits == {} and review.draft_trouble
    assert len(review.stored.document.metrics) == 3


def test_an_unreadable_draft_is_reported_and_kept(stored: StoredInFolder) -> None:
    ada = Reviewer(stored, ADA)
    ada.choose("noise", Status.FAIL)
    (draft,) = stored.state.rglob("*.json")
    draft.write_text("{not a draft")
    review = Reviewer(stored, ADA, "tab-2").reload()
    assert len(review.draft_problems) == 1 and review.edits == {}
    assert draft.read_text() == "{not a draft"


def test_a_record_that_keeps_changing_is_reported_and_the_draft_kept(stored: StoredInFolder) -> None:
    ada = Reviewer(stored, ADA)
    ada.choose("noise", Status.FAIL)
    tries = []

    def always_late(record_id: str, patch: Any) -> Never:
        tries.append(patch)
        raise ConditionFailed("The record changed.")

    ada.store.submit = always_late
    outcome = ada.submit()
    assert isinstance(outcome.failure, ConditionFailed) and len(tries) == TRIES
    assert len({patch.operations[0].value["timestamp"] for patch in tries}) == TRIES, "each try is signed again"
    del ada.store.submit
    assert len(ada.submit().landed) == 1
    assert _entries(stored) == [Status.FAIL]
