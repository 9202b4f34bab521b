"""One page of the list of assets as plain values: for the page, and for its rows while the reader types."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from pages.shell.address import ReviewAddress, assets_href
from pages.shell.formatting import count
from pages.shell.portal import services
from qc_core.assets.index import AssetSummary, SortBy
from qc_core.assets.list_view import COLUMNS, AssetListView, describe_cells, format_view
from qc_core.assets.query import QueryResult
from qc_core.assets.sequence import Origin
from qc_core.errors import StoreUnavailable

ROWS_ON_A_PAGE = 50
_MARKS_MAX_AGE = 20.0
"""Seconds for which the marks of unsubmitted changes hold while one types; with what this portal writes they follow."""
_LARGEST_FIRST = {SortBy.ACQUISITION_TIME, SortBy.CHANGED_AT, SortBy.PENDING}
"""Columns whose first click puts the newest, or the most, on top; of the others the start of the alphabet."""


def build_list(result: QueryResult, view: AssetListView, owner: str, *, while_typing: bool = False) -> dict[str, Any]:
    """What the browser draws: columns, rows, links to other pages, and what the whole result amounts to.

    `owner` is whose unsubmitted changes are marked. `search` is the view as an address states it, `text` what is
    searched: with both the browser asks for the rows of another text. `while_typing` lists no drafts at each letter.
    """
    return {
        "search": urlencode(format_view(view)),
        "text": view.query.text,
        "columns": _build_columns(view),
        "rows": _build_rows(result, view, _count_unsubmitted(owner, _MARKS_MAX_AGE if while_typing else 0)),
        "pages": _build_pages(view, result.total),
        "message": "" if result.total else f"None of the {count(result.known, 'asset')} matches the filters.",
        "pending": describe_pending(result),
    }


def describe_pending(result: QueryResult) -> str:
    """How many metrics are Pending over the whole result: "64 metrics are Pending in 11 assets"."""
    if not result.pending:
        return "No metric is Pending" if result.total else ""
    metrics, verb = count(result.pending, "metric"), "is" if result.pending == 1 else "are"
    return f"{metrics} {verb} Pending in {count(result.pending_assets, 'asset')}"


def _build_rows(result: QueryResult, view: AssetListView, mine: Mapping[str, int]) -> list[dict[str, str]]:
    origin = Origin("assets", urlencode(format_view(view)))
    return [
        _build_row(row, view, origin, result.shared_names) | {"mine": _describe_unsubmitted(mine.get(row.record_id, 0))}
        for row in result.rows
    ]


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


def _count_unsubmitted(owner: str, max_age: float) -> Mapping[str, int]:
    """The number of the reader's unsubmitted changes by record; empty if they cannot be listed: the review gives the
    reason."""
    try:
        return services().drafts.count_changes(owner, max_age)
    except StoreUnavailable:
        return {}


def _describe_unsubmitted(number: int) -> str:
    return count(number, "unsubmitted change") if number else ""


def _build_pages(view: AssetListView, total: int) -> list[dict[str, str | None]]:
    """The way to the pages before and after, with what is on this one between them."""
    pages = -(-total // ROWS_ON_A_PAGE)
    page = min(view.query.page, pages)
    if pages <= 1:
        return [{"text": count(total, "asset"), "href": None}] if total else []
    first = (page - 1) * ROWS_ON_A_PAGE + 1
    last = min(total, first + ROWS_ON_A_PAGE - 1)
    return [
        {"text": "← Previous", "href": _page_href(view, page - 1) if page > 1 else None},
        {"text": f"{first:,}–{last:,} of {total:,}", "href": None},
        {"text": "Next →", "href": _page_href(view, page + 1) if page < pages else None},
    ]


def _page_href(view: AssetListView, page: int) -> str:
    return assets_href(replace(view, query=replace(view.query, page=page)))
