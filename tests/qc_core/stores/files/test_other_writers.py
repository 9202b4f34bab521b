"""Programs that write the same file at the same time: those that take the portal's lock, and those that take none."""

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from qc_core.errors import BadRecord, StoreUnavailable
from qc_core.stores.files import atomic
from qc_core.stores.files.atomic import update_file, write_atomically
from qc_core.stores.files.exchange import exchange
from tests.paths import ROOT
from tests.qc_core.stores.building import litter, put, run
from tests.qc_core.stores.reviewers import v2_document, v2_metric

ROUNDS = 30
MERGE = """
from qc_core.pipeline.merge.files import merge_files
file = Path(sys.argv[1])
for new in sorted(Path(sys.argv[2]).iterdir()):
    merge_files(file, new, at=datetime.now(UTC), output=file)
"""
SUBMIT = """
store = FolderStore(Path(sys.argv[1]), lambda: datetime.now(UTC))
(record_id,) = [one.record_id for one in store.read_listing().summaries]
for number in range(int(sys.argv[2])):
    entry = {"evaluator": f"Ada {number}", "status": "Pass", "timestamp": "2026-01-01T00:00:00Z"}
    store.submit(record_id, Patch((), (Append(("metrics", 0, "status_history"), entry),)))
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "quality_control.json"
    path.write_bytes(b"old")
    return path


def replace(path: Path, text: Any) -> None:
    """What a pipeline does that takes no lock: a new file, renamed over the old one."""
    fresh = path.with_name("fresh")
    fresh.write_bytes(text)
    fresh.replace(path)


def test_a_file_that_was_replaced_during_a_change_is_kept_and_changed_again(file: Path) -> None:
    seen = []

    def change(text: Any) -> Any:
        seen.append(text)
        if len(seen) == 1:
            replace(file, b"pipeline")
        return text + b" and a rating"

    assert update_file(file, change) == b"pipeline and a rating"
    assert seen == [b"old", b"pipeline"]
    assert file.read_bytes() == b"pipeline and a rating"
    assert litter(file.parent) == []


def test_a_file_that_was_written_in_place_during_a_change_is_kept_and_changed_again(file: Path) -> None:
    seen = []

    def change(text: Any) -> Any:
        seen.append(text)
        if len(seen) == 1:
            file.write_bytes(b"pipeline")
        return text + b" and a rating"

    assert update_file(file, change) == b"pipeline and a rating"


def test_a_file_that_was_half_written_is_read_again_once_it_is_whole(file: Path) -> None:
    seen = []

    def change(text: Any) -> Any:
        seen.append(text)
        if text == b"pip":
            file.write_bytes(b"pipeline")
            raise BadRecord("It is not JSON.")
        return text + b" and a rating"

    file.write_bytes(b"pip")
    assert update_file(file, change) == b"pipeline and a rating"
    assert seen == [b"pip", b"pipeline"]


def test_a_file_that_has_been_broken_for_long_is_read_once(file: Path) -> None:
    seen = []

    def change(text: Any) -> Any:
        seen.append(text)
        raise BadRecord("It is not JSON.")

    os.utime(file, (1, 1))
    with pytest.raises(BadRecord):
        update_file(file, change)
    assert seen == [b"old"] and file.read_bytes() == b"old"


@pytest.mark.parametrize("puts", [1, 2, 3])
def test_a_file_that_is_replaced_between_the_last_check_and_the_rename_is_put_back(
    file: Path, monkeypatch: pytest.MonkeyPatch, puts: int
) -> None:
    if not exchange(file, _other(file)):
        pytest.skip("this file system cannot exchange two files in one step")
    exchange(file, _other(file))
    waiting = [f"pipeline {number}".encode() for number in range(1, puts + 1)]

    def exchange_late(one: Any, other: Any) -> Any:
        if waiting:
            replace(file, waiting.pop(0))
        return exchange(one, other)

    monkeypatch.setattr(atomic, "exchange", exchange_late)
    assert update_file(file, lambda text: text + b" and a rating") == f"pipeline {puts} and a rating".encode()
    assert file.read_bytes() == f"pipeline {puts} and a rating".encode()
    assert litter(file.parent) == []


def _other(file: Path) -> Any:
    path = file.with_name("other")
    if not path.exists():
        path.write_bytes(b"other")
    return path


def test_a_file_is_changed_where_two_files_cannot_be_exchanged(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "exchange", lambda one, other: False)
    assert update_file(file, lambda text: text + b"er") == b"older"
    assert file.read_bytes() == b"older"


def test_a_file_that_was_made_during_a_change_is_kept_and_changed_again(tmp_path: Path) -> None:
    file, seen = tmp_path / "quality_control.json", []

    def change(text: Any) -> Any:
        seen.append(text)
        if len(seen) == 1:
            file.write_bytes(b"pipeline")
        return (text or b"new") + b" and a rating"

    assert update_file(file, change) == b"pipeline and a rating"
    assert seen == [None, b"pipeline"]


def test_a_file_that_is_rewritten_again_and_again_is_left_to_its_writer_with_a_sentence(file: Path) -> None:
    def change(text: Any) -> bytes:
        replace(file, text + b".")
        return b"mine"

    with pytest.raises(StoreUnavailable, match=r"rewrites .* again and again"):
        update_file(file, change)
    assert file.read_bytes().startswith(b"old.")


def test_a_change_that_leaves_all_as_it_is_writes_nothing(file: Path) -> None:
    before = file.stat().st_ino
    assert update_file(file, lambda text: text) == b"old"
    assert update_file(file, lambda text: None) == b"old"
    assert file.stat().st_ino == before


def test_the_temporary_file_of_a_living_writer_is_left_alone_and_that_of_a_dead_one_removed(file: Path) -> None:
    hold = "import sys, pathlib\nfrom qc_core.stores.files.temporary_files import temporary_next_to\n"
    hold += "with temporary_next_to(pathlib.Path(sys.argv[1])):\n    print('there', flush=True)\n    sys.stdin.read()\n"
    command = [sys.executable, "-c", hold, file]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"there\n"
        (temporary,) = litter(file.parent)
        write_atomically(file, b"new")
        assert litter(file.parent) == [temporary]
        os.kill(other.pid, signal.SIGKILL)
        other.wait(timeout=60)
        write_atomically(file, b"newer")
        assert litter(file.parent) == []


def test_exchanged_file_is_not_taken_for_a_temporary_one(file: Path) -> None:
    swapped = file.with_name(f".{file.name}.0123456789ab-1.writing")
    swapped.write_bytes(b"a pipeline's")
    write_atomically(file, b"new")
    assert swapped.read_bytes() == b"a pipeline's"


def test_a_file_that_cannot_be_put_back_is_left_next_to_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def breaks(one: Any, other: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            replace(file, b"pipeline")
            return exchange(one, other)
        raise OSError(5, "Input/output error")

    if not exchange(file, _other(file)):
        pytest.skip("this file system cannot exchange two files in one step")
    exchange(file, _other(file))
    monkeypatch.setattr(atomic, "exchange", breaks)
    with pytest.raises(StoreUnavailable):
        update_file(file, lambda text: b"mine")
    (left,) = litter(file.parent)
    assert (file.parent / left).read_bytes() == b"pipeline"


def test_a_merge_during_submissions_loses_neither(tmp_path: Path) -> None:
    asset = put(tmp_path / "assets" / "one", quality_control=v2_document(v2_metric("drift")))
    results = tmp_path / "results"
    results.mkdir()
    for number in range(ROUNDS):
        (results / f"{number:02}.json").write_text(json.dumps(v2_document(v2_metric(f"new {number}"))))
    with ThreadPoolExecutor(2) as pool:
        merging = pool.submit(run, MERGE, asset / "quality_control.json", results)
        submitting = pool.submit(run, SUBMIT, tmp_path / "assets", ROUNDS)
    for done in (merging.result(), submitting.result()):
        assert done.returncode == 0, done.stderr
    document = json.loads((asset / "quality_control.json").read_text())
    evaluators = [entry["evaluator"] for entry in document["metrics"][0]["status_history"]]
    assert evaluators == ["", *(f"Ada {number}" for number in range(ROUNDS))]
    assert [metric["name"] for metric in document["metrics"]] == ["drift", *(f"new {n}" for n in range(ROUNDS))]
