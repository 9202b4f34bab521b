"""Fifty people on a failing database, behind a portal that is killed ten times: does anything get lost?"""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Aim, Figure
from tests.fakes.gateway import run_gateway
from tests.load.soak import Scale, run

FULL = Scale(people=50, submissions=40, assets=10, metrics=200)
QUICK = Scale(people=10, submissions=10, assets=4, metrics=50, kills=3)


def crowd(*, quick: bool) -> Iterator[Figure]:
    """Prints the counts, and gives how many submissions a minute one process takes, and how many went wrong."""
    scale = QUICK if quick else FULL
    with tempfile.TemporaryDirectory(prefix="qc-bench-crowd-") as made, run_gateway(Path(made)) as gateway:
        began = time.monotonic()
        counts = run(Path(made), scale, gateway)
        taken = time.monotonic() - began
    total = scale.people * scale.submissions
    acknowledged = ", ".join(f"{number} {what}" for what, number in sorted(counts.acknowledged.items()))
    lines = [
        f"{scale.people} people × {scale.submissions} submissions, {scale.assets} assets of {scale.metrics} metrics, "
        f"{scale.rate:.0%} of the requests failing, killed {counts.kills} times, {taken:.0f} s",
        f"acknowledged: {acknowledged}; signed entries in the records: {counts.found}",
        f"updates sent: {counts.updates_sent}; requests: {counts.requests}, of which {counts.timed_out} timed out; "
        f"records: {counts.records}",
        *(f"WRONG: {sentence}" for sentence in counts.wrong[:20]),
    ]
    sys.stdout.write("\n".join(lines) + "\n\n")
    title = f"{total:,} submissions"
    yield Figure("submissions a minute", title, [60 * total / taken], "", digits=0)
    yield Figure("lost, doubled or stale", title, [float(len(counts.wrong))], "", aim=Aim(0), digits=0)


if __name__ == "__main__":
    list(crowd(quick="--quick" in sys.argv))
