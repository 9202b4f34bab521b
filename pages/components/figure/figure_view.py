"""The open figure: large, with the way to the next one, zoom, full screen, and a tab of its own."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import streamlit as st

from pages.components import markdown
from pages.components.figure import curation_view, figure_data, figure_list, frame_messages, other_session
from pages.shell import browser_components
from pages.shell.address import ReviewAddress
from pages.shell.errors import plain
from pages.shell.known_figures import KnownFigures
from pages.shell.open_review import OpenReview
from pages.shell.portal import services
from pages.shell.session import frames, navigation
from qc_core.errors import QcError
from qc_core.quality_control.navigation import Navigator, OpenPosition
from qc_core.quality_control.position import Position, format_json
from qc_core.references import stack_view
from qc_core.references.embeds import embeds_of
from qc_core.references.figures import (
    ChartFigure,
    EmbedFigure,
    Figure,
    MarkdownFigure,
    NoFigure,
    PairFigure,
    PdfFigure,
    PictureFigure,
    SwipeFigure,
)
from qc_core.references.locations import Locations
from qc_core.references.plot import name_plot
from qc_core.references.shown import resolve_figure
from qc_core.stores.figures.contents import read_beginning
from qc_core.stores.ports import StoredRecord

PDF_HEIGHT = CHART_HEIGHT = TEXT_HEIGHT = 600


def draw(review: OpenReview, navigator: Navigator, opened: OpenPosition, address: ReviewAddress) -> None:
    """The figure of the open page, with links to the one before and after it."""
    record_id, reference = review.record_id, opened.figure_page.reference
    figure = as_named(reference, record_id, navigator.locations)

    def link(position: Position | None) -> dict[str, Any] | None:
        return {"position": format_json(position), "href": address.href(position)} if position is not None else None

    head = {
        "page": figure_list.name_page(opened.position),
        "position": opened.page_number + 1,
        "of": len(opened.figure_pages),
        "previous": link(navigator.previous_figure(opened)),
        "next": link(navigator.next_figure(opened)),
        "ahead": [],
        "record": record_id,
        "plot": name_plot(reference),
        "stack": stack_view.format_query(address.stack),
    }
    if isinstance(figure, NoFigure) and len(opened.figure_pages) == 1:
        return
    frames.set_drawn_metric(None)
    frame_messages.draw_notice()
    with st.container(key="qc-figure", gap="xsmall"):
        metrics = [review.stored.document.metrics[index] for index in opened.figure_page.metrics]
        other = other_session.find(review.stored, metrics, address, review.figures)
        if other is not None and other.row is not None:
            _draw_with(other, figure, review, head | {"page": ""})
        elif isinstance(figure, EmbedFigure):
            shown = opened.figure_page.metrics
            st.fragment(_draw_embed, key=navigation.VIEW)(review.stored, figure, head, shown)
        else:
            _draw_one(figure, record_id, head, "figure", review.figures)
        if not isinstance(figure, NoFigure):
            other_session.draw_line(review.stored, metrics, opened.position, address, other)
    following = figure_list.list_following(navigator, opened)
    review.figures.read_ahead([as_named(one, record_id, navigator.locations) for one in following], record_id)


def _draw_embed(stored: StoredRecord, figure: EmbedFigure, head: dict[str, Any], metrics: tuple[int, ...]) -> None:
    """A view by another site, as a fragment: what it sent is reported above it, and its frame stays."""
    frame_messages.draw_notice()
    curation = curation_view.build_data(stored, figure, metrics)
    frames.set_drawn_metric(curation["metric"] if curation else None)
    data = _line(figure, head) | {"figure": figure_data.build_data(figure), "curation": curation}
    _part("figure", data, curation_view.handle_request(stored.record_id, figure.text))


def _draw_with(other: other_session.OtherSession, figure: Figure, review: OpenReview, head: dict[str, Any]) -> None:
    """The open figure and that of another session: in the viewer of pairs, or one above the other.

    The pages of `head` have no name: the browser by itself knows the open figures alone.
    """
    both = other_session.pair(review.stored, review.figures.get(figure, review.record_id), other)
    if both is not None:
        _part("figure", _line(both, head) | {"figure": figure_data.build_data(both)})
        return
    _draw_one(figure, review.record_id, head, "figure", review.figures)
    st.caption(f"{plain(other.name)}, the same figure:")
    _draw_one(other.figure, other.record_id, head | {"of": 1, "ahead": [], "record": other.record_id}, "figure-other")


def as_named(reference: str | None, record_id: str, locations: Locations) -> Figure:
    """The figure that a reference names, with what these settings allow to be framed."""
    return resolve_figure(reference, record_id, locations, embeds_of(services().settings))


def draw_object(reference: str, stored: StoredRecord, key: str, ahead: str | None) -> None:
    """The figure of one object of a curation; the one named by `ahead` is fetched in the background."""
    record_id, locations = stored.record_id, services().figures.locations(stored)
    head = {
        **{"page": "", "position": 1, "of": 1, "previous": None, "next": None},
        "ahead": list_pictures(as_named(ahead, record_id, locations)),
        "record": record_id,
    }
    _draw_one(as_named(reference, record_id, locations), record_id, head, key)


def _draw_one(
    figure: Figure, record_id: str, head: dict[str, Any], key: str, known: KnownFigures | None = None
) -> None:
    try:
        figure = (known or KnownFigures()).get(figure, record_id)
    except QcError:
        _part(key, _line(figure, head))  # the way to the next figure stays
        raise
    data = _line(figure, head) | {"figure": figure_data.build_data(figure)}
    match figure:
        case PdfFigure(address, name) if figure_data.is_ours(address):
            _part(key, data)
            # It takes anything but a whole address for a file on the server's disk.
            st.pdf(
                urljoin(st.context.url or "http://localhost", address),
                height=PDF_HEIGHT,
                key=f"{key}-pdf-{address}",
                alt=name,
            )
        case ChartFigure():
            _part(key, data)
            _chart(figure, key)
        case MarkdownFigure():
            _part(key, data)
            _markdown(figure, record_id, f"{key}-markdown")
        case PairFigure(left, right):
            for side, one in (("left", left), ("right", right)):
                _draw_one(one, record_id, head | {"of": head["of"] if side == "left" else 1}, f"{key}-{side}")
        case _:
            _part(key, data)


def _line(figure: Figure, head: dict[str, Any]) -> dict[str, Any]:
    """The data for the tools above a figure, without the figure itself."""
    return figure_list.describe_figure(figure) | {"figure": None, "curation": None} | head


def _part(key: str, data: dict[str, Any], on_requested: Callable[[], None] = lambda: None) -> None:
    """Draw the component; the one of the main figure receives the messages of all open frames."""
    is_main = key == "figure"
    browser_components.figure(
        key=key,
        data=data | {"keepsFrames": is_main},
        on_followed_change=navigation.build_link_callback(key),
        on_message_change=frame_messages.handle_message(data["record"]) if is_main else (lambda: None),
        on_requested_change=on_requested,
    )


def _chart(figure: ChartFigure, key: str) -> None:
    # In its own colours, whatever the page's are: another palette in the dark would give lines each other's colours.
    if figure.fits:
        st.vega_lite_chart(dict(figure.spec), width="stretch", height=CHART_HEIGHT, theme=None, key=f"{key}-vega")
    else:
        # Streamlit would fit it into a frame, and cut its axes; "pad" makes the frame as large as the chart needs.
        spec = {"autosize": {"type": "pad"}, **figure.spec}
        st.vega_lite_chart(spec, width="content", theme=None, key=f"{key}-vega")


def _markdown(figure: MarkdownFigure, record_id: str, key: str) -> None:
    found = read_beginning(record_id, figure.digest, figure.name, services().figures)
    with st.container(key=f"qc-{key}", border=True, height=TEXT_HEIGHT):
        if found.limit:
            st.caption(plain(found.limit))
        markdown.draw(found.text)


def list_pictures(figure: Figure) -> list[str]:
    """The addresses of pictures to prefetch; videos are not, since they are large and start before they are loaded."""
    parts = (figure.left, figure.right) if isinstance(figure, SwipeFigure) else (figure,)
    return [part.address for part in parts if isinstance(part, PictureFigure)]
