import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.errors import StoreUnavailable
from qc_core.quality_control.annotating.changes import DraftEntry, MetricEdit, NewValue, NotesEdit, Seen, Tombstone
from qc_core.quality_control.metric import Fingerprint
from qc_core.quality_control.status import Status
from qc_core.stores.state.draft_store import FolderDrafts
from tests.qc_core.stores.building import litter, run

AT = datetime(2025, 6, 1, 12, 0, 0, 123456, tzinfo=UTC)
GONE = DraftEntry(Tombstone(AT))
NOTES = DraftEntry(NotesEdit(path=("notes",), anchor="", seen=None, wanted="", edited_at=AT))


def an_edit(value: Any) -> DraftEntry:
    return DraftEntry(
        MetricEdit(
            path=("metrics", 0),
            fingerprint=Fingerprint("drift", "Raw data", "ecephys", ("probe:A",)),
            seen=Seen(value=None, reference=None, status=None, history_length=0, last=None),
            edited_at=AT,
            value=NewValue(value),
            status=Status.PASS,
        )
    )


@pytest.fixture
def drafts(tmp_path: Path) -> FolderDrafts:
    return FolderDrafts(tmp_path / "state")


def the_file(drafts: Any, tmp_path: Path) -> Any:
    (file,) = (tmp_path / "state" / "drafts").rglob("tab-1.json")
    return file


def test_reading_an_empty_state_creates_nothing(drafts: FolderDrafts, tmp_path: Path) -> None:
    assert drafts.read("Ada", "record") == {}
    assert drafts.get_draft("Ada", "record")[1] == ()
    drafts.write("Ada", "record", "tab-1", {})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", [None, "", 0, 0.0, False, [], {}, {"type": "dropdown"}])
def test_each_kind_of_entry_is_read_unchanged(drafts: FolderDrafts, tmp_path: Path, value: Any) -> None:
    entries = {"metrics/0": an_edit(value), "notes": NOTES, "metrics/1": GONE}
    drafts.write("Ada", "record", "tab-1", entries)
    read = FolderDrafts(tmp_path / "state").read("Ada", "record")
    assert read == {"tab-1": entries}
    assert type(read["tab-1"]["metrics/0"].edit.value.value) is type(value)


def test_tabs_people_and_records_are_kept_apart(drafts: FolderDrafts) -> None:
    drafts.write("Ada", "one", "a", {"x": GONE})
    drafts.write("Ada", "one", "b", {"y": NOTES})
    drafts.write("Ada", "two", "a", {"z": GONE})
    drafts.write("ada", "one", "a", {"w": GONE})
    assert drafts.read("Ada", "one") == {"a": {"x": GONE}, "b": {"y": NOTES}}
    assert drafts.read("Ada", "two") == {"a": {"z": GONE}}
    assert drafts.read("ada", "one") == {"a": {"w": GONE}}
    assert drafts.read("Eve", "one") == {}


def test_a_write_replaces_and_no_entries_leave_no_file(drafts: FolderDrafts, tmp_path: Path) -> None:
    drafts.write("Ada", "record", "tab-1", {"x": GONE, "y": GONE})
    drafts.write("Ada", "record", "tab-1", {"y": NOTES})
    assert drafts.read("Ada", "record") == {"tab-1": {"y": NOTES}}
    drafts.write("Ada", "record", "tab-1", {})
    assert drafts.read("Ada", "record") == {}
    assert [path for path in tmp_path.rglob("*") if path.is_file() and not path.name.endswith(".lock")] == []


