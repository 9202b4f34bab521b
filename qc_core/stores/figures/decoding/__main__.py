"""The limited process: `python -I __main__.py JSON` runs one task, and answers with one JSON object.

The argument holds `task` (a key of `TASKS`), `limits` (`memory` and `written`, in bytes; `seconds` of CPU) and the
task's own `arguments`. The answer, a line on the standard output, holds what the task gives, or a sentence under
`problem`. With `serve`, a file descriptor, in place of these it is the fork server of `fork_server.py`; that
takes a list of suffixes under `prepare` as well, of files that will be asked for.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

_POLITE = 10
"""Added to the niceness, so that the portal answers first."""
_ZARRS = "qc_core.stores.figures.decoding.zarrs"
_LIBRARIES = {"h5": "h5py", "hdf5": "h5py", "nwb": "h5py", "zarr": _ZARRS, "tif": "tifffile", "tiff": "tifffile"}
"""What a picture of a file with such a suffix needs besides, and what takes long to import."""


def main() -> int:
    """Read what to do from the one argument, write what was done to the standard output."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[4]))  # -I leaves the folder of the project out
    asked = json.loads(sys.argv[1])
    if "serve" in asked:
        import socket

        from qc_core.stores.figures.decoding.fork_server import serve

        serve(socket.socket(fileno=asked["serve"]), _import_for, answer)
    else:
        answer(sys.argv[1], 1)
    return 0


def answer(request: str, channel: int) -> None:
    """Do a task within its limits, and write a line to a file descriptor, which nothing else writes to."""
    asked = json.loads(request)
    out = _keep_apart(channel)
    _limit(asked["limits"])
    from qc_core.stores.figures.decoding import sources
    from qc_core.stores.figures.decoding.undecodable import Undecodable

    sources.connect(out)
    try:
        answered = _task(asked["task"])(**asked["arguments"])
    except Undecodable as error:
        answered = {"problem": str(error)}
    except MemoryError:
        answered = {"problem": "It needs more memory than the portal gives to one file."}
    except RecursionError:
        answered = {"problem": "It is nested too deeply."}
    with os.fdopen(out, "wb") as file:
        file.write(json.dumps(answered).encode() + b"\n")


def _keep_apart(channel: int) -> int:
    """The channel under another number; what libraries print to the standard output goes nowhere."""
    out = os.dup(channel)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nowhere, standard)
    for opened in {channel, nowhere} - {0, 1, 2}:
        os.close(opened)
    return out


def _import_for(request: str) -> None:
    """Import what a task needs, or tasks for the suffixes of `prepare`, so that each process that is forked has it."""
    asked = json.loads(request)
    task = asked.get("task", "png")
    suffixes = asked["prepare"] if "prepare" in asked else [_read_suffix(asked["arguments"].get("source", ""))]
    _task(task)
    for suffix in suffixes:
        if task == "png" and suffix in _LIBRARIES:
            with suppress(ImportError):
                import_module(_LIBRARIES[suffix])


def _read_suffix(source: Any) -> str:
    name = str(source["name"] if isinstance(source, dict) else source)
    return name.rpartition(".")[2].lower()


def _task(name: str) -> Callable[..., dict[str, Any]]:
    """The function of a task; each module is imported only when it is needed, since pictures take 0.2 s."""
    if name == "rows":
        from qc_core.stores.figures.decoding.tables import write_rows

        return write_rows
    if name == "svg":
        from qc_core.stores.figures.decoding.svg import check

        return check
    from qc_core.stores.figures.decoding import pictures

    of_pictures: dict[str, Callable[..., dict[str, Any]]] = {
        "png": pictures.write_png,
        "pair": pictures.write_pair,
        "thumbnail": pictures.write_thumbnail,
    }
    return of_pictures[name]


def _limit(limits: Mapping[str, int]) -> None:
    """A low priority and bounds for the process, where the system has them; those on pixels hold everywhere."""
    with suppress(OSError, AttributeError):
        os.nice(_POLITE)
    with suppress(ImportError):
        import resource

        for kind, most in (
            (resource.RLIMIT_AS, limits["memory"]),
            (resource.RLIMIT_CPU, limits["seconds"]),
            (resource.RLIMIT_FSIZE, limits["written"]),
            (resource.RLIMIT_CORE, 0),
        ):
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    sys.exit(main())
