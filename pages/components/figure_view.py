"""The open figure: large, with the way to the next one, full screen, and a tab of its own."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import streamlit as st

from pages.components import figure_data, frame_messages, parts, session
from pages.components.address import ReviewPlace
from pages.components.errors import plain
from pages.components.portal import services
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.grouping import Group, group_text
from qc_core.quality_control.sheets import Sheet, metric_address
from qc_core.references.embeds import embeds_of
from qc_core.references.figures import (
    ChartFigure,
    ConvertedFigure,
    EmbedFigure,
    ExcerptFigure,
    Figure,
    JsonFigure,
    MarkdownFigure,
    NoFigure,
    PageFigure,
    PairFigure,
    PdfFigure,
    PictureFigure,
    SwipeFigure,
    VideoFigure,
)
from qc_core.references.shown import reference_digest, shown
from qc_core.stores.figure_contents import beginning, by_content

PDF_HEIGHT = CHART_HEIGHT = TEXT_HEIGHT = 600


def draw(
    document: QualityControl, record_id: str, group: Group, all_sheets: tuple[Sheet, ...], at: int, place: ReviewPlace
) -> None:
    """The figure of one sheet. `at` is its number among all sheets of the group."""
    figure = by_content(as_named(all_sheets[at].reference, record_id), record_id, services().figures)

    def step(number: int) -> dict[str, Any] | None:
        if not 0 <= number < len(all_sheets):
            return None
        metric = metric_address(document, group, all_sheets[number].metrics[0])
        there = {"group": group_text(group), "metric": metric}
        return {"place": there, "href": place.href(**there)}

    following = as_named(all_sheets[at + 1].reference, record_id) if at + 1 < len(all_sheets) else NoFigure()
    head = {
        "position": at + 1,
        "of": len(all_sheets),
        "previous": step(at - 1),
        "next": step(at + 1),
        "ahead": _addresses(following) if isinstance(following, PictureFigure | SwipeFigure) else [],
    }
    if isinstance(figure, NoFigure) and len(all_sheets) == 1:
        return
    with st.container(key="qc-figure", gap="xsmall"):
        heard = frame_messages.hook("figure", record_id, all_sheets[at].reference)
        _draw_one(figure, record_id, head, "figure", heard)


def as_named(reference: str | None, record_id: str) -> Figure:
    """The figure that a reference names, with what these settings allow to be framed."""
    return shown(reference, record_id, embeds_of(services().settings))


def _draw_one(
    figure: Figure, record_id: str, head: dict[str, Any], key: str, heard: Callable[[], None] | None = None
) -> None:
    addresses = _addresses(figure)
    data = {
        "name": _name(figure),
        "opens": addresses[0] if len(addresses) == 1 else None,
        "figure": None,
        "shown": not isinstance(figure, NoFigure),
        **head,
    }
    match figure:
        case NoFigure():
            _part(key, data)
        case PictureFigure(address, name):
            _part(key, data | {"figure": {"kind": "picture", "address": address, "name": name}})
        case VideoFigure(address, name):
            _part(key, data | {"figure": {"kind": "video", "address": address, "name": name}})
        case SwipeFigure(left, right, compare):
            sides = {"left": _side(left), "right": _side(right), "compare": compare}
            _part(key, data | {"figure": {"kind": "swipe", **sides}})
        case PdfFigure(address) | JsonFigure(None, address) if not address.startswith("/files/"):
            _part(key, data | {"figure": figure_data.elsewhere(address)})
        case PdfFigure(address):
            _part(key, data)
            # Without a host it would be taken for a path on the server's disk; the reader's browser says which host.
            st.pdf(urljoin(st.context.url or "http://localhost", address), height=PDF_HEIGHT, key=f"{key}-pdf")
        case ChartFigure():
            _part(key, data)
            _chart(figure, key)
        case MarkdownFigure(path):
            _part(key, data)
            _markdown(record_id, path)
        case PairFigure(left, right):
            for side, one in (("left", left), ("right", right)):
                one = by_content(one, record_id, services().figures)
                _draw_one(one, record_id, head | {"of": head["of"] if side == "left" else 1}, f"{key}-{side}")
        case _:
            _part(key, data | {"figure": figure_data.described(figure)}, heard)


def _part(key: str, data: dict[str, Any], heard: Callable[[], None] | None = None) -> None:
    parts.figure(
        key=key, data=data, on_followed_change=session.follow_link(key), on_message_change=heard or (lambda: None)
    )


def _chart(figure: ChartFigure, key: str) -> None:
    if figure.fits:
        st.vega_lite_chart(dict(figure.spec), width="stretch", height=CHART_HEIGHT, key=f"{key}-vega")
    else:
        # Streamlit would fit it into a frame, and cut its axes; "pad" makes the frame as large as the chart needs.
        st.vega_lite_chart({"autosize": {"type": "pad"}, **figure.spec}, width="content", key=f"{key}-vega")


def _markdown(record_id: str, path: str) -> None:
    found = beginning(record_id, reference_digest(path), services().figures)
    with st.container(key="qc-markdown", border=True, height=TEXT_HEIGHT):
        if found.limit:
            st.caption(plain(found.limit))
        st.markdown(found.text)


def _addresses(figure: Figure) -> list[str]:
    """What of the figure can be opened in a tab of its own."""
    match figure:
        case SwipeFigure(left, right):
            return [left.address, right.address]
        case ConvertedFigure(_, original) | ExcerptFigure(_, original):
            return [original]
        case (
            PictureFigure(address)
            | VideoFigure(address)
            | PdfFigure(address)
            | JsonFigure(_, address)
            | ChartFigure(address=address)
            | MarkdownFigure(_, address)
            | PageFigure(address)
            | EmbedFigure(address)
        ):
            return [address]
    return []


def _name(figure: Figure) -> str:
    match figure:
        case SwipeFigure(left, right):
            return f"{left.name}  |  {right.name}"
        case EmbedFigure(title=title):
            return title
    return getattr(figure, "name", "")


def _side(picture: PictureFigure) -> dict[str, str]:
    return {"address": picture.address, "name": picture.name}
