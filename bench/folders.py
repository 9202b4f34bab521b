"""Folders of many assets, and folders where each file operation takes its time, as on a network share.

Each is measured in a process of its own (`python -m bench.folders FOLDER STATE MILLISECONDS`), since the delays are put
into that process's file operations.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.measures import Bench
from qc_core.json_document import Append
from qc_core.json_document.patch import Patch

SIZES = {"20,000 assets": (20_000, 0), "1,000 assets, 5 ms an operation": (1_000, 5)}
_STATUS = {"evaluator": "Pipeline", "status": "Pending", "timestamp": "2025-01-01T00:00:00Z"}
_METRIC = {"name": "drift", "value": 1, "stage": "Raw data", "reference": None, "tags": {}, "status_history": [_STATUS]}


def folders(bench: Bench) -> Iterator[Figure]:
    """How long a page waits for a folder, after the first start and after the next one."""
    for title, (number, milliseconds) in SIZES.items():
        with tempfile.TemporaryDirectory(dir=bench.folder) as made:
            root, state = Path(made) / "assets", Path(made) / "state"
            for asset in range(number):
                folder = root / f"group-{asset // 100}" / f"mouse-{asset}"
                folder.mkdir(parents=True)
                (folder / "quality_control.json").write_text(json.dumps({"metrics": [_METRIC]}))
                (folder / "subject.json").write_text('{"subject_id": "1"}')
            for start in ("first start", "next start"):
                for name, seconds in _measure(root, state, milliseconds).items():
                    yield Figure(name, f"{title}, {start}", [seconds])


def _measure(root: Path, state: Path, milliseconds: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.folders", str(root), str(state), str(milliseconds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _delay(seconds: float) -> None:
    """Let each stat, open and listing of a folder take that much longer in this process."""
    if not seconds:
        return
    stat = os.stat

    def slow(*args: Any, **kwargs: Any) -> os.stat_result:
        time.sleep(seconds)
        return stat(*args, **kwargs)

    os.stat = slow  # in a process made for that
    sys.addaudithook(lambda event, _: time.sleep(seconds) if event in ("open", "os.scandir", "os.listdir") else None)


def _time_call(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _open(store: Any, name: str) -> Any:
    """Open a review by name, again and again while the folder is read for the first time, as the page does."""
    from qc_core.errors import StoreSlow

    while True:
        try:
            return store.get_fresh(store.find_ids(name)[0])
        except StoreSlow:
            continue


def _add_unknown(store: Any) -> None:
    from qc_core.errors import QcError

    for number in range(3):
        try:
            store.get_fresh(f"unknown-{number}")
        except QcError:
            continue


def _all_of_it(store: Any) -> None:
    while store.read_listing().reading:
        continue


def main(root: Path, state: Path, milliseconds: float) -> None:
    """Print the seconds as one line of JSON."""
    from qc_core.services import WALK_TIMEOUT
    from qc_core.stores.folder.store import FolderStore
    from qc_core.stores.state.objects import FolderObjects

    _delay(milliseconds / 1000)
    store = FolderStore(root, lambda: datetime.now(UTC), timeout=WALK_TIMEOUT, memory=FolderObjects(state))
    began = time.perf_counter()
    found = {"the list is on screen": _time_call(store.read_listing)}
    _all_of_it(store)
    found["all of it is"] = time.perf_counter() - began
    found["a review opens"] = _time_call(lambda: _open(store, "mouse-7"))
    record_id = store.find_ids("mouse-7")[0]
    entry = {"evaluator": "Ada", "status": "Pass", "timestamp": datetime.now(UTC).isoformat()}
    patch = Patch((), (Append(("metrics", 0, "status_history"), entry),))
    found["a submission"] = _time_call(lambda: store.submit(record_id, patch))
    found["the list again"] = _time_call(store.read_listing)
    found["three unknown ids"] = _time_call(lambda: _add_unknown(store))
    again = FolderStore(root, lambda: datetime.now(UTC), timeout=WALK_TIMEOUT, memory=FolderObjects(state))
    found["a review opens right after a start"] = _time_call(lambda: _open(again, "mouse-8"))
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
