"""A position in the URL is named by meaning, and is read back as the same position."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some

from pages.shell import address
from pages.shell.address import ReviewAddress
from qc_core.assets.index import SortBy
from qc_core.assets.list_view import COLUMNS, AssetListView
from qc_core.assets.query import AssetQuery
from qc_core.assets.query_text import STATUSES
from qc_core.assets.sequence import Origin
from qc_core.quality_control.position import Position
from qc_core.references.stack_view import StackView

# Half a character, which JSON can hold, is no part of any address.
TEXT = some.text(some.characters(exclude_categories=["Cs"]), max_size=30)
ASSETS = some.builds(
    AssetQuery,
    text=TEXT,
    statuses=some.lists(some.sampled_from(STATUSES), unique=True).map(tuple),
    sort=some.sampled_from(SortBy),
    descending=some.booleans(),
    page=some.integers(1, 999_999),
)


class Params(dict[str, str]):
    """`st.query_params`: a mapping of the last values, and `get_all` for every value of a key."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        super().__init__(pairs)
        self._pairs = pairs

    def get_all(self, key: str) -> list[str]:
        return [value for name, value in self._pairs if name == key]


@pytest.fixture
def come_back(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Reads a link as the browser would send it back."""

    def follow(href: str, read: Any) -> Any:
        query = parse_qsl(href.partition("?")[2], keep_blank_values=True, strict_parsing=len(href) > 1)
        monkeypatch.setattr(st, "query_params", Params(query))
        return read()

    return follow


def read_back(href: str, read: Any) -> Any:
    """The same where hypothesis calls many times."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(st, "query_params", Params(parse_qsl(href.partition("?")[2], keep_blank_values=True)))
        return read()


COLUMN_KEYS = some.sets(some.sampled_from([column.key for column in COLUMNS]))
VIEWS = some.builds(
    AssetListView,
    ASSETS,
    COLUMN_KEYS.map(lambda keys: tuple(one.key for one in COLUMNS if one.key in keys or one.key == "name")),
)


@given(VIEWS)
def test_a_view_of_the_list_is_read_back_from_its_link(view: AssetListView) -> None:
    assert read_back(address.assets_href(view), address.read_assets_view) == view


@given(VIEWS)
def test_a_link_to_another_order_keeps_the_filters(view: AssetListView) -> None:
    there = replace(view, query=replace(view.query, sort=SortBy.NAME, descending=False, page=1))
    assert read_back(address.assets_href(there), address.read_assets_view) == there
    assert (there.query.text, there.query.statuses) == (view.query.text, view.query.statuses)


def test_a_review_keeps_the_list_that_the_reader_came_from(monkeypatch: pytest.MonkeyPatch) -> None:
    there = ReviewAddress(name="a", position=Position("g", "m"), origin=Origin("assets", "status=Fail&page=2"))
    assert there.href() == "view?name=a&group=g&metric=m&list=assets%3Fstatus%3DFail%26page%3D2"
    assert read_back(there.href(), address.read_review_address) == there
    assert read_back("view?name=a&list=https%3A%2F%2Fexample.org", address.read_review_address).origin is None

    class Replaced(dict[str, str]):
        def from_dict(self, params: dict[str, str]) -> None:
            self.clear()
            self.update(params)

    where = {"name": "a", "list": "queue?project=x", "group": "g", "metric": "m", "array": "/1", "page": "7"}
    params = Replaced(where | {"other": "y"})
    monkeypatch.setattr(st, "query_params", params)
    address.set_shown("left")
    assert params == where | {"show": "left"}, "which array and slice are shown stays"
    address.open_position(Position("h"))
    assert params == {"name": "a", "list": "queue?project=x", "group": "h", "show": "left"}


@given(TEXT.filter(bool), TEXT, TEXT)
def test_a_review_address_is_read_back_from_its_link(name: str, group: str, metric: str) -> None:
    there = ReviewAddress(name=name, position=Position(group, metric))
    assert read_back(there.href(), address.read_review_address) == there
    elsewhere = ReviewAddress(record_id=name).href(Position(group))
    assert read_back(elsewhere, address.read_review_address) == ReviewAddress(name, position=Position(group))


def test_a_review_address_holds_which_array_and_slice_are_shown_and_their_contrast() -> None:
    there = ReviewAddress(name="a", position=Position("g", "m"), stack=StackView("/movie", 7, 5, (0.5, 95)))
    assert there.href() == "view?name=a&group=g&metric=m&array=%2Fmovie&page=7&window=5&low=0.5&high=95"
    assert read_back(there.href(), address.read_review_address).stack == there.stack
    assert there.href(Position("g", "other")) == "view?name=a&group=g&metric=other", "another figure has others"
    for wrong in ("page=-1&window=x", "low=5", "low=9&high=5", "low=0&high=101", "low=nan&high=5", "low=x&high=5"):
        assert read_back(f"view?name=a&{wrong}", address.read_review_address).stack == StackView()


def test_defaults_are_left_out_of_the_address() -> None:
    assert address.assets_href(AssetListView()) == "?"
    query = AssetQuery(text="a&b=c #d", statuses=("Pass",))
    assert address.assets_href(AssetListView(query)) == "?q=a%26b%3Dc+%23d&status=Pass"
    assert address.assets_href(AssetListView(AssetQuery(page=2))) == "?page=2"
    assert address.assets_href(AssetListView(columns=("name", "status"))) == "?columns=name%2Cstatus"
    assert ReviewAddress(name="a").href() == "view?name=a"


def test_the_id_wins_over_the_name() -> None:
    assert ReviewAddress("x", "a", Position("g")).href() == "view?id=x&group=g"


def test_another_group_leaves_the_metric_behind() -> None:
    assert ReviewAddress(name="a", position=Position("g", "m")).href(Position("h")) == "view?name=a&group=h"
    assert ReviewAddress(name="a", position=Position("g")).href(Position()) == "view?name=a"


@pytest.mark.parametrize(
    "href",
    [
        "?page=0",
        "?page=-1",
        "?page=1.5",
        "?page=%C2%B2",
        "?page=1234567",
        "?sort=x&order=x",
        "?status=x,y,,",
        "?columns=x",
    ],
)
def test_a_parameter_that_cannot_be_read_counts_as_absent(href: str) -> None:
    assert read_back(href, address.read_assets_view) == AssetListView()


def test_filters_in_the_address_start_at_the_first_page(monkeypatch: pytest.MonkeyPatch) -> None:
    query = {"q": "old", "status": "Fail", "page": "4", "sort": "name"}
    monkeypatch.setattr(st, "query_params", query)
    address.set_assets_text("new")
    assert query == {"q": "new", "status": "Fail", "sort": "name"}
    address.set_assets_text("")
    assert query == {"status": "Fail", "sort": "name"}


def test_clearing_the_filters_leaves_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    class Replaced(dict[str, str]):
        def from_dict(self, params: dict[str, str]) -> None:
            self.clear()
            self.update(params)

    query = Replaced({"q": "x", "subject": "1", "status": "Fail", "page": "2", "sort": "name", "order": "up"})
    query["columns"] = "name,status"
    monkeypatch.setattr(st, "query_params", query)
    address.clear_assets_filters()
    assert query == {"sort": "name", "order": "up", "columns": "name,status"}
