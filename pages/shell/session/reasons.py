"""The group of a review for whose status the reader asked the reasons."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from qc_core.quality_control.position import read_json

PART = "reasons"
"""The name of the dialog with the reasons among the parts of the page."""


@dataclass(frozen=True, slots=True)
class WantedReasons:
    """A request for the reasons of a group, by its address; `number` counts the requests of a tab."""

    number: int
    group: str


def get_wanted_reasons(record_id: str) -> WantedReasons | None:
    """What was asked for last on the page of that record, None where nothing was."""
    of, wanted = st.session_state.get("qc-reasons", ("", None))
    return wanted if of == record_id else None


def build_reasons_callback(key: str, record_id: str) -> Callable[[], None]:
    """The callback for the component of ours with this key, which asks by the trigger `why` for a group's reasons."""

    def ask() -> None:
        before = st.session_state.get("qc-reasons", ("", None))[1]
        group = read_json(st.session_state[key].get("why")).group
        wanted = WantedReasons(before.number + 1 if before else 1, group)
        st.session_state["qc-reasons"] = (record_id, wanted)
        st.rerun([PART])

    return ask
