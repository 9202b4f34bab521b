"""A query survives the way into an address and back, and an address of any kind gives a query."""

from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.assets.index import SortBy
from qc_core.assets.query import AssetQuery
from qc_core.assets.query_text import STATUSES, format_query, parse_query

# Half a character, which JSON can hold, is no part of any address.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.lists(TEXT.filter(bool), unique=True, max_size=3).map(tuple)
QUERIES = st.builds(
    AssetQuery,
    text=TEXT,
    ids=VALUES,
    names=VALUES,
    subjects=VALUES,
    projects=VALUES,
    modalities=VALUES,
    platforms=VALUES,
    levels=VALUES,
    sources=VALUES,
    statuses=st.lists(st.sampled_from(STATUSES), unique=True).map(tuple),
    pending=st.booleans(),
    acquired_from=st.none() | st.dates(),
    acquired_to=st.none() | st.dates(),
    sort=st.sampled_from(SortBy),
    descending=st.booleans(),
    page=st.integers(1, 999_999),
)


@settings(deadline=None)
@given(QUERIES)
def test_a_query_is_read_back_from_its_address(query: AssetQuery) -> None:
    assert parse_query(parse_qsl(urlencode(format_query(query)))) == query


KEYS = ("q", "status", "id", "modality", "pending", "from", "to", "sort", "order", "page", "x")


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(KEYS), st.text())))
def test_any_address_gives_a_query_that_is_then_stable(pairs: list[tuple[str, str]]) -> None:
    query = parse_query(pairs)
    assert parse_query(format_query(query)) == query


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("", AssetQuery()),
        ("q=mfish+7762", AssetQuery(text="mfish 7762")),
        ("status=Fail,Pending&page=2", AssetQuery(statuses=("Fail", "Pending"), page=2)),
        ("sort=acquisition+time&order=down", AssetQuery()),
        ("sort=name&order=up", AssetQuery(sort=SortBy.NAME, descending=False)),
        ("sort=data+level", AssetQuery(sort=SortBy.DATA_LEVEL)),
        ("q=old&q=new", AssetQuery(text="new")),
        ("status=Fail&status=Pass,x&status=Fail", AssetQuery(statuses=("Fail", "Pass"))),
    ],
)
def test_addresses_of_earlier_versions_keep_their_meaning(address: str, query: AssetQuery) -> None:
    assert parse_query(parse_qsl(address)) == query


@pytest.mark.parametrize(
    "address",
    [
        *("page=0", "page=-1", "page=1.5", "page=²", "page=1234567", "sort=x", "order=x", "status=x,,"),
        *("pending=yes", "from=2025-13-01", "from=20250101", "to=today", "subject=", "id="),
    ],
)
def test_what_is_not_understood_counts_as_absent(address: str) -> None:
    assert parse_query(parse_qsl(address, keep_blank_values=True)) == AssetQuery()


def test_what_is_at_its_default_is_left_out() -> None:
    assert format_query(AssetQuery(limit=100)) == []
    query = AssetQuery(subjects=("1", "2"), acquired_from=date(2025, 1, 2), pending=True)
    assert urlencode(format_query(query)) == "subject=1&subject=2&pending=1&from=2025-01-02"
