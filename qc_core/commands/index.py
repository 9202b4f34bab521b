"""`index`: bring the index of a database's assets up to date, once, or as long as the portal runs that started it."""

import argparse
import os
import sys
from pathlib import Path
from threading import Event

from qc_core.errors import BadSetting
from qc_core.services import refresh_index
from qc_core.settings.model import Settings
from qc_core.settings.secrets_file import with_secrets
from qc_core.stores.index.process import end_with_parent


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "index",
        help="bring the index of the database's assets up to date",
        description="Reads what changed in the document database into the index that the portal lists assets from: all "
        "of it the first time, continued where it was interrupted. A portal does this by itself.",
    )
    parser.add_argument("--follow", action="store_true", help="go on, until the standard input ends")
    parser.add_argument("--file", type=Path, help="the index file; else the one of the settings")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Refresh the index; 0 where that went well, else 1. Raises QcError."""
    settings = Settings.from_env(with_secrets(os.environ), address="localhost")
    if settings.database is None:
        raise BadSetting("No database is set: a folder needs no index.", "Set API_GATEWAY_HOST.")
    if arguments.follow:
        os.nice(10)  # pages come first
        end_with_parent(lambda: os._exit(0))  # whatever it is doing: each page is kept as a whole
    state = refresh_index(settings, arguments.file, Event(), once=not arguments.follow)
    if state.error:
        sys.stderr.write(f"{' '.join(state.error)}\n")
    sys.stdout.write(
        f"The index is complete since {state.all_read_at}.\n" if state.all_read_at else "It is incomplete.\n"
    )
    return 1 if state.error else 0
