"""The number of automatic retries since the last success."""

import streamlit as st


def get_retries(what: str) -> int:
    """The number of automatic retries so far."""
    return int(st.session_state.get("qc-tries", {}).get(what, 0))


def set_retries(what: str, number: int) -> None:
    """Store the number of automatic retries; 0 once it works."""
    st.session_state.setdefault("qc-tries", {})[what] = number
