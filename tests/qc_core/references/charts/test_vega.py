"""A chart is given the size of its frame only where it can take it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.references.charts.vega import (
    ChartKind,
    chart_kind,
    data_files,
    fills_any_frame,
    foreign_data,
    prepare_chart,
)
from qc_core.references.kachery import KacheryFile
from qc_core.references.reference import AssetFile
from qc_core.references.s3 import S3File


@pytest.mark.parametrize(
    "spec",
    [
        {"mark": "line", "encoding": {"x": {}, "y": {}}},
        {"layer": [{"mark": "line"}, {"mark": "area"}]},
        {"mark": "bar", "width": 400, "height": 300},
        {"mark": "bar", "width": "container"},
        {"mark": "bar", "encoding": None},
    ],
)
def test_a_single_view_fills_its_frame(spec: dict[str, Any]) -> None:
    assert fills_any_frame(spec)


@pytest.mark.parametrize(
    "spec",
    [
        {"mark": "bar", "width": {"step": 34}},
        {"facet": {"row": {}}, "spec": {"mark": "bar"}},
        {"mark": "bar", "encoding": {"column": {"field": "fiber"}}},
        {"hconcat": [{"mark": "bar"}, {"mark": "bar"}]},
        {"vconcat": []},
        {"repeat": ["a", "b"], "spec": {}},
    ],
)
def test_chart_that_sizes_itself_keeps_its_size(spec: dict[str, Any]) -> None:
    assert not fills_any_frame(spec)


VEGA_LITE = "https://vega.github.io/schema/vega-lite/v5.20.1.json"
VEGA = "https://vega.github.io/schema/vega/v5.json"


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        ({"$schema": VEGA_LITE}, ChartKind.VEGA_LITE),
        ({"$schema": VEGA}, ChartKind.VEGA),
        ({"$schema": "https://json-schema.org/draft/2020-12/schema"}, None),
        ({"$schema": "https://evil.org/?https://vega.github.io/schema/vega/v5.json"}, None),
        ({"$schema": 5}, None),
        ({"mark": "bar"}, None),
        ({"$schema": VEGA_LITE, "datasets": [1]}, None),
        ([{"$schema": VEGA}], None),
        (None, None),
    ],
)
def test_the_schema_alone_decides_whether_json_is_a_chart(found: Any, kind: Any) -> None:
    assert chart_kind(found) is kind


def draw_chart(spec: Any, path: str = "figures/a.vl.json") -> Any:
    return prepare_chart({"$schema": VEGA_LITE, **spec}, AssetFile(path), lambda file: f"/files/{file.path}")


def test_data_next_to_a_chart_has_an_address_of_ours() -> None:
    spec = {
        "layer": [
            {"data": {"url": "d/points.json"}},
            {"data": {"url": "../other.csv", "format": {"parse": {"t": "date"}}}},
        ]
    }
    first, second = draw_chart(spec)["layer"]
    assert first["data"] == {"url": "/files/figures/d/points.json"}
    assert second["data"] == {"url": "/files/other.csv?rows=", "format": {"parse": {"t": "date"}, "type": "json"}}
    assert set(data_files(spec, AssetFile("figures/a.vl.json")).values()) == {
        AssetFile("figures/d/points.json"),
        AssetFile("other.csv"),
    }


def test_next_to_a_chart_in_a_bucket_lies_its_own_folder_and_next_to_one_in_kachery_nothing() -> None:
    chart = S3File("bucket", "mouse/figures/a.json")

    def find_files(url: str) -> Any:
        return list(data_files({"data": {"url": url}}, chart).values())

    assert find_files("d/../x #1.csv") == [S3File("bucket", "mouse/figures/x #1.csv")]
    for url in ("../other.csv", "/mouse/figures/x.csv", "../../../x.csv", "//h/x.csv", "s3://bucket/x.csv", "", "."):
        assert find_files(url) == [], url
    assert foreign_data({"data": {"url": "../other.csv"}}, chart) == "../other.csv"
    assert foreign_data({"data": {"url": "x.csv"}}, KacheryFile("0" * 40, "a.json")) == "x.csv"


def test_a_table_with_a_delimiter_of_its_own_names_it() -> None:
    data = draw_chart({"data": {"url": "a.txt", "format": {"type": "dsv", "delimiter": "|"}}})["data"]
    assert data == {"url": "/files/figures/a.txt?rows=%7C", "format": {"type": "json"}}


@pytest.mark.parametrize(
    "url", ["https://h.org/a.csv", "//h.org/a.csv", "file:///etc/passwd", "javascript:alert(1)", "../../a.csv"]
)
def test_data_elsewhere_is_named_and_not_loaded(url: str) -> None:
    spec = {"data": {"url": url}}
    assert foreign_data(spec, AssetFile("figures/a.json")) == url
    assert data_files(spec, AssetFile("a.json")) == {}
    assert draw_chart(spec, "a.json")["data"] == {"url": url}


def test_a_url_in_the_data_itself_is_data() -> None:
    spec = {"data": {"values": [{"data": {"url": "https://h.org/a"}}]}, "mark": {"url": "x.png"}}
    assert foreign_data(spec, AssetFile("figures/a.json")) is None
    assert data_files(spec, AssetFile("a.json")) == {}


def test_a_path_that_leads_up_stays_in_the_asset() -> None:
    assert set(data_files({"data": {"url": "../raw/a.csv"}}, AssetFile("figures/a.json")).values()) == {
        AssetFile("raw/a.csv")
    }
    assert set(data_files({"data": {"url": "/etc/passwd"}}, AssetFile("figures/a.json")).values()) == {
        AssetFile("etc/passwd")
    }


def test_parts_that_would_control_the_page_are_left_out() -> None:
    assert "usermeta" not in draw_chart({"usermeta": {"embedOptions": {"loader": {"http": {}}}}})


def test_a_vega_chart_keeps_its_sources_inside_a_group() -> None:
    spec = {
        "$schema": VEGA,
        "width": 10,
        "padding": 5,
        "data": [{"name": "a", "url": "a.csv"}],
        "marks": [{"type": "rect"}],
    }
    spec |= {
        "signals": [{"name": "width", "update": "20"}, {"name": "hover"}],
        "encode": {"update": {"fill": {"value": "red"}}},
    }
    made = prepare_chart(spec, AssetFile("v.json"), lambda file: f"/files/{file.path}")
    assert "data" not in made
    assert made["padding"] == {"top": 5, "left": 5, "right": 5, "bottom": 5}
    assert made["signals"] == [{"name": "width", "update": "20"}]
    (group,) = made["marks"]
    assert group["data"] == [{"name": "a", "url": "/files/a.csv?rows=", "format": {"type": "json"}}]
    assert group["signals"] == [{"name": "hover"}]
    assert group["marks"] == [{"type": "rect"}]
    assert group["encode"]["update"] == {
        "width": {"signal": "width"},
        "height": {"signal": "height"},
        "fill": {"value": "red"},
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5) | st.just("../a.csv"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["data", "url", "marks", "signals", "encode", "layer", "padding", "format", "name"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=200)
@given(JSON, st.sampled_from([VEGA, VEGA_LITE]))
def test_no_chart_makes_the_reader_fail(found: Any, schema: Any) -> None:
    spec = {**found, "$schema": schema} if isinstance(found, dict) else {"$schema": schema, "data": found}
    foreign_data(spec, AssetFile("figures/a.json"))
    assert all(not file.path.startswith(("/", "..")) for file in data_files(spec, AssetFile("a/b.json")).values())
    assert "data" not in prepare_chart(spec, AssetFile("a/b.json"), lambda file: file.path) or schema == VEGA_LITE
