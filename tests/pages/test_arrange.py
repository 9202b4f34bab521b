"""The metrics of a review in groups of one's own choice, and only some of them, by the address and by the menu."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pages.shell.portal import person_key, services
from tests.fakes.assets import Asset, document, made, metric
from tests.pages.screen import Screen


@pytest.fixture
def asset(tmp_path: Path) -> Asset:
    metrics = [
        metric("Drift", 1, "Fail", tags={"probe": "A", "type": "drift"}),
        metric("Drift", 1, tags={"probe": "B", "type": "drift"}),
        metric("Noise", 1, stage="Processing", tags={"probe": "B", "type": "noise"}),
    ]
    return made(document(*metrics), tmp_path / "assets")


def keys(shown: Screen) -> list[str]:
    return [node["key"] for node in (shown.data("tree") or {})["nodes"]]


def test_address_groups_by_other_keys_and_leaves_metrics_out(screen: Callable[..., Screen], asset: Asset) -> None:
    shown = screen(asset.folder.parent).review(name=asset.name, by="type/probe")
    assert keys(shown) == ["type=drift", "type=noise"]
    shown.review(name=asset.name, by="stage", only="tag=probe:B/status=Pending")
    tree = shown.data("tree") or {}
    assert (keys(shown), tree["hidden"]) == (["stage=Raw data", "stage=Processing"], 1)
    assert "only=" not in tree["whole"] and "by=stage" in tree["whole"]
    header = shown.data("record-header") or {}
    assert (header["count"], header["counts"]) == (3, [0, 1, 0, 2]), "the header counts all metrics"


def test_conditions_that_no_metric_has_hide_nothing(screen: Callable[..., Screen], asset: Asset) -> None:
    shown = screen(asset.folder.parent).review(name=asset.name, only="stage=Nowhere")
    assert (shown.errors, (shown.data("tree") or {})["hidden"]) == ([], 0)


def test_menu_changes_grouping_and_keeps_it_for_the_project(screen: Callable[..., Screen], asset: Asset) -> None:
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.app.session_state["arrange"] = True
    shown.run().app.multiselect(key="arrange-by").set_value(["type", "probe + stage"])
    shown.run()
    assert keys(shown) == ["type=drift", "type=noise"]
    assert shown.app.query_params["by"] == "type/probe,stage"
    again = screen(asset.folder.parent).review(name=asset.name)
    assert keys(again) == ["type=drift", "type=noise"]
    assert keys(screen(asset.folder.parent).review(name=asset.name, group="probe=B")) == ["probe=A", "probe=B"]
    other = made(document(metric("Drift", tags={"probe": "A", "type": "drift"})), asset.folder.parent)
    described = other.folder / "data_description.json"
    written = json.loads(described.read_text("utf-8"))
    assert keys(screen(asset.folder.parent).review(name=other.name)) == ["type=drift"], (
        "the same project: none is named"
    )
    described.write_text(json.dumps(written | {"project_name": "Another"}), "utf-8")
    assert keys(screen(asset.folder.parent).review(name=other.name)) == ["probe=A"]
    grace = screen(asset.folder.parent, QC_PORTAL_REVIEWER="Grace Hopper").review(name=asset.name)
    assert keys(grace) == ["probe=A", "probe=B"]


def test_menu_shows_some_metrics_and_says_how_many_are_hidden(screen: Callable[..., Screen], asset: Asset) -> None:
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.app.session_state["arrange"] = True
    shown.run().app.multiselect(key="arrange-tag").set_value(["probe:B"])
    shown.run()
    assert "2 metrics shown, 1 hidden." in shown.words
    assert keys(shown) == ["probe=B"]


def test_filters_are_kept_for_the_project_until_all_metrics_are_shown_again(
    screen: Callable[..., Screen], asset: Asset
) -> None:
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.app.session_state["arrange"] = True
    shown.run().app.multiselect(key="arrange-tag").set_value(["probe:B"])
    shown.run()
    again = screen(asset.folder.parent).review(name=asset.name)
    assert (keys(again), again.app.query_params["only"]) == (["probe=B"], "tag=probe:B")
    again.review(name=asset.name)  # by the link to all metrics
    assert keys(again) == ["probe=A", "probe=B"]
    assert keys(screen(asset.folder.parent).review(name=asset.name)) == ["probe=A", "probe=B"]


def test_grouping_kept_by_an_earlier_version_holds_and_a_filter_without_metrics_does_not(
    screen: Callable[..., Screen], asset: Asset
) -> None:
    screen(asset.folder.parent)
    services().personal.write(person_key(), "groupings", {"": "type/probe"})
    assert keys(screen(asset.folder.parent).review(name=asset.name)) == ["type=drift", "type=noise"]
    services().personal.write(person_key(), "groupings", {"": {"only": "stage=Nowhere"}})
    assert keys(screen(asset.folder.parent).review(name=asset.name)) == ["probe=A", "probe=B"]


def test_matrix_is_built_when_it_is_opened_by_modality_and_stage_with_each_cell_a_link(
    screen: Callable[..., Screen], asset: Asset
) -> None:
    shown = screen(asset.folder.parent).review(name=asset.name)
    assert (shown.data("record-header") or {})["matrix"] is None
    shown.app.session_state["qc-matrix-wanted"] = True  # as the panel does when it is opened
    matrix = (shown.run().data("record-header") or {})["matrix"]
    assert (shown.run().data("record-header") or {})["matrix"] is None
    assert matrix["stages"] == ["Raw data", "Processing"]
    [[modality, [raw, processing]]] = matrix["rows"]
    assert (modality, raw["status"], processing["status"]) == ("ecephys", "Fail", "Pending")
    assert "only=modality%3Decephys%2Fstage%3DRaw+data" in raw["href"]
    assert [tag for tag, _ in matrix["tags"]] == ["probe:A", "probe:B", "type:drift", "type:noise"]
