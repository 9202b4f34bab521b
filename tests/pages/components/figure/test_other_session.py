"""The open figure with the same figure of another session: what is drawn, how it is named, and the way back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.shell.portal import services
from qc_core.assets.query import AssetQuery
from tests.fakes.assets import Asset
from tests.fakes.sessions import make_sessions
from tests.pages.screen import Screen


@pytest.fixture
def sessions(tmp_path: Path) -> tuple[Asset, ...]:
    return make_sessions(tmp_path / "assets", 6).assets


@pytest.fixture
def shown(screen: Callable[..., Screen], sessions: tuple[Asset, ...]) -> Screen:
    return screen(sessions[0].folder.parent)


def id_of(asset: Asset) -> str:
    (found,) = services().index.query(AssetQuery(names=(asset.name,))).result.rows
    return found.record_id


def test_alone_the_line_asks_nothing(shown: Screen, sessions: tuple[Asset, ...]) -> None:
    shown.review(name=sessions[4].name)
    line = shown.data("sessions")
    assert line["compared"] is None and line["address"].endswith("?metric=metrics%2F0")
    assert shown.data("figure")["figure"]["kind"] == "picture"
    assert services().metrics_in_background._readings._held == {}


def test_both_figures_are_a_pair_named_by_their_sessions(shown: Screen, sessions: tuple[Asset, ...]) -> None:
    other = id_of_after_start(shown, sessions[0])
    shown.review(name=sessions[4].name, group="probe=A", metric="Drift", **{"with": other})
    figure: Any = shown.data("figure")["figure"]
    assert shown.errors == [] and figure["kind"] == "pair" and figure["compare"] is None
    assert figure["left"]["name"] == "This session, 2026-01-17: drift.png"
    assert figure["right"]["name"] == "2026-01-05, Pass: drift.png"
    assert f"/files/{other}/" in figure["right"]["address"]
    assert f"/files/{id_of(sessions[4])}/" in figure["left"]["address"]
    compared = shown.data("sessions")["compared"]
    assert (compared["asset"], compared["day"], compared["problem"]) == (sessions[0].name, "2026-01-05", None)
    assert "**Drift**" in shown.words and "2 metrics on this figure" in shown.words, "the cards are the open asset's"
    assert f"with={other}" in shown.data("figure")["next"]["href"], "the next figure is compared, too"


def test_another_session_without_this_figure_or_that_is_gone_is_reported_and_the_figure_stays(
    shown: Screen, sessions: tuple[Asset, ...]
) -> None:
    bare = sessions[1]
    written = bare.document()
    written["metrics"] = written["metrics"][2:]
    bare.rewrite(written)
    other = id_of_after_start(shown, bare)
    shown.review(name=sessions[5].name, group="probe=A", metric="Drift", **{"with": other})
    assert shown.data("figure")["figure"]["kind"] == "picture"
    assert shown.data("sessions")["compared"]["problem"] == "has no figure for this metric."
    shown.review(name=sessions[5].name, **{"with": "../../etc/passwd"})
    assert shown.data("figure")["figure"]["kind"] == "picture" and shown.errors == []
    assert shown.data("sessions")["compared"]["problem"].startswith("cannot be shown.")


def test_other_kinds_than_pictures_are_drawn_below_the_open_figure(shown: Screen, sessions: tuple[Asset, ...]) -> None:
    changed = sessions[2]
    written = changed.document()
    written["metrics"][0]["reference"] = "figures/drift.csv"
    changed.rewrite(written)
    (changed.folder / "figures" / "drift.csv").write_text("a,b\n1,2\n", "utf-8")
    other = id_of_after_start(shown, changed)
    shown.review(name=sessions[4].name, group="probe=A", metric="Drift", **{"with": other})
    assert shown.data("figure")["figure"]["kind"] == "picture"
    assert shown.data("figure-other")["figure"]["kind"] == "excerpt"
    assert f"/excerpt/{other}/" in shown.data("figure-other")["figure"]["address"]
    assert f"{changed.name}, the same figure:" in shown.words and shown.errors == []


def id_of_after_start(shown: Screen, asset: Asset) -> str:
    shown.assets()
    return id_of(asset)
