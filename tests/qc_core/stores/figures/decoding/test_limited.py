"""The process that decodes: what it may take, and that nothing of it is left when it ends."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from qc_core.errors import ReferenceUnreadable
from qc_core.references.charts.tables import TableLimits
from qc_core.stores.figures.conversions import Conversions, Limits
from qc_core.stores.figures.decoding import limited
from qc_core.stores.figures.decoding.fork_server import CAN_FORK, ForkServer
from qc_core.stores.figures.decoding.limited import OutOfBounds, ProcessLimits, run
from qc_core.stores.figures.decoding.undecodable import Undecodable
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[5]


EVIL = """
import json, os, signal, subprocess, sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
from qc_core.stores.figures.decoding import __main__ as program
def endless(child):
    started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(child).write_text(str(started.pid))
    time.sleep(600)
def killed():
    os.kill(os.getpid(), signal.SIGKILL)
def environment():
    print("printed by a library")
    return dict(os.environ)
def greedy():
    return {{"size": len(bytearray(4 * 1024**3))}}
def crash():
    raise RuntimeError
def files():
    return {{"open": sorted(os.listdir("/proc/self/fd"))}}
def process():
    return {{"parent": os.getppid(), "own": os.getpid()}}
tasks = dict(endless=endless, killed=killed, environment=environment, greedy=greedy, crash=crash, files=files)
def imported():
    return {{"zarr": "zarr" in sys.modules, "h5py": "h5py" in sys.modules}}
known = program._task
tasks |= dict(process=process, imported=imported)
program._task = lambda name: tasks.get(name) or known(name)
sys.exit(program.main())
"""


@pytest.fixture(params=["a fork", "a program"])
def evil(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tasks that do what no decoder should, in a process that is forked, and in one that is started."""
    script = tmp_path / "evil.py"
    script.write_text(EVIL.format(root=str(ROOT)))
    command = [sys.executable, "-I", str(script)]
    server = ForkServer(command, limited._build_environment)
    monkeypatch.setattr(limited, "_SCRIPT", script)
    monkeypatch.setattr(limited, "_fork_server", server)
    monkeypatch.setattr(limited, "CAN_FORK", request.param == "a fork" and CAN_FORK)
    yield
    server.close()


@pytest.mark.usefixtures("evil")
def test_a_process_that_takes_too_long_is_ended_with_everything_it_started(tmp_path: Path) -> None:
    with pytest.raises(OutOfBounds, match="longer than 2 s"):
        run("endless", {"child": str(tmp_path / "child")}, ProcessLimits(seconds=2))
    child = int((tmp_path / "child").read_text())
    wait_until(lambda: not is_running(child))


def is_running(process: int) -> bool:
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.usefixtures("evil")
def test_a_process_that_ends_costs_its_own_task_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QC_PORTAL_OIDC_CLIENT_SECRET", "secret")
    for task in ("killed", "crash"):
        with pytest.raises(OutOfBounds, match="more memory"):
            run(task, {}, ProcessLimits())
    with pytest.raises(Undecodable, match="more memory"):
        run("greedy", {}, ProcessLimits(memory=1024**3))
    known = run("environment", {}, ProcessLimits())
    assert "PATH" in known and "secret" not in known.values(), "it knows no secret of the environment's"


@pytest.mark.skipif(not CAN_FORK, reason="this system has no fork server")
@pytest.mark.parametrize("evil", ["a fork"], indirect=True)
@pytest.mark.usefixtures("evil")
def test_each_task_has_a_process_of_its_own_that_holds_nothing_of_the_portals() -> None:
    first, second = (run("process", {}, ProcessLimits()) for _ in range(2))
    server = psutil.Process(first["parent"])
    assert first["parent"] == second["parent"] and first["own"] != second["own"]
    assert len(run("files", {}, ProcessLimits())["open"]) <= 5, "0, 1, 2, the channel, and the folder that is listed"
    wait_until(lambda: server.children() == [])
    server.kill()
    server.wait()
    third = run("process", {}, ProcessLimits())
    assert third["parent"] != first["parent"], "it is started again"


@pytest.mark.skipif(not CAN_FORK, reason="this system has no fork server")
@pytest.mark.parametrize("evil", ["a fork"], indirect=True)
@pytest.mark.usefixtures("evil")
def test_what_a_page_names_is_imported_ahead_and_nothing_else(tmp_path: Path) -> None:
    conversions = Conversions(tmp_path / "converted")
    conversions.prepare(["a.png", "a.mp4", "without a suffix"])
    assert run("imported", {}, ProcessLimits()) == {"zarr": False, "h5py": False}
    conversions.prepare(["volume.zarr", "a.png"])
    assert run("imported", {}, ProcessLimits()) == {"zarr": True, "h5py": False}
    server = psutil.Process(run("process", {}, ProcessLimits())["parent"])
    server.kill()
    server.wait()
    conversions.prepare(["volume.zarr"])
    assert run("imported", {}, ProcessLimits())["zarr"], "a server that is started again imports it again"


def rows(tmp_path: Path, content: bytes, **limits: Any) -> Any:
    (tmp_path / "a.csv").write_bytes(content)
    made = Conversions(tmp_path / "converted", Limits(table=TableLimits(**limits)))
    return made.rows(tmp_path / "a.csv", "", name="table.csv")


def test_a_table_is_written_row_by_row(tmp_path: Path) -> None:
    made = rows(tmp_path, "\ufeffa,µ\n1,x\n2,\n".encode())
    assert made.path.read_text("utf-8") == '[{"a": 1.0, "µ": "x"},\n{"a": 2.0, "µ": null}]'
    assert made.facts == {"rows": 2}


@pytest.mark.parametrize(
    ("content", "limits", "words"),
    [
        (b"x\n" + b"1\n" * 10_000_000, {}, "more than 200,000 rows"),
        (b"a,b,c,d,e,f,g,h,i,j\n" + b"1,,,,,,,,,2\n" * 200_000, {}, "more than 1,000,000 cells"),
        (b"a\n" + b"1\n" * 100_000, {"written": 1_000_000}, "more than 1 MB"),
        (b",".join([b"x"] * 900_000), {}, "a line of more than 1,000,000 characters"),
        (b"x" * 2_000_000, {}, "a line of more than 1,000,000 characters"),
        (b'a\n"' + b"x\n" * 200_000, {}, "cannot be read as a table"),
        (b"a\n" * 3, {"rows": 1}, "more than 1 rows"),
    ],
)
def test_a_table_is_refused_as_soon_as_too_much_would_come_out(
    tmp_path: Path, content: Any, limits: Any, words: str
) -> None:
    with pytest.raises(ReferenceUnreadable, match=rf"The table table\.csv cannot be drawn\. .*{words}"):
        rows(tmp_path, content, **limits)
    assert list((tmp_path / "converted").iterdir()) == []
