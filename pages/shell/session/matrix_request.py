"""Whether the panel with the status matrix was just opened: the matrix is built for that drawing only."""

import streamlit as st

_KEY = "qc-matrix-wanted"


def request_matrix() -> None:
    """In the callback of the panel's opening."""
    st.session_state[_KEY] = True


def take_matrix_request() -> bool:
    """Whether the matrix is wanted for this drawing; for the next one it is not."""
    return bool(st.session_state.pop(_KEY, False))
