"""Uploaded records: found by name after the real ones, never listed or written, gone after a day."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from qc_core.errors import NotAllowed, RecordNotFound
from qc_core.json_document.patch import Patch
from qc_core.stores.folder.store import FolderStore
from qc_core.stores.state.objects import FolderObjects
from qc_core.stores.state.uploads import KEPT_FOR, MAX_UPLOADS, Uploads, WithUploads, is_upload
from tests.fakes.assets import document, made, metric


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> Any:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def uploads(tmp_path: Path, clock: Clock) -> Uploads:
    return Uploads(FolderObjects(tmp_path / "state"), clock)


@pytest.fixture
def store(tmp_path: Path, clock: Clock, uploads: Uploads) -> WithUploads:
    (tmp_path / "assets").mkdir()
    return WithUploads(FolderStore(tmp_path / "assets", clock), uploads)


def record(reference: str = "s3://listed/a.png") -> dict[str, Any]:
    return {"quality_control": document(metric("Drift", reference=reference)), "location": "s3://listed/prefix"}


def test_an_uploaded_record_is_read_as_it_was_sent_and_is_marked(store: WithUploads, uploads: Uploads) -> None:
    record_id = uploads.put("mouse", record(), "token")
    stored = store.get_fresh(record_id)
    assert (stored.name, stored.uploaded, stored.asset.location) == ("mouse", True, "s3://listed/prefix")
    assert stored.quality_control == record()["quality_control"]
    assert "test record" in stored.read_only
    assert is_upload(record_id)


def test_it_is_found_by_name(store: WithUploads, uploads: Uploads) -> None:
    record_id = uploads.put("mouse", record(), "token")
    assert store.find_ids("mouse") == (record_id,)
    assert store.find_ids("another") == ()
    assert store.get_asset_metadata("mouse") == ()


def test_real_records_of_a_name_come_first(tmp_path: Path, store: WithUploads, uploads: Uploads) -> None:
    asset = made(document(metric("m")), tmp_path / "assets")
    record_id = uploads.put(asset.name, record(), "token")
    real, uploaded = store.find_ids(asset.name)
    assert uploaded == record_id and not is_upload(real)


def test_nothing_can_be_written_to_it(store: WithUploads, uploads: Uploads, tmp_path: Path) -> None:
    record_id = uploads.put("mouse", record(), "token")
    before = sorted(path.read_bytes() for path in (tmp_path / "state" / "uploads").rglob("*") if path.is_file())
    with pytest.raises(NotAllowed):
        store.submit(record_id, Patch((), ()))
    assert sorted(path.read_bytes() for path in (tmp_path / "state" / "uploads").rglob("*") if path.is_file()) == before


def test_it_is_gone_after_a_day_and_its_file_with_the_next_upload(
    store: WithUploads, uploads: Uploads, clock: Clock, tmp_path: Path
) -> None:
    record_id = uploads.put("mouse", record(), "token")
    clock.now += KEPT_FOR - timedelta(seconds=1)
    assert store.get_fresh(record_id).name == "mouse"
    clock.now += timedelta(seconds=1)
    with pytest.raises(RecordNotFound):
        store.get_fresh(record_id)
    assert store.find_ids("mouse") == ()
    uploads.put("other", record(), "token")
    assert len([path for path in (tmp_path / "state" / "uploads").rglob("*") if path.is_file()]) == 1


def test_the_same_uploader_replaces_and_another_does_not(store: WithUploads, uploads: Uploads) -> None:
    first = uploads.put("mouse", record(), "token")
    assert uploads.put("mouse", record("b.png"), "token") == first
    assert store.get_fresh(first).document.metrics[0].reference == "b.png"
    other = uploads.put("mouse", record(), "ada")
    assert set(store.find_ids("mouse")) == {first, other}


def test_no_more_than_so_many_are_kept(uploads: Uploads, clock: Clock) -> None:
    first = uploads.put("mouse 0", record(), "token")
    for number in range(1, MAX_UPLOADS + 1):
        clock.now += timedelta(seconds=1)
        uploads.put(f"mouse {number}", record(), "token")
    with pytest.raises(RecordNotFound):
        uploads.get(first)


@pytest.mark.parametrize(
    "record_id", ["upload-", "upload-../../x", "upload-a-b", "upload-" + "a" * 24 + "-../" + "a" * 13]
)
def test_an_id_leads_nowhere_else(store: WithUploads, tmp_path: Path, record_id: Any) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "x").write_text(json.dumps({"name": "x", "record": {}, "uploaded_at": "2026-01-01T00:00:00Z"}))
    with pytest.raises(RecordNotFound):
        store.get_fresh(record_id)


def test_a_file_that_is_no_record_counts_as_none(uploads: Uploads, tmp_path: Path) -> None:
    record_id = uploads.put("mouse", record(), "token")
    (kept,) = [path for path in (tmp_path / "state" / "uploads").rglob("*") if path.is_file()]
    for data in (b"", b"[]", b'{"name": 5}', b"\xff"):
        kept.write_bytes(data)
        with pytest.raises(RecordNotFound):
            uploads.get(record_id)


def test_tidying_removes_what_is_old_and_reads_again_only_what_may_be(
    tmp_path: Path, clock: Clock, uploads: Uploads
) -> None:
    objects = FolderObjects(tmp_path / "state")
    read = []

    class Counted(FolderObjects):
        def read(self, key: str) -> Any:
            read.append(key)
            return super().read(key)

    uploads.put("first", record(), "token")
    clock.now += timedelta(hours=20)
    uploads.put("second", record(), "token")
    objects.write("uploads/junk/junk", b"{")
    counted = Uploads(Counted(tmp_path / "state"), clock)
    counted.tidy()
    assert len(objects.keys("uploads")) == 2 and len(read) == 3
    counted.tidy()
    assert len(read) == 3
    uploads.put("first", record(), "token")
    clock.now += timedelta(hours=5)
    counted.tidy()
    assert len(objects.keys("uploads")) == 2, "uploaded again, it stays"
    clock.now += timedelta(days=1)
    counted.tidy()
    assert objects.keys("uploads") == []
