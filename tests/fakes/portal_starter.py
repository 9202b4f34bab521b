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
import secrets
import select
import signal
import socket
import subprocess
import sys
from typing import NoReturn

from tests.paths import ROOT

NAMES_OF_SETTINGS = ("QC_PORTAL", "STREAMLIT")
LIBRARIES = ("streamlit.web.cli", "streamlit.web.bootstrap", "streamlit.web.server.starlette", "pandas", "pyarrow")
OURS = ("qc_core", "pages.routes", "pages.shell")
NAME_OF_STARTER = "TESTS_PORTAL_STARTER"
"""The variable with the name of the socket of the one that this process shares with others."""


CAN_FORK = hasattr(os, "pidfd_open")
_started: list[subprocess.Popen[bytes]] = []


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
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(f"\0{os.environ.get(NAME_OF_STARTER) or start_starter()}")
        line.sendall(json.dumps({"arguments": arguments, "environment": environment, "log": log}).encode())
        line.shutdown(socket.SHUT_WR)
        return ForkedProcess(int(_read_all(line)))


@functools.cache
def start_starter() -> str:
    """Start one for this process and those that it starts; it ends with this process. Gives the name of its socket."""
    name = f"portal-starter-{os.getpid()}-{secrets.token_hex(8)}"
    outside = {name: value for name, value in os.environ.items() if not name.startswith(NAMES_OF_SETTINGS)}
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(f"\0{name}")
        listening.listen()
        _started.append(
            subprocess.Popen(
                [sys.executable, "-m", "tests.fakes.portal_starter", str(listening.fileno())],
                cwd=ROOT,
                env=outside | {"OPENBLAS_NUM_THREADS": "1"},  # none of its threads would be in the fork
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                pass_fds=[listening.fileno()],
            )
        )
    os.environ[NAME_OF_STARTER] = name
    return name


def _read_all(line: socket.socket) -> bytes:
    return b"".join(iter(lambda: line.recv(65536), b""))


def _serve(listening: socket.socket) -> None:
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
    while listening in select.select([listening, sys.stdin], [], [])[0]:  # the input ends with the process behind it
        line, _ = listening.accept()
        asked = json.loads(_read_all(line))
        pid = os.fork()
        if not pid:
            line.close()
            listening.close()
            _become_portal(**asked)
        line.sendall(str(pid).encode())
        line.close()


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
    _serve(socket.socket(fileno=int(sys.argv[1])))
