"""What the person in this tab may do now, with the read-only switch of the tab."""

import streamlit as st

from pages.shell.portal import now, person, services
from qc_core.errors import NotAllowed
from qc_core.identity import permissions
from qc_core.identity.permissions import Allowed, Refused
from qc_core.quality_control.annotating.changes import Change, ChangeSet
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.values.locking import can_be_locked
from qc_core.stores.ports import StoredRecord

LOCKED = "The value is locked in this project; status and notes are open."


def may_this_person_annotate() -> Allowed | Refused:
    """Whether the person may annotate any record now."""
    return permissions.may_annotate(
        person(), services().settings, now(), anywhere=True, read_only_chosen=_is_read_only_chosen()
    )


def may_annotate_record(stored: StoredRecord, *, at_write: bool = False) -> Allowed | Refused:
    """Whether the person may annotate this record now; the same is checked again at the write (`at_write`)."""
    allowed = permissions.may_annotate(
        person(fresh=at_write),
        services().settings,
        now(),
        project=stored.asset.project,
        read_only_chosen=_is_read_only_chosen(),
        at_write=at_write,
    )
    return Refused(stored.read_only) if isinstance(allowed, Allowed) and stored.read_only else allowed


def get_refusal(stored: StoredRecord) -> str | None:
    """Why nothing in this record can be annotated now, None if it can."""
    allowed = may_annotate_record(stored)
    return allowed.reason if isinstance(allowed, Refused) else None


def get_value_lock(stored: StoredRecord, metric: Metric, *, fresh: bool = False) -> str | None:
    """Why a metric's value cannot be changed although the metric can be annotated, None if it can.

    It is checked for the page, and with `fresh` again before a submission.
    """
    if not permissions.are_values_locked(services().settings, stored.asset.project) or not can_be_locked(metric):
        return None
    refused = permissions.may_unlock_values(person(fresh=fresh), services().settings, now())
    if refused is None:
        return None if metric.key in _get_unlocked(stored) else LOCKED
    return f"{LOCKED} Only the administrators of this portal can change it."


def may_unlock_value(stored: StoredRecord, metric: Metric) -> bool:
    """Whether the person can unlock a value that is locked now."""
    refused = permissions.may_unlock_values(person(), services().settings, now())
    return refused is None and get_value_lock(stored, metric) is not None


def unlock_value(stored: StoredRecord, metric: Metric) -> None:
    """Unlock a value in this tab, for those who may."""
    if permissions.may_unlock_values(person(), services().settings, now()) is None:
        st.session_state["qc-unlocked"] = _get_unlocked(stored) | {metric.key}
        st.session_state["qc-unlocked-in"] = stored.record_id


def get_locked_change(stored: StoredRecord, changes: ChangeSet) -> NotAllowed | None:
    """The refusal of changes of which one would change a value that is locked, None if none would."""
    for change in changes.changes:
        if isinstance(change, Change) and change.edit.value and get_value_lock(stored, change.metric, fresh=True):
            return NotAllowed(
                f"The value of {change.metric.name} is locked in this project, so nothing was submitted.",
                "Take back the change of its value, or leave it out: its status and notes can be submitted.",
            )
    return None


def _get_unlocked(stored: StoredRecord) -> frozenset[str]:
    unlocked: frozenset[str] = st.session_state.get("qc-unlocked", frozenset())
    return unlocked if st.session_state.get("qc-unlocked-in") == stored.record_id else frozenset()


def draw_read_only_switch() -> None:
    """The switch to read-only and back, for those who may annotate."""
    if isinstance(permissions.may_annotate(person(), services().settings, now(), anywhere=True), Allowed):
        st.session_state.setdefault("qc-read-only", False)
        st.toggle("Read-only", key="qc-read-only")


def _is_read_only_chosen() -> bool:
    return bool(st.session_state.get("qc-read-only", False))
