"""What is kept for a person: by name, durably, and nothing for guests."""

from pathlib import Path

import pytest

from qc_core.errors import NotAllowed, StoreUnavailable
from qc_core.stores.state.objects import FolderObjects
from qc_core.stores.state.personal import PersonalState


def test_a_value_is_read_back_by_person_and_name(tmp_path: Path) -> None:
    PersonalState(FolderObjects(tmp_path)).write("ada", "visits", {"activity": "2026-11-28"})
    again = PersonalState(FolderObjects(tmp_path))
    assert again.read("ada", "visits") == {"activity": "2026-11-28"}
    assert again.read("grace", "visits") is None
    assert again.read("ada", "queue") is None


def test_nothing_is_kept_for_guests(tmp_path: Path) -> None:
    state = PersonalState(FolderObjects(tmp_path))
    with pytest.raises(NotAllowed):
        state.write("", "visits", 1)
    assert state.read("", "visits") is None
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_value_counts_as_none(tmp_path: Path) -> None:
    state = PersonalState(FolderObjects(tmp_path))
    state.write("ada", "visits", 1)
    (file,) = tmp_path.rglob("visits.json")
    file.write_bytes(b"\xff{")
    assert state.read("ada", "visits") is None


def test_storage_that_fails_is_reported(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    state = PersonalState(FolderObjects(tmp_path / "state"))
    with pytest.raises(StoreUnavailable):
        state.write("ada", "visits", 1)
