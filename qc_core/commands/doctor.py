"""`doctor`: check what the portal depends on, and that the database does what is assumed of it."""

import argparse
import os
import sys
from collections.abc import Iterator

from qc_core.errors import BadSetting
from qc_core.health import checks as health
from qc_core.health import doctor
from qc_core.health.checks import Finding
from qc_core.health.frames import examine_frames
from qc_core.services import build
from qc_core.settings.model import Settings
from qc_core.settings.secrets_file import with_secrets


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("doctor", help="check that what the portal depends on answers")
    parser.add_argument("--write-test", metavar="ID", help="try the database's writes on this record, and undo them")
    parser.add_argument("--frames", action="store_true", help="also ask the sites whose views may be framed")
    parser.add_argument("--address", default="localhost", help="where the portal listens: its --server.address")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print a line for each check as soon as it is made; 0 where nothing is wrong, else 1. Raises QcError."""
    services = build(Settings.from_env(with_secrets(os.environ), address=arguments.address))
    well = _print_checks(health.examine(services))
    if arguments.frames:
        well = _print_checks(examine_frames(services.settings)) and well
    if arguments.write_test is not None:
        from qc_core.stores.docdb.gateway import Gateway  # heavy, and only this test needs it

        if services.settings.database is None:
            raise BadSetting("No database is set, so its writes cannot be tried.", "Set API_GATEWAY_HOST.")
        gateway = Gateway(services.settings.database)
        well = _print_checks(doctor.write_test(gateway, arguments.write_test, services.clock())) and well
    return 0 if well else 1


def _print_checks(findings: Iterator[Finding]) -> bool:
    well = True
    for finding in findings:
        sys.stdout.write(f"{finding.line()}\n")
        sys.stdout.flush()
        well = well and finding.well
    return well
