"""What the review dialog shows: of a conflict, what would be written; of notes, what becomes of their lines."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pages.components.review import review_dialog
from qc_core.quality_control.status import Status
from qc_core.times import write_time
from tests.fakes.assets import PIPELINE, Asset, document, made, metric
from tests.pages.screen import Screen
from tests.pages.shell.drafting import ADA, fail, read_review

REWRITTEN = PIPELINE | {"status": "Fail", "timestamp": "2025-02-01T00:00:00Z"}


@pytest.fixture
def asset(tmp_path: Path) -> Asset:
    return made(document(metric("Drift", value=7)), tmp_path / "assets")


def rewrite(asset: Any, *, value: Any = None, entry: Any = None) -> None:
    """The pipeline changes the metric meanwhile."""
    written = asset.document()
    if value is not None:
        written["metrics"][0]["value"] = value
    if entry is not None:
        written["metrics"][0]["status_history"].append(entry)
    asset.rewrite(written)


def in_conflict(shown: Any) -> list[str]:
    """Press "Review and submit", and read the three versions."""
    shown.app.button(key="review-and-submit").click()
    shown.run()
    starts = ("**As you saw it**", "**As it is now**", "**Yours**")
    found = [one.value for one in shown.app.markdown if one.value.startswith(starts)]
    assert len(found) == 3
    return [" | ".join(part.strip() for part in one.splitlines() if part) for one in found]


def keep_mine_and_submit(shown: Any, asset: Any) -> Any:
    next(one for one in shown.app.button if one.label == "Keep mine").click()
    shown.run()
    shown.app.button(key="review-and-submit").click()
    shown.run()
    shown.app.button(key="submit").click()
    shown.run()
    return asset.metric("Drift")


def test_conflict_on_a_status_edit_shows_the_current_value(screen: Callable[..., Screen], asset: Asset) -> None:
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.field("button_group", "Status of Drift").set_value(Status.PASS)
    shown.run()
    rewrite(asset, value=99, entry=REWRITTEN)
    saw, now, mine = in_conflict(shown)
    assert "7" in saw and "Pending" in saw
    assert "99" in now and "Fail" in now
    assert "99 :small[as it is now]" in mine and "7" not in mine.replace("99", "") and "Pass" in mine
    written = keep_mine_and_submit(shown, asset)
    assert written["value"] == 99
    assert written["status_history"][-1]["status"] == "Pass"


def test_conflict_on_a_value_edit_shows_the_current_status(screen: Callable[..., Screen], asset: Asset) -> None:
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.field("number_input", "Value of Drift").set_value(8)
    shown.run()
    rewrite(asset, entry=REWRITTEN)
    _, now, mine = in_conflict(shown)
    assert "7" in now and "Fail" in now
    assert "| 8 |" in mine and "Fail" in mine and mine.endswith(":small[as it is now]")
    written = keep_mine_and_submit(shown, asset)
    assert written["value"] == 8
    assert written["status_history"][-1]["status"] == "Fail"


def test_what_is_marked_left_out_or_too_much_is_not_submitted_without_the_dialog(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    chosen = {"type": "dropdown", "value": "", "options": ["Good", "Bad"], "status": ["Pass", "Fail"]}
    asset = made(document(metric("Drift"), metric("Noise"), metric("Answer", chosen)), tmp_path / "assets")
    screen(asset.folder.parent)
    review = read_review()
    key = fail(review, 0)
    allowed = review_dialog.find_unquestioned(review, 2)
    assert [change.key for change in allowed.changes] == [key]
    fail(review, 1)
    assert len(review_dialog.find_unquestioned(review, 2).changes) == 2
    assert review_dialog.find_unquestioned(review, 1) is None, "more than the reader wants to submit so"
    review.left_out.add(key)
    assert review_dialog.find_unquestioned(review, 2) is None
    review.left_out.clear()
    fail(review, 2)
    assert review_dialog.find_unquestioned(review, 3) is None, "“no option chosen” is seen in the dialog first"
    rewrite(asset, entry=REWRITTEN)
    review.keep_all({review.key_of(review.stored.document.metrics[2]): None}, ADA)
    assert review_dialog.find_unquestioned(review, 3) is None, "the first one is in conflict"


def test_a_change_is_marked_as_older_than_what_others_wrote_to_another_metric_meanwhile(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    asset = made(document(metric("Drift"), metric("Noise")), tmp_path / "assets")
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.field("button_group", "Status of Noise").set_value(Status.PASS)
    shown.run()
    assert len(review_dialog.find_unquestioned(read_review(), 1).changes) == 1
    rewrite(asset, entry=PIPELINE | {"status": "Fail", "timestamp": write_time(datetime.now(UTC))})
    assert review_dialog.find_unquestioned(read_review(), 1) is None
    shown.app.button(key="review-and-submit").click()
    assert "⚠ older than the newest change" in shown.run().words


def test_notes_are_compared_line_by_line(screen: Callable[..., Screen], tmp_path: Path) -> None:
    before = "\n".join(["kept 1", "kept 2", "kept 3", "gone", "kept 4"])
    asset = made(document(metric("Drift"), notes=before), tmp_path / "assets")
    shown = screen(asset.folder.parent, QC_PORTAL_READ_ONLY="1").review(name=asset.name)
    shown.app.session_state["notes"] = True
    assert "kept 1  \nkept 2  \nkept 3  \ngone  \nkept 4" in shown.run().words
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.app.session_state["notes"] = True
    shown.run().field("text_area", "Notes of the record").set_value(before.replace("gone", "new\nnewer"))
    shown.run()
    shown.app.button(key="review-and-submit").click()
    [notes] = [one.value for one in shown.run().app.markdown if one.value.startswith("**Notes of the record**  \n")]
    assert notes.splitlines()[1:] == [
        ":gray[…]  ",
        "kept 3  ",
        ":red[− ~~gone~~]  ",
        ":green[**+ new**]  ",
        ":green[**+ newer**]  ",
        "kept 4",
    ]


def test_signature_after_an_entry_in_the_future_is_shown_before_and_after_submitting(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    ahead = datetime.now(UTC) + timedelta(days=1)
    history = [PIPELINE, PIPELINE | {"status": "Fail", "timestamp": write_time(ahead)}]
    asset = made(document(metric("Drift", status_history=history)), tmp_path / "assets")
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.field("button_group", "Status of Drift").set_value(Status.PASS)
    shown.run()
    shown.app.button(key="review-and-submit").click()
    assert shown.run().words.count("An entry is in the future") == 2, "on the card and in the dialog"
    shown.app.button(key="submit").click()
    shown.run()
    assert "**1 change submitted** by Ada Lovelace" in shown.words.replace("\\", "")
    shown.app.session_state["read-back"] = True
    shown.run()
    assert f"signed {ahead:%Y-%m-%d %H:%M:%S} UTC, right after an entry in the future" in shown.run().words
    assert asset.metric("Drift")["status_history"][-1]["status"] == "Pass"
