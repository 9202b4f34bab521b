"""Where the reader is, as the URL says it: the one module that touches `st.query_params`.

Places are named by meaning (asset, group, metric), never by index, so that a link still leads there after a
pipeline has added metrics.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from qc_core.assets.index import SortBy

STATUSES = ("Pass", "Fail", "Pending")


@dataclass(frozen=True, slots=True)
class AssetsPlace:
    """What the list of assets shows: words that must occur, statuses, order, and which page of rows."""

    text: str = ""
    statuses: tuple[str, ...] = ()
    sort: SortBy = SortBy.ACQUISITION_TIME
    descending: bool = True
    page: int = 1

    def href(self, **changed: object) -> str:
        """A link to this list with some of it changed; what is at its default is left out."""
        place = {
            "q": changed.get("text", self.text),
            "status": ",".join(changed.get("statuses", self.statuses)),  # type: ignore[arg-type]
            "sort": changed.get("sort", self.sort),
            "order": "down" if changed.get("descending", self.descending) else "up",
            "page": changed.get("page", 1),
        }
        usual = {"q": "", "status": "", "sort": SortBy.ACQUISITION_TIME, "order": "down", "page": 1}
        said = {key: str(value) for key, value in place.items() if value != usual[key]}
        return f"?{urlencode(said)}"


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


def assets_place() -> AssetsPlace:
    """The place of the list of assets; what the URL says wrongly counts as not said."""
    said = st.query_params
    sort = said.get("sort", "")
    page = said.get("page", "")
    return AssetsPlace(
        text=said.get("q", ""),
        statuses=tuple(status for status in said.get("status", "").split(",") if status in STATUSES),
        sort=SortBy(sort) if sort in list(SortBy) else SortBy.ACQUISITION_TIME,
        descending=said.get("order", "down") != "up",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 and int(page) > 0 else 1,
    )


def set_assets_filter(text: str, statuses: list[str]) -> None:
    """Put the filters into the URL; the list starts again at its first page."""
    for key, value in (("q", text), ("status", ",".join(statuses))):
        if value:
            st.query_params[key] = value
        elif key in st.query_params:
            del st.query_params[key]
    if "page" in st.query_params:
        del st.query_params["page"]


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
