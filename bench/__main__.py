"""`python -m bench [--quick] [--rounds N] [--only NAME]`: measures, and prints one table."""

import argparse
import os
import platform
import tempfile
from pathlib import Path

from bench import figures, records
from bench.browser import chromium
from bench.clicks import clicks
from bench.folders import folders
from bench.grid import grid
from bench.hands import hands
from bench.index import index
from bench.load import load
from bench.measures import MEASURES as PAGES
from bench.measures import Bench
from bench.opening import opening
from bench.profile import profile
from bench.stacks import stacks
from bench.starving import measure_decoding, measure_starving
from bench.viewing import measure_viewing

MEASURES = {
    **PAGES,
    "clicks": clicks,
    "opening": opening,
    "profile": profile,
    "hands": hands,
    "viewing": measure_viewing,
    "load": load,
    "starving": measure_starving,
    "decoding": measure_decoding,
    "folders": folders,
    "index": index,
    "stacks": stacks,
    "grid": grid,
}


def main() -> None:
    """Run the measures that were requested."""
    options = argparse.ArgumentParser(prog="python -m bench", description="How fast the portal is, next to its floor.")
    options.add_argument("--quick", action="store_true", help="fewer repetitions: minutes become one or two")
    options.add_argument("--rounds", type=int, help="how often each thing is done: 12, or 3 with --quick")
    options.add_argument("--only", choices=MEASURES, action="append", help="one measure; may be given several times")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="qc-bench-", ignore_cleanup_errors=True) as made, chromium() as browser:
        folder = Path(made)
        picture = records.figure(folder)
        targets = [records.large(folder / "large", picture), records.small(folder / "small", picture)]
        rounds, loads = (3, 20) if chosen.quick else (12, 300)
        bench = Bench(browser, targets, picture, folder, chosen.rounds or rounds, loads)
        for target in targets:
            print(f"{target.title}: {target.source}")
        print(f"picture: {picture.stat().st_size / 1e3:.0f} kB; Chromium {browser.version}; ", end="")
        print(
            f"Python {platform.python_version()}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n", flush=True
        )
        found = [figure for name in chosen.only or MEASURES for figure in MEASURES[name](bench)]
    print(figures.table(found))


if __name__ == "__main__":
    main()
