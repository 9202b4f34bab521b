"""The open figure: large, with the way to the next one, zoom, full screen, and a tab of its own."""

from typing import Any
from urllib.parse import urljoin

import streamlit as st

from pages.components import parts, session
from pages.components.address import ReviewPlace
from pages.components.portal import services
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.grouping import Group, group_text
from qc_core.quality_control.sheets import Sheet, metric_address
from qc_core.references.shown import (
    Figure,
    NoFigure,
    PairFigure,
    PdfFigure,
    PictureFigure,
    SwipeFigure,
    TextFigure,
    VegaLiteFigure,
    VideoFigure,
    reference_digest,
    shown,
)
from qc_core.references.vega_lite import fills_any_frame

PDF_HEIGHT = VEGA_HEIGHT = 600


def draw(
    document: QualityControl, record_id: str, group: Group, all_sheets: tuple[Sheet, ...], at: int, place: ReviewPlace
) -> None:
    """The figure of one sheet. `at` is its number among all sheets of the group."""
    figure = shown(all_sheets[at].reference, record_id)

    def step(number: int) -> dict[str, Any] | None:
        if not 0 <= number < len(all_sheets):
            return None
        metric = metric_address(document, group, all_sheets[number].metrics[0])
        there = {"group": group_text(group), "metric": metric}
        return {"place": there, "href": place.href(**there)}

    following = shown(all_sheets[at + 1].reference, record_id) if at + 1 < len(all_sheets) else NoFigure()
    head = {
        "position": at + 1,
        "of": len(all_sheets),
        "previous": step(at - 1),
        "next": step(at + 1),
        "ahead": _pictures(following),
        "record": record_id,
    }
    if isinstance(figure, NoFigure) and len(all_sheets) == 1:
        return
    with st.container(key="qc-figure", gap="xsmall"):
        _draw_one(figure, record_id, head, "figure")


def _draw_one(figure: Figure, record_id: str, head: dict[str, Any], key: str) -> None:
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
        case PictureFigure() | VideoFigure():
            _part(key, data | {"figure": _file(figure)})
        case SwipeFigure(left, right, compare):
            sides = {"left": _file(left), "right": _file(right), "compare": compare}
            _part(key, data | {"figure": {"kind": "pair", **sides}})
        case TextFigure(text, reason, link):
            words = {"kind": "words", "text": text, "reason": reason or "This reference names no figure:", "link": link}
            _part(key, data | {"figure": words})
        case PdfFigure(address) | VegaLiteFigure(None, address) if not address.startswith("/files/"):
            # Drawing it takes a script that fetches it, and scripts may fetch from the portal alone.
            reason = "This lies on another server, which only a tab of its own can open:"
            elsewhere = {"kind": "words", "text": address, "reason": reason, "link": address}
            _part(key, data | {"figure": elsewhere})
        case PdfFigure(address, name):
            _part(key, data | {"figure": {"kind": "paper", "address": address, "name": name}})
            # Without a host it would be taken for a path on the server's disk; the reader's browser says which host.
            whole = urljoin(st.context.url or "http://localhost", address)
            st.pdf(whole, height=PDF_HEIGHT, key=f"{key}-pdf", alt=name)
        case VegaLiteFigure(path):
            _part(key, data)
            _vega_lite(record_id, path or "")
        case PairFigure(left, right):
            for side, one in (("left", left), ("right", right)):
                _draw_one(one, record_id, head | {"of": head["of"] if side == "left" else 1}, f"{key}-{side}")


def _part(key: str, data: dict[str, Any]) -> None:
    parts.figure(key=key, data=data, on_followed_change=session.follow_link(key))


def _vega_lite(record_id: str, path: str) -> None:
    spec = services().figures.specification(record_id, reference_digest(path))
    if fills_any_frame(spec):
        st.vega_lite_chart(spec, width="stretch", height=VEGA_HEIGHT, key="figure-vega")
    else:
        # Streamlit would fit it into a frame, and cut its axes; "pad" makes the frame as large as the chart needs.
        st.vega_lite_chart({"autosize": {"type": "pad"}, **spec}, width="content", key="figure-vega")


def _addresses(figure: Figure) -> list[str]:
    match figure:
        case PictureFigure(address) | VideoFigure(address) | PdfFigure(address) | VegaLiteFigure(_, address):
            return [address]
        case SwipeFigure(left, right):
            return [left.address, right.address]
    return []


def _name(figure: Figure) -> str:
    match figure:
        case PictureFigure(_, name) | VideoFigure(_, name) | PdfFigure(_, name) | VegaLiteFigure(_, _, name):
            return name
        case SwipeFigure(left, right):
            return f"{left.name}  |  {right.name}"
    return ""


def _file(figure: PictureFigure | VideoFigure) -> dict[str, str]:
    """What the browser draws by itself."""
    kind = "picture" if isinstance(figure, PictureFigure) else "video"
    return {"kind": kind, "address": figure.address, "name": figure.name}


def _pictures(figure: Figure) -> list[str]:
    """The addresses to fetch ahead: films are large, and begin to play before they are there."""
    parts = (figure.left, figure.right) if isinstance(figure, SwipeFigure) else (figure,)
    return [part.address for part in parts if isinstance(part, PictureFigure)]
