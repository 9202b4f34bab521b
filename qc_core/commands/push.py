"""`push NAME FILE…`: figures to Kachery, and metrics straight to a record of the database."""

import argparse
import sys
from pathlib import Path

from qc_core.errors import NotAllowed
from qc_core.pipeline.api import plan_push, push
from qc_core.pipeline.push.plan import as_text


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "push",
        help="add metrics to a record of the database, and store their figures in Kachery",
        description="Adds what is new in each FILE to the record of that name, and stores the local figures of those "
        "metrics in Kachery. Shows first what it will do, and asks. A repeat adds nothing twice. API_GATEWAY_HOST and "
        "DOCDB_VERSION say which database. Exit code: 0 when all of it is in the record, 1 when not, 2 for wrong "
        "arguments.",
    )
    parser.add_argument("name", help="the name of the asset, to the letter")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a quality_control.json, or its folder")
    parser.add_argument("--id", help="the record's _id, where several share the name")
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--yes", action="store_true", help="go on without asking")
    asked.add_argument("--dry-run", action="store_true", help="show what would be done, and stop")
    parser.add_argument(
        "--keep-missing",
        action="store_true",
        help="keep relative references that lead to no file here: the figures lie in the asset itself",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Show the plan, ask, execute it. Raises QcError."""
    plan = plan_push(arguments.name, arguments.files, record_id=arguments.id, keep_missing=arguments.keep_missing)
    _print(as_text(plan).rstrip())
    if plan.is_empty or arguments.dry_run:
        return 0
    if not arguments.yes and not _confirm():
        _print("Nothing was stored or sent.")
        return 1
    push(plan, report=_print)
    return 0


def _confirm() -> bool:
    """Whether the person at the terminal agrees. Raises NotAllowed where nobody is there to be asked."""
    if not sys.stdin.isatty():
        raise NotAllowed("There is no terminal to confirm on, so nothing was stored or sent.", "Pass --yes.")
    sys.stdout.write("Do this? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
