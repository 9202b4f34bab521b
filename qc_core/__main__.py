"""Commands of the portal: `python -m qc_core demo-reset`, `python -m qc_core doctor`."""

import argparse
import os
import sys
from collections.abc import Sequence

from qc_core import doctor
from qc_core.demo import reset
from qc_core.errors import BadSetting, QcError
from qc_core.services import build
from qc_core.settings import Settings
from qc_core.stores.docdb_gateway import Gateway


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 when not (the reason is on the error output)."""
    parser = argparse.ArgumentParser(prog="python -m qc_core", description="Commands of the QC portal.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo-reset", help="put the working copy of the demo back to its first state")
    examine = commands.add_parser("doctor", help="tell whether what the portal rests on is there")
    examine.add_argument("--write-test", metavar="ID", help="try the database's writes on this record, and undo them")
    asked = parser.parse_args(arguments)
    if asked.command == "doctor":
        return _doctor(asked.write_test)
    # The demo is reset whichever assets the portal opens, so that a folder which is gone does not stand in the way.
    environment = {name: value for name, value in os.environ.items() if name != "QC_PORTAL_ASSETS"}
    try:
        sys.stdout.write(reset(Settings.from_env(environment, address="localhost")) + "\n")
    except QcError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _doctor(write_test_on: str | None) -> int:
    try:
        services = build(Settings.from_env(os.environ, address="localhost"))
        findings = list(doctor.examine(services))
        if write_test_on is not None:
            if services.settings.database is None:
                raise BadSetting("No database is set, so its writes cannot be tried.", "Set API_GATEWAY_HOST.")
            findings += doctor.write_test(Gateway(services.settings.database), write_test_on, services.clock())
    except QcError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("".join(f"{finding.line()}\n" for finding in findings))
    return 0 if all(finding.well for finding in findings) else 1


if __name__ == "__main__":
    sys.exit(main())
