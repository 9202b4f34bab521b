"""The bar below a grid: verdicts on the current tile, the rest, undo, and the way to submit."""

import streamlit as st

from pages.components.queue import submit_all
from pages.shell import browser_components
from pages.shell.errors import plain
from pages.shell.open_grid import OpenGrid
from pages.shell.session import grids, page_permissions, widget_state
from qc_core.assets.grid import name_tile
from qc_core.identity.permissions import Refused


def draw(opened: OpenGrid) -> None:
    """The bar, as a fragment that each verdict draws again."""
    with st.bottom:
        st.fragment(_bar, key="bar")(opened)


def _bar(opened: OpenGrid) -> None:
    allowed = page_permissions.may_this_person_annotate()
    refusal = allowed.reason if isinstance(allowed, Refused) else ""
    with st.container(key="qc-grid-bar", horizontal=True, vertical_alignment="center"):
        browser_components.grid_bar(
            key="grid-bar",
            data={
                "stored": {name_tile(row): row.status for row in opened.rows},
                "drafted": opened.drafted,
                "reasons": {name: list(reasons) for name, reasons in opened.reasons.items()},
                "changes": sum(opened.changes[one] for one in opened.changed_records),
                "refused": opened.refused,
                "refusal": refusal,
                "canUndo": bool(opened.journal.done),
                "canRedo": bool(opened.journal.undone),
                "steps": grids.get_confirmed(),
            },
            width="stretch",
            on_steps_change=lambda: grids.apply_steps(opened.text, widget_state.get_trigger("grid-bar", "steps")),
        )
        if refusal:
            st.markdown(f"**Read-only.** {plain(refusal)}", width="content")
        else:
            submit_all.draw_button(opened)
    if opened.unsaved:
        st.warning(
            f"Not all of your changes are saved: {plain(opened.unsaved)} Keep this page open: they are saved with your "
            "next change, and before you submit.",
            icon=":material/cloud_off:",
        )
