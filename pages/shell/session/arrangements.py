"""How the metrics of the open review are arranged: changed from the page, and kept for each person and project."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

import streamlit as st

from pages.shell import address
from pages.shell.open_review import OpenReview
from pages.shell.portal import now, person_key, services
from qc_core.errors import QcError
from qc_core.quality_control.arrangement import (
    Arrangement,
    format_arrangement,
    list_keys,
    parse_arrangement,
    select_metrics,
)
from qc_core.quality_control.figure_pages import metric_address
from qc_core.quality_control.navigation import build_navigator
from qc_core.quality_control.position import Position

PART = "arrange"
"""The name of the menu among the parts of the page, and the key of its popover."""
_NAME = "groupings"
MAX_PROJECTS = 200
"""Projects of which a person's arrangement is kept; the oldest ones are dropped."""


def rearrange(review: OpenReview, arrangement: Arrangement) -> None:
    """In a callback: show the metrics so, with the metric that is open still open; the arrangement is kept.

    The page is drawn again.
    """
    document = review.stored.document
    navigator = build_navigator(document, services().figures.locations(review.stored), arrangement, now())
    open_one = next((index for index in review.shown if index in navigator.root.metrics), None)
    metric = metric_address(document, navigator.root, open_one) if open_one is not None else ""
    if arrangement != review.address.arrangement:
        _keep(review.stored.asset.project or "", arrangement)
        st.session_state["qc-filtered"] = review.record_id if arrangement.conditions else ""
    there = address.read_review_address()
    address.open_review(replace(there, arrangement=arrangement, position=Position("", metric)))
    st.rerun()


def use_kept_arrangement(review: OpenReview) -> None:
    """When a record is opened by an address that states no group and no arrangement: arrange it as the reader did last.

    Then the page is drawn again, with that in its address. Keys and conditions that no metric of the record has are
    left out.
    """
    there, record_id = review.address, review.record_id
    if st.session_state.get("qc-arranged") == record_id:
        _forget_left_filters(review)
        return
    st.session_state["qc-arranged"], st.session_state["qc-filtered"] = record_id, ""
    is_stated = there.position.group or there.open_path or there.queue is not None or there.arrangement != Arrangement()
    kept = {} if is_stated else _read()
    arrangement = parse_arrangement(kept.get(review.stored.asset.project or "", {}))
    document = review.stored.document
    levels = _pick_known(arrangement.levels, list_keys(document))
    wanted = arrangement.conditions if there.position == Position() else ()  # a link to a metric shows that
    conditions = tuple(one for one in wanted if select_metrics(document, [one], now()))
    if levels or conditions:
        st.session_state["qc-filtered"] = record_id if conditions else ""
        address.open_review(replace(there, arrangement=Arrangement(levels, conditions)))
        st.rerun()


def _forget_left_filters(review: OpenReview) -> None:
    """The reader followed the link to all metrics: the next record is not opened with the filters."""
    there = review.address
    if st.session_state.get("qc-filtered") == review.record_id and not there.arrangement.conditions:
        st.session_state["qc-filtered"] = ""
        _keep(review.stored.asset.project or "", there.arrangement)


def _pick_known(levels: tuple[tuple[str, ...], ...], keys: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    known = set(keys)
    return tuple(level for level in levels if not known.isdisjoint(level))


def _read() -> dict[str, dict[str, str]]:
    """By project the parameters of a URL for the arrangement that was kept; a text is a grouping alone."""
    with suppress(QcError):  # then the grouping of the record holds
        kept = services().personal.read(person_key(), _NAME)
        return {str(key): _read_one(value) for key, value in kept.items()} if isinstance(kept, dict) else {}
    return {}


def _read_one(value: object) -> dict[str, str]:
    if isinstance(value, dict):
        return {str(key): str(one) for key, one in value.items()}
    return {"by": str(value)}


def _keep(project: str, arrangement: Arrangement) -> None:
    if not person_key():
        return
    kept = _read()
    kept.pop(project, None)
    parameters = format_arrangement(arrangement)
    newest = [*kept.items(), *([(project, parameters)] if parameters else [])][-MAX_PROJECTS:]
    with suppress(QcError):  # nothing that anyone works on depends on it
        services().personal.write(person_key(), _NAME, dict(newest))
