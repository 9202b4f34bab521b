"""Decide by a file's content how a figure is shown: whether JSON is a chart, and whether a PNG has 16 bits."""

from dataclasses import replace

from qc_core.errors import ReferenceUnreadable
from qc_core.references.charts.loads import draws_pictures
from qc_core.references.charts.vega import (
    ChartKind,
    chart_kind,
    data_addresses,
    fills_any_frame,
    foreign_data,
    prepare_chart,
)
from qc_core.references.excerpt import MAX_BYTES, Excerpt, excerpt
from qc_core.references.figures import (
    ChartFigure,
    ConvertedFigure,
    ExcerptFigure,
    Figure,
    JsonFigure,
    PageFigure,
    PictureFigure,
    SwipeFigure,
    TextFigure,
    VideoFigure,
)
from qc_core.references.kind import suffix
from qc_core.references.reference import StoredFile
from qc_core.references.shown import data_address, other_route, reference_digest
from qc_core.stores.figures.conversions import HEADER, is_deep_grey_png
from qc_core.stores.ports import FigureStore

DRAWS_PICTURES = "This chart draws pictures (marks of the type “image”), which it could load from anywhere:"
OUT_OF_REACH = "This page is in a bucket that the portal may not read, so it is a link:"


def by_content(figure: Figure, record_id: str, figures: FigureStore) -> Figure:
    """The figure after a look at its content; unchanged if its name was enough, or the portal cannot read it.

    Raises ReferenceUnreadable for a chart that is missing; a missing picture is reported where it would be.
    """
    match figure:
        case PictureFigure(address, name) if _is_deep(figure, record_id, figures):
            return ConvertedFigure(other_route(address, "converted"), address, name)
        case SwipeFigure(left, right):
            deep = [_is_deep(side, record_id, figures) for side in (left, right)]
            sides = [
                replace(side, address=other_route(side.address, "converted")) if one else side
                for side, one in zip((left, right), deep, strict=True)
            ]
            return replace(figure, left=sides[0], right=sides[1])
        case PageFigure(address) if public := figures.public_address(record_id, _digest(address)):
            return TextFigure(public, OUT_OF_REACH, public)
        case JsonFigure(file) if file is not None:
            return _chart_or_text(figure, file, record_id, figures)
    return figure


def read_beginning(record_id: str, digest: str, name: str, figures: FigureStore) -> Excerpt:
    """The first bytes of a file that the record names, as text or a table. Raises as the figure store does.

    `name` is how people know it: a copy of a file in a hosted store has another.
    """
    path = figures.local_file(record_id, digest)
    try:
        with path.open("rb") as file:
            head = file.read(MAX_BYTES)
        return excerpt(path.name, head, path.stat().st_size)
    except OSError as error:
        raise ReferenceUnreadable(f"The figure {name} cannot be read.") from error


def _is_deep(picture: PictureFigure | VideoFigure, record_id: str, figures: FigureStore) -> bool:
    """Whether a picture is a PNG with 16 bits, by its header, wherever the portal may read that."""
    if suffix(picture.name) != "png" or not picture.address.startswith("/files/"):
        return False
    try:
        return is_deep_grey_png(figures.first_bytes(record_id, _digest(picture.address), HEADER))
    except ReferenceUnreadable:
        return False


def _digest(address: str) -> str:
    return address.split("/")[3]


def _chart_or_text(
    figure: JsonFigure, file: StoredFile, record_id: str, figures: FigureStore
) -> ChartFigure | ExcerptFigure | TextFigure:
    digest = reference_digest(file.identity)
    spec = figures.specification(record_id, digest)
    kind = chart_kind(spec)
    if spec is None or kind is None:
        return ExcerptFigure(other_route(figure.address, "excerpt"), figure.address, figure.name)
    foreign = foreign_data(spec, file)
    if foreign is not None:
        reason = "This chart loads data from outside its asset, which the portal's page may not:"
        return TextFigure(foreign, reason, None)
    if draws_pictures(spec):
        return TextFigure(figure.name, DRAWS_PICTURES, None)
    drawn = prepare_chart(spec, file, lambda target: data_address(target, digest, record_id))
    fits = kind is ChartKind.VEGA_LITE and fills_any_frame(drawn)
    return ChartFigure(drawn, fits, figure.address, figure.name, data_addresses(drawn))
