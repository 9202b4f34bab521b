"""What the figure's component is given for each kind of figure: the types of `types.d.ts`, made in one module."""

from typing import Literal, NotRequired, TypedDict, assert_never

from qc_core.references.figures import (
    ChartFigure,
    ConvertedFigure,
    DataFigure,
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
    TextFigure,
    VideoFigure,
)
from qc_core.stores.figures.conversions import HIGH, LOW

ON_ANOTHER_SERVER = "This figure is on another server, and can be opened in its own tab only:"


class MediaData(TypedDict):
    """What the browser draws by itself. `low` and `high` are percentiles, for a picture that is converted for it."""

    kind: Literal["picture", "video"]
    address: str
    name: str
    low: NotRequired[float]
    high: NotRequired[float]


class SwipeData(TypedDict):
    """Two pictures or videos under one handle."""

    kind: Literal["pair"]
    left: MediaData
    right: MediaData
    compare: str | None


class FileData(TypedDict):
    """A document in a viewer."""

    kind: Literal["pdf", "page"]
    address: str
    name: str


class ChartData(TypedDict):
    """A chart, which Streamlit draws after the component; `data` are the addresses that it loads."""

    kind: Literal["chart"]
    name: str
    data: list[str]


class DerivedData(TypedDict):
    """What a route of ours makes from a file: `original` is the file's own address."""

    kind: Literal["converted", "excerpt"]
    address: str
    original: str
    name: str
    low: NotRequired[float]
    high: NotRequired[float]


class EmbedData(TypedDict):
    """A view by another site."""

    kind: Literal["embed"]
    address: str
    origin: str
    title: str
    isEphysGui: bool


class SlicedData(TypedDict):
    """Where slices of an array are, and the percentiles that they are stretched between at first."""

    address: str
    low: float
    high: float


class NamedData(TypedDict):
    """A file of data, named; with slices of an array in it where there are some."""

    kind: Literal["data"]
    text: str
    name: str
    format: str
    address: str | None
    measured: str | None
    sliced: SlicedData | None


class TextData(TypedDict):
    """What is shown as text, with the reason."""

    kind: Literal["text"]
    text: str
    reason: str
    link: str | None


ComponentData = MediaData | SwipeData | FileData | ChartData | DerivedData | EmbedData | NamedData | TextData


def build_data(figure: Figure) -> ComponentData | None:
    """The data for one figure, `{"kind": "picture", "address": "/files/…", "name": "a.png"}`; None where the component
    draws its line of tools alone: for no figure, Markdown, and a pair whose parts are drawn one after the other."""
    match figure:
        case PictureFigure() | VideoFigure():
            return _build_media(figure)
        case SwipeFigure(left, right, compare):
            return {"kind": "pair", "left": _build_media(left), "right": _build_media(right), "compare": compare}
        case PdfFigure(address) | JsonFigure(None, address) if not is_ours(address):
            # It takes a script to draw it, and scripts may fetch from the portal alone.
            return {"kind": "text", "text": address, "reason": ON_ANOTHER_SERVER, "link": address}
        case PdfFigure(address, name) | PageFigure(address, name):
            return {"kind": "pdf" if isinstance(figure, PdfFigure) else "page", "address": address, "name": name}
        case ChartFigure():
            return {"kind": "chart", "name": figure.name, "data": list(figure.data)}
        case ConvertedFigure(address, original, name):
            return {
                "kind": "converted",
                "address": address,
                "original": original,
                "name": name,
                "low": LOW,
                "high": HIGH,
            }
        case ExcerptFigure(address, original, name):
            return {"kind": "excerpt", "address": address, "original": original, "name": name}
        case EmbedFigure(address, origin, title, is_ephys_gui=is_ephys_gui):
            return {"kind": "embed", "address": address, "origin": origin, "title": title, "isEphysGui": is_ephys_gui}
        case DataFigure(text, name, data_format, address, measured, sliced):
            return {
                "kind": "data",
                "text": text,
                "name": name,
                "format": data_format,
                "address": address,
                "measured": measured,
                "sliced": {"address": sliced, "low": LOW, "high": HIGH} if sliced else None,
            }
        case TextFigure(text, reason, link):
            usual = "This reference is a link to another site:" if link else "This reference names no figure:"
            return {"kind": "text", "text": text, "reason": reason or usual, "link": link}
        case NoFigure() | MarkdownFigure() | PairFigure() | JsonFigure():
            return None
        case _:
            assert_never(figure)


def is_ours(address: str) -> bool:
    """Whether an address is the portal's for a file that a record names."""
    return address.startswith("/files/")


def _build_media(figure: PictureFigure | VideoFigure) -> MediaData:
    kind: Literal["picture", "video"] = "picture" if isinstance(figure, PictureFigure) else "video"
    data: MediaData = {"kind": kind, "address": figure.address, "name": figure.name}
    return data | {"low": LOW, "high": HIGH} if figure.address.startswith("/converted/") else data
