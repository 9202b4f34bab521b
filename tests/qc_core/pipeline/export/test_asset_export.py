"""The table of all assets that match a query: typed, whole, and written in pieces."""

import io
import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import pandas
import pytest

from qc_core.assets.index import AssetSummary, SortBy
from qc_core.assets.query import AssetQuery, evaluate
from qc_core.pipeline.export.assets import ASSET_COLUMNS, AssetExport
from qc_core.pipeline.export.lines import ColumnType, Format
from qc_core.stores.listing import AssetPage
from tests.qc_core.assets.building import summary

TIME = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
FULL = summary("full", pending=3, experimenters=("Ada", "Grace"), changed_at=TIME, location="s3://a/b")
ASSETS = [FULL, *(summary(f"a{number:02}") for number in range(9))]
ALL = AssetQuery()


def export(assets: list[AssetSummary], query: AssetQuery = ALL, at_once: int = 4, **state: Any) -> AssetExport:
    return AssetExport(lambda query: AssetPage(result=evaluate(query, assets), **state), query, at_once=at_once)


def test_every_field_of_a_summary_is_a_column() -> None:
    assert list(ASSET_COLUMNS) == [field.name for field in fields(AssetSummary)]
    types = {name: kind for name, kind in ASSET_COLUMNS.items() if kind is not ColumnType.TEXT}
    assert types["modalities"] is types["experimenters"] is types["sources"] is ColumnType.TEXTS
    assert types["acquisition_time"] is types["changed_at"] is types["processed_at"] is ColumnType.TIME
    assert types["pending"] is types["metrics"] is types["passed"] is ColumnType.NUMBER


@pytest.mark.parametrize("at_once", [1, 4, 10, 100])
def test_pieces_add_up_to_all_assets_in_their_order(at_once: int) -> None:
    query = AssetQuery(sort=SortBy.NAME, descending=False, page=3)
    pieces = list(export(ASSETS, query, at_once).write(Format.JSON))
    assert len(pieces) == -(-10 // at_once) + 1
    assert [row["name"] for row in json.loads(b"".join(pieces))] == sorted(asset.name for asset in ASSETS)


def test_cells_keep_their_types() -> None:
    query = AssetQuery(names=("full",))
    [row] = json.loads(b"".join(export(ASSETS, query).write(Format.JSON)))
    assert (row["pending"], row["experimenters"]) == (3, ["Ada", "Grace"])
    assert row["changed_at"] == "2025-01-02T03:04:05.000000Z" and row["genotype"] is None
    frame = pandas.read_parquet(io.BytesIO(b"".join(export(ASSETS, query).write(Format.PARQUET))))
    assert frame["pending"][0] == 3 and frame["changed_at"][0] == pandas.Timestamp(TIME)
    text = b"".join(export(ASSETS, query).write(Format.CSV)).decode("utf-8-sig")
    assert '"3"' in text and '"Ada; Grace"' in text and "2025-01-02T03:04:05.000000Z" in text


def test_a_zero_is_written_as_zero() -> None:
    line = b"".join(export([summary("a", pending=0)]).write(Format.CSV)).decode().splitlines()[1]
    assert '"0"' in line


def test_an_asset_that_moves_to_a_later_page_meanwhile_is_written_once() -> None:
    assets = list(ASSETS)
    found = export(assets, AssetQuery(sort=SortBy.NAME, descending=False))
    pieces = found.write(Format.JSON)
    first = next(pieces)
    assets.insert(0, summary("a-new"))
    names = [row["name"] for row in json.loads(first + b"".join(pieces))]
    assert len(names) == len(set(names))


def test_an_export_of_an_index_that_is_still_read_is_incomplete() -> None:
    assert export(ASSETS).is_complete
    assert not export(ASSETS, reading=True).is_complete and not export(ASSETS, limited_to=2000).is_complete
