from pathlib import Path

import pytest

from qc_core.stores.folder import index as folder_index
from qc_core.stores.state.objects import FolderObjects
from tests.qc_core.stores.building import put
from tests.qc_core.stores.reviewers import v2_document, v2_metric


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for number in range(5):
        put(tmp_path / "assets" / f"mouse-{number}", quality_control=v2_document(v2_metric("drift")))
    return tmp_path / "assets"


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderObjects:
    """Where every folder is remembered, however quickly it was read."""
    monkeypatch.setattr(folder_index, "_SLOW", -1.0)
    return FolderObjects(tmp_path / "state")