def test_only_the_account_of_the_portal_can_read_drafts(drafts: FolderDrafts, tmp_path: Path) -> None:
    drafts.write("Ada", "record", "tab-1", {"x": GONE})
    file = the_file(drafts, tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for folder in (file.parent, file.parent.parent, file.parent.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert litter(file.parent) == []


@pytest.mark.parametrize("broken", [b"", b"{", b"\xff\xfe", b"[]", b'{"version": 99, "entries": {}}', b"null"])
def test_an_unreadable_draft_is_reported_skipped_and_never_destroyed(
    drafts: FolderDrafts, tmp_path: Path, broken: bytes
) -> None:
    drafts.write("Ada", "record", "tab-1", {"x": GONE})
    drafts.write("Ada", "record", "tab-2", {"y": GONE})
    file = the_file(drafts, tmp_path)
    file.write_bytes(broken)
    assert drafts.read("Ada", "record") == {"tab-2": {"y": GONE}}
    assert len(drafts.get_draft("Ada", "record")[1]) == 1
    drafts.write("Ada", "record", "tab-1", {"z": GONE})
    assert drafts.read("Ada", "record") == {"tab-1": {"z": GONE}, "tab-2": {"y": GONE}}
    assert drafts.get_draft("Ada", "record")[1] == ()
    (aside,) = file.parent.glob("*.unreadable")
    assert aside.read_bytes() == broken


@pytest.mark.parametrize("tab", ["", "../x", "a/b", "A", "a.b", "x" * 65, "a\n", "é"])
def test_an_invalid_name_of_a_tab_is_refused(drafts: FolderDrafts, tmp_path: Path, tab: Any) -> None:
    with pytest.raises(StoreUnavailable):
        drafts.write("Ada", "record", tab, {"x": GONE})
    assert list(tmp_path.iterdir()) == []


@settings(deadline=None, max_examples=50)
@given(
    person=(st.text() | st.sampled_from(["..", "/", "a/../b", "\ud800", "x" * 5000])).filter(str.strip),
    record=st.text(),
)
def test_any_name_of_a_person_or_record_is_safe(
    tmp_path_factory: pytest.TempPathFactory, person: Any, record: Any
) -> None:
    root = tmp_path_factory.mktemp("names")
    drafts = FolderDrafts(root / "state")
    drafts.write(person, record, "tab", {"x": GONE})
    assert drafts.read(person, record) == {"tab": {"x": GONE}}
    (file,) = (path for path in root.rglob("*") if path.is_file() and not path.name.endswith(".lock"))
    assert file.relative_to(root).parts[:2] == ("state", "drafts")
    assert len(file.relative_to(root).parts) == 5


def test_the_error_for_an_unwritable_state_folder_names_what_to_check(tmp_path: Path, open_folder: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="QC_PORTAL_STATE"):
        FolderDrafts(tmp_path / "file").write("Ada", "record", "tab-1", {"x": GONE})
    open_folder.chmod(0o555)
    script = """
try:
    FolderDrafts(Path(sys.argv[1])).write("Ada", "r", "t", {"x": DraftEntry(Tombstone(datetime.now(UTC)))})
except StoreUnavailable as error:
    print(error)
"""
    output = run(
        "from qc_core.quality_control.annotating.changes import DraftEntry, Tombstone\n" + script,
        open_folder,
        as_nobody=True,
    )
    assert "this account has no permission there" in output.stdout, output.stderr


def test_the_error_for_a_full_disk_states_that_the_draft_is_not_kept(small_disk: Path) -> None:
    drafts = FolderDrafts(small_disk)
    drafts.write("Ada", "record", "tab-1", {"x": GONE})
    with pytest.raises(StoreUnavailable, match=r"because the disk is full\. Check the folder"):
        drafts.write("Ada", "record", "tab-1", {"x": an_edit("y" * 100_000)})
    assert drafts.read("Ada", "record") == {"tab-1": {"x": GONE}}


def test_forgetting_takes_everyones_drafts_for_those_records_only(drafts: FolderDrafts) -> None:
    drafts.forget(["one"])
    for person in ("Ada", "Eve"):
        for record in ("one", "two"):
            drafts.write(person, record, "tab", {"x": GONE})
    drafts.forget(["one", "three"])
    assert [drafts.read(person, "one") for person in ("Ada", "Eve")] == [{}, {}]
    assert [drafts.read(person, "two") for person in ("Ada", "Eve")] == [{"tab": {"x": GONE}}] * 2
