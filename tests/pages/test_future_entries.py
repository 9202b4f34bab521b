"""An entry in the future is marked on the card before anything is submitted, and after."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from qc_core.times import write_time
from tests.fakes.assets import PIPELINE, document, made, metric
from tests.pages.screen import Screen


def show_with(screen: Any, tmp_path: Path, *history: Any) -> Any:
    held = metric("Drift", status_history=[PIPELINE, *history])
    asset = made(document(held), tmp_path / "assets")
    return screen(asset.folder.parent).review(name=asset.name)


def test_card_warns_of_an_entry_in_the_future(screen: Callable[..., Screen], tmp_path: Path) -> None:
    ahead = datetime.now(UTC) + timedelta(days=1)
    shown = show_with(screen, tmp_path, PIPELINE | {"status": "Fail", "timestamp": write_time(ahead)})
    assert shown.errors == []
    assert f"An entry is in the future: Fail by Pipeline, {ahead:%Y-%m-%d %H:%M:%S} UTC." in shown.words
    assert "Pending" in shown.data("tree")["nodes"][0]["status"]


def test_card_counts_a_signature_after_an_entry_in_the_future(screen: Callable[..., Screen], tmp_path: Path) -> None:
    ahead = datetime.now(UTC) + timedelta(days=1)
    signed = PIPELINE | {"evaluator": "Ada Lovelace", "status": "Pass"}
    shown = show_with(
        screen,
        tmp_path,
        PIPELINE | {"status": "Fail", "timestamp": write_time(ahead)},
        signed | {"timestamp": write_time(ahead + timedelta(microseconds=1))},
    )
    assert shown.data("tree")["nodes"][0]["status"] == "Pass"
    assert "right after an entry in the future. It counts here now" in shown.words


def test_card_shows_no_warning_without_an_entry_in_the_future(screen: Callable[..., Screen], tmp_path: Path) -> None:
    assert "in the future" not in show_with(screen, tmp_path).words
