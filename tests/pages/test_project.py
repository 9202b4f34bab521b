"""`/project?project=…`: the history of a project, and its filters in the address."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.fakes.assets import document, made, metric
from tests.fakes.projects import PROJECT, make_project
from tests.pages.screen import Screen


@pytest.fixture
def shown(screen: Callable[..., Screen], tmp_path: Path) -> Screen:
    """The page of a project of three subjects, each with two sessions."""
    make_project(tmp_path, subjects=3, sessions=2)
    return screen(tmp_path).open_page("project.py", project=PROJECT)


def test_project_is_drawn_with_all_its_parts(shown: Screen) -> None:
    assert shown.errors == []
    assert "10 assets · 3 subjects · 0 metrics Pending" in shown.words
    marks = shown.chart_rows("by subject")
    assert len(marks) == 10 and {mark["subject"] for mark in marks} == {"720001", "720002", "720003"}
    assert all(mark["href"].startswith("view?name=ecephys_72000") for mark in marks)
    assert shown.chart_rows("Share of Pending")[-1]["text"] == "0 of 26"
    assert sum(bar["assets"] for bar in shown.chart_rows("Days from acquisition")) == 6
    assert len(shown.chart_rows("Values of")) == 6
    [link] = shown.data("project-links")["links"]
    assert link["href"] == "./?project=Dynamic+routing"


def test_numbers_of_the_matrix_lead_to_list_and_queue(shown: Screen) -> None:
    assert shown.cells("status-matrix") == [
        ["behavior-videos", "Raw data", "0", "0", "4", "0"],
        ["ecephys", "Raw data", "0", "0", "4", "0"],
        ["ecephys", "Processing", "0", "0", "12", "0"],
        ["ecephys", "Analysis", "0", "0", "6", "0"],
    ]
    links = [
        part["href"] for row in shown.data("status-matrix")["rows"] for cell in row for part in cell if "href" in part
    ]
    assert set(links) == {f"./?project=Dynamic+routing&modality={name}" for name in ("ecephys", "behavior-videos")}
    shown.open_page("project.py", project=PROJECT, experimenter="Ada Lovelace")
    assert "4 assets · 1 subject" in shown.words


def test_filters_go_to_the_address_and_narrow_everything(shown: Screen) -> None:
    shown.field("multiselect", "Rig").set_value(["NP2"])
    shown.run()
    assert dict(shown.app.query_params) == {"project": PROJECT, "instrument": "NP2"}
    assert {mark["subject"] for mark in shown.chart_rows("by subject")} == {"720002"}
    shown.field("date_input", "Acquired since").set_value(date(2026, 3, 10))
    assert "2 assets · 1 subject" in shown.run().words
    shown.field("date_input", "Acquired since").set_value(date(2027, 1, 1))
    assert "None of the project's assets matches the filters." in shown.run().words
    shown.field("button", "Clear filters").click()
    assert len(shown.run().chart_rows("by subject")) == 10


def test_modality_filters_assets_and_metrics(shown: Screen) -> None:
    shown.open_page("project.py", project=PROJECT, modality="behavior-videos")
    assert [row[:2] for row in shown.cells("status-matrix")] == [["behavior-videos", "Raw data"]]


def test_a_metric_is_chosen_by_name_stage_and_tags(shown: Screen) -> None:
    shown.open_page("project.py", project=PROJECT, metric="Units", stage="Processing", tag=["probe:A"])
    points = shown.chart_rows("Values of Units · Processing · probe:A")
    assert len(points) == 6 and all("metric=Units" in point["href"] for point in points)
    assert len(shown.cells("values")) == 6
    field = next(one for one in shown.app.selectbox if one.label == "Metric")
    other = next(option for option in field.options if option.startswith("Duration"))
    field.set_value(other)
    shown.run()
    assert shown.app.query_params["metric"] == "Duration" and len(shown.chart_rows("Values of Duration")) == 4


def test_unknown_project_states_why(screen: Callable[..., Screen]) -> None:
    shown = screen().open_page("project.py", project="[x](javascript:1)")
    assert shown.errors == [] and "No record here belongs to this project." in shown.words


def test_asset_without_times_and_numbers_is_no_error(screen: Callable[..., Screen], tmp_path: Path) -> None:
    asset = made(document(metric("Remark", "text", status_history=[])), tmp_path)
    description = {"name": "timeless", "project_name": "One"}
    (asset.folder / "data_description.json").write_text(json.dumps(description), "utf-8")
    shown = screen(tmp_path).open_page("project.py", project="One")
    assert shown.errors == []
    for words in (
        "1 asset without a time of acquisition",
        "No metric has a status with a time.",
        "Nothing was decided yet",
        "No metric of these assets is a number.",
    ):
        assert words in shown.words
