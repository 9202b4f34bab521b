"""Writing into the files of a folder: only the changed values, only inside the asset, only where it is allowed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.errors import StoreUnavailable
from qc_core.json_document import Append, Set
from qc_core.json_document.patch import LengthIs, Patch
from qc_core.stores.folder import store as store_of_folders
from qc_core.stores.folder.asset_files import read_files
from qc_core.stores.folder.store import FolderStore
from tests.paths import ROOT
from tests.qc_core.stores.building import NOW, document, litter, put, run

PASS = {"evaluator": "Eve", "status": "Pass", "timestamp": "2025-05-01T00:00:00Z"}
HISTORY = ("metrics", 0, "status_history")
SIGN = Patch((LengthIs(HISTORY, 1),), (Append(HISTORY, PASS),))
ODD_TEXT = """\ufeff{ "metrics" : [ {"name":"a","value":1.50,"big":1e+05,"status_history":[]} ,
\t{"name":"caf\\u00e9","value":[1,  2],"status_history":[]}],\r\n "notes":null,"schema_version":"9"  }
\n"""


def store(root: Path) -> FolderStore:
    return FolderStore(root, lambda: NOW, walk_every=0)


def only(folder: Any) -> Any:
    (summary,) = folder.read_listing().summaries
    return summary.record_id


def test_everything_else_stays_byte_for_byte(tmp_path: Path) -> None:
    asset = put(tmp_path / "asset", quality_control="")
    file = asset / "quality_control.json"
    file.write_bytes(ODD_TEXT.encode())
    folder = store(tmp_path)
    folder.submit(only(folder), Patch((), (Set(("metrics", 1, "value"), 0),)))
    assert file.read_bytes() == ODD_TEXT.replace("[1,  2]", "0").encode()


def test_a_record_that_is_read_half_written_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = put(tmp_path / "asset", quality_control=document("Pass")) / "quality_control.json"
    folder, whole = store(tmp_path), file.read_text()
    record_id = only(folder)
    file.write_text(whole[:20])

    def read_and_go_on_writing(*asset: Any) -> Any:
        found = read_files(*asset)
        file.write_text(whole)
        return found

    monkeypatch.setattr(store_of_folders, "read_files", read_and_go_on_writing)
    assert folder.get_fresh(record_id).document.metrics


@pytest.mark.parametrize("name", ["metadata.nd.json", "loose.json"])
def test_inside_a_record_only_its_quality_control_changes(tmp_path: Path, name: str) -> None:
    asset = tmp_path / "asset" if name == "metadata.nd.json" else tmp_path
    asset.mkdir(exist_ok=True)
    text = '{"_id": "x",  "metrics": 1.0, "notes": null, "quality_control": {"metrics": [], "notes": "old"}}'
    (asset / name).write_text(text)
    folder = store(tmp_path)
    folder.submit("x", Patch((LengthIs(("metrics",), 0),), (Set(("notes",), "new"),)))
    assert (asset / name).read_text() == text.replace('"old"', '"new"')


def test_quality_control_file_is_written_where_both_files_exist(tmp_path: Path) -> None:
    asset = put(tmp_path / "a", quality_control=document(), metadata={"_id": "x", "quality_control": document()})
    before = (asset / "metadata.nd.json").read_bytes()
    store(tmp_path).submit("x", SIGN)
    assert json.loads((asset / "quality_control.json").read_text())["metrics"][0]["status_history"][-1] == PASS
    assert (asset / "metadata.nd.json").read_bytes() == before


def test_a_patch_without_effect_does_not_touch_the_file(tmp_path: Path) -> None:
    asset = put(tmp_path / "asset", quality_control=document())
    folder = store(tmp_path)

    def state() -> tuple[int, ...]:  # all but when it was read
        found = (asset / "quality_control.json").stat()
        return found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns

    before = state()
    folder.submit(only(folder), Patch((LengthIs(HISTORY, 1),), ()))
    assert state() == before


def test_reading_writes_nothing(tmp_path: Path) -> None:
    asset = put(tmp_path / "asset", quality_control=document())
    folder = store(tmp_path)
    folder.get_fresh(only(folder))
    assert [path.name for path in asset.iterdir()] == ["quality_control.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["asset"]


def test_a_link_out_of_the_asset_is_read_but_never_written(tmp_path: Path) -> None:
    elsewhere = put(tmp_path / "elsewhere", theirs=document()) / "theirs.json"
    asset = tmp_path / "root" / "asset"
    asset.mkdir(parents=True)
    (asset / "quality_control.json").symlink_to(elsewhere)
    folder = store(tmp_path / "root")
    record = folder.get_fresh(only(folder))
    assert "outside its asset" in record.read_only
    before = elsewhere.read_bytes()
    with pytest.raises(StoreUnavailable, match="outside its asset"):
        folder.submit(record.record_id, SIGN)
    assert elsewhere.read_bytes() == before


@pytest.mark.parametrize("name", ["quality_control.json", "metadata.nd.json", "loose.json"])
def test_a_link_inside_the_asset_stays_a_link(tmp_path: Path, name: str) -> None:
    text = document() if name == "quality_control.json" else {"quality_control": document()}
    asset = put(tmp_path / ".qc", real=text).parent
    (asset / name).symlink_to(".qc/real.json")
    folder = store(tmp_path)
    folder.submit(only(folder), SIGN)
    assert (asset / name).is_symlink()
    stored = json.loads((asset / ".qc" / "real.json").read_text())
    assert stored.get("quality_control", stored)["metrics"][0]["status_history"][-1] == PASS


@pytest.mark.parametrize("protected", ["folder", "file"])
def test_files_not_writable_by_this_account_are_read_only_with_the_reason(open_folder: Path, protected: str) -> None:
    asset = put(open_folder / "asset", quality_control=document())
    (asset / "quality_control.json").chmod(0o444 if protected == "file" else 0o666)
    asset.chmod(0o555 if protected == "folder" else 0o777)
    before = (asset / "quality_control.json").read_bytes()
    script = """
