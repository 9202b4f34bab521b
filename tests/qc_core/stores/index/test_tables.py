"""An index that begins with public tables in Parquet, and then asks the database."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from qc_core.assets.query import AssetQuery
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.index import refresher as refreshing
from qc_core.stores.index.file import IndexFile
from qc_core.stores.index.lines import IndexedLine
from qc_core.stores.index.pace import Pace
from qc_core.stores.index.tables import UnreadableTableError, open_asset_table
from tests.fakes.gateway import FakeGateway
from tests.qc_core.stores.building import NOW, docdb_index
from tests.qc_core.stores.index.test_stored import put, refresher_of
from tests.qc_core.stores.state.test_shared_drafts import bucket, s3

__all__ = ["bucket", "s3"]
ROW: dict[str, Any] = {
    "_id": "record-0001",
    "name": "mouse_1",
    "project_name": "Learning mFISH",
    "subject_id": 731015,
    "modalities": ["ecephys", "behavior"],
    "data_level": "raw",
    "acquisition_start_time": datetime(2026, 3, 1, 10, tzinfo=UTC),
    "experimenters": ["Ada Lovelace"],
    "instrument_id": "NP1",
    "location": "s3://bucket/mouse_1",
    "_last_modified": "2026-03-02T00:00:00Z",
    "what else": 1.5,
}


def write(path: Path, *rows: dict[str, Any]) -> str:
    pq.write_table(pa.Table.from_pylist(list(rows)), path)
    return str(path)


def lines(address: str) -> list[IndexedLine]:
    return [line for part in open_asset_table(address)[1] for line in part]


def test_a_row_is_an_asset_without_a_status(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", ROW, ROW | {"_id": None}, ROW | {"_id": "2", "name": " "})
    [line] = lines(path)
    asset = line.summary
    assert (line.key, line.modified, asset.name, asset.subject_id) == ("record-0001", "", "mouse_1", "731015")
    assert (asset.project, asset.modalities, asset.data_level) == ("Learning mFISH", ("ecephys", "behavior"), "raw")
    assert (asset.acquisition_time, asset.experimenters) == (ROW["acquisition_start_time"], ("Ada Lovelace",))
    assert (asset.instrument, asset.location, asset.status, asset.metrics) == ("NP1", "s3://bucket/mouse_1", "", 0)
    assert abs(open_asset_table(path)[0] - datetime.now(UTC)) < timedelta(hours=1)


def test_other_names_and_forms_of_the_columns_are_read(tmp_path: Path) -> None:
    row = {"id": "1", "name": "a", "project": "P", "modalities": "ecephys, fib", "time": "2026-03-01T10:00:00Z"}
    [line] = lines(write(tmp_path / "a.parquet", row))
    assert (line.summary.project, line.summary.modalities) == ("P", ("ecephys", "fib"))
    assert line.summary.acquisition_time == ROW["acquisition_start_time"]
    objects = [{"name": "Fiber photometry", "abbreviation": "fib"}, {"name": "Odd", "abbreviation": None}]
    [line] = lines(write(tmp_path / "b.parquet", row | {"modalities": objects, "time": "soon"}))
    assert line.summary.modalities == ("fib", "Odd") and line.summary.acquisition_time is None


def test_a_table_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "no.parquet").write_bytes(b"PAR1 and then nothing")
    for address, reason in {
        str(tmp_path / "gone.parquet"): "cannot be read",
        str(tmp_path / "no.parquet"): "cannot be read",
        write(tmp_path / "other.parquet", {"number": 1}): "has no columns",
    }.items():
        with pytest.raises(UnreadableTableError, match=reason):
            open_asset_table(address)


def test_a_table_in_s3_is_read(bucket: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", ROW)
    boto3.client("s3").upload_file(path, bucket.removeprefix("s3://"), "tables/a.parquet")
    assert [line.key for line in lines(f"{bucket}/tables/a.parquet")] == ["record-0001"]
    with pytest.raises(UnreadableTableError, match="cannot be read"):
        open_asset_table(f"{bucket}/gone.parquet")


def test_an_index_begins_with_the_tables_and_ends_with_the_database(
    fake_gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "NEWEST", 3)
    for number in range(30):
        put(fake_gateway, number, "Fail")
    rows = [ROW | {"_id": f"record-{number:04}", "name": f"mouse_{number}"} for number in range(30)]
    table = write(tmp_path / "a.parquet", *rows, ROW | {"_id": "gone", "name": "removed since"})
    file = IndexFile(tmp_path / "index.sqlite")
    asked = iter(range(1))

    def stop(_seconds: float) -> None:
        if next(asked, None) is None:
            raise KeyboardInterrupt

    tables = (str(tmp_path / "none.parquet"), table)
    with pytest.raises(KeyboardInterrupt):
        refresher_of(file, client_of(), pace=Pace(size=2, pause=stop), tables=tables).refresh()
    index = docdb_index(client_of(), lambda: NOW, tmp_path, every=3600.0)
    index.leave_to(lambda: True)
    page = index.query(AssetQuery())
    assert page.reading and page.tables_at == file.state().tables_at is not None
    assert {asset.name for asset in page.result.rows} >= {f"mouse_{number}" for number in range(30)}
    by_name = {asset.name: asset.status for asset in page.result.rows}
    assert by_name["mouse_29"] == "Fail", "what was read of the database first is not replaced"
    assert by_name["mouse_20"] == ""
    assert refresher_of(file, client_of(), tables=tables).refresh()
    page = index.query(AssetQuery())
    assert {asset.status for asset in page.result.rows} == {"Fail"} and page.result.total == 30
    assert (page.reading, page.tables_at) == (False, None), "what the tables listed and nobody has is gone"
