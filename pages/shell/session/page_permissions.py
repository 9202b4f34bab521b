"""What the person in this tab may do now; the read-only switch is the one part of it that is kept in the tab."""

import streamlit as st

from pages.shell.portal import now, person, services
from qc_core.identity import permissions
from qc_core.identity.permissions import Allowed, Refused
from qc_core.stores.ports import StoredRecord


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


def draw_read_only_switch() -> None:
    """The switch to read-only and back, for those who may annotate."""
    if isinstance(permissions.may_annotate(person(), services().settings, now(), anywhere=True), Allowed):
        st.session_state.setdefault("qc-read-only", False)
        st.toggle("Read-only", key="qc-read-only")


def _is_read_only_chosen() -> bool:
    return bool(st.session_state.get("qc-read-only", False))
