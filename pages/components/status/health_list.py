"""The list on `/status`: the state of each thing that the portal depends on, and what its failure means."""

from datetime import datetime

import streamlit as st

from pages.shell.errors import plain
from pages.shell.formatting import format_clock_time
from pages.shell.portal import now, services
from qc_core.health import checks as health
from qc_core.health.checks import Finding, State

_SIGNS = {
    State.WELL: ":green[:material/check_circle: **Works**]",
    State.DOUBT: ":orange[:material/info: **Worth knowing**]",
    State.TROUBLE: ":red[:material/cancel: **Does not work**]",
    State.NOT_USED: ":gray[Not used]",
}
_SLOW = 0.1
"""Seconds from which on it is shown how long a check took."""
_SECONDS_KEPT = 3
"""Seconds: reloading more often does not repeat the checks."""


def draw() -> None:
    """One row for each check, below a summary."""
    st.title("Status of this portal", anchor=False)
    with st.spinner("Checking…"):
        found, at = _run_checks()
    troubled = [one.what for one in found if not one.well]
    if troubled:
        st.error(f"Not working: {plain(', '.join(troubled))}.", icon=":material/warning:")
    else:
        doubts = [one.what for one in found if one.state is State.DOUBT]
        also = f" Worth knowing: {plain(', '.join(doubts))}." if doubts else ""
        st.success(f"Everything works.{also}", icon=":material/check_circle:")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Checked at {format_clock_time(at)}.", width="content")
        st.button("Check again", icon=":material/refresh:", type="tertiary", on_click=_run_checks.clear)
    for number, one in enumerate(found):
        with st.container(border=True, key=f"qc-health-{number}"):
            _row(one)


def _row(one: Finding) -> None:
    took = f" :small[:gray[{one.seconds:.1f} s]]" if one.seconds >= _SLOW else ""
    st.markdown(f"**{plain(one.what)}** · {_SIGNS[one.state]}{took}  \n{plain(one.words)}")
    if one.meaning:
        st.markdown(f"What this means for you: {plain(one.meaning)}")


@st.cache_data(ttl=_SECONDS_KEPT, show_spinner=False)
def _run_checks() -> tuple[list[Finding], datetime]:
    return list(health.examine(services())), now()
