"""Where the reader is, as the URL says it: the one module that touches `st.query_params`.

Places are named by meaning (asset, group, metric), never by index, so that a link still leads there after a
pipeline has added metrics.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from qc_core.assets.query import AssetQuery
from qc_core.assets.query_text import format_query, parse_query


@dataclass(frozen=True, slots=True)
class ReviewPlace:
    """Which asset, by `id` or by `name`; which group of it; which metric."""

    record_id: str = ""
    name: str = ""
    group: str = ""
    metric: str = ""

    def href(self, *, group: str | None = None, metric: str = "") -> str:
        """A link to a place in the same asset: another group, or another metric of a group."""
        said = {
            "id": self.record_id,
            "name": self.name if not self.record_id else "",
            "group": self.group if group is None else group,
            "metric": metric,
        }
        return f"view?{urlencode({key: value for key, value in said.items() if value})}"


def assets_query() -> AssetQuery:
    """The query of the list of assets; what the URL states wrongly counts as absent."""
    params = st.query_params
    return parse_query((key, value) for key in params for value in params.get_all(key))


def assets_href(query: AssetQuery) -> str:
    """A link to the list of assets; what is at its default is left out."""
    return f"?{urlencode(format_query(query))}"


def set_assets_filter(text: str, statuses: list[str]) -> None:
    """Put the filters into the URL; the list starts again at its first page."""
    for key, value in (("q", text), ("status", ",".join(statuses))):
        if value:
            st.query_params[key] = value
        elif key in st.query_params:
            del st.query_params[key]
    if "page" in st.query_params:
        del st.query_params["page"]


def clear_assets_filters() -> None:
    """Take every condition out of the URL; the order of the list stays."""
    order = {key: value for key, value in st.query_params.items() if key in ("sort", "order")}
    st.query_params.from_dict(order)


def review_place() -> ReviewPlace:
    """The place within a review."""
    said = st.query_params
    return ReviewPlace(
        record_id=said.get("id", ""),
        name=said.get("name", ""),
        group=said.get("group", ""),
        metric=said.get("metric", ""),
    )


def open_in_review(*, group: str, metric: str = "") -> None:
    """Go to another group, or metric of it, in the review that is open: one entry in the browser's history."""
    place = review_place()
    said = {"id": place.record_id, "name": place.name, "group": group, "metric": metric}
    st.query_params.from_dict({key: value for key, value in said.items() if value})
