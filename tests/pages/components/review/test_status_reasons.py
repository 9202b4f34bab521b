"""Why a group has its status: what the dialog is given."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pages.shell.session.reasons import WantedReasons
from tests.fakes.assets import document, made, metric
from tests.pages.screen import Screen


def ask(shown: Screen, group: str) -> Any:
    record_id = (shown.data("record-header") or {})["record"].partition("/")[2]
    shown.app.session_state["qc-reasons"] = (record_id, WantedReasons(1, group))
    return shown.run().data("status-reasons")


def test_dialog_lists_what_decides_with_value_person_and_time(screen: Callable[..., Screen], tmp_path: Path) -> None:
    metrics = [
        metric("Drift", 31, "Fail", description=r"[Below](https://example.org) $20\,\mu\mathrm{m}^2$"),
        metric("Noise", 2),
        metric("Yield", 5, "Fail"),
    ]
    asset = made(document(*metrics, allow_tag_failures=[]), tmp_path)
    shown = screen(tmp_path).review(name=asset.name)
    assert shown.data("status-reasons") == {"number": 0}
    data = ask(shown, "")
    assert [row["name"] for row in data["rows"]] == ["Drift", "Yield"]
    assert (data["status"], data["summary"]) == ("Fail", "2 of 3 are Fail, and they decide.")
    drift = data["rows"][0]
    assert (drift["value"], drift["description"], drift["was"], drift["allowed"]) == ("31", "Below 20 μm²", "", "")
    assert drift["who"] and drift["since"].endswith("UTC")
    assert drift["position"]["metric"] == "Drift"
    assert data["groups"][0] == ["", "All metrics"]


def test_unknown_group_counts_as_all_metrics(screen: Callable[..., Screen], tmp_path: Path) -> None:
    asset = made(document(metric("Drift", 1, "Pass")), tmp_path)
    data = ask(screen(tmp_path).review(name=asset.name), "x=y")
    assert (data["group"], data["rows"], data["summary"]) == ("", [], "No metric of 1 is Fail or Pending.")
