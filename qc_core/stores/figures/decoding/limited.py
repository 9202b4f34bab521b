"""Run the limited process for one file, and kill it with all its children when its time is up."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from qc_core.stores.figures.decoding.undecodable import Undecodable

_SCRIPT = Path(__file__).with_name("__main__.py")
_KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")


class OutOfBounds(Undecodable):
    """The process was ended: it took too long, or the system stopped it. Another try may end otherwise."""


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """What one process may take: seconds, bytes of memory (its whole address space), bytes of each written file."""

    seconds: float = 40
    memory: int = 1536 * 1024**2
    written: int = 512 * 1024**2


def run(task: str, arguments: Mapping[str, Any], limits: ProcessLimits) -> dict[str, Any]:
    """What a task of `__main__` answers. Raises Undecodable, and OutOfBounds where the process was ended."""
    request = {
        "task": task,
        "arguments": dict(arguments),
        "limits": {"memory": limits.memory, "seconds": ceil(limits.seconds) + 1, "written": limits.written},
    }
    # It reads bytes that anybody may have written, so it knows no secret of the environment's.
    known = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-I", str(_SCRIPT), json.dumps(request)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=known | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        start_new_session=True,  # so that what a decoder starts can be ended with it
    )
    try:
        answered, _ = process.communicate(timeout=limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise OutOfBounds(f"Converting it took longer than {limits.seconds:g} s.") from error
    finally:
        _end(process)
    try:
        answer = dict(json.loads(answered))
    except ValueError as error:  # killed by the system, or out of memory where Python could not say so
        raise OutOfBounds("It needs more memory than the portal gives to one file, or is damaged.") from error
    if "problem" in answer:
        raise Undecodable(str(answer["problem"]))
    return answer


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kill the whole group, also where its first process has ended, and close the pipe."""
    with suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    if process.stdout:
        process.stdout.close()
    process.wait()