folder = FolderStore(Path(sys.argv[1]), lambda: datetime.now(UTC))
record = folder.get_fresh(folder.find_ids("asset")[0])
print(record.read_only)
try:
    folder.submit(record.record_id, Patch((), (Set(("notes",), "new"),)))
except StoreUnavailable as error:
    print(error)
"""
    output = run(script, open_folder, as_nobody=True)
    where = "in the folder of asset/" if protected == "folder" else "asset/"
    sentence = f"This account may not write {where}quality_control.json."
    assert output.stdout.splitlines() == [sentence, f"{sentence} Nothing was changed."], output.stderr
    assert (asset / "quality_control.json").read_bytes() == before


def test_a_full_disk_refuses_the_submission_and_the_record_stays_whole(small_disk: Path) -> None:
    asset = put(small_disk / "asset", quality_control=document())
    folder = store(small_disk)
    before = (asset / "quality_control.json").read_bytes()
    with pytest.raises(StoreUnavailable, match=r"because the disk is full\. Nothing was changed\.$"):
        folder.submit(only(folder), Patch((), (Set(("notes",), "x" * 100_000),)))
    assert (asset / "quality_control.json").read_bytes() == before
    assert litter(asset) == []


def test_a_quality_control_file_that_appears_while_waiting_for_the_lock_stops_the_submission(tmp_path: Path) -> None:
    asset = put(tmp_path / "asset", metadata={"_id": "x", "quality_control": document()})
    before = (asset / "metadata.nd.json").read_bytes()
    script = """
asset = Path(sys.argv[1])
def appear(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".metadata.nd.json.lock"):
        (asset / "quality_control.json").write_text('{"metrics": []}')
folder = FolderStore(asset.parent, lambda: datetime.now(UTC))
folder.get_fresh("x")
sys.addaudithook(appear)
try:
    folder.submit("x", Patch((), (Set(("notes",), "new"),)))
except ConditionFailed as error:
    print(error.message)
"""
    output = run(script, asset)
    assert output.stdout == "The files of the asset changed since they were read.\n", output.stderr
    assert (asset / "metadata.nd.json").read_bytes() == before
    assert (asset / "quality_control.json").read_text() == '{"metrics": []}'


def test_two_processes_that_append_lose_nothing(tmp_path: Path) -> None:
    put(tmp_path / "asset", quality_control=document())
    script = """
import sys, pathlib, datetime
from qc_core.stores.folder import store as store_of_folders
from qc_core.stores.folder.asset_files import read_files
from qc_core.stores.folder.store import FolderStore
from qc_core.json_document import Append
from qc_core.json_document.patch import Patch
folder = FolderStore(pathlib.Path(sys.argv[1]), lambda: datetime.datetime.now(datetime.UTC))
(record_id,) = folder.find_ids("asset")
for number in range(25):
    folder.submit(record_id, Patch((), (Append(("metrics", 0, "status_history"), f"{sys.argv[2]} {number}"),)))
"""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    both = [subprocess.Popen([sys.executable, "-c", script, tmp_path, who], env=environment) for who in "ab"]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    stored = json.loads((tmp_path / "asset" / "quality_control.json").read_text())
    for who in "ab":
        mine = [each for each in stored["metrics"][0]["status_history"][1:] if each.startswith(who)]
        assert mine == [f"{who} {number}" for number in range(25)]


@settings(deadline=None, max_examples=30)
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=8,
    )
)
def test_any_value_comes_back_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    root = tmp_path_factory.mktemp("assets")
    put(root / "asset", quality_control=document())
    folder = store(root)
    folder.submit(only(folder), Patch((), (Set(("metrics", 0, "value"), value),)))
    assert folder.get_fresh(only(folder)).document.metrics[0].value == value
