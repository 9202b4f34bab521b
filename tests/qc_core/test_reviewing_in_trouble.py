"""Submitting through stores that fail and processes that die: each annotation lands once, or stays a draft."""

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, Never

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.errors import StoreUnavailable
from qc_core.quality_control.document import read
from qc_core.quality_control.rollup import rollup_operations
from qc_core.quality_control.status import Status
from tests.qc_core.stores.reviewers import Reviewer, StoredInFolder, v1_document, v2_document
from tests.qc_core.stores.trouble import CrashError, Trouble, with_trouble

ADA = "Ada Lovelace"


@pytest.fixture
def stored(tmp_path: Path) -> StoredInFolder:
    return StoredInFolder(tmp_path, v2_document())


def _entries(stored: Any, evaluator: Any = ADA) -> list[Any]:
    metrics = read(stored.raw()).metrics
    return [entry.status for metric in metrics for entry in metric.history if entry.evaluator == evaluator]


def test_a_store_that_fails_before_writing_keeps_the_draft(stored: StoredInFolder) -> None:
    ada, meet = with_trouble(stored, Trouble(2, StoreUnavailable))
    ada.choose("noise", Status.FAIL)
    meet()
    outcome = ada.submit()
    assert (outcome.landed, outcome.failure.message) == ((), "as the test wants it")
    assert outcome.failure.hint == "Your draft is kept: submit it again in a moment. Nothing is sent twice."
    assert len(ada.submit().landed) == 1
    assert _entries(stored) == [Status.FAIL]


def test_a_write_that_timed_out_is_recognised_as_landed(stored: StoredInFolder) -> None:
    ada, meet = with_trouble(stored, Trouble(3, StoreUnavailable))
    ada.choose("noise", Status.FAIL)
    meet()
    outcome = ada.submit()
    assert (len(outcome.landed), outcome.failure) == (1, None)
    assert ada.submit().landed == () and _entries(stored) == [Status.FAIL]


def test_a_draft_that_cannot_be_kept_stops_the_submission(stored: StoredInFolder) -> None:
    ada, meet = with_trouble(stored, Trouble(0, StoreUnavailable))
    ada.choose("noise", Status.FAIL)
    before = stored.file.read_bytes()
    meet()
    assert isinstance(ada.submit().failure, StoreUnavailable)
    assert stored.file.read_bytes() == before


def test_an_edit_based_on_a_landed_one_is_rebased_like_any_other(stored: StoredInFolder) -> None:
    here, there = Reviewer(stored, ADA, "tab-1"), Reviewer(stored, ADA, "tab-2")
    here.choose("noise", Status.FAIL)
    sent = here.store.submit

    def reload_submit_and_crash(record_id: str, patch: Any) -> Never:
        there.reload()
        sent(record_id, patch)
        raise CrashError

    here.store.submit = reload_submit_and_crash
    with pytest.raises(CrashError):
        here.submit()
    there.choose("noise", Status.PASS)
    sent_there = there.store.submit

    def others_are_faster(record_id: str, patch: Any) -> None:
        there.store.submit = sent_there
        grace = Reviewer(stored, "Grace Hopper")
        grace.choose("drift", Status.PASS)
        assert grace.submit().landed
        sent_there(record_id, patch)

    there.store.submit = others_are_faster
    outcome = there.submit()
    assert (len(outcome.landed), outcome.differ, outcome.failure) == (1, (), None)
    assert _entries(stored) == [Status.FAIL, Status.PASS]
    assert here.reload().edits == there.reload().edits == {}


STEPS = {0: "before signing", 1: "signed", 2: "before sending", 3: "sent", 4: "before settling", 5: "settled"}


@pytest.mark.parametrize("document", [v1_document, v2_document], ids=["v1", "v2"])
@pytest.mark.parametrize("step", STEPS, ids=STEPS.get)
def test_after_a_crash_at_any_step_everything_lands_exactly_once(tmp_path: Path, document: Any, step: Any) -> None:
    stored = StoredInFolder(tmp_path, document())
    ada, meet = with_trouble(stored, Trouble(step))
    ada.choose("drift", Status.FAIL)
    ada.annotate("noise", "loud")
    ada.write_notes("All seen.")
    meet()
    with pytest.raises(CrashError):
        ada.submit()
    again = Reviewer(stored, ADA, "tab-2")
    assert len(again.screen.edits) == (3 if step < 3 else 0), "what landed is no longer pending"
    outcome = again.submit()
    assert len(outcome.landed) == (3 if step < 3 else 0) and outcome.failure is None
    assert _entries(stored) == [Status.FAIL]
    notes = [stored.raw()["notes"], *(each["notes"] for each in stored.raw().get("evaluations", []))]
    assert "\n".join(filter(None, notes)).count("loud") == 1
    assert rollup_operations(read(stored.raw()), stored.clock()) == ()
    assert again.reload().edits == {} and again.submit().landed == ()


jobs = st.tuples(
    st.integers(0, 2), st.sampled_from(Status), st.booleans(), st.none() | st.integers(0, 5), st.sampled_from("ab")
)


@settings(max_examples=20, deadline=None)
@given(st.lists(jobs, min_size=1, max_size=5))
def test_every_annotation_is_in_the_record_once_whenever_a_process_crashes(wanted: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stored = StoredInFolder(Path(folder), v2_document())
        expected: Any = Counter()
        for number, (which, status, notes, step, tab) in enumerate(wanted):
            name = f"person {number}"
            ada, meet = with_trouble(stored, Trouble(-1 if step is None else step), name, f"tab-{tab}")
            ada.choose(which, status)
            if notes:
                ada.annotate(which, f"note by {number}.")
            expected[name] += any(edit.status for edit in ada.screen.edits.values())
            meet()
            try:
                ada.submit()
            except CrashError:
                Reviewer(stored, name, "tab-after").submit()
            assert Reviewer(stored, name, "tab-last").submit().landed == ()
            assert (stored.raw()["notes"] or "").count(f"note by {number}.") == notes
        found = Counter(entry.evaluator for metric in read(stored.raw()).metrics for entry in metric.history[1:])
        assert found == +expected
