"""The address of a small picture of a figure."""

from qc_core.references.figures import ConvertedFigure, Figure, PairFigure, PictureFigure, SwipeFigure
from qc_core.references.kind import suffix
from qc_core.references.shown import other_route


def thumbnail_address(figure: Figure) -> str | None:
    """`/thumbnail/…` for a raster picture of ours; an SVG's own address, since the browser makes it small itself.

    Of two figures that are compared it is that of the left one. None for other kinds, and for pictures of other
    servers.
    """
    match figure:
        case SwipeFigure(left) | PairFigure(left):
            return thumbnail_address(left)
        case ConvertedFigure(_, original):
            return other_route(original, "thumbnail")
        case PictureFigure(address) if address.startswith("/files/"):
            return address if suffix(figure.name) == "svg" else other_route(address, "thumbnail")
    return None
