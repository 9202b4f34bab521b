"""Rebuild the demo: `python -m demo.build [TARGET]`, by default into `demo/assets`.

The same bytes come out each time: everything is drawn from seeded random numbers, and nothing reads the clock.
Each asset is made in a process of its own, in a temporary folder; a finished one replaces what stood there before.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from demo import (
    asset_awkward,
    asset_behavior,
    asset_ecephys,
    asset_fiber,
    asset_gallery,
    asset_ophys,
    asset_spim,
    asset_values,
    canvas,
)

HERE = Path(__file__).parent / "assets"

ASSETS: dict[str, Callable[[Path], None]] = {
    asset_ecephys.SORTED: asset_ecephys.make_sorted,
    asset_ophys.NAME: asset_ophys.make,
    asset_spim.NAME: asset_spim.make,
    asset_behavior.PROCESSED: asset_behavior.make_processed,
    asset_ecephys.RAW: asset_ecephys.make_raw,
    f"learning-mfish/{asset_ecephys.LATER}": asset_ecephys.make_later,
    asset_fiber.NAME: asset_fiber.make,
    asset_behavior.RAW: asset_behavior.make_raw,
    asset_awkward.NAME: asset_awkward.make,
    asset_values.NAME: asset_values.make,
    asset_values.EARLIER: asset_values.make_earlier,
    asset_gallery.NAME: asset_gallery.make,
}


def make(name: str, target: Path) -> str:
    """Make one asset below the target, instead of an older one of the same name."""
    canvas.prepare()
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / "asset"
        ASSETS[name](fresh)
        shutil.rmtree(target / name, ignore_errors=True)
        shutil.copytree(fresh, target / name)
    return name


def build(target: Path) -> None:
    """Make every asset; what else lies in the target is left alone."""
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        for done in [pool.submit(make, name, target) for name in ASSETS]:
            print(done.result())


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
