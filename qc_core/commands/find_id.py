"""`find-id NAME`: the id of a record, which is not the one that Code Ocean shows."""

import argparse
import sys

from qc_core.pipeline.api import find_id


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "find-id",
        help="print the _id of the record of a name",
        description="Prints the _id of the record of that name, and nothing else. Where several share the name, or "
        "none has it, the error output states it, and the exit code is 1. API_GATEWAY_HOST names the database.",
    )
    parser.add_argument("name", help="the name of the asset, to the letter")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the id. Raises QcError."""
    sys.stdout.write(find_id(arguments.name) + "\n")
    return 0
