import json
import multiprocessing
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from qc_core.__main__ import main
from qc_core.demo import prepare_working_copy, reset
from qc_core.errors import StoreUnavailable
from qc_core.quality_control.annotating.changes import DraftEntry, Tombstone
from qc_core.settings.model import Settings
from qc_core.stores.state.draft_store import FolderDrafts

GONE = {"x": DraftEntry(Tombstone(datetime(2025, 6, 1, tzinfo=UTC)))}


def settings(state: Any, assets: Any = None) -> Settings:
    return Settings(assets or state / "demo", state, "Ada", False, None, "localhost")


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    asset = tmp_path / "demo" / "mouse"
    (asset / "figures").mkdir(parents=True)
    (asset / "metadata.nd.json").write_text(json.dumps({"_id": "mouse-1", "quality_control": {"metrics": []}}))
    (asset / "metadata.nd.json").chmod(0o444)
    (asset / "figures" / "x.png").write_bytes(b"x")
    return tmp_path / "demo"


def names(folder: Path) -> Any:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_assets_that_were_set_are_opened_as_they_are(demo: Path, tmp_path: Path) -> None:
    assert prepare_working_copy(settings(tmp_path / "state", demo), demo=demo) == demo
    assert not (tmp_path / "state").exists()


def test_the_demo_is_copied_once_and_can_be_written(demo: Path, tmp_path: Path) -> None:
    copy = prepare_working_copy(settings(tmp_path / "state"), demo=demo)
    assert copy == tmp_path / "state" / "demo"
    assert names(copy) == names(demo)
    record = copy / "mouse" / "metadata.nd.json"
    assert stat.S_IMODE(record.stat().st_mode) & 0o200
    record.write_text("{}")
    assert prepare_working_copy(settings(tmp_path / "state"), demo=demo) == copy
    assert record.read_text() == "{}"
    assert "quality_control" in (demo / "mouse" / "metadata.nd.json").read_text()


def test_a_copy_that_was_interrupted_is_made_again(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "state" / ".demo.0123.copy" / "mouse").mkdir(parents=True)
    copy = prepare_working_copy(settings(tmp_path / "state"), demo=demo)
    assert names(copy) == names(demo)
    assert sorted(path.name for path in copy.parent.iterdir()) == [".demo.lock", "demo"]


def _start(state: Any, demo: Any) -> None:
    assert names(prepare_working_copy(settings(state), demo=demo)) == names(demo)


def test_two_processes_may_start_at_once(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A new process begins with the main module of this one, which a test of a page may have replaced by its script.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_start, args=(tmp_path / "state", demo)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
    assert [process.exitcode for process in both] == [0, 0]


def test_a_reset_brings_back_the_demo_and_removes_its_drafts_alone(demo: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    copy = prepare_working_copy(settings(state), demo=demo)
    (copy / "mouse" / "metadata.nd.json").write_text('{"_id": "mouse-1", "quality_control": {"metrics": [1]}}')
    (copy / "rat").mkdir()
    drafts = FolderDrafts(state)
    for record_id in ("mouse-1", "of my own"):
        drafts.write("Ada", record_id, "tab", GONE)
    output = reset(settings(state), demo=demo)
    assert str(copy) in output
    assert names(copy) == names(demo)
    assert (copy / "mouse" / "metadata.nd.json").read_bytes() == (demo / "mouse" / "metadata.nd.json").read_bytes()
    assert drafts.read("Ada", "mouse-1") == {}
    assert drafts.read("Ada", "of my own") == {"tab": GONE}


def test_a_reset_before_the_first_start_makes_the_copy(demo: Path, tmp_path: Path) -> None:
    reset(settings(tmp_path / "state"), demo=demo)
    assert names(tmp_path / "state" / "demo") == names(demo)


def test_a_missing_demo_is_reported_and_leaves_copy_and_drafts(demo: Path, tmp_path: Path) -> None:
    copy = prepare_working_copy(settings(tmp_path / "state"), demo=demo)
    drafts = FolderDrafts(tmp_path / "state")
    drafts.write("Ada", "mouse-1", "tab", GONE)
    with pytest.raises(StoreUnavailable, match="QC_PORTAL_ASSETS"):
        reset(settings(tmp_path / "state"), demo=tmp_path / "gone")
    assert names(copy) == names(demo)
    assert drafts.read("Ada", "mouse-1") == {"tab": GONE}


def test_the_command_prints_what_it_did_or_why_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("QC_PORTAL_STATE", str(tmp_path / "file"))
    monkeypatch.setenv("QC_PORTAL_ASSETS", str(tmp_path / "gone"))
    assert main(["demo-reset"]) == 1
    assert "could not be copied" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([])


def test_a_state_folder_that_cannot_be_looked_into_is_an_error_with_words(demo: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="could not be copied"):
        prepare_working_copy(settings(tmp_path / ("x" * 300)), demo=demo)
