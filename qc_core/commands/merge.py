"""`merge OLD NEW`: earlier evaluations or metrics kept, new ones added."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from qc_core.pipeline.api import Merged, merge_files


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "merge",
        help="append new metrics to an earlier quality_control.json",
        description="Appends what is new in NEW to OLD, and keeps all of OLD as it is. "
        "A metric that is in both stays as it was in OLD: it may have been annotated.",
    )
    parser.add_argument("old", type=Path, help="the earlier quality_control.json, or its folder")
    parser.add_argument("new", type=Path, help="the new one, or its folder; of the same generation")
    parser.add_argument("--output", type=Path, help="where to write the result; without it, it is printed")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Merge, write the result, and report on the error output what was done. Raises QcError."""
    merged = merge_files(arguments.old, arguments.new, at=datetime.now(UTC), output=arguments.output)
    if arguments.output is None:
        sys.stdout.buffer.write(merged.text)
        sys.stdout.flush()
    sys.stderr.write(_summary(merged))
    return 0


def _summary(merged: Merged) -> str:
    lines = [f"{_count(len(merged.added))} added; {len(merged.kept) + len(merged.differing)} were there, and are kept."]
    lines += [f"  kept as it was, though the new value or reference differs: {path}" for path in merged.differing]
    return "\n".join(lines) + "\n"


def _count(number: int) -> str:
    return "1 metric" if number == 1 else f"{number} metrics"
