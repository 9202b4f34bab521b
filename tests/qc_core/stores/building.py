"""What the store tests build: documents, assets in folders, and other processes."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from qc_core.stores.docdb.lines import DocDbLines
from qc_core.stores.docdb.store import DocDbStore
from qc_core.stores.index.pace import Pace
from qc_core.stores.index.refresher import Refresher
from qc_core.stores.index.stored import StoredIndex
from tests.paths import ROOT

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
NOBODY = 65534


def document(*statuses: Any, reference: Any = None, notes: Any = None) -> dict[str, Any]:
    """A v2 quality_control with one metric per status."""
    metrics = [
        {
            "object_type": "QC metric",
            "name": f"drift {number}",
            "modality": {"name": "Extracellular electrophysiology", "abbreviation": "ecephys"},
            "stage": "Raw data",
            "value": 0.5,
            "status_history": [{"evaluator": "Ada", "status": status, "timestamp": "2025-01-01T00:00:00Z"}],
            "description": None,
            "reference": reference,
            "tags": {"probe": "A"},
            "evaluated_assets": None,
        }
        for number, status in enumerate(statuses or ["Pending"])
    ]
    return {
        "schema_version": "2.4.2",
        "metrics": metrics,
        "notes": notes,
        "default_grouping": [],
        "allow_tag_failures": [],
        "status": None,
    }


def put(folder: Path, **files: Any) -> Any:
    """Write files of an asset: `put(folder, quality_control={...}, subject="not json")`, `metadata={...}`."""
    folder.mkdir(parents=True, exist_ok=True)
    for stem, content in files.items():
        name = "metadata.nd.json" if stem == "metadata" else f"{stem}.json"
        text = content if isinstance(content, str) else json.dumps(content, indent=3)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(script: Any, *arguments: Any, as_nobody: bool = False) -> Any:
    """Run a script in a process of its own; `as_nobody` takes away root's power over permissions, if this is root."""
    drop = f"import os\nif os.getuid() == 0:\n    os.setgid({NOBODY}); os.setuid({NOBODY})\n" if as_nobody else ""
    imports = (
        "import sys, filelock, signal, resource\nfrom pathlib import Path\nfrom datetime import UTC, datetime\n"
        "from qc_core.errors import *\nfrom qc_core.stores.files.atomic import *\n"
        "from qc_core.stores.folder.store import *\n"
        "from qc_core.stores.state.draft_store import *\n"
        "from qc_core.json_document import Set, Append\nfrom qc_core.json_document.patch import *\n"
    )
    return subprocess.run(
        [sys.executable, "-c", imports + drop + script, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


class NothingIsWrong:
    """Replaces aind-data-schema, which takes a process of its own."""

    def new_errors(self, before: Any, after: Any) -> Any:
        return ()


def docdb_store(client: Any, clock: Any, **more: Any) -> DocDbStore:
    """The store over a database; a page waits for it for a minute."""
    usual = {"pause": lambda _: None, "timeout": 60}
    return DocDbStore(client, clock, NothingIsWrong(), **(usual | more))


def docdb_index(
    client: Any, clock: Any, folder: Path, sweep_every: timedelta = timedelta(0), **more: Any
) -> StoredIndex:
    """The index over a database, refreshed in this process with each query, and by default swept each time."""
    source = DocDbLines(client, clock)
    quick = Pace(pause=lambda _: None)
    return StoredIndex(
        folder / "index.sqlite",
        source,
        clock,
        make_refresher=lambda file: Refresher(file, source, clock, pace=quick, sweep_every=sweep_every),
        **({"every": 0.0, "timeout": 60.0} | more),
    )


def litter(folder: Path) -> Any:
    """Files of unfinished writes."""
    return sorted(path.name for path in folder.iterdir() if path.name.endswith(".writing"))
