"""Where the reader is, by the URL: the one module that touches `st.query_params`.

Positions are named by meaning (asset, group, metric), never by index, so that a link still leads there after a
pipeline has added metrics.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import urlencode

import streamlit as st

from qc_core.assets.list_view import AssetListView, format_view, parse_view
from qc_core.assets.sequence import Origin, parse_origin
from qc_core.quality_control.arrangement import Arrangement, format_arrangement, parse_arrangement
from qc_core.quality_control.foreign_address import read_open_path
from qc_core.quality_control.position import Position
from qc_core.quality_control.position import format_query as format_position
from qc_core.quality_control.position import read_query as read_position
from qc_core.references.stack_view import StackView
from qc_core.references.stack_view import format_query as format_stack
from qc_core.references.stack_view import read_query as read_stack

SHOWN = ("left", "fail", "changed")
"""What the tree of groups can be narrowed to: groups with metrics left to decide, with a Fail, with a change."""


@dataclass(frozen=True, slots=True)
class ReviewAddress:
    """The address of a review: which asset, by `record_id` or by `name`, and which position in it.

    `origin` is the list or queue that the reader came from, for the way to what comes before and after.
    `compared` is the id of the record whose figure is shown with the open one, "" for none (`with=` in the URL).
    `queue` is the query of the queue that is worked off next to the review, as in `/queue?…`, and None for no queue.
    `open_path` are the labels that an address of AIND's own portal has open. `arrangement` is how
    the metrics are grouped, and which are shown. `show` is which groups the tree shows: one
    of `SHOWN`, "" for all. `stack` is which array and page of the open figure are shown, where it has several.
    """

    record_id: str = ""
    name: str = ""
    position: Position = field(default_factory=Position)
    origin: Origin | None = None
    compared: str = ""
    queue: str | None = None
    open_path: tuple[str, ...] = ()
    arrangement: Arrangement = field(default_factory=Arrangement)
    show: str = field(default="", compare=False)  # a position is the same whatever the tree shows,
    stack: StackView = field(default_factory=StackView, compare=False)  # and whatever of its figure

    def href(self, position: Position | None = None) -> str:
        """A link to a position in this asset; None means the position of this address."""
        return f"view?{urlencode(self._parameters(self.position if position is None else position))}"

    def _parameters(self, position: Position) -> dict[str, str]:
        asset = {"id": self.record_id} if self.record_id else {"name": self.name} if self.name else {}
        origin = {"list": str(self.origin)} if self.origin else {}
        compared = {"with": self.compared} if self.compared else {}
        queue = {} if self.queue is None else {"queue": self.queue}
        show = {"show": self.show} if self.show else {}
        arranged = format_arrangement(self.arrangement)
        is_same = position == self.position != Position()
        stack = format_stack(self.stack) if is_same else {}
        return asset | format_position(position) | stack | origin | compared | queue | arranged | show

    def parameters(self) -> dict[str, str]:
        """The parameters of this address, for a link of Streamlit's own."""
        return self._parameters(self.position)


def read_assets_view() -> AssetListView:
    """The query and the columns of the list of assets; what the URL states wrongly counts as absent."""
    return parse_view(read_pairs())


def assets_href(view: AssetListView) -> str:
    """A link to the list of assets; what is at its default is left out."""
    return f"?{urlencode(format_view(view))}"


def set_assets_text(text: str) -> None:
    """Put the text of the filter into the URL; the list starts again at its first page."""
    if text:
        st.query_params["q"] = text
    elif "q" in st.query_params:
        del st.query_params["q"]
    if "page" in st.query_params:
        del st.query_params["page"]


def clear_assets_filters() -> None:
    """Take every condition out of the URL; the order of the list and its columns stay."""
    kept = {key: value for key, value in st.query_params.items() if key in ("sort", "order", "columns")}
    st.query_params.from_dict(kept)


def read_review_address() -> ReviewAddress:
    """The review, and the position in it, that the URL names."""
    return _parse_review_address(tuple(st.query_params.items()))


@lru_cache(maxsize=512)  # it is asked for some ten times in each run
def _parse_review_address(pairs: tuple[tuple[str, str], ...]) -> ReviewAddress:
    params = dict(pairs)
    asset, origin = (params.get("id", ""), params.get("name", "")), parse_origin(params.get("list", ""))
    return ReviewAddress(
        *asset,
        read_position(params),
        origin,
        compared=params.get("with", ""),
        queue=params.get("queue"),
        open_path=read_open_path(params),
        arrangement=parse_arrangement(params),
        show=show if (show := params.get("show", "")) in SHOWN else "",
        stack=read_stack(params),
    )


def open_position(position: Position) -> None:
    """Go to another position in the review that is open: one entry in the browser's history."""
    open_review(_go_to(position))


def open_comparison(position: Position, record_id: str) -> None:
    """Show a position in the open review with the figure of another record; "" shows it alone again."""
    open_review(replace(_go_to(position), compared=record_id))


def _go_to(position: Position) -> ReviewAddress:
    """The open review at a position; of another figure nothing is known but that."""
    here = read_review_address()
    return replace(here, position=position, stack=here.stack if position == here.position else StackView())


def set_shown(show: str) -> None:
    """Put into the URL which groups the tree shows, one of `SHOWN`; anything else is all of them."""
    open_review(replace(read_review_address(), show=show if show in SHOWN else ""))


def open_review(wanted: ReviewAddress) -> None:
    """From within a review: go to another one, or another position: one entry in the browser's history."""
    st.query_params.from_dict(wanted.parameters())


def read_pairs() -> list[tuple[str, str]]:
    """All parameters of the address of a page, as pairs of key and value."""
    params = st.query_params
    return [(key, value) for key in params for value in params.get_all(key)]


def set_pairs(pairs: Iterable[tuple[str, str]]) -> None:
    """Replace all parameters of the address of a page."""
    lists: dict[str, list[str]] = {}
    for key, value in pairs:
        lists.setdefault(key, []).append(value)
    st.query_params.from_dict(lists)
