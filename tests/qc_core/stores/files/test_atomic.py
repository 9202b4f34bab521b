import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from qc_core.errors import StoreUnavailable
from qc_core.stores.files.atomic import NOTHING_CHANGED, locked, writable_file, write_atomically
from tests.paths import ROOT
from tests.qc_core.stores.building import NOBODY, litter, run

TRY_TO_WRITE = """
try:
    write_atomically(Path(sys.argv[1]), b"new" * int(sys.argv[2]))
except StoreUnavailable as error:
    print(error)
"""
DIE_BEFORE_THE_RENAME = """
import os
def die(event, arguments):
    if event == "os.rename" and str(arguments[1]) == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(die)
write_atomically(Path(sys.argv[1]), b"new")
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "quality_control.json"
    path.write_bytes(b"old")
    return path


def test_a_write_replaces_the_whole_file_and_leaves_nothing_else(file: Path) -> None:
    write_atomically(file, b"new")
    assert file.read_bytes() == b"new"
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o444])
def test_permissions_are_kept(file: Path, mode: int) -> None:
    file.chmod(mode)
    write_atomically(file, b"new")
    assert stat.S_IMODE(file.stat().st_mode) == mode


def test_owner_and_group_are_kept(file: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can give a file to another account")
    os.chown(file, NOBODY, NOBODY)
    write_atomically(file, b"new")
    assert (file.stat().st_uid, file.stat().st_gid) == (NOBODY, NOBODY)


def test_extended_attributes_are_kept_as_access_lists_are_among_them(file: Path) -> None:
    if not hasattr(os, "setxattr"):
        pytest.skip("this system has no extended attributes for Python")
    try:
        os.setxattr(file, "user.lab", b"mice")
    except OSError as error:
        pytest.skip(f"this file system keeps no extended attributes: {error}")
    write_atomically(file, b"new")
    assert os.getxattr(file, "user.lab") == b"mice"


def test_a_new_file_gets_the_mode_that_was_asked_for(tmp_path: Path) -> None:
    write_atomically(tmp_path / "draft.json", b"new", mode=0o600)
    assert stat.S_IMODE((tmp_path / "draft.json").stat().st_mode) == 0o600


def test_a_full_disk_is_reported_and_the_old_file_stays_whole(small_disk: Path) -> None:
    file = small_disk / "quality_control.json"
    file.write_bytes(b"old")
    with pytest.raises(StoreUnavailable) as caught:
        write_atomically(file, b"x" * 200_000)
    assert caught.value.message == f"{file} could not be written, because the disk is full."
    assert caught.value.hint == NOTHING_CHANGED
    assert file.read_bytes() == b"old"
    assert litter(small_disk) == []


def test_a_read_only_file_system_is_reported(small_disk: Path) -> None:
    file = small_disk / "quality_control.json"
    file.write_bytes(b"old")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    for attempt in (lambda: write_atomically(file, b"new"), locked(file).__enter__):
        with pytest.raises(StoreUnavailable, match="because it is on a read-only file system"):
            attempt()  # type: ignore[no-untyped-call]  # a lambda or fake without types
    assert file.read_bytes() == b"old"


def test_a_file_beyond_the_systems_limit_is_reported_and_the_old_file_stays_whole(file: Path) -> None:
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
    output = run(limit + TRY_TO_WRITE, file, 10_000)
    assert "because the system does not allow a file that large. Nothing was changed" in output.stdout, output.stderr
    assert file.read_bytes() == b"old"
    assert litter(file.parent) == []


def test_a_folder_without_permission_is_reported(open_folder: Path) -> None:
    file = open_folder / "quality_control.json"
    file.write_bytes(b"old")
    open_folder.chmod(0o555)
    output = run(TRY_TO_WRITE, file, 1, as_nobody=True)
    assert "because this account has no permission there" in output.stdout, output.stderr
    assert file.read_bytes() == b"old"


def test_a_folder_that_was_removed_is_reported(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="because its folder is gone"):
        write_atomically(tmp_path / "gone" / "quality_control.json", b"new")
    with pytest.raises(StoreUnavailable, match="because its folder is gone"), locked(tmp_path / "gone" / "x.json"):
        pass


def test_a_writer_killed_before_the_rename_leaves_the_old_file_and_the_next_one_cleans_up(file: Path) -> None:
    killed = run(DIE_BEFORE_THE_RENAME, file)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert file.read_bytes() == b"old"
    assert len(litter(file.parent)) == 1
    write_atomically(file, b"newer")
    assert file.read_bytes() == b"newer"
    assert litter(file.parent) == []


def test_cleaning_up_leaves_the_unfinished_writes_of_other_files(file: Path) -> None:
    other = file.with_name(".subject.json.0123456789ab.writing")
    other.write_bytes(b"")
    write_atomically(file, b"new")
    assert other.exists()


def test_a_second_process_is_kept_out_until_the_first_is_done(file: Path) -> None:
    hold = "import sys, pathlib\nfrom qc_core.stores.files.atomic import locked\n"
    hold += "with locked(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    with subprocess.Popen(
        [sys.executable, "-c", hold, file], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(StoreUnavailable, match="Another program is writing"), locked(file, wait=0):
            pass
        other.stdin.close()
        other.wait(timeout=60)
        with locked(file, wait=0):
            pass


def test_the_lock_of_a_killed_process_is_free_again(file: Path) -> None:
    killed = run("import os\nlocked(Path(sys.argv[1])).__enter__()\nos.kill(os.getpid(), signal.SIGKILL)", file)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with locked(file, wait=0):
        pass


def test_an_account_that_may_write_in_the_folder_may_lock(file: Path) -> None:
    file.parent.chmod(0o770)
    with locked(file):
        pass
    lock = file.with_name(".quality_control.json.lock")
    assert stat.S_IMODE(lock.stat().st_mode) == 0o660


def test_a_link_is_followed_inside_the_asset_only(tmp_path: Path) -> None:
    asset, outside = tmp_path / "asset", tmp_path / "outside.json"
    (asset / "qc").mkdir(parents=True)
    outside.write_bytes(b"{}")
    (asset / "qc" / "real.json").write_bytes(b"{}")
    (asset / "inside.json").symlink_to("qc/real.json")
    (asset / "out.json").symlink_to(outside)
    (asset / "nowhere.json").symlink_to("gone.json")
    (asset / "circle.json").symlink_to("circle.json")
    assert writable_file(asset / "inside.json", asset) == (asset / "qc" / "real.json").resolve()
    for name, output in (("out", "outside its asset"), ("nowhere", "could not be found"), ("circle", "circles")):
        with pytest.raises(StoreUnavailable, match=output):
            writable_file(asset / f"{name}.json", asset)
