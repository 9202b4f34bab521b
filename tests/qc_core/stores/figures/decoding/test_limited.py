"""The process that decodes: what it may take, and that nothing of it is left when it ends."""

import signal
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from qc_core.errors import ReferenceUnreadable
from qc_core.references.charts.tables import TableLimits
from qc_core.stores.figures.conversions import Conversions, Limits
from qc_core.stores.figures.decoding import limited
from qc_core.stores.figures.decoding.limited import OutOfBounds, ProcessLimits, run


def test_a_process_that_takes_too_long_is_ended_with_everything_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "endless.py"
    script.write_text(
        "import os, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(tmp_path / 'child')!r}, 'w').write(str(child.pid))\n"
        "time.sleep(600)\n"
    )
    monkeypatch.setattr(limited, "_SCRIPT", script)
    with pytest.raises(OutOfBounds, match="longer than 2 s"):
        run("png", {}, ProcessLimits(seconds=2))
    child = int((tmp_path / "child").read_text())
    for _ in range(3000):
        if not is_running(child):
            break
        time.sleep(0.01)
    assert not is_running(child)


def is_running(process: int) -> bool:
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_process_that_the_system_ends_is_reported_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "killed.py"
    script.write_text(f"import os\nos.kill(os.getpid(), {int(signal.SIGKILL)})\n")
    monkeypatch.setattr(limited, "_SCRIPT", script)
    with pytest.raises(OutOfBounds, match="more memory"):
        run("png", {}, ProcessLimits())


def test_it_knows_no_secret_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "report.py"
    script.write_text("import json, os\nprint(json.dumps(dict(os.environ)))\n")
    monkeypatch.setattr(limited, "_SCRIPT", script)
    monkeypatch.setenv("QC_PORTAL_OIDC_CLIENT_SECRET", "secret")
    assert "secret" not in run("png", {}, ProcessLimits()).values()


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
