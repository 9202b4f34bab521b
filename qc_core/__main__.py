"""Commands of the portal: `python -m qc_core demo-reset`."""

import argparse
import os
import sys
from collections.abc import Sequence

from qc_core.demo import reset
from qc_core.errors import QcError
from qc_core.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 when not (the reason is on the error output)."""
    parser = argparse.ArgumentParser(prog="python -m qc_core", description="Commands of the QC portal.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo-reset", help="put the working copy of the demo back to its first state")
    parser.parse_args(arguments)
    # The demo is reset whichever assets the portal opens, so that a folder which is gone does not stand in the way.
    environment = {name: value for name, value in os.environ.items() if name != "QC_PORTAL_ASSETS"}
    try:
        sys.stdout.write(reset(Settings.from_env(environment, address="localhost")) + "\n")
    except QcError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
