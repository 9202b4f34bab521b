"""What the tests of drafts build: documents of three metrics, edits of them, and what becomes of these."""

from datetime import timedelta
from typing import Any

from qc_core.json_document import apply
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.annotating.changes import DraftEntry, Edit
from qc_core.quality_control.annotating.rebase import build_change_set
from qc_core.quality_control.annotating.signing import build_patch
from qc_core.quality_control.document import read
from tests.qc_core.quality_control.documents import NOW, evaluation, v1, v1_metric, v2, v2_metric

LATER = NOW + timedelta(minutes=1)
DROPDOWN = {"value": "", "options": ["Low", "High"], "status": ["Pass", "Fail"], "type": "dropdown"}


def three_in_v2(*more: Any) -> Any:
    return v2(v2_metric("drift"), v2_metric("noise", value=DROPDOWN), v2_metric("yield", value=None), *more)


def three_in_v1() -> Any:
    return v1(evaluation("A", v1_metric("drift"), v1_metric("noise")), evaluation("B", v1_metric("drift")))


def edit_of(raw: Any, position: int = 0, *, value: Any = ..., status: Any = None, note: str = "") -> Any:
    document = read(raw)
    metric, edit = document.metrics[position], None
    if value is not ...:
        edit = editing.with_value(edit, metric, document.generation, value, NOW)
    if status:
        edit = editing.with_status(edit, metric, document.generation, status, NOW)
    if note:
        edit = editing.with_note(edit, metric, document.generation, note, NOW)
    return edit


def as_entry(edit: Edit | DraftEntry | None) -> DraftEntry:
    """An edit as the draft holds it before anything was sent of it."""
    assert edit is not None
    return edit if isinstance(edit, DraftEntry) else DraftEntry(edit)


def judge(raw: Any, edit: Any) -> Any:
    changes = build_change_set(read(raw), {"k": as_entry(edit)}, LATER)
    found = [*changes.changes, *changes.conflicts, *(["landed"] if changes.landed else [])]
    assert len(found) == 1, "every edit has one outcome"
    return found[0]


def send_edit(raw: Any, edit: Any, person: str = "Ada", at: Any = LATER) -> Any:
    """The document after the edit was submitted, and the edit as the draft then holds it."""
    document = read(raw)
    signed = build_patch(raw, document, build_change_set(document, {"k": as_entry(edit)}, at), person, at)
    return apply(raw, signed.patch.operations), signed.entries["k"]
