"""Servers in processes of their own, started just as a user starts them; what they use of the machine."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import psutil

from bench.records import ROOT

_START = 60.0


class Server:
    """A running `streamlit run`, with what it has used so far."""

    def __init__(self, script: str, folder: Path, **environment: str) -> None:
        """Starts it, and does not wait; `folder` takes its log."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.origin = f"http://localhost:{port}"
        self._log = folder / f"server-{port}.log"
        command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("QC_PORTAL_")}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=inherited | environment, stdout=log, stderr=subprocess.STDOUT
            )
        self._seen = psutil.Process(self._process.pid)

    def wait(self) -> Self:
        """Until it answers. Raises SystemExit with its log where it does not."""
        until = time.monotonic() + _START
        while time.monotonic() < until and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.origin}/_stcore/health", timeout=5) as answer:
                    if answer.read().strip() == b"ok":
                        return self
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
        raise SystemExit(f"The server did not start:\n{self._log.read_text('utf-8', 'replace')}")

    def cpu(self) -> float:
        """CPU seconds used so far, by it and its children."""
        return float(sum(used.user + used.system for used in (process.cpu_times() for process in self._all())))

    def memory(self) -> float:
        """Resident memory in MB, of it and its children."""
        return float(sum(process.memory_info().rss for process in self._all()) / 2**20)

    def stop(self) -> None:
        """End it, and wait for that."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _all(self) -> list[psutil.Process]:
        return [self._seen, *self._seen.children(recursive=True)]


def portal(assets: Path, state: Path, **settings: str) -> Server:
    """The portal over a folder of assets; its drafts go to `state`."""
    state.mkdir(parents=True, exist_ok=True)
    usual = {"QC_PORTAL_ASSETS": str(assets), "QC_PORTAL_STATE": str(state), "QC_PORTAL_REVIEWER": "Bench"}
    return Server("app.py", state, **(usual | settings))


def floor(picture: Path, state: Path) -> Server:
    """The empty page, with the same picture."""
    state.mkdir(parents=True, exist_ok=True)
    return Server("bench/floor/app.py", state, QC_BENCH_FIGURE=str(picture))


@contextmanager
def run_servers(*servers: Server) -> Iterator[None]:
    """Wait for all of them; stop them at the end."""
    try:
        for server in servers:
            server.wait()
        yield
    finally:
        for server in servers:
            server.stop()
