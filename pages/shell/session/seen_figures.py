"""Which metrics' figures this tab has had on screen, by record: to pass others at once has to be confirmed."""

from collections.abc import Iterable

import streamlit as st

RECORDS_KEPT = 20
"""Records of which this is remembered; the oldest is forgotten first."""


def note_seen(record_id: str, metrics: Iterable[int]) -> None:
    """The figure of these metrics is on screen."""
    seen = _get_seen_figures()
    known = seen.pop(record_id, frozenset())
    for old in list(seen)[: max(0, len(seen) + 1 - RECORDS_KEPT)]:
        del seen[old]
    seen[record_id] = known.union(metrics)


def get_seen(record_id: str) -> frozenset[int]:
    """The indexes, among the record's metrics, of those whose figure was on screen."""
    return _get_seen_figures().get(record_id, frozenset())


def request_confirmation(record_id: str, metrics: tuple[int, ...] | None) -> None:
    """In a callback: these metrics are to be listed before they are passed; None once that is decided."""
    st.session_state["qc-rest"] = (record_id, metrics)


def get_requested(record_id: str) -> tuple[int, ...] | None:
    """The metrics of that record that are to be listed, None for none."""
    of, metrics = st.session_state.get("qc-rest", ("", None))
    return metrics if of == record_id else None


def _get_seen_figures() -> dict[str, frozenset[int]]:
    seen: dict[str, frozenset[int]] = st.session_state.setdefault("qc-seen-figures", {})
    return seen
