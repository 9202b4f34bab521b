"""The process that a portal starts to keep its index fresh: it fills the index, and ends on request."""

from pathlib import Path

import pytest

from qc_core.stores.index.file import IndexFile
from qc_core.stores.index.process import IndexProcess
from tests.fakes.gateway import FakeGateway
from tests.qc_core.stores.building import document
from tests.waiting import wait_until


@pytest.fixture
def path(fake_gateway: FakeGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    fake_gateway.put({"_id": "one", "name": "mouse", "quality_control": document("Pass")})
    for name, value in (fake_gateway.environment | {"QC_PORTAL_STATE": str(tmp_path)}).items():
        monkeypatch.setenv(name, value)
    return tmp_path / "index.sqlite"


def test_the_process_fills_the_index_until_it_is_stopped(path: Path) -> None:
    process = IndexProcess(path)
    process.start()
    assert process.is_running()
    wait_until(lambda: IndexFile(path).state().all_read_at or not process.is_running())
    assert process.is_running()
    process.stop()
    assert not process.is_running()


def test_a_process_that_is_stopped_before_it_began_never_starts(path: Path) -> None:
    process = IndexProcess(path)
    process.stop()
    process.start()
    assert not process.is_running()
    assert not path.exists()
