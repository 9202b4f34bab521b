"""Find files next to the document that are not read: further documents, and files with nearly its name."""

import re
from pathlib import Path

from qc_core.errors import BadRecord
from qc_core.json_document import parse
from qc_core.stores.listing import ListingProblem

_RIGHT_NAME = "quality_control.json"
_NEARLY = "qualitycontrol"
_OF_JSON = ("", ".json", ".jsn", ".txt")
_MAX_BYTES = 16 * 1024 * 1024
"""Bytes of a file that is searched for metrics."""
_SIGNS = (b'status_history"', b'"quality_control"')
"""What a document with metrics has in any shape: each metric has a status_history, under one of several names."""
_OTHER_CORE_FILES = ("procedures.json", "model.json")
_RENAME = f"Name the file {_RIGHT_NAME}."
_MERGE = f"Put all metrics into one {_RIGHT_NAME}: `python -m qc_core merge` appends one document to another."


def is_nearly_right(name: str) -> bool:
    """Whether a name is meant as quality_control.json and is not: `quality_controlfib`, `QualityControl.json`,
    `quality_control.JSON`. aind-data-schema's `write_standard_file(suffix="fib")` makes the first.
    """
    return name != _RIGHT_NAME and re.sub("[^a-z]", "", name.lower()).startswith(_NEARLY)


def may_be_further(name: str) -> bool:
    """Whether a file of an asset is worth reading to see whether it is a further document."""
    return name.lower().endswith(".json") and name not in _OTHER_CORE_FILES


def holds_metrics(path: Path) -> bool:
    """Whether a JSON file is a quality_control document with metrics, or a record with one. Never raises."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            return False
        raw = path.read_bytes()
        if not any(sign in raw for sign in _SIGNS):
            return False
        top = parse(raw, what="The file")
    except (OSError, BadRecord):
        return False
    documents = (top, top.get("quality_control")) if isinstance(top, dict) else ()
    lists = [one.get(key) for one in documents if isinstance(one, dict) for key in ("metrics", "evaluations")]
    return any(isinstance(found, list) and found for found in lists)


def further_document(where: str, read: str) -> ListingProblem:
    """The problem to report of a document next to the one that is read."""
    return ListingProblem(where, f"It also holds quality control, but is ignored: {read} is read instead.", _MERGE)


def near_miss(path: Path, where: str, read: str | None) -> ListingProblem | None:
    """The problem to report of a file whose name is nearly right, where `read` is read instead, or None.

    Copies of the one that is read, under a longer name, and files of another kind (a figure) are left alone.
    """
    if not is_nearly_right(path.name) or (read and path.name.startswith(_RIGHT_NAME)) or not _is_meant_as_json(path):
        return None
    if read:
        return ListingProblem(where, f"It is ignored: {read} is read instead.", _MERGE)
    return ListingProblem(where, f"It is ignored: quality control is read from a file named {_RIGHT_NAME}.", _RENAME)


def folder_so_named(where: str) -> ListingProblem:
    """The problem to report of a folder where the file should be."""
    return ListingProblem(
        where, f"It is a folder, not the file {_RIGHT_NAME}: no quality control is read in it.", _RENAME
    )


def _is_meant_as_json(path: Path) -> bool:
    """Whether a regular file is meant as JSON, by its suffix or by how it begins."""
    try:
        if not path.is_file():
            return False
        if path.suffix.lower() in _OF_JSON:
            return True
        with path.open("rb") as file:
            return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    except OSError:
        return False
