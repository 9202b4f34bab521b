"""The tree narrowed to what is left, failed or changed, by the address."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.assets import document, made, metric
from tests.pages.screen import Screen


@pytest.mark.parametrize(("asked", "shown"), [("left", "left"), ("changed", "changed"), ("x", ""), ("", "")])
def test_choice_above_the_tree_is_in_the_address(
    screen: Callable[..., Screen], tmp_path: Path, asked: str, shown: str
) -> None:
    asset = made(document(metric("Drift"), metric("Noise", tags={"probe": "B"})), tmp_path)
    drawn = screen(tmp_path).review(name=asset.name, show=asked)
    tree = drawn.data("tree") or {}
    assert tree["show"] == shown
    assert [("show=" in node["href"]) for node in tree["nodes"]] == [bool(shown)] * 2
    assert tree["selected"] == "probe=A"


def test_metrics_without_a_usable_status_are_left_on_every_page(screen: Callable[..., Screen], tmp_path: Path) -> None:
    def history(word: str) -> list[dict[str, str]]:
        return [{"evaluator": "Pipeline", "status": word, "timestamp": "2025-01-01T00:00:00Z"}]

    words = {"Drift": "pending", "Noise": "", "Trace": "Maybe", "Done": "Pass"}
    asset = made(document(*(metric(name, status_history=history(word)) for name, word in words.items())), tmp_path)
    (row,) = screen(tmp_path).assets().rows
    assert (row["status"], row["pending"]) == ("Pending", "3 of 4")
    queue = screen(tmp_path).queue().data("queue-table") or {}
    assert [one["name"] for group in queue["groups"] for one in group["rows"]] == ["Drift", "Noise", "Trace"]
    shown = screen(tmp_path).review(name=asset.name)
    header, tree = shown.data("record-header") or {}, shown.data("tree") or {}
    assert (header["status"], header["counts"]) == ("Pending", [1, 0, 0, 3])
    assert tree["nodes"][0]["counts"] == [1, 0, 0, 3]
    assert "has the unknown status “pending”" in shown.words
    bar = screen(tmp_path).open_page("grid.py", name=asset.name).data("grid-bar") or {}
    assert list(bar["stored"].values()) == ["Pending"] * 3 + ["Pass"]


def test_groups_are_found_by_the_people_who_set_a_status(screen: Callable[..., Screen], tmp_path: Path) -> None:
    entry = {"evaluator": "Grace Hopper", "status": "Pass", "timestamp": "2025-01-01T00:00:00Z"}
    asset = made(document(metric("Drift", status_history=[entry]), metric("Noise", tags={"probe": "B"})), tmp_path)
    tree = screen(tmp_path).review(name=asset.name).data("tree") or {}
    assert ["grace hopper" in node["search"] for node in tree["nodes"]] == [True, False]
