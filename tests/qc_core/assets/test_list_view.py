"""The list of assets as its address states it, its conditions in words, and its cells."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.assets.index import SortBy
from qc_core.assets.list_view import (
    COLUMNS,
    DEFAULT_COLUMNS,
    FACETS,
    AssetListView,
    clear_conditions,
    describe_cells,
    format_view,
    list_conditions,
    parse_view,
)
from qc_core.assets.query import AssetQuery, Facet, evaluate
from tests.qc_core.assets.building import summary
from tests.qc_core.assets.test_query_text import QUERIES

KEYS = [column.key for column in COLUMNS]


@settings(deadline=None)
@given(QUERIES, st.sets(st.sampled_from(KEYS)))
def test_a_view_is_read_back_from_its_address(query: AssetQuery, keys: set[str]) -> None:
    view = AssetListView(query, tuple(key for key in KEYS if key in keys or key == "name"))
    assert parse_view(parse_qsl(urlencode(format_view(view)))) == view


@given(st.lists(st.tuples(st.sampled_from(["columns", "q", "page"]), st.text())))
def test_any_address_gives_a_view(pairs: list[tuple[str, str]]) -> None:
    view = parse_view(pairs)
    assert view.columns[0] == "name" and parse_view(format_view(view)) == view


def test_columns_keep_their_order_and_the_name_stays() -> None:
    view = parse_view([("columns", "status,subject,nonsense")])
    assert view.columns == ("name", "subject", "status")
    assert view.toggle_column("project").columns == ("name", "subject", "project", "status")
    assert view.toggle_column("subject").toggle_column("status").columns == ("name",)
    assert parse_view([("columns", "name")]).columns == ("name",)
    assert parse_view([("columns", "")]).columns == DEFAULT_COLUMNS == parse_view([]).columns


def test_conditions_are_described() -> None:
    query = AssetQuery(
        text="x", statuses=("Fail",), projects=("A", "B"), pending=True, acquired_to=date(2025, 1, 2), page=3
    )
    conditions = list_conditions(query)
    assert [one.text for one in conditions] == [
        *("Needs review", "Status: Fail", "Project: A", "Project: B", "Acquired until 2025-01-02")
    ]
    assert conditions[2].without == replace(query, projects=("B",), page=1)
    assert list_conditions(AssetQuery(text="x")) == ()


@given(QUERIES)
def test_each_condition_can_be_removed_until_only_the_text_is_left(query: AssetQuery) -> None:
    here = query
    for number in range(len(list_conditions(query)), 0, -1):
        assert len(list_conditions(here)) == number
        here = list_conditions(here)[0].without
    assert not replace(here, text="").has_conditions
    assert here.text == query.text
    cleared = clear_conditions(query)
    assert not cleared.has_conditions and (cleared.sort, cleared.descending) == (query.sort, query.descending)


def test_each_column_has_a_cell_for_any_asset() -> None:
    full = summary(
        "a",
        acquisition_time=datetime(2025, 1, 2, 3, 4, tzinfo=UTC),
        changed_at=datetime(2025, 2, 3, 4, 5, tzinfo=UTC),
        changed_by="Ada",
        experimenters=("Ada", "Grace"),
        key_experimenters=("Eve",),
        platform="ecephys",
    )
    cells = describe_cells(full)
    assert set(cells) == set(KEYS) == set(describe_cells(summary("b")))
    assert (cells["time"], cells["changed"], cells["changed_by"]) == ("2025-01-02 03:04", "2025-02-03 04:05", "Ada")
    assert (cells["experimenters"], cells["platform"]) == ("Ada, Grace", "ecephys")
    assert cells["key_experimenters"] == "Eve"


def test_every_sorted_column_can_be_sorted_by() -> None:
    assets = [summary("a", platform="x"), summary("b", instrument="rig")]
    for by in SortBy:
        for descending in (True, False):
            assert len(evaluate(AssetQuery(sort=by, descending=descending), assets).rows) == 2, by
    first: Any = evaluate(AssetQuery(sort=SortBy.INSTRUMENT), assets).rows[0]
    assert first.name == "b", "assets without a value are last"


def test_each_facet_is_a_parameter_of_an_address() -> None:
    for facet, (key, _) in FACETS.items():
        value = "Fail" if facet is Facet.STATUS else "some value"
        query = parse_view([(key, value)]).query
        assert query.has_conditions and format_view(AssetListView(query)) == [(key, value)]
