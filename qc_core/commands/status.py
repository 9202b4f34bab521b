"""`status NAME|FILE`: print the status of a record, or of a pipeline's results; the exit code reports it too."""

import argparse
import sys

from qc_core.pipeline.api import status
from qc_core.pipeline.status.report import Selection, parse_moment
from qc_core.pipeline.status.report_text import as_json, as_text


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "status",
        help="print whether a record passes, fails or is pending, now or on a date",
        description="Prints the status of a record or of results on disk, by the rules of its generation of "
        "aind-data-schema. Exit code: 0 Pass, 1 Fail, 3 Pending, 2 if it cannot be determined.",
    )
    parser.add_argument("what", metavar="NAME|FILE", help="a file or folder of results, or else the name of a record")
    parser.add_argument("--date", help="as it stood at this time, or at the end of this day (UTC); else now")
    parser.add_argument("--modality", help="only metrics of the modality with this abbreviation, such as ecephys")
    parser.add_argument("--stage", help="only metrics of this stage, such as “Raw data”")
    parser.add_argument("--tag", help="only metrics with this tag: key:value, or a value; in v1, of the evaluation")
    parser.add_argument("--id", help="the record's _id, where several share the name")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text (usual) or json")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the status, and give its exit code. Raises QcError."""
    found = status(
        arguments.what,
        at=parse_moment(arguments.date) if arguments.date is not None else None,
        selection=Selection(arguments.modality, arguments.stage, arguments.tag),
        record_id=arguments.id,
    )
    sys.stdout.write(as_json(found) if arguments.format == "json" else as_text(found))
    return found.exit_code
