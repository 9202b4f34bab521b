"""Commands of the portal: `python -m qc_core --help` lists them."""

import argparse
import os
import sys
from collections.abc import Sequence

from qc_core.commands import (
    check,
    demo_reset,
    doctor,
    export,
    find_id,
    index,
    merge,
    notify,
    push,
    settings_page,
    status,
)
from qc_core.errors import QcError

_COMMANDS = (check, merge, find_id, push, status, export, index, notify, doctor, demo_reset, settings_page)
FAILED = {"check": 2, "status": 2}
"""The exit code of a command that could not do what was asked, where it is not 1."""

_STOPPED = 130
"""What shells say of a program that Ctrl+C ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, else the reason is on the error output."""
    parser = argparse.ArgumentParser(prog="python -m qc_core", description="Commands of the QC portal.")
    commands = parser.add_subparsers(dest="command", required=True)
    for command in _COMMANDS:
        command.add(commands)
    chosen = parser.parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except BrokenPipeError:
        # A reader such as `head` has enough; what is left in the buffer must not be reported as an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return _STOPPED
    except QcError as error:
        sys.stderr.write(f"{error}\n")
        return FAILED.get(chosen.command, 1)


if __name__ == "__main__":
    sys.exit(main())
