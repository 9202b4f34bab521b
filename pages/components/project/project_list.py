"""The list of projects, each with its number of assets."""

import streamlit as st

from pages.components.link_table import Part, TableColumn, draw_table
from pages.shell import links, store_notices
from pages.shell.formatting import count
from pages.shell.portal import services
from qc_core.assets.query import AssetQuery, Facet

_COLUMNS = (
    TableColumn("Project"),
    TableColumn("Assets", number=True),
    TableColumn("With Pending metrics", number=True),
)


def draw() -> None:
    """All projects, those with the most assets first. Raises what the index raises."""
    st.title("Projects", anchor=False)
    index = services().index
    found = index.query(AssetQuery(limit=1, facets=(Facet.PROJECT,)))
    projects = found.result.facets[Facet.PROJECT]
    waiting = index.query(AssetQuery(pending=True, limit=1, facets=(Facet.PROJECT,))).result.facets[Facet.PROJECT]
    store_notices.draw_stale_listing_notice(found)
    if projects:
        rows = [
            (Part(name, links.link_project(name)), f"{number:,}", _describe_pending(name, waiting.get(name, 0)))
            for name, number in projects.items()
        ]
        draw_table("projects", "Projects", _COLUMNS, rows)
    elif not found.reading:
        st.info("No asset here names a project. A record does so in `data_description.project_name`.")
    if without := found.result.total - sum(projects.values()):
        st.caption(f"{count(without, 'asset')} without a project.")
    store_notices.draw_listing_progress(found)


def _describe_pending(project: str, number: int) -> Part:
    query = AssetQuery(projects=(project,), pending=True)
    return Part(f"{number:,}", links.link_assets(query) if number else "")
