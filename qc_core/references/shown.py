"""Decide how a reference is shown, and build the addresses of files that the portal serves."""

import hashlib
from collections.abc import Iterable
from urllib.parse import quote

from qc_core.references.embeds import Embeds, rerun_version, rerun_view, resolve_link, without_version
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
from qc_core.references.kachery import KacheryFile
from qc_core.references.kind import FigureKind, data_format, is_sliced, kind_of, media_type, suffix
from qc_core.references.locations import NO_LOCATIONS, Locations
from qc_core.references.reference import (
    AssetFile,
    File,
    NoReference,
    Pair,
    PlainText,
    Reference,
    RefusedReference,
    StoredFile,
    WebFile,
    parse,
)
from qc_core.references.s3 import S3File, https_address

DEFAULT_EMBEDS = Embeds()
ONLY_BY_HTTPS = (
    "This figure has an http address, and this page loads images and videos of other servers by https only. "
    "The administrators of this portal can allow a host of your own network (QC_PORTAL_FIGURE_HOSTS):"
)


def resolve_figure(
    reference_text: str | None, record_id: str, locations: Locations = NO_LOCATIONS, embeds: Embeds = DEFAULT_EMBEDS
) -> Figure:
    """How the reference of a metric of this record is shown; never raises.

    `locations` are those of the record, `embeds` names what may be framed.
    """
    reference = parse(reference_text, locations)
    match reference:
        case NoReference():
            return NoFigure()
        case PlainText(text, link, reason):
            return resolve_link(link, text, reason, embeds) if link else TextFigure(_drawable(text), reason, None)
        case RefusedReference(text, reason):
            return TextFigure(_drawable(text), reason, None)
        case AssetFile() | S3File() | KacheryFile() | WebFile():
            return _one(reference, record_id, embeds)
        case Pair():
            return _two(reference, record_id, embeds)


def reference_digest(identity: str) -> str:
    """The short name that a file has in our addresses, from its `identity`: a file of the asset's is its path."""
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def file_address(file: StoredFile, record_id: str, route: str = "files") -> str:
    """`/files/<record id>/<digest>/<file name>`, each segment percent-encoded once; other routes give other forms."""
    return f"/{route}/{_segment(record_id)}/{reference_digest(file.identity)}/{_segment(file.name)}"


def other_route(address: str, route: str) -> str:
    """The address of another form of a file of ours: `/files/…` → `/converted/…`."""
    return f"/{route}{address.removeprefix('/files')}"


def data_address(file: StoredFile, chart_digest: str, record_id: str) -> str:
    """`/files/<record id>/<digest of the chart>/<digest>/<file name>`: what a chart loads from its own folder."""
    digest = reference_digest(file.identity)
    return f"/files/{_segment(record_id)}/{chart_digest}/{digest}/{_segment(file.name)}"


def files_named(references: Iterable[str | None], locations: Locations = NO_LOCATIONS) -> dict[str, StoredFile]:
    """Digest → every file that these references name and we have an address for, both parts of pairs too."""
    return {
        reference_digest(file.identity): file
        for reference in references
        for file in _list_stored_files(parse(reference, locations))
    }


def reads_as_pair(reference: str) -> bool:
    """Whether both parts of a reference are figures of kinds that are shown, so that it is unlikely to be one name."""
    found = parse(reference)
    return isinstance(found, Pair) and FigureKind.OTHER not in (kind_of(found.left), kind_of(found.right))


def _segment(text: str) -> str:
    return quote(text, safe="", errors="surrogatepass")


def _drawable(text: str) -> str:
    """The text without lone surrogates, which JSON can contain and a page cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _list_stored_files(reference: Reference) -> list[StoredFile]:
    parts = (reference.left, reference.right) if isinstance(reference, Pair) else (reference,)
    return [part for part in parts if isinstance(part, StoredFile)]


def _one(file: File, record_id: str, embeds: Embeds) -> SingleFigure:
    address = file.url if isinstance(file, WebFile) else file_address(file, record_id)
    match kind_of(file):
        case FigureKind.IMAGE | FigureKind.SVG | FigureKind.VIDEO if not (
            isinstance(file, StoredFile) or embeds.may_load(address)
        ):
            return TextFigure(address, ONLY_BY_HTTPS, address)
        case FigureKind.IMAGE | FigureKind.SVG:
            return PictureFigure(address, file.name)
        case FigureKind.PDF:
            return PdfFigure(address, file.name)
        case FigureKind.VIDEO:
            return VideoFigure(address, file.name, media_type(file.name))
        case FigureKind.JSON:
            return JsonFigure(None if isinstance(file, WebFile) else file, address, file.name)
        case FigureKind.RERUN:
            return _resolve_recording(file, record_id, embeds)
    return _elsewhere(file) if isinstance(file, WebFile) else _through_us(file, record_id)


def _through_us(file: StoredFile, record_id: str) -> SingleFigure:
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
            return MarkdownFigure(reference_digest(file.identity), address, name)
        case FigureKind.DATA:
            return DataFigure(
                _drawable(file.identity),
                name,
                data_format(name),
                _data_link(file, address),
                address,
                file_address(file, record_id, "converted") if is_sliced(name) else None,
            )
    kind = f"files of kind “.{suffix(name)}”" if suffix(name) else "files without a suffix"
    return TextFigure(_drawable(file.identity), f"The portal does not show {kind}.", None)


def _data_link(file: StoredFile, address: str) -> str | None:
    """The address of a file of data. A Zarr is a folder: in S3 it has one, which tools open and browsers do not."""
    if suffix(file.name) != "zarr":
        return address
    return https_address(file) if isinstance(file, S3File) else None


def _elsewhere(file: WebFile) -> SingleFigure:
    """The same kinds on another server: the portal fetches no address that a record names."""
    if kind_of(file) is FigureKind.DATA:
        return DataFigure(file.url, file.name, data_format(file.name), file.url)
    reason = f"The portal does not show files of kind “.{suffix(file.name)}” from another server."
    return TextFigure(file.url, reason, file.url)


def _resolve_recording(file: File, record_id: str, embeds: Embeds) -> EmbedFigure | TextFigure:
    """Rerun's viewer on a recording: for a file that we can read, a route of ours sends the browser on to it."""
    if isinstance(file, WebFile):
        text, link, address = file.url, file.url, rerun_view(file.url, file.name, embeds)
    else:
        text, link = _drawable(file.identity), None
        address = file_address(file, record_id, "rerun") if rerun_view("", file.name, embeds) else None
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


def _as_picture(figure: SingleFigure) -> PictureFigure | VideoFigure | None:
    """A converted picture is compared as one like any other, stretched as it is by default."""
    if isinstance(figure, ConvertedFigure):
        return PictureFigure(figure.address, figure.name)
    return figure if isinstance(figure, PictureFigure | VideoFigure) else None


def _compare_address(pair: Pair, record_id: str) -> str | None:
    """Our frame for the comparing component, which takes raster pictures that the server reads or converts."""
    files = _list_stored_files(pair)
    if len(files) != 2 or not {kind_of(file) for file in files} <= {FigureKind.IMAGE, FigureKind.CONVERTED}:
        return None
    left, right = (reference_digest(file.identity) for file in files)
    return f"/compare/{_segment(record_id)}/{left}/{right}"
