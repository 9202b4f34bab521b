"""A chart is given the size of its frame only where it can take it."""

from typing import Any

import pytest

from qc_core.references.vega_lite import fills_any_frame


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
def test_what_sizes_itself_keeps_its_own_size(spec: dict[str, Any]) -> None:
    assert not fills_any_frame(spec)
