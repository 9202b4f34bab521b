"""`check RESULTS`: find what will cause trouble for reviewers, before anything is uploaded."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from qc_core.commands.opening import open_portal
from qc_core.pipeline.check.checks import check
from qc_core.pipeline.check.report_text import as_json, as_text


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "check",
        help="report what reviewers will stumble over in a pipeline's results",
        description="Reports what reviewers will stumble over. Exit code: 0 well, 1 warnings with --strict, 2 errors.",
    )
    parser.add_argument("results", type=Path, help="a results folder, a folder of many, or one JSON file")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where there are warnings")
    parser.add_argument("--json", action="store_true", help="as JSON, with every finding")
    parser.add_argument("--open", action="store_true", help="then show it in the portal, read-only, until Ctrl+C")
    parser.add_argument("--port", type=int, help="the port of the portal that --open starts; else 8501 or the next")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check, print the findings, and open the portal if `--open` is given. Raises QcError."""
    report = check(arguments.results, at=datetime.now(UTC))
    sys.stdout.write(as_json(report) if arguments.json else as_text(report))
    sys.stdout.flush()
    if arguments.open:
        folder = arguments.results if arguments.results.is_dir() else arguments.results.parent
        open_portal(folder, arguments.port, report.assets[0].name if len(report.assets) == 1 else None)
    return report.exit_code(strict=arguments.strict)
