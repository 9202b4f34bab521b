"""A failure that is allowed is marked on its card and on its group."""

from collections.abc import Callable
from pathlib import Path

from tests.fakes.assets import document, made, metric
from tests.pages.screen import Screen

ALLOWED = "Fail, allowed: counts as Pass (allow_tag_failures: motion)"


def test_allowed_failure_is_shown_on_the_card_and_the_group(screen: Callable[..., Screen], tmp_path: Path) -> None:
    failed = metric("Drift", status="Fail", tags={"probe": "A", "type": "motion"})
    asset = made(document(failed, allow_tag_failures=["motion"]), tmp_path / "assets")
    shown = screen(asset.folder.parent).review(name=asset.name)
    assert shown.errors == []
    assert ALLOWED in shown.words
    (group,) = shown.data("tree")["nodes"]
    assert (group["status"], group["allowed"]) == ("Pass", ALLOWED)


def test_failure_that_is_not_allowed_shows_no_reason(screen: Callable[..., Screen], tmp_path: Path) -> None:
    failed = metric("Drift", status="Fail", tags={"probe": "A", "type": "motion"})
    asset = made(document(failed, allow_tag_failures=["other"]), tmp_path / "assets")
    shown = screen(asset.folder.parent).review(name=asset.name)
    assert "allowed" not in shown.words
    assert shown.data("tree")["nodes"][0]["allowed"] == ""
