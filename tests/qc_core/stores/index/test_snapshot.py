"""The columns that are kept next to an index: a start uses those of its own file, and reads the rest."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from qc_core.assets.query import AssetQuery
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.index.file import IndexFile
from qc_core.stores.index.schema import remove_file, renew_identity
from qc_core.stores.index.snapshot import read_snapshot, snapshot_path
from qc_core.stores.index.stored import StoredIndex
from tests.fakes.gateway import FakeGateway
from tests.qc_core.stores.building import NOW, docdb_index, document
from tests.waiting import wait_until


@pytest.fixture
def open_index(
    fake_gateway: FakeGateway, client_of: Callable[[], Gateway], tmp_path: Path
) -> Callable[[], StoredIndex]:
    """Opens the index as a process that is just started does; its columns are kept after 5 rows."""
    for number in range(9):
        put(fake_gateway, number)
    return lambda: docdb_index(client_of(), lambda: NOW, tmp_path, sweep_every=timedelta(hours=1), keep_from=5)


def put(gateway: FakeGateway, number: int, status: str = "Pass") -> None:
    gateway.put({"_id": f"record-{number}", "name": f"mouse_{number}", "quality_control": document(status)})


def total(index: StoredIndex, text: str = "") -> int:
    return index.query(AssetQuery(text=text, limit=0)).result.total


def keep(index: StoredIndex) -> None:
    """Ask it until its columns are kept."""

    def is_kept() -> bool:
        assert total(index) == 9
        return snapshot_path(index.path).exists()

    wait_until(is_kept)


def test_a_start_uses_the_kept_columns_and_reads_what_was_written_since(
    open_index: Callable[[], StoredIndex], fake_gateway: FakeGateway
) -> None:
    first = open_index()
    keep(first)
    with sqlite3.connect(first.path) as other:
        other.execute("UPDATE assets SET name = 'unseen'")  # without the number of a write: nobody reads it
    again = open_index()
    assert (total(again), total(again, "mouse"), total(again, "unseen")) == (9, 9, 0)
    put(fake_gateway, 10, "Fail")
    del fake_gateway.collection.documents["record-3"]
    first.note_written("record-3")
    assert (total(first), total(open_index())) == (9, 9)
    (failed,) = open_index().query(AssetQuery(statuses=("Fail",))).result.rows
    assert failed.name == "mouse_10"


def test_columns_of_a_file_that_was_made_again_are_not_used(open_index: Callable[[], StoredIndex]) -> None:
    first = open_index()
    keep(first)
    kept = snapshot_path(first.path).read_bytes()
    remove_file(first.path)
    assert not snapshot_path(first.path).exists()
    IndexFile(first.path).close()
    snapshot_path(first.path).write_bytes(kept)
    assert read_snapshot(first.path, IndexFile(first.path).state().identity) is None
    assert total(open_index()) == 9


def test_columns_of_the_file_that_a_copy_was_made_from_are_not_used(open_index: Callable[[], StoredIndex]) -> None:
    first = open_index()
    keep(first)
    before = IndexFile(first.path).state().identity
    assert read_snapshot(first.path, before) is not None
    renew_identity(first.path)
    after = IndexFile(first.path).state().identity
    assert after != before and read_snapshot(first.path, after) is None


@pytest.mark.parametrize("content", [b"", b"no arrow" * 1000, None], ids=["empty", "garbage", "half"])
def test_columns_that_cannot_be_read_are_left_alone(
    open_index: Callable[[], StoredIndex], content: bytes | None
) -> None:
    first = open_index()
    keep(first)
    file = snapshot_path(first.path)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if content is None else content)
    assert total(open_index()) == 9
