"""`export`: the metrics of many records as one table, with their history."""

import argparse
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

from qc_core.errors import BadSetting, StoreUnavailable
from qc_core.pipeline.api import AssetQuery, ExportCounts, Format, Shape, export
from qc_core.pipeline.check.findings import shorten
from qc_core.pipeline.status.report import parse_moment
from qc_core.stores.files.atomic import why

_UNREAD = 20
_NO_MATCH = (
    "No record matches. Names, --project and --subject are compared to the letter; --text finds words, and --all takes "
    "all. The records are those of the folder QC_PORTAL_ASSETS, or of the database of API_GATEWAY_HOST."
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "export",
        help="write the metrics of many records as CSV, Parquet or JSON",
        description="Writes the metrics of the records that match, from the folder or database of the settings. All "
        "that is given must match. Exit code: 0 when all of it was written, 1 when a record that may match could not "
        "be read (the rest is written), or nothing could be written, 2 for wrong arguments.",
    )
    parser.add_argument("names", metavar="NAME", nargs="*", help="whole names of assets")
    parser.add_argument("--text", default="", help="words that occur in name, subject, project or modality")
    parser.add_argument("--subject", help="the subject's id")
    parser.add_argument("--project", help="the project's name, to the letter")
    parser.add_argument("--all", action="store_true", help="all records; needed where nothing else is given")
    parser.add_argument("--format", choices=list(Format), help="else what the output's name ends with; else csv")
    parser.add_argument(
        "--rows", choices=list(Shape), default=Shape.METRICS, help="a row for each metric, or each entry"
    )
    parser.add_argument("--date", help="statuses as they stood at this time, or at the end of this day (UTC); else now")
    parser.add_argument("--output", type=Path, help="the file to write; else it is printed (Parquet is not)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the table, and report on the error output what was written. Raises QcError."""
    query = AssetQuery(
        names=tuple(arguments.names),
        text=arguments.text,
        subjects=() if arguments.subject is None else (arguments.subject,),
        projects=() if arguments.project is None else (arguments.project,),
    )
    if not query.has_conditions and not arguments.all:
        raise BadSetting("No records are named.", "Name some, or give --text, --subject, --project or --all.")
    if arguments.all and query.has_conditions:
        raise BadSetting("--all cannot go with names or filters.", "Leave out one or the other.")
    done = _write(arguments, query)
    sys.stderr.write(_summary(done))
    return 1 if done.unread else 0


def _write(arguments: argparse.Namespace, query: AssetQuery) -> ExportCounts:
    form, output = _form(arguments.format, arguments.output), arguments.output
    write = partial(
        export,
        query,
        form=form,
        shape=Shape(arguments.rows),
        at=parse_moment(arguments.date) if arguments.date is not None else None,
    )
    if output is None:
        if form is Format.PARQUET:
            raise BadSetting("Parquet is not for a terminal.", "Name a file with --output.")
        done = write(sys.stdout.buffer)
        sys.stdout.flush()
        return done
    temporary = output.with_name(f".{output.name}.writing")
    try:
        with temporary.open("wb") as file:
            done = write(file, mark=form is Format.CSV)
        temporary.replace(output)
    except OSError as error:
        raise StoreUnavailable(
            f"{output} could not be written, because {why(error)}.", "Nothing was changed."
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink()
    return done


def _form(chosen: str | None, output: Path | None) -> Format:
    if chosen is not None:
        return Format(chosen)
    ending = output.suffix.removeprefix(".").lower() if output else Format.CSV
    if ending not in set(Format):
        raise BadSetting(f"{output} does not say what kind of file it is to be.", "Say it with --format.")
    return Format(ending)


def _summary(done: ExportCounts) -> str:
    rows, records = ("1 row" if done.rows == 1 else f"{done.rows} rows"), done.records
    lines = [f"{rows} of {'1 record' if records == 1 else f'{records} records'}."]
    if not done.records:
        lines.append(_NO_MATCH)
    lines += [f"  not read: {shorten(one.where, 200)}: {shorten(one.reason, 300)}" for one in done.unread[:_UNREAD]]
    if len(done.unread) > _UNREAD:
        lines.append(f"  … and {len(done.unread) - _UNREAD} more.")
    return "\n".join(lines) + "\n"
