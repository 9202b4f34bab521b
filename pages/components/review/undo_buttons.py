"""Undo and redo of the whole draft: the texts of the buttons, and the steps that the browser requests."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from pages.components.cards import reasons
from pages.shell import address
from pages.shell.errors import plain
from pages.shell.formatting import count
from pages.shell.key_registry import KEYS
from pages.shell.open_review import OpenReview
from pages.shell.portal import now
from pages.shell.session import navigation, reviews, widget_state
from qc_core.json_document.value import same_value
from qc_core.quality_control.annotating.changes import DraftEntry, Edit, MetricEdit, NotesEdit, Tombstone
from qc_core.quality_control.figure_pages import metric_address
from qc_core.quality_control.grouping import group_text, leaf_with
from qc_core.quality_control.position import Position

STEPS = "steps"
"""The trigger by which the browser asks for undo and redo, and the name under which its steps are confirmed."""
WENT_TO = "went-to"
"""The name under which the metric is kept that the last step led to."""
MAX_STEPS = 500
"""Steps of undo and redo that a browser may ask for at once."""

Changed = Mapping[str, tuple[DraftEntry | None, DraftEntry]]


def draw(state: OpenReview) -> None:
    """Draw the two buttons: undo names its next step on the button, redo in its tooltip."""
    undoing, redoing = state.draft.preview_undo(), state.draft.preview_redo()
    for command, icon, changed in (("undo", ":material/undo:", undoing), ("redo", ":material/redo:", redoing)):
        words = describe(changed, redo=command == "redo")
        label = KEYS[command].label
        st.button(
            f"{label}: {plain(words)}" if words and command == "undo" else label,
            key=f"{command}-last",
            disabled=not changed,
            on_click=_step,
            args=(state.record_id, [Step(command)]),
            icon=icon,
            help=f"{label}{f': {plain(words)}' if words else ''} ({KEYS[command].text})",
        )


def describe(changed: Changed, *, redo: bool = False) -> str:
    """What a step changes, such as "Drift, probe A: Pass", or "29 changes"; "" for nothing."""
    if len(changed) > 1:
        return count(len(changed), "change")
    return next((_describe_one(*(pair[::-1] if redo else pair)) for pair in changed.values()), "")


def _describe_one(one: DraftEntry | None, other_one: DraftEntry | None) -> str:
    had, has = _edit(one), _edit(other_one)
    edit = had or has
    if isinstance(edit, NotesEdit):
        return f"notes of {edit.anchor}" if edit.anchor else "notes of the record"
    if not isinstance(edit, MetricEdit):
        return ""
    other = has if edit is had else had
    parts = _list_parts(edit, other if isinstance(other, MetricEdit) else None)
    tags = [tag.replace(":", " ", 1) for tag in edit.fingerprint.group]
    return f"{', '.join((edit.fingerprint.name, *tags))}: {', '.join(parts) or 'change'}"


def _list_parts(edit: MetricEdit, other: MetricEdit | None) -> list[str]:
    """What one state of an edit has that the other has not: the status, and "value", "version", "note" in words."""
    parts = []
    status, was = edit.status or edit.seen.status, (other.status if other else None) or edit.seen.status
    if status != was:
        parts.append(str(status or "no status"))
    mine, theirs = (one.value.value if one and one.value else edit.seen.value for one in (edit, other))
    if not same_value(mine, theirs):
        parts.append("value")
    if edit.version != (other.version if other else None):
        parts.append("version")
    if edit.note != (other.note if other else ""):
        parts.append("note")
    return parts


def _edit(entry: DraftEntry | None) -> Edit | None:
    return None if entry is None or isinstance(entry.edit, Tombstone) else entry.edit


@dataclass(frozen=True, slots=True)
class Step:
    """What a browser asks for: "undo", "redo", or a "reason" by its number for the metric with a draft's key."""

    command: str
    key: str = ""
    reason: int = 0


def read_steps(sent: object, sitting: str, confirmed: int) -> tuple[str, int, list[Step]]:
    """The steps that a browser requests and that were not made yet: its sitting, the last number, the steps.

    It sends all that it has no answer for, `{"sitting": "8", "steps": [[1, "undo"], [2, "redo"]]}`, so that none is
    made twice and none is lost. What is none of that is left out.
    """
    if (
        not isinstance(sent, dict)
        or not isinstance(sent.get("sitting"), str)
        or not isinstance(sent.get("steps"), list)
    ):
        return sitting, confirmed, []
    last = confirmed if sent["sitting"] == sitting else 0
    steps = []
    for step in sent["steps"][:MAX_STEPS]:
        match step:
            case [int(number), "undo" | "redo" as command] if number > last:
                last = number
                steps.append(Step(command))
            case [int(number), "reason", str(key), int(reason)] if number > last:
                last = number
                steps.append(Step("reason", key, reason))
    return sent["sitting"], last, steps


def get_confirmed() -> tuple[str, int]:
    """The sitting of the browser whose steps were made last, and the number of the last one."""
    sitting, number = widget_state.get_confirmed(STEPS) or ("", 0)
    return str(sitting), int(number)


def get_went_to() -> tuple[int, str]:
    """How many steps led to a metric so far, and the key of the last one."""
    number, key = widget_state.get_confirmed(WENT_TO) or (0, "")
    return int(number), str(key)


def apply_steps(record_id: str, sent: object) -> None:
    """In a callback: make the steps that the browser asks for."""
    sitting, number, steps = read_steps(sent, *get_confirmed())
    widget_state.set_confirmed(STEPS, (sitting, number))
    _step(record_id, steps)


def _step(record_id: str, steps: list[Step]) -> None:
    """Undo and redo, and go to what was changed last."""
    state = reviews.get_review(record_id)
    parts: dict[str, None] = {}
    last: Changed = {}
    for step in steps:
        if step.command == "reason":
            part = reasons.toggle(record_id, step.key, step.reason)
            parts.update({part: None} if part else {})
            continue
        command = step.command
        changed = reviews.undo_last(record_id, redo=command == "redo")
        last = changed or last
        if changed:
            words = describe(changed, redo=command == "redo")
            state.stated = f"{'Undone' if command == 'undo' else 'Redone'}: {words}"
        for key, (before, after) in changed.items():
            if isinstance(_edit(before) or _edit(after), NotesEdit):
                parts[f"notes-{state.part_of(key)}"] = None
            elif state.number_of(key) in state.shown:
                parts[f"card-{state.part_of(key)}"] = None
    number = next((number for number in map(state.number_of, last) if number is not None), None)
    if number is not None:
        widget_state.set_confirmed(WENT_TO, (get_went_to()[0] + 1, state.stored.document.metrics[number].key))
        if number not in state.shown:
            leaf = leaf_with(state.get_navigator(now()).root, number)
            address.open_position(Position(group_text(leaf), metric_address(state.stored.document, leaf, number)))
            st.rerun(["panes", "bar"])
    navigation.redraw(record_id, *parts)
