"""A document that holds lone surrogates is shown with one card for each metric."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fakes.assets import document, made, metric
from tests.pages.screen import Screen

LONE = "a\ud800b"
ESCAPED = r"a\ud800b"


def hostile(name: str) -> dict[str, Any]:
    """A metric that holds a lone surrogate in every text."""
    held = metric(name, value=LONE, reference=f"{LONE}.png", description=LONE, tags={"probe": LONE, LONE: "x"})
    held["status_history"][0]["evaluator"] = LONE
    return held


def test_each_metric_has_a_card_that_shows_the_surrogate_escaped(screen: Callable[..., Screen], tmp_path: Path) -> None:
    options = {"type": "dropdown", "value": LONE, "options": [LONE, "good"], "status": ["Fail", "Pass"]}
    table = {LONE: [1, 2], "note": [LONE, "x"]}
    texts = {"reference": f"{LONE}.png", "tags": {"probe": LONE, LONE: "x"}}
    several = [hostile(LONE), hostile("Drift")]
    several += [metric("Choice", value=options, **texts), metric("Table", value=table, **texts)]
    asset = made({}, tmp_path / "assets")
    asset.file.write_text(json.dumps(document(*several) | {"notes": LONE, "key_experimenters": [LONE]}), "utf-8")
    shown = screen(asset.folder.parent).review(name=asset.name)
    assert shown.errors == []
    for label in (ESCAPED, "Drift", "Choice", "Table"):
        assert shown.field("button_group", f"Status of {label}")
    assert ESCAPED in shown.words
