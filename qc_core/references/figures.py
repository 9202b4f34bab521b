"""The figures that a page can draw: one frozen class for each way in which something is shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from qc_core.json_document.value import JsonValue
from qc_core.references.reference import StoredFile


@dataclass(frozen=True, slots=True)
class NoFigure:
    """There is nothing to show; no frame is drawn."""


@dataclass(frozen=True, slots=True)
class PictureFigure:
    """A raster image or an SVG, shown as an image."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class ConvertedFigure:
    """A picture that no browser shows as it is: `address` gives it as PNG, `original` the file itself."""

    address: str
    original: str
    name: str


@dataclass(frozen=True, slots=True)
class PdfFigure:
    """A PDF document."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class VideoFigure:
    """A video; most browsers play mp4 and webm, and offer what they cannot play for download."""

    address: str
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class JsonFigure:
    """A JSON file before it is read: a chart by its content, else text. `file` is None for one on the web."""

    file: StoredFile | None
    address: str
    name: str


@dataclass(frozen=True, slots=True)
class ChartFigure:
    """A Vega or Vega-Lite chart, ready to be drawn; `fits`: whether it can be given any size.

    `data` are the addresses of the files that it loads.
    """

    spec: Mapping[str, JsonValue]
    fits: bool
    address: str
    name: str
    data: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageFigure:
    """An interactive HTML export, shown in a sandboxed frame: `address` is the frame's."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class EmbedFigure:
    """A view by another site, in a frame. `origin` is the one whose messages are read; `text` is the reference.

    `is_ephys_gui`: whether it is AIND's ephys GUI, which sends and takes curations once its frame has an identifier.
    """

    address: str
    origin: str
    title: str
    text: str
    is_ephys_gui: bool = False


@dataclass(frozen=True, slots=True)
class ExcerptFigure:
    """The beginning of a text or a table: `address` gives it as JSON, `original` the file itself."""

    address: str
    original: str
    name: str


@dataclass(frozen=True, slots=True)
class MarkdownFigure:
    """A Markdown file; `digest` is its `reference_digest`."""

    digest: str
    address: str
    name: str


@dataclass(frozen=True, slots=True)
class DataFigure:
    """A file of data, named; `address` is None where there is no one file to open (a Zarr folder).

    `measured` is the address of ours that gives its size, None for one on the web. `sliced` gives slices of an array in
    it, None where none are read.
    """

    text: str
    name: str
    format: str
    address: str | None
    measured: str | None = None
    sliced: str | None = None


@dataclass(frozen=True, slots=True)
class TextFigure:
    """What is shown as text: `reason` is why (may be ""), `link` is an http(s) address or None."""

    text: str
    reason: str
    link: str | None


@dataclass(frozen=True, slots=True)
class SwipeFigure:
    """Two pictures or videos under one handle; `compare_address` is our frame for two raster files we can read."""

    left: PictureFigure | VideoFigure
    right: PictureFigure | VideoFigure
    compare_address: str | None


SingleFigure = (
    PictureFigure
    | ConvertedFigure
    | PdfFigure
    | VideoFigure
    | JsonFigure
    | ChartFigure
    | PageFigure
    | EmbedFigure
    | ExcerptFigure
    | MarkdownFigure
    | DataFigure
    | TextFigure
)


@dataclass(frozen=True, slots=True)
class PairFigure:
    """Two figures that no swipe can join, shown one under the other."""

    left: SingleFigure
    right: SingleFigure


Figure = NoFigure | SingleFigure | SwipeFigure | PairFigure
