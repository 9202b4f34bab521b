"""Next to a review: how far the queue is, the way to the next metric, and finished assets to submit."""

from collections.abc import Callable
from itertools import groupby
from urllib.parse import parse_qsl

import streamlit as st

from pages.components.figure import figure_view
from pages.components.queue import submit_all
from pages.shell import address, browser_components, links
from pages.shell.errors import boundary, plain
from pages.shell.formatting import count
from pages.shell.open_queue import OpenQueue
from pages.shell.portal import services
from pages.shell.session import queues, reviews
from qc_core.assets.metrics import MetricRow
from qc_core.assets.queue import item_id
from qc_core.errors import QcError
from qc_core.stores.ports import StoredRecord

MAX_LISTED = 100
"""Metrics of a queue in the list next to a review at most: those about the current one."""


def is_open() -> bool:
    """Whether a queue is worked off next to the open review."""
    return address.read_review_address().queue is not None


def draw(stored: StoredRecord) -> None:
    """The queue's part of the bar at the bottom; nothing where the review is open by itself."""
    there = address.read_review_address()
    if there.queue is None:
        return
    with boundary("the queue"):
        opened = queues.open_queue_of(there.queue)
        opened.open_item(stored.record_id, there.position.metric)
        opened.use_draft(stored.record_id, reviews.get_review(stored.record_id).edits)
        _draw(opened, stored)


def _draw(opened: OpenQueue, stored: StoredRecord) -> None:
    queue = opened.queue
    following = queue.next_row()
    with st.container(key="qc-queue-bar", horizontal=True, vertical_alignment="center", gap="small", width="content"):
        with st.popover(_describe(opened), icon=":material/checklist:", type="tertiary"):
            _list(opened)
        here = (opened.text, stored.record_id)
        _button("Previous", queues.go_to_previous, here, disabled=queue.previous_row() is None)
        _button("Skip", queues.skip_current, here, disabled=queue.current_row is None or not following)
        _button("Next", queues.go_to_next, here, disabled=following is None)
        submit_all.draw_offer(opened, stored.record_id)
        browser_components.prefetch(key="queue-ahead", data={"addresses": _list_ahead(following)}, height=1)


def _describe(opened: OpenQueue) -> str:
    queue = opened.queue
    if not queue.left:
        return f"All {queue.total:,} decided" if queue.total else "Nothing left in this queue"
    skipped = f", {len(queue.left_skipped):,} skipped" if queue.left_skipped else ""
    elsewhere = f" · {queue.elsewhere:,} decided by others" if queue.elsewhere else ""
    return f"Queue: {len(queue.left):,} of {queue.total:,} left{skipped}{elsewhere}"


def _button(label: str, step: Callable[[str, str], None], here: tuple[str, str], *, disabled: bool) -> None:
    icons = {"Previous": ":material/chevron_left:", "Next": ":material/chevron_right:", "Skip": ":material/redo:"}
    key = f"queue-{label.lower()}"
    st.button(label, key=key, icon=icons[label], on_click=step, args=here, disabled=disabled, type="tertiary")


def _list(opened: OpenQueue) -> None:
    """The metrics from shortly before the current one, each a link, with what became of it."""
    queue = opened.queue
    whole = {"text": "The whole queue, with filters", "href": links.link_queue(parse_qsl(opened.text))}
    browser_components.links(key="queue-whole", data={"links": [whole], "belowEachOther": False})
    first = max(0, min(queue.start - 10, len(queue.rows) - MAX_LISTED))
    rows = queue.rows[first : first + MAX_LISTED]
    for record_id, of_asset in groupby(rows, key=lambda row: row.asset.record_id):
        listed = list(of_asset)
        st.caption(plain(listed[0].asset.name))
        metrics = [{"href": opened.address_of(row).href(), "text": _name(opened, row)} for row in listed]
        key = f"queue-list-{record_id}"
        browser_components.links(key=key, data={"links": metrics, "belowEachOther": True})
    if len(rows) < len(queue.rows):
        st.caption(f"{first + 1:,} to {first + len(rows):,} of {count(len(queue.rows), 'metric')}")


def _name(opened: OpenQueue, row: MetricRow) -> str:
    queue, item = opened.queue, item_id(row)
    state = queue.decided.get(item) or ("skipped" if item in queue.skipped else "")
    here = "▸ " if item == queue.current else ""
    return f"{here}{row.name}{f', {state}' if state else ''}"


def _list_ahead(row: MetricRow | None) -> list[str]:
    """The addresses of the next metric's pictures."""
    if row is None or not row.reference:
        return []
    try:
        stored = services().records.get_recent(row.asset.record_id)
        locations = services().figures.locations(stored)
    except QcError:  # the step to it reports that
        return []
    return figure_view.list_pictures(figure_view.as_named(row.reference, stored.record_id, locations))
