"""`demo-reset`: the working copy of the demo back to its first state."""

import argparse
import os
import sys

from qc_core.demo import reset
from qc_core.settings.model import Settings


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("demo-reset", help="put the working copy of the demo back to its first state")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Reset it. Raises QcError."""
    # The demo is reset whichever assets the portal opens, so that a missing folder does not prevent it.
    environment = {name: value for name, value in os.environ.items() if name != "QC_PORTAL_ASSETS"}
    sys.stdout.write(reset(Settings.from_env(environment, address="localhost")) + "\n")
    return 0
