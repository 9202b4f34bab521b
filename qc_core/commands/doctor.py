"""`doctor`: is what the portal rests on there, and does the database do what is assumed of it?"""

import argparse
import os
import sys

from qc_core import doctor
from qc_core.errors import BadSetting
from qc_core.services import build
from qc_core.settings import Settings


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("doctor", help="tell whether what the portal rests on is there")
    parser.add_argument("--write-test", metavar="ID", help="try the database's writes on this record, and undo them")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; 0 where all is well, else 1. Raises QcError."""
    services = build(Settings.from_env(os.environ, address="localhost"))
    findings = list(doctor.examine(services))
    if arguments.write_test is not None:
        from qc_core.stores.docdb_gateway import Gateway  # heavy, and only this test needs it

        if services.settings.database is None:
            raise BadSetting("No database is set, so its writes cannot be tried.", "Set API_GATEWAY_HOST.")
        findings += doctor.write_test(Gateway(services.settings.database), arguments.write_test, services.clock())
    sys.stdout.write("".join(f"{finding.line()}\n" for finding in findings))
    return 0 if all(finding.well for finding in findings) else 1
