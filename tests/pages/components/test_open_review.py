"""The review on screen while drafts cannot be kept: nothing of it is lost, and nothing is sent that is not kept."""

import pytest

from pages.components import open_review
from pages.components.address import ReviewPlace
from pages.components.portal import now, services
from qc_core.identity import Allowed, Person
from qc_core.quality_control import editing
from qc_core.quality_control.status import Generation, Status
from tests.fakes.assets import made, three_metrics

ADA = Allowed(Person("Ada Lovelace"))


@pytest.fixture
def asset(tmp_path, screen):
    asset = made(three_metrics(), tmp_path / "assets")
    screen(tmp_path / "assets")
    return asset


def opened(before=None):
    (summary,) = services().records.listing().summaries
    return open_review.read(summary.record_id, "tab", ReviewPlace(), before)


def fail(review, number):
    metric = review.stored.document.metrics[number]
    key = review.key_of(metric)
    review.keep(key, editing.with_status(review.metric_edit(key), metric, Generation.V2, Status.FAIL, now()))
    return key


def away(state, tmp_path):
    """The place of drafts is there no longer; gives how to bring it back."""
    state.rename(tmp_path / "kept")
    state.write_text("")

    def back():
        state.unlink()
        (tmp_path / "kept").rename(state)

    return back


def test_a_page_that_is_drawn_while_drafts_cannot_be_read_keeps_all_that_it_knew(asset, state, tmp_path):
    review = opened()
    keys = [fail(review, 0)]
    back = away(state, tmp_path)
    keys.append(fail(review, 1))
    assert (list(review.edits), list(review.unsaved)) == (keys, keys[1:])
    again = opened(review)
    assert again.review.draft_trouble and set(again.edits) == set(keys) and list(again.unsaved) == keys[1:]
    assert not again.draft_works()
    back()
    assert again.draft_works() and not again.unsaved
    assert set(opened().edits) == set(keys), "and both are kept"


def test_nothing_is_sent_before_it_is_kept_and_all_of_it_once_it_can_be(asset, state, tmp_path):
    review = opened()
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
    assert review.edits == opened(review).edits == {}


def test_what_is_undone_while_drafts_cannot_be_kept_stays_undone(asset, state, tmp_path):
    review = opened()
    key = fail(review, 0)
    back = away(state, tmp_path)
    review.keep(key, None)
    assert review.edits == opened(review).edits == {}
    back()
    assert review.draft_works() and opened().edits == {}
