"""Starts portals quickly: one process imports what every portal imports, and forks itself for each that a test starts.

To import takes two seconds of processor, nearly all of what it takes to start a portal, and tests start some fifty.
What runs in the fork is `streamlit run` with the arguments, the environment and the log of that portal: nothing of ours
has read a setting or started a thread by then.
"""

import functools
import importlib
import json
import os
import pkgutil
import select
import signal
import subprocess
import sys
from typing import NoReturn

from tests.paths import ROOT

NAMES_OF_SETTINGS = ("QC_PORTAL", "STREAMLIT")
LIBRARIES = ("streamlit.web.cli", "streamlit.web.bootstrap", "streamlit.web.server.starlette", "pandas", "pyarrow")
OURS = ("qc_core", "pages.routes", "pages.shell")


CAN_FORK = hasattr(os, "pidfd_open")


class ForkedProcess:
    """A process that is no child of this one, with what is used of `subprocess.Popen`."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._watched = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """0 once it has ended, however it did."""
        return 0 if self._has_ended(within=0) else None

    def wait(self, timeout: float | None = None) -> None:
        """Wait until it has ended; raises `subprocess.TimeoutExpired`."""
        if not self._has_ended(timeout):
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)

    def terminate(self) -> None:
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        self._send(signal.SIGKILL)

    def _has_ended(self, within: float | None) -> bool:
        return bool(select.select([self._watched], [], [], within)[0])

    def _send(self, number: signal.Signals) -> None:
        if self.poll() is None:
            signal.pidfd_send_signal(self._watched, number)


def fork_portal(arguments: list[str], environment: dict[str, str], log: str) -> ForkedProcess:
    """Start `streamlit` with these arguments, and append to that log. Needs Linux: `CAN_FORK`."""
    starter = _run_starter()
    assert starter.stdin and starter.stdout
    starter.stdin.write(json.dumps({"arguments": arguments, "environment": environment, "log": log}) + "\n")
    starter.stdin.flush()
    return ForkedProcess(int(starter.stdout.readline()))


@functools.cache
def _run_starter() -> "subprocess.Popen[str]":
    """One for this process; it ends when its input does."""
    command = [sys.executable, "-m", "tests.fakes.portal_starter"]
    outside = {name: value for name, value in os.environ.items() if not name.startswith(NAMES_OF_SETTINGS)}
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=outside | {"OPENBLAS_NUM_THREADS": "1"},  # none of its threads would be in the fork
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _serve() -> None:
    for name in LIBRARIES:
        importlib.import_module(name)
    for package in map(importlib.import_module, OURS):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    from streamlit.components.v2 import manifest_scanner

    from tests.fakes.component_packages import scan_packages_once

    scan_packages_once()
    manifest_scanner.scan_component_manifests()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # those that have ended leave nothing behind
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            _become_portal(**json.loads(line))
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def _become_portal(arguments: list[str], environment: dict[str, str], log: str) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    written = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(written, 1)
    os.dup2(written, 2)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["streamlit", *arguments]
    from streamlit.web.cli import main

    main()
    sys.exit()


if __name__ == "__main__":
    _serve()
