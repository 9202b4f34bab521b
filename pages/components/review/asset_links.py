"""Links from a review to related assets, and to the previous and next asset of the list that the reader came from.

What the index knows of these is kept for a minute: no rerun of a review asks it again.
"""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from pages.shell import browser_components
from pages.shell.address import ReviewAddress
from pages.shell.portal import now, services
from qc_core.assets.index import AssetSummary
from qc_core.assets.list_view import format_view, parse_view
from qc_core.assets.query import AssetQuery, QueryResult
from qc_core.assets.related import RelatedAsset, RelatedAssets, find_related
from qc_core.assets.sequence import ListedAsset, ListPosition, Origin, locate_asset
from qc_core.errors import QcError
from qc_core.stores.ports import StoredRecord
from qc_core.stores.summary import summary_of

LIST_PAGE = 50
"""Assets on a page of the list that an address names; `asset_list` shows as many."""


def draw(stored: StoredRecord, origin: Origin | None) -> None:
    """Draw a menu of the related assets, if there are any, and the links through the list that the reader came from."""
    if origin is not None and origin.page == "assets":
        position = _locate(origin.query, stored.record_id)
        if position is not None:
            browser_components.asset_steps(key="asset-steps", data=build_steps(position, origin), width="content")
    related = _find_related(stored.record_id, stored.name, stored.asset.source_names)
    groups = build_related_groups(related)
    if groups:
        number = sum(len(group["links"]) for group in groups)
        menu = {"kind": "links", "key": "related", "label": f"Related ({number})", "groups": groups}
        browser_components.filter_menus(key="related-assets", data={"search": "", "menus": [menu]}, width="content")


def find_next(stored: StoredRecord, query: AssetQuery, origin: Origin | None) -> str | None:
    """A link to the asset after this one that matches a query, or to the first one; None where no other does."""
    try:
        asset = summary_of(stored, now())
        position = locate_asset(_query_index, replace(query, limit=LIST_PAGE), asset)
        first = _query_index(replace(query, page=1, limit=2)).rows
    except QcError:  # the index cannot be read now; the review can
        return None
    if position.next is not None:
        return replace(_address(position.next.asset, position.next.shares_name), origin=origin).href()
    others = [one for one in first if one.record_id != stored.record_id]
    return ReviewAddress(record_id=others[0].record_id, origin=origin).href() if others else None


def build_steps(position: ListPosition, origin: Origin) -> dict[str, Any]:
    """The position as a text such as "3 of 27", with links to the list and to the assets before and after."""
    number = f"{position.position:,}" if position.position else "–"
    return {
        "text": f"{number} of {position.total:,}",
        "href": origin.href,
        "previous": _build_step(position.previous, origin),
        "next": _build_step(position.next, origin),
    }


def build_related_groups(related: RelatedAssets) -> list[dict[str, Any]]:
    """The related assets as links, grouped by what they are; a source that no asset has is a text."""
    derived = "Derived from it"
    if related.derived_total > len(related.derived):
        derived = f"Derived from it: {len(related.derived)} of {related.derived_total:,}"
    groups = [
        ("Raw asset" if len(related.raw) == 1 else "Raw assets", [_build_link(one) for one in related.raw]),
        ("Made from", [_build_link(one) for one in related.sources]),
        ("Made from, not found", [{"text": name, "href": ""} for name in related.missing]),
        (derived, [_build_link(one) for one in related.derived]),
    ]
    return [{"title": title, "links": links} for title, links in groups if links]


def _build_link(related: RelatedAsset) -> dict[str, str]:
    return {"text": related.asset.name, "href": _address(related.asset, related.shares_name).href()}


def _build_step(listed: ListedAsset | None, origin: Origin) -> dict[str, str] | None:
    if listed is None:
        return None
    view = parse_view(parse_qsl(origin.query, keep_blank_values=True))
    there = urlencode(format_view(replace(view, query=replace(view.query, page=listed.page))))
    address = replace(_address(listed.asset, listed.shares_name), origin=Origin(origin.page, there))
    return {"name": listed.asset.name, "href": address.href()}


def _address(asset: AssetSummary, shares_name: bool) -> ReviewAddress:
    return ReviewAddress(record_id=asset.record_id) if shares_name else ReviewAddress(name=asset.name)


def _query_index(query: AssetQuery) -> QueryResult:
    return services().index.query(query).result


@st.cache_data(ttl=60, max_entries=1000, show_spinner=False)
def _find_related(record_id: str, name: str, source_names: tuple[str, ...]) -> RelatedAssets:
    try:
        return find_related(_query_index, record_id, name, source_names)
    except QcError:  # the index cannot be read now; the review can
        return RelatedAssets()


@st.cache_data(ttl=60, max_entries=1000, show_spinner=False)
def _locate(query_text: str, record_id: str) -> ListPosition | None:
    try:
        query = replace(parse_view(parse_qsl(query_text, keep_blank_values=True)).query, limit=LIST_PAGE)
        asset = summary_of(services().records.get_recent(record_id), now())
        return locate_asset(_query_index, query, asset)
    except QcError:
        return None
