"""`/grid`: which metrics are its tiles, what each states in place of a picture, and who may decide."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import portal
from qc_core.stores.folder.store import FolderStore
from qc_core.stores.ports import StoredRecord
from tests.fakes.assets import Asset, document, made, metric
from tests.pages.screen import Screen, list_everything


@pytest.fixture
def assets(tmp_path: Path) -> list[Asset]:
    references = ["drift.png", "see the notebook", None]
    return [
        made(document(metric("Drift", 1.5, reference=one), metric("Noise", "high", "Pass")), tmp_path / "assets")
        for one in references
    ]


def tiles(shown: Screen) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (shown.data("grid") or {"tiles": []})["tiles"]
    return found


def test_one_metric_of_all_assets_is_shown_with_its_status(
    screen: Callable[..., Screen], tmp_path: Path, assets: list[Asset]
) -> None:
    before = list_everything(tmp_path / "assets")
    shown = screen(tmp_path / "assets").open_page("grid.py", metric="Drift")
    assert shown.errors == []
    assert [one["asset"] for one in tiles(shown)] == [asset.name for asset in assets]
    assert [one["note"] for one in tiles(shown)] == ["PNG", "No picture", "No figure"]
    assert [bool(one["picture"]) for one in tiles(shown)] == [True, False, False]
    assert "3 metrics in 3 assets" in shown.words
    bar = shown.data("grid-bar")
    assert bar is not None
    assert list(bar["stored"].values()) == ["Pending"] * 3
    assert bar["refusal"] == ""
    assert list_everything(tmp_path / "assets") == before


def test_metrics_of_one_asset_are_titled_by_their_names(
    screen: Callable[..., Screen], tmp_path: Path, assets: list[Asset]
) -> None:
    shown = screen(tmp_path / "assets").open_page("grid.py", name=assets[0].name)
    assert [one["title"] for one in tiles(shown)] == ["Drift", "Noise"]
    assert {one["of"] for one in tiles(shown)} == {""}
    shown.open_page("grid.py", name=assets[0].name, status="Pass")
    assert [one["metric"] for one in tiles(shown)] == ["Noise"]


def test_metrics_of_several_assets_have_subject_and_day_beside_their_names(
    screen: Callable[..., Screen], tmp_path: Path, assets: list[Asset]
) -> None:
    shown = screen(tmp_path / "assets").open_page("grid.py", stage="Raw data")
    assert sorted({one["title"] for one in tiles(shown)}) == ["Drift", "Noise"]
    assert [one["of"] for one in tiles(shown)] == [
        f"{one['asset'].split('_')[1]} · {one['day']}" for one in tiles(shown)
    ]
    assert all(one["day"].startswith("2025-") for one in tiles(shown))


def test_a_view_of_another_site_is_named_in_place_of_a_picture(screen: Callable[..., Screen], tmp_path: Path) -> None:
    made(document(metric("Map", reference="https://neuroglancer-demo.appspot.com/#!{}")), tmp_path / "assets")
    shown = screen(tmp_path / "assets").open_page("grid.py", metric="Map")
    assert [one["note"] for one in tiles(shown)] == ["Neuroglancer"]


def test_an_address_that_names_no_metrics_says_how_to_begin(
    screen: Callable[..., Screen], tmp_path: Path, assets: list[Asset]
) -> None:
    shown = screen(tmp_path / "assets").open_page("grid.py")
    assert "A grid shows one metric of many sessions" in shown.words
    assert tiles(shown) == []
    shown.open_page("grid.py", metric="Unheard of")
    assert "No metric matches." in shown.words
    assert assets


def test_read_only_shows_statuses_and_no_way_to_decide(
    screen: Callable[..., Screen], tmp_path: Path, assets: list[Asset]
) -> None:
    shown = screen(tmp_path / "assets", QC_PORTAL_READ_ONLY="1").open_page("grid.py", metric="Drift")
    bar = shown.data("grid-bar")
    assert bar is not None
    assert "read-only" in bar["refusal"]
    assert list(bar["stored"].values()) == ["Pending"] * len(assets)
    assert not [one for one in shown.app.button if "Submit" in one.label]


def open_judging_page() -> None:
    """A page that takes a step over all tiles of a grid, as the browser sends it."""
    import streamlit as st

    from pages.shell.session import grids
    from qc_core.assets.grid import name_tile, parse_grid_query

    opened = grids.open_grid_of(parse_grid_query([("metric", "Drift")]))
    tiles = [name_tile(row) for row in opened.rows]
    steps = [[1, "Fail", tiles], [2, "undo", []], [3, "rest", tiles]]
    st.button("step", on_click=lambda: grids.apply_steps(opened.text, {"sitting": "8", "steps": steps}))
    st.session_state["drafted"] = sorted(opened.drafted.values())


def test_a_step_over_many_records_reads_each_record_once(
    tmp_path: Path, assets: list[Asset], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    get_fresh = FolderStore.get_fresh

    def count(self: FolderStore, record_id: str) -> StoredRecord:
        read.append(record_id)
        return get_fresh(self, record_id)

    monkeypatch.setattr(FolderStore, "get_fresh", count)
    for name, value in {"ASSETS": tmp_path / "assets", "STATE": tmp_path / "state", "REVIEWER": "Ada"}.items():
        monkeypatch.setenv(f"QC_PORTAL_{name}", str(value))
    portal.settings.cache_clear()
    portal.services.cache_clear()
    page = AppTest.from_function(open_judging_page, default_timeout=60).run()
    read.clear()
    page.button[0].click().run()
    assert page.session_state["drafted"] == ["Pass"] * len(assets)
    assert len(read) == len(set(read)) == len(assets)
    portal.settings.cache_clear()
    portal.services.cache_clear()
