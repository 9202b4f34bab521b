"""Many edits in one step, and undoing: each is one write, through the one door of the draft."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pages.shell import open_review
from pages.shell.portal import now, services
from qc_core.errors import NotAllowed
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.annotating.changes import Edit
from qc_core.quality_control.status import Generation, Status
from tests.fakes.assets import Asset, made, three_metrics
from tests.pages.screen import Screen
from tests.pages.shell.drafting import ADA, REFUSED, away, fail, read_review

PAGES = Path(open_review.__file__).parents[1]


@pytest.fixture
def asset(tmp_path: Path, screen: Callable[..., Screen]) -> Asset:
    asset = made(three_metrics(), tmp_path / "assets")
    screen(tmp_path / "assets")
    return asset


def fail_all(review: open_review.OpenReview) -> list[str]:
    """Set all metrics to Fail in one step; the keys in the draft."""
    edits: dict[str, Edit | None] = {
        review.key_of(metric): editing.with_status(None, metric, Generation.V2, Status.FAIL, now())
        for metric in review.stored.document.metrics
    }
    assert review.keep_all(edits, ADA)
    return list(edits)


def test_many_edits_are_kept_in_one_write_and_undone_in_one_step(
    asset: Asset, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    review, writes = read_review(), []
    write = type(services().drafts).write
    monkeypatch.setattr(
        type(services().drafts), "write", lambda self, *args, **more: writes.append(args) or write(self, *args, **more)
    )
    keys = fail_all(review)
    assert (len(keys), len(writes), set(read_review().edits)) == (3, 1, set(keys))
    assert set(review.undo_last(ADA)) == set(keys)
    assert len(writes) == 2 and review.edits == read_review().edits == {}


def test_verdicts_that_follow_each_other_are_written_together_where_drafts_are_far_away(
    asset: Asset, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts, writes = type(services().drafts), []
    write = drafts.write
    monkeypatch.setattr(drafts, "is_near", False)
    monkeypatch.setattr(drafts, "write", lambda self, *args, **more: writes.append(args) or write(self, *args, **more))
    review = read_review()

    def give_verdict(status: Status, number: int) -> None:
        metric = review.stored.document.metrics[number]
        edit = editing.with_status(None, metric, Generation.V2, status, now())
        assert review.keep_all({review.key_of(metric): edit}, ADA, can_wait=True)

    give_verdict(Status.FAIL, 0)
    assert (len(writes), review.draft.is_waiting, len(read_review().edits)) == (1, False, 1)
    give_verdict(Status.FAIL, 1)
    give_verdict(Status.FAIL, 2)
    assert (len(writes), review.draft.is_waiting, len(review.draft.unsaved)) == (1, True, 2)
    assert len(review.edits) == 3
    assert review.draft.save(ADA)
    assert (len(writes), review.draft.is_waiting, review.draft.unsaved, len(read_review().edits)) == (2, False, {}, 3)
    give_verdict(Status.PENDING, 1)
    assert review.draft.is_waiting
    review.undo_last(ADA)
    assert (review.draft.is_waiting, review.draft.unsaved) == (False, {}), "anything else is written at once"


def test_undo_last_takes_back_one_change_and_keeps_the_one_before_it(asset: Asset, state: Path) -> None:
    review = read_review()
    key, metric = fail(review, 0), review.stored.document.metrics[0]
    noted = editing.with_note(review.metric_edit(key), metric, Generation.V2, "jumps", now())
    review.keep_all({key: noted}, ADA)
    revision = review.widget_name(metric.key)
    review.undo_last(ADA)
    for one in (review, read_review(review), read_review()):
        edit = one.metric_edit(key)
        assert edit is not None and (edit.status, edit.note) == (Status.FAIL, "")
    assert review.widget_name(metric.key) != revision, "the fields of its card show that"
    review.undo_last(ADA)
    assert review.edits == read_review().edits == {}


def test_after_a_reload_undo_last_removes_the_newest_edit(asset: Asset, state: Path) -> None:
    review = read_review()
    keys = [fail(review, 1), fail(review, 0)]
    again = read_review()
    assert list(again.undo_last(ADA)) == keys[1:] and list(again.edits) == list(read_review().edits) == keys[:1]
    assert list(again.undo_last(ADA)) == keys[:1] and again.undo_last(ADA) == {}


def test_the_journal_survives_that_the_page_is_drawn_again(asset: Asset, state: Path) -> None:
    review = read_review()
    keys = fail_all(review)
    assert set(read_review(review).undo_last(ADA)) == set(keys)


def test_submitted_edits_cannot_be_undone_and_the_others_can(asset: Asset, state: Path) -> None:
    review = read_review()
    keys = [fail(review, 0), fail(review, 1)]
    changes = review.fresh_change_set()
    one = replace(changes, changes=changes.changes[:1])
    assert [change.key for change in review.submit(one, ADA).landed] == keys[:1]
    review = read_review(review)
    assert list(review.undo_last(ADA)) == keys[1:] and review.undo_last(ADA) == {}
    assert read_review().edits == {}


def test_undoing_while_drafts_cannot_be_stored_waits_on_the_page(asset: Asset, state: Path, tmp_path: Path) -> None:
    review = read_review()
    keys = [fail(review, 0), fail(review, 1)]
    back = away(state, tmp_path)
    review.undo_last(ADA)
    assert list(review.edits) == keys[:1] and list(review.draft.unsaved) == keys[1:]
    back()
    assert set(read_review().edits) == set(keys)
    assert review.draft.retry(ADA) and list(read_review().edits) == keys[:1]


def test_a_refused_undo_changes_nothing_and_is_reported(asset: Asset, state: Path) -> None:
    review = read_review()
    key = fail(review, 0)
    assert review.undo_last(REFUSED) == {} and list(review.edits) == list(read_review().edits) == [key]
    assert review.outcome is not None and isinstance(review.outcome.failure, NotAllowed)
    review.undo_last(ADA)
    assert review.edits == {}, "it can still be undone"


def test_the_pages_write_drafts_through_one_door_alone() -> None:
    """Only `open_draft.py` calls the function that stores a draft, and it asks `may_store` before."""
    writers = [path.name for path in PAGES.rglob("*.py") if re.search(r"reviewing\.save(_known)?\(", path.read_text())]
    assert writers == ["open_draft.py"]
    others = [path.name for path in PAGES.rglob("*.py") if ".drafts.write(" in path.read_text()]
    assert others == []
