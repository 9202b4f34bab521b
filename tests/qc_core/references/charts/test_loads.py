import json
from typing import Any

import pytest

from qc_core.references.charts.loads import MAX_DEPTH, draws_pictures, without_addresses
from qc_core.references.charts.vega import foreign_data, prepare_chart
from qc_core.references.reference import AssetFile

VEGA_LITE = "https://vega.github.io/schema/vega-lite/v5.json"
VEGA = "https://vega.github.io/schema/vega/v5.json"


@pytest.mark.parametrize(
    "spec",
    [
        {"mark": "image"},
        {"mark": {"type": "image", "url": "/auth/logout"}},
        {"layer": [{"mark": "bar"}, {"mark": {"type": "image"}, "encoding": {"url": {"field": "u"}}}]},
        {"spec": {"hconcat": [{"layer": [{"mark": "image"}]}]}},
        {"marks": [{"type": "group", "marks": [{"type": "image", "encode": {"enter": {"url": {"value": "x"}}}}]}]},
    ],
)
def test_a_chart_with_marks_that_load_pictures_is_recognised(spec: Any) -> None:
    assert draws_pictures(spec)


def test_a_chart_that_is_too_deep_to_search_counts_as_one() -> None:
    spec = {"mark": "image"}
    for _ in range(MAX_DEPTH + 5):
        spec = {"layer": [spec]}  # type: ignore[dict-item]  # JSON of mixed types
    assert draws_pictures(spec)


@pytest.mark.parametrize(
    "spec",
    [
        {"mark": "bar", "encoding": {"x": {"field": "image"}}},
        {"mark": {"type": "point"}, "data": {"values": [{"type": "image", "mark": "image"}]}},
        {"marks": [{"type": "rect"}], "data": [{"name": "image"}]},
    ],
)
def test_other_charts_are_drawn(spec: Any) -> None:
    assert not draws_pictures(spec)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"encoding": {"href": {"value": "/auth/logout"}, "x": {"field": "a"}}}, {"encoding": {"x": {"field": "a"}}}),
        ({"encoding": {"url": {"value": "https://evil.example/"}}}, {"encoding": {}}),
        ({"mark": {"type": "bar", "href": "/auth/logout", "cursor": "url(/x), auto"}}, {"mark": {"type": "bar"}}),
        ({"config": {"bar": {"cursor": "url(/x)"}}}, {"config": {"bar": {}}}),
        (
            {"marks": [{"encode": {"update": {"cursor": {"signal": "'url(/x)'"}, "x": {"value": 1}}}}]},
            {"marks": [{"encode": {"update": {"x": {"value": 1}}}}]},
        ),
        ({"params": [{"name": "cursor", "value": "url(/x)"}, {"name": "a"}]}, {"params": [{"name": "a"}]}),
        ({"signals": [{"name": "cursor", "update": "'url(/x)'"}]}, {"signals": []}),
        (
            {"params": [{"name": "p", "bind": {"input": "image", "src": "/auth/logout", "style": "x", "name": "N"}}]},
            {"params": [{"name": "p", "bind": {"input": "text", "name": "N"}}]},
        ),
        (
            {"params": [{"bind": {"Year": {"input": "range", "min": 1, "max": 2, "element": "#x", "src": "/x"}}}]},
            {"params": [{"bind": {"Year": {"input": "range", "min": 1, "max": 2}}}]},
        ),
        (
            {"signals": [{"name": "s", "bind": {"element": "body", "event": "click"}}]},
            {"signals": [{"name": "s", "bind": {"event": "click"}}]},
        ),
        ({"params": [{"bind": "scales"}, {"bind": {"legend": "dblclick"}}]}, None),
        ({"data": {"url": "a.csv", "format": {"type": "csv"}}}, None),
        ({"data": {"values": [{"href": "/x", "url": "/y", "cursor": "z"}]}}, None),
        ({"datasets": {"a": [{"href": "/x"}]}}, None),
    ],
)
def test_parts_that_lead_to_an_address_are_left_out(given: Any, kept: Any) -> None:
    assert without_addresses(given) == (given if kept is None else kept)


@pytest.mark.parametrize(
    "data", [{"url": {"signal": "'https://evil.example/'"}}, {"url": {"expr": "x"}}, {"url": ["/auth/logout"]}]
)
def test_data_at_a_computed_address_is_foreign(data: Any) -> None:
    chart = AssetFile("figures/a.json")
    assert foreign_data({"data": [data]}, chart) and foreign_data({"marks": [{"from": {"data": data}}]}, chart)


def test_data_too_deep_to_search_is_foreign() -> None:
    spec = {"data": {"url": "https://evil.example/"}}
    for _ in range(MAX_DEPTH + 5):
        spec = {"layer": [spec]}  # type: ignore[dict-item]  # JSON of mixed types
    assert foreign_data(spec, AssetFile("a.json"))


@pytest.mark.parametrize("schema", [VEGA, VEGA_LITE])
def test_a_chart_is_drawn_without_addresses_of_the_portal(schema: Any) -> None:
    spec = {
        "$schema": schema,
        "href": "/auth/logout",
        "usermeta": {"embedOptions": {"patch": "/auth/logout"}},
        "data": {"url": "a.json"} if schema == VEGA_LITE else [{"name": "d", "url": "a.json"}],
        "encoding": {"href": {"value": "/auth/logout"}},
        "marks": [{"type": "rect", "encode": {"update": {"href": {"value": "/auth/logout"}}}}],
    }
    drawn = json.dumps(prepare_chart(spec, AssetFile("v.json"), lambda file: f"/files/{file.path}"))
    assert "/auth/logout" not in drawn and '"/files/a.json"' in drawn
