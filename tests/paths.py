"""Folders that tests read."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
"""Records and cases that are not part of the project; a test that reads them skips with a reason without them."""
RECORDS = SHARED / "records"
CASES = SHARED / "cases"
