"""What is left to decide in an asset, and the link to the next asset that needs review."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qsl

import streamlit as st

from pages.components.review import asset_links, group_tree
from pages.shell import address, browser_components
from pages.shell.open_review import OpenReview
from qc_core.assets.list_view import parse_view
from qc_core.assets.query import AssetQuery
from qc_core.quality_control.annotating.draft_counts import count_draft
from qc_core.quality_control.rollup import count_document


def count_left(state: OpenReview, at: datetime) -> int:
    """How many of all metrics are left to decide: those that are Pending, with what the draft makes of them.

    Those that the address leaves out are counted, too.
    """
    document, navigator = state.stored.document, state.get_navigator(at)
    left = count_document(document, at).pending if navigator.hidden else navigator.root.pending
    drafted = count_draft(document, navigator.root, group_tree.get_drafted(state), at).get("")
    return left + drafted.counts.pending if drafted else left


def draw_next(state: OpenReview, at: datetime) -> None:
    """After a submission that leaves nothing to decide: draw a link to the next asset that needs review.

    It follows the order of the list that the reader came from.
    """
    if not state.submissions or state.edits or count_left(state, at) or address.read_review_address().queue is not None:
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
