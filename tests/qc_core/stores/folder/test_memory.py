"""What is remembered of a folder between starts, as it lies among the portal's objects."""

import functools
import json
import operator
from pathlib import Path
from typing import Any

import pytest

from qc_core.stores.folder.memory import FolderMemory
from qc_core.stores.state.objects import FolderObjects
from tests.qc_core.stores.folder.test_index import store


def test_the_memory_is_plain_json_of_this_root(root: Path, memory: FolderObjects, tmp_path: Path) -> None:
    store(root, memory=memory).read_listing()
    (file,) = (tmp_path / "state" / "folders").iterdir()
    output = json.loads(file.read_text())
    assert [asset["name"] for asset in output["assets"]] == [f"mouse-{number}" for number in range(5)]
    assert FolderMemory(memory, root.parent).read() is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("name", []), ("name", 5), ("id", 5), ("id", {}), ("where", None), ("line.until", "2025-06-01")),
        *(("files", [["quality_control.json", "1", 2, 3]]), ("files", [["a", 1, 2]]), ("line.settled", "yes")),
        *(("line.summary.pending", "3"), ("line.summary.modalities", "fib"), ("line.summary.status", None)),
        *(("line.summary.acquisition_time", 5), ("line.summary.name", ["a"]), ("line.broken", [["a", 1, ""]])),
    ],
)
def test_a_memory_with_a_value_of_another_type_is_left_aside(
    root: Path, memory: FolderObjects, key: str, value: Any
) -> None:
    store(root, memory=memory).read_listing()
    [kept] = (root.parent / "state" / "folders").iterdir()
    remembered = json.loads(kept.read_text("utf-8"))
    *path, last = key.split(".")
    functools.reduce(operator.getitem, path, remembered["assets"][0])[last] = value
    kept.write_text(json.dumps(remembered), "utf-8")
    others = FolderMemory(memory, root).read()
    assert others is not None and len(others.assets) == 4, "no memory of this asset, and of the others as before"
    assert len(store(root, memory=memory).read_listing().summaries) == 5
