"""Merge files: an earlier quality_control.json with a new one on top, byte for byte the same where nothing is added."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qc_core.errors import BadRecord
from qc_core.json_document import apply, parse, splice
from qc_core.json_document.patch import with_prefix
from qc_core.json_document.value import same_value
from qc_core.pipeline.merge.appending import plan_append
from qc_core.stores.results import read_document, update_document


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged document: its text, and which metrics of the new one were added, kept, or differ.

    An existing metric is kept as it was.
    """

    text: bytes
    added: tuple[str, ...]
    kept: tuple[str, ...]
    differing: tuple[str, ...]


def merge_files(old: Path, new: Path, *, at: datetime, output: Path | None = None) -> Merged:
    """Append what is new in the document at `new` to the one at `old`; see `appending` for what counts as the same.

    Each is a quality_control.json, a metadata.nd.json, or the folder of one. The result has the form of `old`; it is
    written to `output`, if that is given (it may be `old` or `new`), under the lock that submissions take, and on
    condition that the file is as it was read: else the merge starts again with the new content. `at` is the aware
    time of a stored roll-up.
    Raises BadRecord where a document cannot be read or the two are not of one shape, StoreUnavailable where a file
    cannot be read or written; nothing is written then.
    """
    if output is None:
        return _merge(old, new, at, {})
    merged: list[Merged] = []

    def change(text: bytes | None) -> bytes:
        merged.append(_merge(old, new, at, {} if text is None else {output.resolve(): text}))
        return merged[-1].text

    update_document(output, change)
    return merged[-1]


def _merge(old: Path, new: Path, at: datetime, texts: Mapping[Path, bytes]) -> Merged:
    earlier, later = read_document(old, texts), read_document(new, texts)
    appended = plan_append(earlier.quality_control, later.quality_control, at)
    text, wanted = earlier.raw, parse(earlier.raw, what=str(old))
    for step in appended.steps:
        operations = with_prefix(earlier.prefix, step)
        text, wanted = splice(text, operations), apply(wanted, operations)
    if not same_value(parse(text, what="The merged document"), wanted):
        raise BadRecord("The merged document would not be read as intended; nothing was written.", "Report this.")
    return Merged(text, appended.added, appended.kept, appended.differing)
