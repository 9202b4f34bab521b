"""The review on screen while drafts cannot be kept: nothing of it is lost, and nothing is sent that is not kept.

And every way to change a draft asks whether that is allowed.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pages.shell.portal import services
from qc_core.errors import NotAllowed, StoreUnavailable
from qc_core.quality_control.annotating.changes import Conflict
from qc_core.stores.state.objects import BucketObjects
from tests.fakes.assets import Asset, made, three_metrics
from tests.pages.screen import Screen
from tests.pages.shell.drafting import ADA, REFUSED, RUN_OUT, away, fail, read_review
from tests.qc_core.stores.state.test_shared_drafts import bucket, s3  # noqa: F401


@pytest.fixture
def asset(tmp_path: Path, screen: Callable[..., Screen]) -> Asset:
    asset = made(three_metrics(), tmp_path / "assets")
    screen(tmp_path / "assets")
    return asset


def test_a_page_drawn_while_drafts_are_unreadable_keeps_its_edits(asset: Asset, state: Path, tmp_path: Path) -> None:
    review = read_review()
    keys = [fail(review, 0)]
    back = away(state, tmp_path)
    keys.append(fail(review, 1))
    assert (list(review.edits), list(review.draft.unsaved)) == (keys, keys[1:])
    again = read_review(review)
    assert again.review.draft_trouble and set(again.edits) == set(keys) and list(again.draft.unsaved) == keys[1:]
    assert not again.draft.retry(ADA)
    back()
    assert again.draft.retry(ADA) and not again.draft.unsaved
    assert set(read_review().edits) == set(keys), "and both are kept"


def test_edits_are_sent_only_after_they_are_stored(asset: Asset, state: Path, tmp_path: Path) -> None:
    review = read_review()
    fail(review, 0)
    back = away(state, tmp_path)
    fail(review, 1)
    before = asset.file.read_bytes()
    outcome = review.submit(review.fresh_change_set(), ADA)
    assert outcome.failure.message.startswith("Nothing was sent: your changes must be kept as a draft first.")
    assert asset.file.read_bytes() == before
    back()
    outcome = review.submit(review.fresh_change_set(), ADA)
    assert (len(outcome.landed), outcome.differ, outcome.failure) == (2, (), None)
    assert review.edits == read_review(review).edits == {}


def test_an_edit_undone_while_drafts_cannot_be_stored_stays_undone(asset: Asset, state: Path, tmp_path: Path) -> None:
    review = read_review()
    key = fail(review, 0)
    back = away(state, tmp_path)
    review.keep_all({key: None}, ADA)
    assert review.edits == read_review(review).edits == {}
    back()
    assert review.draft.retry(ADA) and read_review().edits == {}


def test_a_change_that_is_in_the_record_leaves_the_draft_when_the_record_is_opened(
    asset: Asset, screen: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    review = read_review()
    fail(review, 0)
    other = fail(review, 1)
    store = type(services().drafts)
    write = store.write

    def break_off(*arguments: Any, **more: Any) -> None:
        if "Ada Lovelace" in asset.file.read_text():
            raise StoreUnavailable("The portal ended.")
        write(*arguments, **more)

    monkeypatch.setattr(store, "write", break_off)
    changes = review.fresh_change_set()
    review.submit(replace(changes, changes=changes.changes[:1]), ADA)
    monkeypatch.setattr(store, "write", write)
    assert [one.changes for one in services().drafts.list_unsubmitted()] == [2], "what landed was not taken out"
    read = read_review()
    read.draft.clear_landed(read.review.merged, REFUSED)
    assert [one.changes for one in services().drafts.list_unsubmitted()] == [2]
    shown = screen(asset.folder.parent).review(name=asset.name)
    assert "Already in the record, so not sent twice" in shown.words
    assert [one.changes for one in services().drafts.list_unsubmitted()] == [1]
    assert list(read_review().edits) == [other]


@pytest.mark.parametrize("what", ["the state", "the drafts", "the drafts of this person"])
def test_a_removed_draft_is_stored_again_with_the_next_change(asset: Asset, state: Path, what: str) -> None:
    review = read_review()
    keys = [fail(review, 0), fail(review, 1)]
    (of_person,) = (state / "drafts").iterdir()
    shutil.rmtree({"the state": state, "the drafts": state / "drafts"}.get(what, of_person))
    keys.append(fail(review, 2))
    assert (set(review.edits), review.draft.unsaved, review.draft.stored_again) == (set(keys), {}, 2)
    assert set(read_review().edits) == set(keys), "all are stored"


def test_a_draft_removed_from_a_bucket_is_stored_again_with_the_next_change(
    asset: Asset,
    screen: Callable[..., Screen],
    bucket: Any,  # noqa: F811
) -> None:
    screen(asset.folder.parent, QC_PORTAL_STATE=bucket)
    review, own = read_review(), services().objects
    keys = [fail(review, 0)]
    for key in own.keys("drafts"):
        own.remove(key)
    review = read_review(review)
    assert (list(review.edits), list(review.draft.unsaved), review.draft.stored_again) == (keys, keys, 1)
    keys.append(fail(review, 1))
    assert (set(review.edits), review.draft.unsaved) == (set(keys), {})
    assert set(read_review().edits) == set(keys)


def test_a_change_of_a_draft_in_a_bucket_is_one_write_and_nothing_is_read(
    asset: Asset,
    screen: Callable[..., Screen],
    bucket: Any,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen(asset.folder.parent, QC_PORTAL_STATE=bucket)
    review = read_review()
    keys = [fail(review, 0)]  # which reads what is stored, once
    asked: list[str] = []
    for method in ("read", "write", "remove", "keys", "versions"):
        real = getattr(BucketObjects, method)

        def count(own: Any, *arguments: Any, real: Any = real, method: str = method) -> Any:
            asked.append(method)
            return real(own, *arguments)

        monkeypatch.setattr(BucketObjects, method, count)
    keys += [fail(review, 1), fail(review, 2)]
    review.keep_all({keys[0]: None}, ADA)
    assert asked == ["write"] * 3
    monkeypatch.undo()
    assert set(review.edits) == set(read_review().edits) == set(keys[1:]) and not review.draft.unsaved


def test_a_removed_draft_of_another_tab_is_stored_again_too(asset: Asset, state: Path) -> None:
    keys = [fail(read_review(), 0)]
    review = read_review()  # as after a reload
    shutil.rmtree(state)
    keys.append(fail(review, 1))
    assert (set(review.edits), review.draft.stored_again) == (set(keys), 1)
    assert set(read_review().edits) == set(keys)


def test_a_removed_draft_stays_on_the_page_while_it_cannot_be_stored_again(asset: Asset, state: Path) -> None:
    review = read_review()
    keys = [fail(review, 0)]
    shutil.rmtree(state)
    state.write_text("in the way")
    keys.append(fail(review, 1))
    review = read_review(review)
    assert review.draft.trouble and set(review.edits) == set(keys)
    state.unlink()
    assert review.draft.retry(ADA) and review.draft.stored_again == 1
    assert set(read_review().edits) == set(keys)


def test_a_removed_draft_is_stored_again_before_it_is_submitted(asset: Asset, state: Path) -> None:
    review = read_review()
    fail(review, 0)
    changes = review.fresh_change_set()
    shutil.rmtree(state)
    outcome = review.submit(changes, ADA)
    assert (len(outcome.landed), outcome.differ, outcome.failure) == (1, (), None)
    assert review.draft.stored_again == 0 and read_review(review).edits == {}


def test_an_edit_undone_in_another_tab_does_not_count_as_removed(asset: Asset, state: Path) -> None:
    here = read_review()
    key = fail(here, 0)
    there = read_review()
    here.keep_all({key: None}, ADA)
    assert list((state / "drafts").rglob("*.json")) == []
    again = read_review(there)
    assert (again.edits, again.draft.unsaved, again.draft.stored_again) == ({}, {}, 0)
    other = fail(there, 1)
    assert (list(there.edits), there.draft.stored_again) == ([other], 0)


def test_every_change_of_a_draft_asks_whether_it_is_allowed(asset: Asset, state: Path) -> None:
    review = read_review()
    key = fail(review, 0)
    before = {path: path.read_bytes() for path in state.rglob("*.json")}
    edit = review.metric_edit(key)
    conflict = Conflict(key, edit, review.stored.document.metrics[0], "changed", None, None)
    for attempt in (
        lambda: review.keep_all({key: None}, REFUSED),
        lambda: review.discard_edit(key, REFUSED),
        lambda: review.keep_mine(conflict, REFUSED),
    ):
        assert not attempt()  # type: ignore[no-untyped-call]  # a lambda or fake without types
        assert review.metric_edit(key) == edit and not review.draft.unsaved
    assert isinstance(review.outcome.failure, NotAllowed) and REFUSED.reason in review.outcome.failure.message
    review.draft.unsaved = dict(review.draft.entries)
    assert not review.draft.retry(REFUSED) and review.draft.unsaved, "the retry asks too"
    assert {path: path.read_bytes() for path in state.rglob("*.json")} == before
    assert review.draft.retry(RUN_OUT), "only the login has run out: what waited is still kept"


def test_a_draft_is_never_stored_for_another_person(asset: Asset, state: Path, screen: Callable[..., Screen]) -> None:
    review = read_review()
    fail(review, 0)
    review.draft.unsaved = dict(review.draft.entries)
    before = sorted((state / "drafts").rglob("*"))
    screen(asset.folder.parent, QC_PORTAL_REVIEWER="Eve")
    assert not review.draft.save(ADA) and not review.discard_edit(next(iter(review.edits)), ADA)
    assert sorted((state / "drafts").rglob("*")) == before
    assert read_review(review).edits == {}, "and Eve does not see it"
