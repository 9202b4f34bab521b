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


def test_groups_are_found_by_the_people_who_set_a_status(screen: Callable[..., Screen], tmp_path: Path) -> None:
    entry = {"evaluator": "Grace Hopper", "status": "Pass", "timestamp": "2025-01-01T00:00:00Z"}
    asset = made(document(metric("Drift", status_history=[entry]), metric("Noise", tags={"probe": "B"})), tmp_path)
    tree = screen(tmp_path).review(name=asset.name).data("tree") or {}
    assert ["grace hopper" in node["search"] for node in tree["nodes"]] == [True, False]
