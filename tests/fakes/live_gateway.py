"""The tests for a real gateway, over one of the tests' own: `python -m tests.fakes.live_gateway` [more for pytest].

It starts a gateway with two records, names it in QC_PORTAL_LIVE_GATEWAY, and runs what a real one is tried with.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fakes import assets
from tests.fakes.gateway import run_gateway
from tests.paths import ROOT

TESTS = ("tests/qc_core/stores/test_contract_reading.py", "tests/qc_core/stores/docdb/test_live_gateway.py")


def main() -> int:
    """Pytest's own exit code."""
    with tempfile.TemporaryDirectory(prefix="qc-live-") as folder, run_gateway(Path(folder)) as gateway:
        for number, name in enumerate((assets.FORAGING, assets.RAW_EPHYS)):
            gateway.put(assets.as_record(assets.DEMO / name, f"record-{number}"))
        live = {"QC_PORTAL_LIVE_GATEWAY": gateway.host, "QC_PORTAL_LIVE_RECORD": "record-1"}
        command = [sys.executable, "-m", "pytest", "-k", "live", "-v", "-p", "no:cacheprovider", *TESTS, *sys.argv[1:]]
        return subprocess.run(command, cwd=ROOT, env=os.environ | gateway.environment | live, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
