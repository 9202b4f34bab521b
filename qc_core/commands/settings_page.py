"""`settings-page`: docs/settings.md, made from the code."""

import argparse
import sys

from qc_core.settings.page import settings_page


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("settings-page", help="print docs/settings.md, which is made from the code")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Print the page."""
    sys.stdout.write(settings_page())
    return 0
