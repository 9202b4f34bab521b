"""The rows of a table, typed by column, and no more of them than a chart can take."""

import itertools
from typing import Any

import pytest

from qc_core.references.charts.tables import TableLimits, TableTooLarge, table_rows


def rows(text: str, name: str, **more: Any) -> Any:
    return list(table_rows(text.splitlines(keepends=True), name, **more))


def test_columns_of_numbers_are_numbers() -> None:
    assert rows('unit,rate,"a,b"\nA1,4.2,x\nB1,,"y ""z"""\nC1\n', "a.csv") == [
        {"unit": "A1", "rate": 4.2, "a,b": "x"},
        {"unit": "B1", "rate": None, "a,b": 'y "z"'},
        {"unit": "C1", "rate": None, "a,b": None},
    ]
    assert rows("a\tb\n1\tnan\n", "a.tsv") == [{"a": 1.0, "b": "nan"}]
    assert rows("", "a.csv") == []


def test_a_line_break_in_quotes_belongs_to_its_cell() -> None:
    assert rows('a,b\n"one\ntwo",3\n', "a.csv") == [{"a": "one\ntwo", "b": 3.0}]


def test_rows_and_cells_are_counted_before_the_rest_is_read() -> None:
    endless = itertools.chain(["a,b\n"], itertools.repeat("1,2\n"))
    with pytest.raises(TableTooLarge, match="more than 5 rows"):
        list(table_rows(endless, "a.csv", limits=TableLimits(rows=5)))
    with pytest.raises(TableTooLarge, match="more than 9 cells"):
        list(table_rows(endless, "a.csv", limits=TableLimits(cells=9)))
    assert len(rows("a,b\n1,2\n3,4\n", "a.csv", limits=TableLimits(rows=2, cells=4))) == 2
