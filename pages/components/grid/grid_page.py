"""The page of a grid: what is in it, its tiles, and the bar at the bottom, which each verdict draws again."""

import streamlit as st

from pages.components.grid import grid_bar, tiles
from pages.shell import browser_components, store_notices
from pages.shell.errors import plain
from pages.shell.formatting import count
from pages.shell.open_grid import OpenGrid
from qc_core.assets.grid import describe_grid


def draw_start() -> None:
    """What to do where the address names no metrics."""
    st.info(
        "A grid shows one metric of many sessions, or many metrics of one asset, as small pictures to judge at once. "
        "Open one from “Earlier” above a figure in a review, from the queue, or from a metric on a project's page.",
        icon=":material/grid_view:",
    )


def draw(opened: OpenGrid) -> None:
    """The whole page, over a grid that was found."""
    store_notices.draw_stale_listing_notice(opened.page)
    shown = count(len(opened.rows), "metric")
    if opened.found > len(opened.rows):
        shown = f"the last {len(opened.rows):,} of {count(opened.found, 'metric')}"
    with st.container(key="qc-grid-head"):
        st.markdown(f"**{plain(describe_grid(opened.query))}** :small[{shown} in {count(len(opened.names), 'asset')}]")
    if opened.rows:
        browser_components.grid(key="grid", data=tiles.describe_tiles(opened))
    elif not opened.page.reading and opened.page.error is None:
        st.info("No metric matches.", icon=":material/grid_view:")
    store_notices.draw_metrics_progress(opened.page)
    if opened.rows:
        grid_bar.draw(opened)
