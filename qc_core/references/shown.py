"""How a browser shows a reference, and the addresses of the asset's own files."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from qc_core.references.kind import FigureKind, kind_of, media_type, suffix
from qc_core.references.reference import (
    AssetFile,
    NoReference,
    Pair,
    PlainText,
    Reference,
    Refused,
    WebFile,
    parse,
)


@dataclass(frozen=True, slots=True)
class NoFigure:
    """There is nothing to show; no frame is drawn."""


@dataclass(frozen=True, slots=True)
class PictureFigure:
    """A raster image or an SVG, shown as an image."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class PdfFigure:
    """A PDF document."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class VideoFigure:
    """A film; most browsers play mp4 and webm, and offer what they cannot play for download."""

    address: str
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class VegaLiteFigure:
    """A Vega-Lite specification; `path` is its place in the asset, None where it lies on the web."""

    path: str | None
    address: str
    name: str


@dataclass(frozen=True, slots=True)
class TextFigure:
    """What is shown as text: `reason` says why (may be ""), `link` is an http(s) address or None."""

    text: str
    reason: str
    link: str | None


@dataclass(frozen=True, slots=True)
class SwipeFigure:
    """Two pictures or films under one handle; `compare_address` is our frame for two raster files of the asset."""

    left: PictureFigure | VideoFigure
    right: PictureFigure | VideoFigure
    compare_address: str | None


SingleFigure = PictureFigure | PdfFigure | VideoFigure | VegaLiteFigure | TextFigure


@dataclass(frozen=True, slots=True)
class PairFigure:
    """Two figures that no swipe can join, shown one under the other."""

    left: SingleFigure
    right: SingleFigure


Figure = NoFigure | SingleFigure | SwipeFigure | PairFigure


def shown(reference_text: str | None, record_id: str) -> Figure:
    """How the reference of a metric of this record is shown; never raises."""
    reference = parse(reference_text)
    match reference:
        case NoReference():
            return NoFigure()
        case PlainText(text, link, reason):
            return TextFigure(_drawable(text), reason, link)
        case Refused(text, reason):
            return TextFigure(_drawable(text), reason, None)
        case AssetFile() | WebFile():
            return _one(reference, record_id)
        case Pair():
            return _two(reference, record_id)


def reference_digest(path: str) -> str:
    """The short name that an asset's file has in our addresses; `path` is an `AssetFile.path`."""
    return hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def file_address(file: AssetFile, record_id: str) -> str:
    """`/files/<record id>/<digest>/<file name>`, each segment percent-encoded once."""
    return f"/files/{_segment(record_id)}/{reference_digest(file.path)}/{_segment(file.name)}"


def files_named(references: Iterable[str | None]) -> dict[str, str]:
    """Digest → relative path of every file of the asset that these references name, both parts of pairs too."""
    return {
        reference_digest(file.path): file.path for reference in references for file in _asset_files(parse(reference))
    }


def _segment(text: str) -> str:
    return quote(text, safe="", errors="surrogatepass")


def _drawable(text: str) -> str:
    """The text without halves of characters, which JSON can hold and no page can."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _asset_files(reference: Reference) -> list[AssetFile]:
    parts = (reference.left, reference.right) if isinstance(reference, Pair) else (reference,)
    return [part for part in parts if isinstance(part, AssetFile)]


def _one(file: AssetFile | WebFile, record_id: str) -> SingleFigure:
    address = file_address(file, record_id) if isinstance(file, AssetFile) else file.url
    path = file.path if isinstance(file, AssetFile) else None
    match kind_of(file):
        case FigureKind.IMAGE | FigureKind.SVG:
            return PictureFigure(address, file.name)
        case FigureKind.PDF:
            return PdfFigure(address, file.name)
        case FigureKind.VIDEO:
            return VideoFigure(address, file.name, media_type(file.name))
        case FigureKind.VEGA_LITE:
            return VegaLiteFigure(path, address, file.name)
        case FigureKind.OTHER:
            kind = f"files of kind “.{suffix(file.name)}”" if suffix(file.name) else "files without a suffix"
            link = file.url if isinstance(file, WebFile) else None
            return TextFigure(path or address, f"The portal does not show {kind}.", link)


def _two(pair: Pair, record_id: str) -> SwipeFigure | PairFigure:
    left, right = _one(pair.left, record_id), _one(pair.right, record_id)
    if isinstance(left, PictureFigure | VideoFigure) and isinstance(right, PictureFigure | VideoFigure):
        return SwipeFigure(left, right, _compare_address(pair, record_id))
    return PairFigure(left, right)


def _compare_address(pair: Pair, record_id: str) -> str | None:
    """Our frame around the comparing component, which takes raster pictures that the server can read."""
    files = _asset_files(pair)
    if len(files) != 2 or any(kind_of(file) is not FigureKind.IMAGE for file in files):
        return None
    left, right = (reference_digest(file.path) for file in files)
    return f"/compare/{_segment(record_id)}/{left}/{right}"
