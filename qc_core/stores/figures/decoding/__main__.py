"""The limited process: `python -I __main__.py JSON` runs one task, and answers with one JSON object.

The argument holds `task` (a key of `TASKS`), `limits` (`memory` and `written`, in bytes; `seconds` of CPU) and the
task's own `arguments`. The answer holds what the task gives, or a sentence under `problem`.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_POLITE = 10
"""Added to the niceness, so that the portal answers first."""


def main() -> int:
    """Read what to do from the one argument, write what was done to the standard output."""
    asked = json.loads(sys.argv[1])
    _limit(asked["limits"])
    sys.path.insert(0, str(Path(__file__).resolve().parents[4]))  # -I leaves the folder of the project out
    from qc_core.stores.figures.decoding.undecodable import Undecodable

    try:
        answer = _task(asked["task"])(**asked["arguments"])
    except Undecodable as error:
        answer = {"problem": str(error)}
    except MemoryError:
        answer = {"problem": "It needs more memory than the portal gives to one file."}
    except RecursionError:
        answer = {"problem": "It is nested too deeply."}
    sys.stdout.write(json.dumps(answer))
    return 0


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
