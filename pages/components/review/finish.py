"""Once an asset is decided: that it is, and the way to the next asset that needs review."""

from dataclasses import replace
from urllib.parse import parse_qsl

import streamlit as st

from pages.components.review import asset_links
from pages.shell import address, browser_components
from pages.shell.open_review import OpenReview
from qc_core.assets.list_view import parse_view
from qc_core.assets.query import AssetQuery
from qc_core.quality_control.annotating.changes import MetricEdit
from qc_core.quality_control.grouping import Group
from qc_core.quality_control.status import Status


def count_left(state: OpenReview, root: Group) -> int:
    """How many metrics are left to decide: those that are Pending, with what the draft makes of them."""
    left = root.pending
    for edit in state.edits.values():
        if isinstance(edit, MetricEdit) and edit.status is not None:
            left += (edit.status is Status.PENDING) - (edit.seen.status is Status.PENDING)
    return max(0, left)


def draw_next(state: OpenReview, root: Group) -> None:
    """After a submission that leaves nothing here: a link to the next asset that needs review.

    It follows the order of the list that the reader came from.
    """
    if (
        not state.submissions
        or state.edits
        or count_left(state, root)
        or address.read_review_address().queue is not None
    ):
        return
    origin = address.read_review_address().origin
    query = AssetQuery()
    if origin is not None and origin.page == "assets":
        query = parse_view(parse_qsl(origin.query, keep_blank_values=True)).query
    href = asset_links.find_next(state.stored, replace(query, pending=True), origin)
    if href is not None:
        link = {"href": href, "text": "Next asset that needs review →"}
        browser_components.links(key="next-asset", data={"links": [link], "belowEachOther": False}, width="content")
    else:
        st.markdown("No other asset needs review.", width="content")
