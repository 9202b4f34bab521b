"""The list of assets: filters over a table, each row a link to its review."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from pages.components.assets import filters, list_tools
from pages.shell import browser_components, store_notices
from pages.shell.address import ReviewAddress, assets_href
from pages.shell.errors import plain, plain_with_code
from pages.shell.formatting import count
from pages.shell.portal import person_key, services
from qc_core.assets.index import AssetSummary, SortBy
from qc_core.assets.list_view import COLUMNS, AssetListView, describe_cells, format_view
from qc_core.assets.sequence import Origin
from qc_core.errors import StoreUnavailable
from qc_core.stores.listing import AssetPage, IndexState

ROWS_ON_A_PAGE = 50
_NONE_IN_FOLDER = (
    "There are no assets in this folder: {folder}. An asset is a folder with a quality_control.json or a "
    "metadata.nd.json. Open another with `make run ASSETS=/some/folder`, or set QC_PORTAL_ASSETS to it."
)
_NONE_IN_DATABASE = "There are no records in this database. Check API_GATEWAY_HOST, DATABASE and COLLECTION."
_LARGEST_FIRST = {SortBy.ACQUISITION_TIME, SortBy.CHANGED_AT, SortBy.PENDING}
"""Columns whose first click puts the newest, or the most, on top; of the others the start of the alphabet."""


def draw(found: AssetPage, view: AssetListView) -> None:
    """The whole list: filters, rows, pages, and what was not read."""
    store_notices.draw_stale_listing_notice(found)
    result = found.result
    filters.draw(view, result)
    filters.draw_conditions(view)
    if not result.known:
        if not found.reading and not found.error:
            settings = services().settings
            st.info(
                _NONE_IN_DATABASE if settings.database else _NONE_IN_FOLDER.format(folder=plain(str(settings.assets)))
            )
    else:
        list_tools.draw(view, result)
        if result.total:
            _draw_rows(found, view)
            _draw_pages(view, result.total)
        else:
            st.info(f"None of the {count(result.known, 'asset')} matches the filters.")
    store_notices.draw_listing_progress(found)
    _draw_problems(found)


def _draw_rows(found: AssetPage, view: AssetListView) -> None:
    mine, origin = _count_unsubmitted(), Origin("assets", urlencode(format_view(view)))
    rows = [
        _build_row(row, view, origin, found.result.shared_names)
        | {"mine": _describe_unsubmitted(mine.get(row.record_id, 0))}
        for row in found.result.rows
    ]
    browser_components.asset_table(key="assets", data={"columns": _build_columns(view), "rows": rows})


def _build_columns(view: AssetListView) -> list[dict[str, str]]:
    columns = []
    for column in COLUMNS:
        if column.key not in view.columns:
            continue
        shown = {"key": column.key, "title": column.title, "href": "", "sorted": ""}
        if column.sort is not None:
            shown |= _build_sorting(view, column.sort)
        columns.append(shown)
    return columns


def _build_sorting(view: AssetListView, by: SortBy) -> dict[str, str]:
    query = view.query
    here = query.sort is by
    descending = not query.descending if here else by in _LARGEST_FIRST
    href = assets_href(replace(view, query=replace(query, sort=by, descending=descending, page=1)))
    return {"href": href, "sorted": ("descending" if query.descending else "ascending") if here else ""}


def _build_row(
    asset: AssetSummary, view: AssetListView, origin: Origin, shared_names: frozenset[str]
) -> dict[str, str]:
    shared = asset.name in shared_names
    there = ReviewAddress(record_id=asset.record_id if shared else "", name="" if shared else asset.name, origin=origin)
    cells = describe_cells(asset)
    return {key: cells[key] for key in view.columns} | {
        "name": asset.name,
        "href": there.href(),
        "problem": asset.problem or "",
    }


def _count_unsubmitted() -> Mapping[str, int]:
    """The number of the reader's unsubmitted changes by record; empty if they cannot be listed: the review gives the
    reason."""
    try:
        return services().drafts.count_changes(person_key())
    except StoreUnavailable:
        return {}


def _describe_unsubmitted(number: int) -> str:
    return count(number, "unsubmitted change") if number else ""


def _draw_pages(view: AssetListView, total: int) -> None:
    pages = -(-total // ROWS_ON_A_PAGE)
    page = min(view.query.page, pages)
    if pages == 1:
        st.caption(count(total, "asset"))
        return
    first = (page - 1) * ROWS_ON_A_PAGE + 1
    last = min(total, first + ROWS_ON_A_PAGE - 1)
    steps = [
        {"text": "← Previous", "href": _page_href(view, page - 1) if page > 1 else None},
        {"text": f"{first:,}–{last:,} of {total:,}", "href": None},
        {"text": "Next →", "href": _page_href(view, page + 1) if page < pages else None},
    ]
    browser_components.links(key="pages", data={"links": steps, "belowEachOther": False})


def _page_href(view: AssetListView, page: int) -> str:
    return assets_href(replace(view, query=replace(view.query, page=page)))


def _draw_problems(index: IndexState) -> None:
    if index.problems:
        with st.expander(f"{count(len(index.problems), 'file')} not read", icon=":material/warning:"):
            for problem in index.problems:
                st.markdown(f"**{plain(problem.where)}**: {plain_with_code(f'{problem.reason} {problem.hint}')}")
