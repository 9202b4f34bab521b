"""The columns answer every query as the plain evaluation of all assets does."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.assets.index import AssetSummary, SortBy
from qc_core.assets.query import AssetQuery, Facet, evaluate
from qc_core.stores.index import names
from qc_core.stores.index.column_rows import column_row
from qc_core.stores.index.columns import Columns
from qc_core.stores.index.listed import ListedIndex
from qc_core.stores.listing import Listing

TEXTS = st.sampled_from(["mFISH", "mfish 2", "İstanbul", "straße", "Ada", "ecephys", "a\nb", "%_", "742"])
MAYBE = st.none() | TEXTS
TIMES = st.none() | st.integers(0, 40).map(lambda n: datetime(2025, 1, 1, 20, tzinfo=UTC) + timedelta(hours=6 * n))
STATUSES = ["", "Pass", "Fail", "Pending", "Odd"]


def assets(number: int) -> Any:
    """Lists of assets with unique ids, among them some of the same name."""
    one = st.builds(
        AssetSummary,
        record_id=st.just(""),
        name=st.sampled_from(["b", "a_742_x", "Straße", "Ecephys_1", "", "z"]),
        subject_id=MAYBE,
        project=MAYBE,
        modalities=st.lists(TEXTS, max_size=2, unique=True).map(tuple),
        acquisition_time=TIMES,
        data_level=MAYBE,
        status=st.sampled_from(STATUSES),
        pending=st.integers(0, 2),
        metrics=st.integers(0, 3),
        generation=st.just("v2"),
        problem=st.none(),
        platform=MAYBE,
        instrument=MAYBE,
        experimenters=st.lists(TEXTS, max_size=2, unique=True).map(tuple),
        key_experimenters=st.lists(TEXTS, max_size=2, unique=True).map(tuple),
        changed_at=TIMES,
        sources=st.lists(st.sampled_from(["b", "B", "nobody"]), max_size=2, unique=True).map(tuple),
    )
    numbered = st.lists(one, max_size=number)
    return numbered.map(lambda all_of: [replace(asset, record_id=f"{n:03}") for n, asset in enumerate(all_of)])


def some(values: Any) -> Any:
    return st.just(()) | st.lists(values, max_size=2).map(tuple)


DAYS = st.none() | st.sampled_from([date.min, date(2025, 1, 2), date(2025, 1, 6), date.max])
CONDITIONS: dict[str, Any] = {
    "text": st.sampled_from(["mfish", "MFISH 2", "e 742", "ß", "ss", "i̇", "nothing"]),
    "ids": some(st.sampled_from(["001", "004", "none"])),
    "names": some(st.sampled_from(["b", "z", "none"])),
    "sources": some(st.sampled_from(["b", "B"])),
    "statuses": some(st.sampled_from(STATUSES)),
    "pending": st.booleans(),
    "acquired_from": DAYS,
    "acquired_to": DAYS,
    **{
        field: some(TEXTS)
        for field in ("subjects", "projects", "modalities", "platforms", "levels", "instruments", "experimenters")
    },
    "key_experimenters": some(TEXTS),
    "people": some(TEXTS),
}
ORDER: dict[str, Any] = {
    "sort": st.sampled_from(list(SortBy)),
    "descending": st.booleans(),
    "page": st.integers(1, 4),
    "limit": st.none() | st.integers(0, 5),
    "facets": st.just(tuple(Facet)) | st.just(()),
}


@st.composite
def queries(draw: st.DrawFn) -> AssetQuery:
    """Queries with few conditions, so that some assets match."""
    chosen = draw(st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=2, unique=True))
    return AssetQuery(
        **{name: draw(strategy) for name, strategy in (CONDITIONS | ORDER).items() if name in {*chosen, *ORDER}}
    )


def test_every_condition_is_tried() -> None:
    assert {*CONDITIONS, *ORDER} == {field.name for field in fields(AssetQuery)}


@settings(max_examples=300, deadline=None)
@given(assets(14), st.lists(queries(), min_size=1, max_size=3))
def test_the_columns_answer_as_the_plain_evaluation_does(listed: Any, asked: list[AssetQuery]) -> None:
    index = ListedIndex(lambda: Listing(summaries=tuple(listed)), few=0)
    for query in asked:
        assert index.query(query).result == evaluate(query, listed)


@settings(max_examples=100, deadline=None)
@given(st.lists(assets(9), min_size=2, max_size=4), queries())
def test_changes_between_queries_are_answered_as_after_a_fresh_read(states: list[Any], query: AssetQuery) -> None:
    now: list[AssetSummary] = []
    index = ListedIndex(lambda: Listing(summaries=tuple(now)), few=0)
    for state in states:
        now[:] = state
        assert index.query(query).result == evaluate(query, now)


def test_a_search_over_several_arrays_of_names_finds_and_orders_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "CHUNK", 3)
    column = names.NameColumn()
    column.put({0: "c", 4: "A"})
    column.put({7: "b", 1: "d"})
    column.put({7: "ba"})
    assert len(column) >= 8
    assert list(column.contain("a").nonzero()[0]) == [4, 7]
    rows = np.array([0, 1, 4, 7])
    assert list(column.smallest(rows, 3)) == [4, 7, 0]
    assert list(column.smallest(rows, 2, descending=True)) == [1, 0]
    assert list(column.smallest(rows, 0)) == []


SHORT = st.text("abß7\U0001f9ea", max_size=4)


@given(st.lists(SHORT, max_size=9), st.lists(SHORT.filter(bool), min_size=1, max_size=6), st.data())
def test_a_word_is_found_in_the_names_that_contain_it_and_in_no_two_together(
    listed: list[str], words: list[str], data: st.DataObject
) -> None:
    column = names.NameColumn()
    held = [name.casefold() for name in listed]
    column.put(dict(enumerate(listed)))
    for word in words:
        assert list(column.contain(word)) == [word in name for name in held]
        rows = np.array(sorted(data.draw(st.sets(st.sampled_from(range(len(held))))) if held else []), np.int64)
        assert list(column.rows_containing(word, rows)) == [row for row in rows if word in held[row]]
        changed = data.draw(st.integers(0, len(held)))
        held[changed : changed + 1] = ["a7"]
        column.put({changed: "A7"})  # a name that changes, or one more


@settings(max_examples=100, deadline=None)
@given(assets(9), assets(9), queries())
def test_kept_columns_answer_as_those_they_were_made_from(first: Any, second: Any, query: AssetQuery) -> None:
    made = Columns()
    made.put([column_row(row, asset) for row, asset in enumerate(first)])
    again, stated = Columns.from_table(made.to_table({"seq": 7}))
    assert stated["seq"] == 7
    for columns in (made, again):
        columns.put([column_row(row + 3, asset) for row, asset in enumerate(second)])
    one, other = (columns.select(query, lambda _: None) for columns in (made, again))
    assert one.rows.tolist() == other.rows.tolist()
    assert replace(one, rows=other.rows) == other
