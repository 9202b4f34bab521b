"""A real portal for tests: the server in a process of its own, over a folder of its own."""

import contextlib
import os
import random
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from time import monotonic

from tests.fakes.portal_starter import CAN_FORK, NAMES_OF_SETTINGS, ForkedProcess, fork_portal
from tests.paths import ROOT

TIMEOUT = 60
"""Seconds within which a server must be up, on a machine that is busy."""


@dataclass(slots=True)
class Answer:
    """An HTTP answer, read."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(slots=True)
class Portal:
    """`streamlit run app.py`, with settings of its own. `started` starts one."""

    assets: Path
    state: Path
    log: Path
    address: str = "localhost"
    reviewer: str = "Ada Lovelace"
    more: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | ForkedProcess | None = None
    ahead: Path | None = None
    """A file with seconds that are added to the portal's clock; None to start it as everyone does."""

    @property
    def url(self) -> str:
        return f"http://{self._host}:{self.port}"

    @property
    def _host(self) -> str:
        return "127.0.0.1" if self.address == "0.0.0.0" else self.address

    def started(self) -> "Portal":
        """Start it, again on the same port if it ran before, and wait until it answers."""
        self.port = self.port or free_port()
        settings = {
            "QC_PORTAL_ASSETS": str(self.assets),
            "QC_PORTAL_STATE": str(self.state),
            "QC_PORTAL_REVIEWER": self.reviewer,
        }
        outside = {name: value for name, value in os.environ.items() if not name.startswith(NAMES_OF_SETTINGS)}
        self.process = self._start_process(outside | settings | self.more)
        until = monotonic() + TIMEOUT
        while not self._healthy():
            assert self.process.poll() is None, f"The server ended:\n{self.log_text()}"
            assert monotonic() < until, f"The server did not answer within {TIMEOUT} s:\n{self.log_text()}"
        return self

    def _start_process(self, environment: dict[str, str]) -> subprocess.Popen[bytes] | ForkedProcess:
        at = ["--server.port", str(self.port), "--server.address", self.address]
        command = ["streamlit", "run", "app.py", *at]
        if self.ahead:
            command = ["tests.fakes.moved_portal", str(self.port), str(self.ahead)]
        elif CAN_FORK:
            return fork_portal(command[1:], environment, str(self.log))
        with self.log.open("ab") as log:
            return subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=environment, stdout=log, stderr=log)

    def stop(self) -> None:
        """End it, as a person would who closes the terminal."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def log_text(self) -> str:
        """What the server has written so far."""
        return self.log.read_text("utf-8", errors="replace") if self.log.exists() else ""

    def ask(
        self, path: str, method: str = "GET", headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """One request, sent with the path exactly as it is: nothing tidies `..` away."""
        connection = HTTPConnection(self._host, self.port, timeout=TIMEOUT)
        try:
            connection.request(method, path, body, headers=headers or {})
            answer: HTTPResponse = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, headers, answer.read(), answer.headers.get_all("set-cookie") or [])
        finally:
            connection.close()

    def _healthy(self) -> bool:
        try:
            return self.ask("/_stcore/health").body == b"ok"
        except (OSError, HTTPException):
            assert self.process is not None
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=0.05)
            return False


def free_port() -> int:
    """A port that nobody listens on, to be listened on in a moment.

    It is none that the system gives to a process that asks for any: until then somebody else could be given it, and
    tests run side by side.
    """
    while True:
        port = random.randrange(10_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
