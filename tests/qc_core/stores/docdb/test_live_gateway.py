"""What a real gateway that QC_PORTAL_LIVE_GATEWAY names does with writes to a record that is named; and a rehearsal.

What it does for who reads is asked by `test_contract_reading.py`, as of every store.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from qc_core.health.doctor import write_test
from tests.paths import ROOT
from tests.qc_core.stores.test_contract_reading import HOST, live_gateway

RECORD = os.environ.get("QC_PORTAL_LIVE_RECORD")


@pytest.mark.skipif(HOST is None or RECORD is None, reason="QC_PORTAL_LIVE_RECORD names no record to write to")
def test_the_live_database_does_what_submissions_rest_on() -> None:
    findings = write_test(live_gateway(), str(RECORD), datetime.now(UTC))
    assert [finding.line() for finding in findings if not finding.well] == []


@pytest.mark.skipif(HOST is not None, reason="a gateway is named: this is the rehearsal")
def test_tests_of_a_named_gateway_are_run_without_skips() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fakes.live_gateway"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "7 passed, 1 skipped" in done.stdout  # six of reading, the write test; and not this one again
