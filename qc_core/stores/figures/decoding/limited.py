"""Run the limited process for one file, and kill it with all its children when its time is up."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from qc_core.stores.figures.decoding.fork_server import CAN_FORK, ForkServer, NoForkServer
from qc_core.stores.figures.decoding.undecodable import Undecodable
from qc_core.stores.parts import HostedParts

_SCRIPT = Path(__file__).with_name("__main__.py")
_KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
_LONGEST_LINE = 4_000_000
MOST_PARTS = 200_000_000
"""Bytes that are read of a file in a hosted store for one picture."""
_ASKS = b"read "
"""How a line begins by which the process asks for a part: then `["read" or "list", key, start, length]`."""
_PIECE = 65536


class OutOfBounds(Undecodable):
    """The process was ended: it took too long, or the system stopped it. Another try may end otherwise."""


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """What one process may take: seconds, bytes of memory (its whole address space), bytes of each written file."""

    seconds: float = 40
    memory: int = 1536 * 1024**2
    written: int = 512 * 1024**2


def run(
    task: str, arguments: Mapping[str, Any], limits: ProcessLimits, parts: HostedParts | None = None
) -> dict[str, Any]:
    """What a task of `__main__` answers. Raises Undecodable, and OutOfBounds where the process was ended."""
    request = {
        "task": task,
        "arguments": dict(arguments),
        "limits": {"memory": limits.memory, "seconds": ceil(limits.seconds) + 1, "written": limits.written},
    }
    with _start(json.dumps(request)) as channel:
        until, given = time.monotonic() + limits.seconds, 0
        received = bytearray()
        while True:
            line = _read_line(channel, received, until, limits.seconds)
            if parts is None or not line.startswith(_ASKS):
                break
            given += _give_part(channel, parts, line)
            if given > MOST_PARTS:
                raise Undecodable(f"More than {MOST_PARTS // 1_000_000} MB of it would have to be read.")
    try:
        answer = dict(json.loads(line))
    except ValueError as error:  # killed by the system, or out of memory where Python could not say so
        raise OutOfBounds("It needs more memory than the portal gives to one file, or is damaged.") from error
    if "problem" in answer:
        raise Undecodable(str(answer["problem"]))
    return answer


def prepare(suffixes: Sequence[str]) -> None:
    """Have what decodes files with these suffixes imported ahead, where processes are forked; nothing is waited for."""
    if CAN_FORK:
        with suppress(NoForkServer):
            _fork_server.prepare(json.dumps({"prepare": list(suffixes)}))


@contextmanager
def _start(request: str) -> Iterator[socket.socket]:
    """The channel to a process of its own for one request, which is ended with all that it started."""
    ours, theirs = socket.socketpair()
    with ours:
        try:
            end = _fork(request, theirs) or _start_program(request, theirs)
        finally:
            theirs.close()
        try:
            yield ours
        finally:
            end()


def _fork(request: str, channel: socket.socket) -> Callable[[], None] | None:
    """Have the fork server begin it; None where there is none, then a program of its own is started."""
    if not CAN_FORK:
        return None
    try:
        return _fork_server.start(request, channel)
    except NoForkServer:
        return None


def _start_program(request: str, channel: socket.socket) -> Callable[[], None]:
    process = subprocess.Popen(
        [sys.executable, "-I", str(_SCRIPT), request],
        stdin=channel.fileno(),
        stdout=channel.fileno(),
        stderr=subprocess.DEVNULL,
        env=_build_environment(),
        start_new_session=True,  # so that what a decoder starts can be ended with it
    )

    def end() -> None:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)  # also where its first process has ended
        process.wait()

    return end


def _build_environment() -> dict[str, str]:
    """It reads bytes that anybody may have written, so it knows no secret of the environment's."""
    known = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return known | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _read_line(channel: socket.socket, received: bytearray, until: float, seconds: float) -> bytes:
    """What comes before the end of a line, or the end of the process; the rest stays in `received`.

    Raises OutOfBounds after `until`, which is `seconds` after the start.
    """
    while b"\n" not in received and len(received) < _LONGEST_LINE:
        channel.settimeout(max(0.001, until - time.monotonic()))
        try:
            piece = channel.recv(_PIECE)
        except TimeoutError as error:
            raise OutOfBounds(f"Converting it took longer than {seconds:g} s.") from error
        except OSError:
            break
        if not piece:
            break
        received += piece
    line, _, rest = bytes(received).partition(b"\n")
    received[:] = rest
    return line


def _give_part(channel: socket.socket, parts: HostedParts, line: bytes) -> int:
    """Answer a request for a part, or for names, and count the bytes. Raises what reading it raises, and OutOfBounds.

    The answer is the length in eight bytes, -1 where there is nothing, and the bytes.
    """
    try:
        what, key, start, length = json.loads(line.removeprefix(_ASKS))
        if not (isinstance(key, str) and isinstance(start, int) and isinstance(length, int)):
            raise TypeError
    except (ValueError, TypeError) as error:
        raise OutOfBounds("It is damaged.") from error
    if what == "list":
        part: bytes | None = json.dumps(parts.list_names(key)).encode()
    else:
        part = parts.read(key, start, min(length, MOST_PARTS))
    try:
        channel.sendall((-1 if part is None else len(part)).to_bytes(8, "big", signed=True) + (part or b""))
    except OSError as error:
        raise OutOfBounds("It needs more memory than the portal gives to one file, or is damaged.") from error
    return len(part or b"") + _PIECE // 64  # each request costs, also where there is nothing


_fork_server = ForkServer([sys.executable, "-I", str(_SCRIPT)], _build_environment)
