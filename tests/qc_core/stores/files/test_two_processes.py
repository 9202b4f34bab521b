"""Two processes on one file, killed again and again: nothing lost, nothing twice."""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from qc_core.quality_control.document import read
from qc_core.quality_control.rollup import rollup_operations
from qc_core.stores.state.draft_store import FolderDrafts
from tests.paths import ROOT
from tests.qc_core.stores.files.submitter import TASKS
from tests.qc_core.stores.reviewers import StoredInFolder, v2_document, v2_metric

KILLS = 4
NAMES = ("drift", "noise", "yield", "snr", "rate", "depth", "spread")


def _run(folder: Path, name: str) -> int:
    """Run a submitter to its end, killing it some steps after each start; gives how often it was killed."""
    random, killed = Random(f"kill {name}"), 0
    command = [sys.executable, "-m", "tests.qc_core.stores.files.submitter", str(folder), name]
    for life in range(KILLS + 1):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            if life < KILLS:
                for _ in islice(process.stdout, random.randrange(100, 240)):
                    pass
                process.kill()
                killed += 1
            else:
                for _ in process.stdout:
                    pass
        if life == KILLS:
            assert process.returncode == 0
    return killed


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder in memory where there is one: what a killed process wrote stays there just as on a disk."""
    memory = Path("/dev/shm")
    usable = memory.is_dir() and os.access(memory, os.W_OK)
    with tempfile.TemporaryDirectory(dir=memory if usable else None) as name:
        yield Path(name)


def test_two_processes_that_are_killed_lose_nothing_and_write_nothing_twice(folder: Path) -> None:
    # v2, because there every submission writes one and the same roll-up
    stored = StoredInFolder(folder, v2_document(*(v2_metric(name) for name in NAMES)))
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda name: _run(folder, name), ["left", "right"])) == [KILLS, KILLS]

    output = [line.split(" ", 1) for name in ("left", "right") for line in (folder / f"{name}.log").open()]
    outcome = {who.strip(): what for what, who in output}
    assert len(output) == len(outcome) == 2 * TASKS
    assert set(outcome.values()) >= {"landed", "refused"}

    raw = stored.raw()
    parsed = read(raw)
    signed = Counter(entry.evaluator for metric in parsed.metrics for entry in metric.history[1:])
    assert signed == Counter(who for who, what in outcome.items() if what == "landed")
    texts = [parsed.notes or "", *(evaluation.notes or "" for evaluation in parsed.evaluations)]
    noted = Counter(line.rsplit("task ", 1)[1].rstrip(".") for text in texts for line in text.splitlines())
    assert noted == signed
    for metric in parsed.metrics:
        times = [entry.timestamp for entry in metric.history if entry.timestamp]
        assert times == sorted(set(times))
    assert rollup_operations(parsed, datetime.now(UTC)) == ()
    record_id, drafts = stored.store().read_listing().summaries[0].record_id, FolderDrafts(stored.state)
    for who in outcome:
        assert drafts.read(who, record_id) == {}
