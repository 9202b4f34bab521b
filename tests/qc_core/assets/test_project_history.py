"""The history of a project counts its metrics, and selects the values of one of them."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.assets.project_history import (
    NO_SUBJECT,
    Brush,
    MetricKind,
    build_subject_marks,
    count_by_modality_and_stage,
    count_numeric_kinds,
    list_subjects,
    parse_brush,
    select_values,
)
from tests.qc_core.assets.building import ASSET, NOON, row, summary


def test_subjects_are_ordered_by_their_newest_asset() -> None:
    assets = [
        summary("old", subject_id="2", acquisition_time=NOON),
        summary("new", subject_id="1", acquisition_time=NOON + timedelta(days=3)),
        summary("newer", subject_id="2", acquisition_time=NOON + timedelta(days=4)),
        summary("nobody", acquisition_time=NOON),
        summary("timeless", subject_id="3"),
    ]
    marks = build_subject_marks(assets)
    assert [mark.subject for mark in marks] == ["2", "1", "2", NO_SUBJECT]
    assert list_subjects(marks) == ("2", "1", NO_SUBJECT)
    assert list_subjects(build_subject_marks([])) == ()


def test_metrics_are_counted_by_modality_stage_and_status() -> None:
    metrics = [
        row(status="Pass"),
        row("allowed failure", status="Pass"),
        row(status="Fail", stage="Processing"),
        row(status="", modality="behavior", stage="Own stage"),
        row(status="Pending", modality="behavior"),
        row(status="Maybe", modality="behavior"),
    ]
    assert [(one.modality, one.stage, one.counts) for one in count_by_modality_and_stage(metrics)] == [
        ("behavior", "Raw data", (0, 1, 0, 1)),
        ("behavior", "Own stage", (0, 0, 0, 1)),
        ("ecephys", "Raw data", (0, 0, 2, 0)),
        ("ecephys", "Processing", (1, 0, 0, 0)),
    ]
    assert sum(one.total for one in count_by_modality_and_stage(metrics)) == len(metrics)
    assert count_by_modality_and_stage([]) == ()


def test_numeric_metrics_are_distinguished_by_name_stage_and_tags() -> None:
    metrics = [
        row("b", number=1.0, tags=("probe:B", "type:x")),
        row("b", number=0.0, tags=("type:x", "probe:B")),
        row("a", number=2.0),
        row("text"),
    ]
    assert count_numeric_kinds(metrics) == {
        MetricKind("a", "Raw data", ()): 1,
        MetricKind("b", "Raw data", ("probe:B", "type:x")): 2,
    }
    assert count_numeric_kinds([]) == {}


def test_values_are_selected_oldest_first_and_without_a_time_left_out() -> None:
    later = replace(ASSET, name="later", acquisition_time=NOON + timedelta(days=1))
    metrics = [
        row(asset=later, number=5.0),
        row(number=0.0),
        row(number=None),
        row(number=9.0, asset=replace(ASSET, acquisition_time=None)),
        row("Other", number=7.0),
    ]
    points = select_values(metrics, MetricKind("Drift", "Raw data", ()))
    assert [(point.number, point.time) for point in points] == [(0.0, NOON), (5.0, NOON + timedelta(days=1))]


def test_brush_selects_what_is_inside_with_its_edges() -> None:
    metrics = [
        row(number=float(day), asset=replace(ASSET, acquisition_time=NOON + timedelta(days=day))) for day in range(5)
    ]
    points = select_values(metrics, MetricKind("Drift", "Raw data", ()))
    at = [point.time.timestamp() * 1000 for point in points]
    assert [point.number for point in Brush((at[1], at[3]), (2.0, 9.0)).select(points)] == [2.0, 3.0]
    assert Brush((0.0, 1.0), (0.0, 1.0)).select(points) == ()


def test_brush_is_read_in_either_direction() -> None:
    assert parse_brush({"time": [2, 1], "number": [0, 3.5]}) == Brush((1.0, 2.0), (0.0, 3.5))


@pytest.mark.parametrize(
    "selection",
    [None, {}, [], "x", {"time": [1, 2]}, {"time": [1], "number": [1, 2]}, {"time": [1, True], "number": [1, 2]}],
)
def test_other_selections_are_no_brush(selection: object) -> None:
    assert parse_brush(selection) is None


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=5))
def test_any_selection_is_read_without_an_error(value: object) -> None:
    brush = parse_brush({"time": value, "number": [0.0, 1.0]})
    assert brush is None or all(isinstance(end, float) for end in brush.times)
    assert parse_brush({"time": [math.nan, 1], "number": value}) is None or isinstance(value, list)
