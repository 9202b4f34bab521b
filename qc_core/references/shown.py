"""How a browser shows a reference, and the addresses of the asset's own files."""

import hashlib
from collections.abc import Iterable
from urllib.parse import quote

from qc_core.references.embeds import Embeds, linked, rerun_version, rerun_view, without_version
from qc_core.references.figures import (
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
    SingleFigure,
    SwipeFigure,
    TextFigure,
    VideoFigure,
)
from qc_core.references.kind import FigureKind, data_format, kind_of, media_type, suffix
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

DEFAULT_EMBEDS = Embeds()


def shown(reference_text: str | None, record_id: str, embeds: Embeds = DEFAULT_EMBEDS) -> Figure:
    """How the reference of a metric of this record is shown, given what may be framed; never raises."""
    reference = parse(reference_text)
    match reference:
        case NoReference():
            return NoFigure()
        case PlainText(text, link, reason):
            return linked(link, text, reason, embeds) if link else TextFigure(_drawable(text), reason, None)
        case Refused(text, reason):
            return TextFigure(_drawable(text), reason, None)
        case AssetFile() | WebFile():
            return _one(reference, record_id, embeds)
        case Pair():
            return _two(reference, record_id, embeds)


def reference_digest(path: str) -> str:
    """The short name that an asset's file has in our addresses; `path` is an `AssetFile.path`."""
    return hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def file_address(file: AssetFile, record_id: str, route: str = "files") -> str:
    """`/files/<record id>/<digest>/<file name>`, each segment percent-encoded once; other routes give other forms."""
    return f"/{route}/{_segment(record_id)}/{reference_digest(file.path)}/{_segment(file.name)}"


def other_route(address: str, route: str) -> str:
    """The address of another form of a file of ours: `/files/…` → `/converted/…`."""
    return f"/{route}{address.removeprefix('/files')}"


def data_address(file: AssetFile, chart_digest: str, record_id: str) -> str:
    """`/files/<record id>/<digest of the chart>/<digest>/<file name>`: what a chart loads from beside it."""
    digest = reference_digest(file.path)
    return f"/files/{_segment(record_id)}/{chart_digest}/{digest}/{_segment(file.name)}"


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


def _one(file: AssetFile | WebFile, record_id: str, embeds: Embeds) -> SingleFigure:
    address = file_address(file, record_id) if isinstance(file, AssetFile) else file.url
    path = file.path if isinstance(file, AssetFile) else None
    match kind_of(file):
        case FigureKind.IMAGE | FigureKind.SVG:
            return PictureFigure(address, file.name)
        case FigureKind.PDF:
            return PdfFigure(address, file.name)
        case FigureKind.VIDEO:
            return VideoFigure(address, file.name, media_type(file.name))
        case FigureKind.JSON:
            return JsonFigure(path, address, file.name)
        case FigureKind.RERUN:
            return _recording(file, record_id, embeds)
    return _of_asset(file, record_id) if isinstance(file, AssetFile) else _elsewhere(file)


def _of_asset(file: AssetFile, record_id: str) -> SingleFigure:
    """The kinds that are shown through a route of ours, which reads the file."""
    address, name = file_address(file, record_id), file.name
    match kind_of(file):
        case FigureKind.CONVERTED:
            return ConvertedFigure(file_address(file, record_id, "converted"), address, name)
        case FigureKind.HTML:
            return PageFigure(file_address(file, record_id, "page"), name)
        case FigureKind.TABLE | FigureKind.TEXT:
            return ExcerptFigure(file_address(file, record_id, "excerpt"), address, name)
        case FigureKind.MARKDOWN:
            return MarkdownFigure(file.path, address, name)
        case FigureKind.DATA:
            whole = None if suffix(name) == "zarr" else address
            return DataFigure(_drawable(file.path), name, data_format(name), whole)
    kind = f"files of kind “.{suffix(name)}”" if suffix(name) else "files without a suffix"
    return TextFigure(_drawable(file.path), f"The portal does not show {kind}.", None)


def _elsewhere(file: WebFile) -> SingleFigure:
    """The same kinds on another server: the portal fetches no address that a record names."""
    if kind_of(file) is FigureKind.DATA:
        return DataFigure(file.url, file.name, data_format(file.name), file.url)
    reason = f"The portal does not show files of kind “.{suffix(file.name)}” from another server."
    return TextFigure(file.url, reason, file.url)


def _recording(file: AssetFile | WebFile, record_id: str, embeds: Embeds) -> EmbedFigure | TextFigure:
    """Rerun's viewer on a recording: for a file of the asset a route of ours sends the browser on to it."""
    text, link = (_drawable(file.path), None) if isinstance(file, AssetFile) else (file.url, file.url)
    address = link and rerun_view(link, file.name, embeds)
    if isinstance(file, AssetFile) and rerun_view("", file.name, embeds):
        address = file_address(file, record_id, "rerun")
    if address is None:
        return without_version(text, file.name, link)
    version = rerun_version(file.name, embeds)
    return EmbedFigure(address, embeds.rerun_origin, f"Rerun {version}: {file.name}" if version else file.name, text)


def _two(pair: Pair, record_id: str, embeds: Embeds) -> SwipeFigure | PairFigure:
    left, right = _one(pair.left, record_id, embeds), _one(pair.right, record_id, embeds)
    first, second = _as_picture(left), _as_picture(right)
    if first and second:
        return SwipeFigure(first, second, _compare_address(pair, record_id))
    return PairFigure(left, right)


def _as_picture(figure: SingleFigure) -> PictureFigure | None:
    """A converted picture is compared as one like any other, stretched as it is by default."""
    if isinstance(figure, ConvertedFigure):
        return PictureFigure(figure.address, figure.name)
    return figure if isinstance(figure, PictureFigure) else None


def _compare_address(pair: Pair, record_id: str) -> str | None:
    """Our frame around the comparing component, which takes raster pictures that the server can read."""
    files = _asset_files(pair)
    if len(files) != 2 or any(kind_of(file) is not FigureKind.IMAGE for file in files):
        return None
    left, right = (reference_digest(file.path) for file in files)
    return f"/compare/{_segment(record_id)}/{left}/{right}"
