"""The reader's choices for views of other sites: the curation of a view, and the version to send to it."""

import secrets
from dataclasses import dataclass

import streamlit as st

DRAFT = 0
"""The number of the draft of the next version."""


@dataclass(frozen=True, slots=True)
class RequestedVersion:
    """A version that is to be sent into the view of its metric; `nonce` is another one for each request."""

    number: int
    nonce: str


def choose_metric(record_id: str, figure: str, metric: str) -> None:
    """Choose of which metric (its key) a figure's view is, where several share it."""
    st.session_state.setdefault("qc-frame-metrics", {})[(record_id, figure)] = metric


def get_chosen_metric(record_id: str, figure: str) -> str | None:
    """The key of the metric that was chosen for a figure's view, None if none was."""
    chosen: str | None = st.session_state.get("qc-frame-metrics", {}).get((record_id, figure))
    return chosen


def request_version(record_id: str, metric: str, number: int) -> None:
    """Ask for a version, `DRAFT` or one of its numbers, to be sent into the view of a metric."""
    requests = st.session_state.setdefault("qc-frame-versions", {})
    requests[(record_id, metric)] = RequestedVersion(number, secrets.token_hex(8))


def get_requested_version(record_id: str, metric: str) -> RequestedVersion | None:
    """The version that was last asked for, None if none was."""
    requested: RequestedVersion | None = st.session_state.get("qc-frame-versions", {}).get((record_id, metric))
    return requested


def set_drawn_metric(metric: str | None) -> None:
    """Store of which metric (its key) the view on screen is; None if there is no such view."""
    st.session_state["qc-frame-drawn"] = metric


def get_drawn_metric() -> str | None:
    """Of which metric the view on screen is, None if there is none."""
    drawn: str | None = st.session_state.get("qc-frame-drawn")
    return drawn


def set_notice(text: str) -> None:
    """Store a sentence on what a view sent, for the next drawing: a callback of a part of the page may draw nothing."""
    st.session_state["qc-frame-notice"] = text


def pop_notice() -> str | None:
    """The sentence that was stored, once; None if there is none."""
    notice: str | None = st.session_state.pop("qc-frame-notice", None)
    return notice
