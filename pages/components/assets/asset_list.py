"""The list of assets: filters over a table, each row a link to its review."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from pages.shell import address, browser_components, store_notices
from pages.shell.address import ReviewAddress, assets_href
from pages.shell.errors import plain, plain_with_code
from pages.shell.formatting import count, format_status
from pages.shell.portal import person_key, services
from pages.shell.session import widget_state
from qc_core.assets.index import AssetSummary, SortBy
from qc_core.assets.query import AssetQuery
from qc_core.assets.query_text import STATUSES, describe_conditions
from qc_core.errors import StoreUnavailable
from qc_core.quality_control.status import Status
from qc_core.stores.listing import AssetPage, IndexState

ROWS_ON_A_PAGE = 100
_NONE_IN_FOLDER = (
    "There are no assets in this folder: {folder}. An asset is a folder with a quality_control.json or a "
    "metadata.nd.json. Open another with `make run ASSETS=/some/folder`, or set QC_PORTAL_ASSETS to it."
)
_NONE_IN_DATABASE = "There are no records in this database. Check API_GATEWAY_HOST, DATABASE and COLLECTION."
_COLUMNS = [
    ("name", "Name", SortBy.NAME),
    ("subject", "Subject", SortBy.SUBJECT),
    ("project", "Project", SortBy.PROJECT),
    ("modalities", "Modalities", SortBy.MODALITIES),
    ("time", "Acquired", SortBy.ACQUISITION_TIME),
    ("level", "Level", SortBy.DATA_LEVEL),
    ("status", "Status", SortBy.STATUS),
    ("pending", "Pending", SortBy.PENDING),
]


def draw(found: AssetPage, query: AssetQuery) -> None:
    """The whole list: filters, rows, pages, and what was not read."""
    store_notices.draw_stale_listing_notice(found)
    _filters(query)
    result = found.result
    if not result.known:
        if not found.reading and not found.error:
            settings = services().settings
            st.info(
                _NONE_IN_DATABASE if settings.database else _NONE_IN_FOLDER.format(folder=plain(str(settings.assets)))
            )
    elif not result.total:
        st.info(f"None of the {count(result.known, 'asset')} matches the filters.")
    else:
        mine = _changes_of_mine()
        rows = [
            _row(row, result.shared_names) | {"mine": _describe_unsubmitted(mine.get(row.record_id, 0))}
            for row in result.rows
        ]
        browser_components.asset_table(key="assets", data={"columns": _columns(query), "rows": rows})
        _pages(query, result.total)
    store_notices.draw_listing_progress(found)
    _problems(found)


def _filters(query: AssetQuery) -> None:
    widget_state.set_value("assets-text", query.text)
    widget_state.set_value("assets-status", list(query.statuses))
    with st.container(key="qc-filters", horizontal=True, vertical_alignment="center"):
        st.text_input(
            "Filter assets",
            key="assets-text",
            type="search",
            live=True,
            on_change=_filter_changed,
            placeholder="Filter by name, subject, project or modality",
            label_visibility="collapsed",
            width=420,
        )
        st.pills(
            "Status",
            STATUSES,
            key="assets-status",
            selection_mode="multi",
            format_func=lambda status: format_status(Status(status)),
            on_change=_filter_changed,
            label_visibility="collapsed",
        )
        if query.has_conditions:
            st.button("Clear filters", key="clear-filters", type="tertiary", icon=":material/close:", on_click=_clear)
    if conditions := describe_conditions(query):  # of the address; they have no fields
        st.caption(f"Only assets: {plain('; '.join(conditions))}")


def _clear() -> None:
    address.clear_assets_filters()


def _filter_changed() -> None:
    text, statuses = widget_state.get_value("assets-text"), widget_state.get_value("assets-status")
    address.set_assets_filter(str(text or "").strip(), list(statuses or []))


def _columns(query: AssetQuery) -> list[dict[str, str]]:
    columns = []
    for key, title, by in _COLUMNS:
        here = query.sort is by
        # A first click on times shows the newest first, on anything else the start of the alphabet.
        descending = not query.descending if here else by in {SortBy.ACQUISITION_TIME, SortBy.PENDING}
        sorted_as = ("descending" if query.descending else "ascending") if here else ""
        href = assets_href(replace(query, sort=by, descending=descending, page=1))
        columns.append({"key": key, "title": title, "href": href, "sorted": sorted_as})
    return columns


def _row(asset: AssetSummary, shared_names: frozenset[str]) -> dict[str, str]:
    unique = asset.name not in shared_names
    return {
        "name": asset.name,
        "href": ReviewAddress(name=asset.name).href() if unique else ReviewAddress(record_id=asset.record_id).href(),
        "subject": asset.subject_id or "",
        "project": asset.project or "",
        "modalities": ", ".join(asset.modalities),
        "time": f"{asset.acquisition_time:%Y-%m-%d %H:%M}" if asset.acquisition_time else "",
        "level": asset.data_level or "",
        "status": asset.status,
        "pending": f"{asset.pending} of {asset.metrics}" if asset.metrics else "",
        "problem": asset.problem or "",
    }


def _changes_of_mine() -> Mapping[str, int]:
    """The number of the reader's unsubmitted changes by record; empty if they cannot be listed: the review says why."""
    try:
        return services().drafts.count_changes(person_key())
    except StoreUnavailable:
        return {}


def _describe_unsubmitted(number: int) -> str:
    return count(number, "unsubmitted change") if number else ""


def _pages(query: AssetQuery, total: int) -> None:
    words = count(total, "asset")
    pages = -(-total // ROWS_ON_A_PAGE)
    page = min(query.page, pages)
    if pages == 1:
        st.caption(words)
        return
    before, after = (assets_href(replace(query, page=number)) for number in (page - 1, page + 1))
    steps = [
        {"text": "← Previous", "href": before if page > 1 else None},
        {"text": f"Page {page} of {pages}, {words}", "href": None},
        {"text": "Next →", "href": after if page < pages else None},
    ]
    browser_components.links(key="pages", data={"links": steps, "belowEachOther": False})


def _problems(index: IndexState) -> None:
    if index.problems:
        with st.expander(f"{count(len(index.problems), 'file')} not read", icon=":material/warning:"):
            for problem in index.problems:
                st.markdown(f"**{plain(problem.where)}**: {plain_with_code(f'{problem.reason} {problem.hint}')}")
