"""Markdown that would hang the reader's page is shown as it is written."""

from collections.abc import Callable
from pathlib import Path

from tests.fakes.assets import document, made, metric
from tests.pages.screen import Screen

COSTLY = "$a$ " * 500


def test_a_description_and_a_figure_with_too_many_formulas_are_shown_as_written(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    several = [
        metric("Drift", description=COSTLY, reference="notes.md"),
        metric("Noise", description="Below $5 \\mu m$.", reference="notes.md"),
    ]
    asset = made(document(*several), tmp_path / "assets")
    (asset.folder / "notes.md").write_text(COSTLY)
    shown = screen(asset.folder.parent).review(name=asset.name)
    assert shown.errors == []
    assert [one.value.strip() for one in shown.app.code] == [COSTLY.strip()] * 2
    assert shown.words.count("Shown as it is written: it holds more than 800 “$”.") == 2
    assert "Below $5" in shown.words
