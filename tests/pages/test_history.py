"""The history of an asset: a row for each change of a status, a value or a note; what no log holds is marked as
such."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pages.shell import open_review
from pages.shell.address import ReviewAddress
from pages.shell.portal import now, services
from qc_core.assets.query import AssetQuery
from qc_core.identity.permissions import Allowed, Person
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.status import Generation
from tests.fakes.assets import Asset, document, made, metric
from tests.pages.screen import Screen

ADA = Allowed(Person("Ada Lovelace"))


@pytest.fixture
def asset(tmp_path: Path) -> Asset:
    return made(document(metric("Drift", 1.5), notes="By hand, long ago."), tmp_path / "assets")


def submit(review: Any, *edits: Any) -> None:
    """Submit edits, each by its key, as the page does."""
    for key, edit in edits:
        review.keep_all({key: edit}, ADA)
    outcome = review.submit(review.fresh_change_set(), ADA)
    assert (outcome.failure, len(outcome.landed)) == (None, len(edits))


def a_note(text: str) -> Any:
    """An edit: this note on the metric."""
    review = open_history()
    (drift,) = review.stored.document.metrics
    return review.key_of(drift), editing.with_note(None, drift, Generation.V2, text, now())


def notes(text: str) -> Any:
    """An edit: this text for the notes of the record."""
    seen = open_history().stored.document.notes
    return editing.notes_key(("notes",)), editing.with_notes(None, ("notes",), "", seen, text, now())


def open_history() -> Any:
    (summary,) = services().index.query(AssetQuery()).result.rows
    return open_review.read(summary.record_id, "tab", ReviewAddress())


def rows(shown: Any) -> list[Any]:
    """Who, metric, status, value and note of each row of the open list, without the time."""
    shown.app.session_state["history"] = True
    table = shown.run().cells("history-table")
    return [tuple(row)[1:] for row in table]


def test_history_has_a_row_for_each_value_and_note_before_and_after(
    screen: Callable[..., Screen], asset: Asset
) -> None:
    shown = screen(asset.folder.parent)
    key, edit = a_note("look here")
    (drift,) = open_history().stored.document.metrics
    submit(
        open_history(),
        (key, editing.with_value(edit, drift, Generation.V2, 9.5, now())),
        notes("By hand, long ago. And today."),
    )
    submit(open_history(), a_note("only a note"))
    assert rows(shown.review(name=asset.name)) == [
        ("Ada Lovelace", "Drift A", "", "", "only a note"),
        ("Ada Lovelace", "Drift A", "Pending unchanged", "1.5 → 9.5", "look here"),
        ("Ada Lovelace", "Notes of the record", "", "", "By hand, long ago. → By hand, long ago. And today."),
        ("Pipeline", "Drift A", "Pending first entry", "", ""),
    ]


def test_history_without_a_log_shows_what_is_unknown(screen: Callable[..., Screen], asset: Asset, state: Path) -> None:
    shown = screen(asset.folder.parent)
    key, edit = a_note("look here")
    (drift,) = open_history().stored.document.metrics
    submit(open_history(), (key, editing.with_value(edit, drift, Generation.V2, 9.5, now())))
    shutil.rmtree(state / "log")
    assert sorted(rows(shown.review(name=asset.name))) == sorted(
        [
            ("Ada Lovelace", "Drift A", "Pending unchanged", "not recorded", "look here"),
            ("Pipeline", "Drift A", "Pending first entry", "", ""),
            ("not recorded", "Notes of the record", "", "", "not recorded → By hand, long ago."),
        ]
    )


def test_similar_names_are_marked_in_words_on_the_card_and_in_the_history(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    entries = [
        {"evaluator": who, "status": "Pass", "timestamp": f"2025-01-0{day}T00:00:00Z"}
        for day, who in ((1, "Ada Lovelace"), (2, "Grace Hopper"), (3, "Ad\u0430 Lovelace"))
    ]
    asset = made(document(metric("Drift", 1.5) | {"status_history": entries}), tmp_path / "assets")
    shown = screen(tmp_path / "assets").review(name=asset.name)
    warned = "looks like “Ada Lovelace”, spelled with other signs: mixes Cyrillic and Latin letters"
    assert f"by Ad\u0430 Lovelace (⚠ {warned})" in shown.words
    names = [who for who, *_ in rows(shown)]
    assert names[0] == f"Ad\u0430 Lovelace (⚠ {warned})" and names[1] == "Grace Hopper"
    assert names[2].startswith("Ada Lovelace (⚠ looks like “Ad\u0430 Lovelace”")


def test_history_shows_the_status_at_the_end_of_a_day(screen: Callable[..., Screen], tmp_path: Path) -> None:
    entries = [
        {"evaluator": "Ada", "status": status, "timestamp": f"2025-01-0{day}T12:00:00Z"}
        for day, status in ((1, "Pending"), (3, "Fail"))
    ]
    asset = made(document(metric("Drift", 1.5, status_history=entries)), tmp_path / "assets")
    shown = screen(tmp_path / "assets").review(name=asset.name)
    assert [row[2] for row in rows(shown)] == ["Pending → Fail", "Pending first entry"]
    shown.app.date_input(key="history-day").set_value(date(2025, 1, 2))
    assert [row[2] for row in rows(shown)] == ["Pending first entry"]
    assert "Pending** at the end of 2025-01-02: of 1 metric 0 Fail, 1 Pending, 0 Pass." in shown.words.replace("]", "")


def test_submitted_note_is_on_the_card_under_the_status_it_came_with(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    entries = [
        {"evaluator": "Ada", "status": status, "timestamp": f"2025-01-0{day}T12:00:10Z"}
        for day, status in ((1, "Pending"), (3, "Fail"))
    ]
    notes = "2025-01-01 12:00 UTC · Ada · Drift: too early\n2025-01-03 12:00 UTC · Ada · Drift: hum from the lamp"
    asset = made(document(metric("Drift", 1.5, status_history=entries), notes=notes), tmp_path / "assets")
    shown = screen(tmp_path / "assets").review(name=asset.name)
    assert "“hum from the lamp”" in shown.words and "too early" not in shown.words
