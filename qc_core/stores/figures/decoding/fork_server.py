"""Keep a process with the libraries of the limited process imported, and fork it for each task.

It decodes nothing itself: each task has a process of its own, with its own limits, in a hundredth of the time that a
Python with numpy takes to start. Where the system has no such thing (`CAN_FORK`), each task starts a program.
"""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from threading import Lock

CAN_FORK = sys.platform == "linux"
"""Elsewhere a fork after the imports is not safe (macOS), or there is none."""
IDLE = 600
"""Seconds without a task after which it ends."""
_TIMEOUT = 10
"""Seconds for one process to begin; the first of a kind imports a library before."""
_LONGEST_REQUEST = 131_072


class NoForkServer(Exception):
    """It could not be started, or has ended."""


class ForkServer:
    """The portal's side of it. Safe for many threads; started with the first task, and again where it has ended."""

    def __init__(self, command: Sequence[str], build_environment: Callable[[], Mapping[str, str]]) -> None:
        """`command` is the program, which is given one argument more."""
        self._command, self._build_environment = list(command), build_environment
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = os.getpid()

    def prepare(self, request: str) -> None:
        """Have it import what such tasks need, without waiting for that. Raises NoForkServer."""
        with self._lock:
            for _ in range(2):  # it may have ended, since nothing was asked for a while
                control = self._get_control() or self._open()
                try:
                    control.send(request.encode())
                except OSError:
                    self._close()
                    continue
                return
        raise NoForkServer

    def start(self, request: str, channel: socket.socket) -> Callable[[], None]:
        """Begin a task that answers on `channel`; the function ends its process and all that it started.

        Raises NoForkServer.
        """
        content = request.encode()
        if len(content) > _LONGEST_REQUEST:
            raise NoForkServer
        with self._lock:
            for _ in range(2):  # it may have ended, since nothing was asked for a while
                control = self._get_control() or self._open()
                try:
                    socket.send_fds(control, [content], [channel.fileno()])
                    process = int(control.recv(64))
                except (OSError, ValueError):
                    self._close()
                    continue
                return partial(self._end, control, process)
        raise NoForkServer

    def close(self) -> None:
        """End it, with all processes that it began."""
        with self._lock:
            self._close()

    def _end(self, control: socket.socket, process: int) -> None:
        try:
            control.send(json.dumps({"end": process}).encode())
        except OSError:
            with self._lock:
                if control is self._control:  # it hears nothing any more: all that it began is ended with it
                    self._close()

    def _get_control(self) -> socket.socket | None:
        if self._owner != os.getpid():  # what was opened belongs to the process that this one was forked from
            self._control = self._process = None
        return self._control

    def _open(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            try:
                self._process = subprocess.Popen(
                    [*self._command, json.dumps({"serve": theirs.fileno()})],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=self._build_environment(),
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
            except OSError as error:
                ours.close()
                raise NoForkServer from error
        ours.settimeout(_TIMEOUT)
        self._control, self._owner = ours, os.getpid()
        return ours

    def _close(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_TIMEOUT)  # it ends its processes first
            self._process.kill()
            self._process.wait()
        self._control = self._process = None


def serve(control: socket.socket, prepare: Callable[[str], None], act: Callable[[str, int], None]) -> None:
    """In the process that forks: begin and end tasks until the portal closes `control`, or asks for nothing for long.

    `prepare` imports what a request needs, or one that is expected; `act` does it, in a new process, and answers on a
    file descriptor.
    """
    running: set[int] = set()
    control.settimeout(IDLE)
    try:
        while True:
            try:
                content, files, _, _ = socket.recv_fds(control, _LONGEST_REQUEST, 1)
            except TimeoutError:
                if not running:
                    return
                continue
            if not content:
                return
            if files:
                prepare(content.decode())
                process = _fork(control, content.decode(), files[0], act)
                running.add(process)
                os.close(files[0])
                control.send(str(process).encode())
            elif (process := json.loads(content).get("end")) is None:
                prepare(content.decode())
            elif process in running:
                running.remove(process)
                _kill(process)
    finally:
        for process in running:
            _kill(process)


def _fork(control: socket.socket, request: str, channel: int, act: Callable[[str, int], None]) -> int:
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        control.close()
        os.setsid()  # so that what a decoder starts can be ended with it
        _end_with_parent()
        act(request, channel)
        status = 0
    finally:
        os._exit(status)


def _end_with_parent() -> None:
    """Ask the system to end this process where the one that forks it is ended (prctl(2), PR_SET_PDEATHSIG)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _kill(process: int) -> None:
    """End a task's process with all that it started. It is not waited for before, so its number is still its own."""
    with suppress(OSError):
        os.killpg(process, signal.SIGKILL)
    with suppress(OSError):
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
