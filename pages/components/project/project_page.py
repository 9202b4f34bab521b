"""The page of a project: its assets by subject, its metrics by status, how they were decided, and their values."""

from dataclasses import replace

import streamlit as st

from pages.components import status_chart
from pages.components.project import decision_charts, filters, history, metric_values, status_matrix
from pages.shell import browser_components, links, store_notices
from pages.shell.errors import plain
from pages.shell.formatting import count
from pages.shell.portal import services
from qc_core.assets.metrics import ChangeQuery, MetricQuery
from qc_core.assets.project_history import count_by_modality_and_stage
from qc_core.assets.query import AssetQuery
from qc_core.assets.query_text import format_query
from qc_core.stores.listing import AssetPage

MAX_ASSETS = 5000
"""Assets that a page is about at most: the newest ones."""


def draw(asked: AssetQuery) -> None:
    """The page of the project, or projects, that a query names. Raises what the indexes raise."""
    facets = tuple(facet for facet, _, _ in filters.FACETS.values())
    query = AssetQuery(
        projects=asked.projects,
        modalities=asked.modalities,
        instruments=asked.instruments,
        experimenters=asked.experimenters,
        acquired_from=asked.acquired_from,
    )
    found = services().index.query(replace(query, limit=MAX_ASSETS, facets=facets))
    store_notices.draw_stale_listing_notice(found)
    st.title(plain(" and ".join(query.projects)), anchor=False)
    has_filters = query != AssetQuery(projects=query.projects)
    if not found.result.total and not has_filters:
        if not found.reading:
            st.info(
                "No record here belongs to this project. Check the address for a typing error, or go to “Projects” at "
                "the top for all that there are."
            )
    else:
        _draw_links(query, found)
        filters.draw(query, found.result)
        if found.result.total:
            _draw_charts(query, found)
        else:
            st.info("None of the project's assets matches the filters.")
    store_notices.draw_listing_progress(found)


def _draw_links(query: AssetQuery, found: AssetPage) -> None:
    result = found.result
    subjects = {asset.subject_id for asset in result.rows if asset.subject_id}
    facts = [
        count(result.total, "asset"),
        count(len(subjects), "subject"),
        f"{count(result.pending, 'metric')} Pending",
    ]
    st.caption(" · ".join(facts))
    data = []
    if result.pending:
        data.append({"text": "Review what is Pending", "href": links.link_queue(format_query(query))})
    data.append({"text": "In the list of assets", "href": links.link_assets(query)})
    browser_components.links(key="project-links", data={"links": data, "belowEachOther": False})


def _draw_charts(query: AssetQuery, found: AssetPage) -> None:
    shared = found.result.shared_names
    history.draw(found.result.rows, shared)
    if found.result.total > len(found.result.rows):
        st.caption(f"These are the newest {len(found.result.rows):,} of {count(found.result.total, 'asset')}.")
    status_chart.draw_links()
    wanted = MetricQuery(replace(query, limit=MAX_ASSETS), modalities=query.modalities)
    metrics = services().metrics.find_metrics(wanted)
    store_notices.draw_metrics_progress(metrics)
    if not metrics.rows:
        return
    st.markdown("**Metrics by modality, stage and status**")
    status_matrix.draw(count_by_modality_and_stage(metrics.rows), query)
    changes = services().metrics.find_changes(ChangeQuery(wanted))
    decision_charts.draw(changes.changes, len(metrics.rows))
    metric_values.draw(metrics.rows, shared, query)
