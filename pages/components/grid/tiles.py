"""The tiles of a grid for the browser: what each is of, its small picture, and its figure in large."""

from datetime import datetime
from typing import Any

from pages.shell.address import ReviewAddress
from pages.shell.open_grid import OpenGrid
from pages.shell.portal import list_reasons, services
from qc_core.assets.grid import name_tile
from qc_core.assets.metrics import MetricRow
from qc_core.references.embeds import embeds_of
from qc_core.references.figures import (
    ConvertedFigure,
    EmbedFigure,
    Figure,
    NoFigure,
    PairFigure,
    PictureFigure,
    SwipeFigure,
    TextFigure,
    VideoFigure,
)
from qc_core.references.kind import suffix
from qc_core.references.shown import resolve_figure
from qc_core.references.thumbnails import thumbnail_address


def describe_tiles(opened: OpenGrid) -> dict[str, Any]:
    """All tiles, in order. Their statuses are not among this: they change with each verdict."""
    several = len({row.name for row in opened.rows}) > 1
    of_assets = several and len({row.asset.record_id for row in opened.rows}) > 1
    return {"tiles": [_describe(row, several=several, of_assets=of_assets) for row in opened.rows]}


def _describe(row: MetricRow, *, several: bool, of_assets: bool) -> dict[str, Any]:
    """One tile. Where a grid has `several` metrics, each is titled by its name, else by its day.

    Where these are of several assets (`of_assets`), subject and day are in a line of their own.
    """
    asset, day = row.asset, _format_day(row.asset.acquisition_time)
    figure = resolve_figure(row.reference, asset.record_id, embeds=embeds_of(services().settings))
    note, reason = _explain(figure, row.reference)
    return {
        "id": name_tile(row),
        "title": row.name if several else day,
        "of": " · ".join(filter(None, (asset.subject_id, day))) if of_assets else "",
        "metric": row.name,
        "day": day,
        "asset": asset.name,
        "facts": " · ".join([*row.tags, *(filter(None, [row.stage]))]),
        "value": f"{row.number:g}" if row.number is not None else "",
        "href": ReviewAddress(record_id=asset.record_id).href(row.position),
        "picture": thumbnail_address(figure),
        "large": _enlarge(figure),
        "note": note,
        "reason": reason,
        "reasons": list(list_reasons(row.modality)),
    }


def _enlarge(figure: Figure) -> dict[str, str] | None:
    """What is shown in large: a picture or a video by its address; None for other kinds, which the review shows."""
    match figure:
        case SwipeFigure(left) | PairFigure(left):
            return _enlarge(left)
        case PictureFigure(address) | ConvertedFigure(address):
            return {"kind": "picture", "address": address}
        case VideoFigure(address):
            return {"kind": "video", "address": address}
    return None


def _explain(figure: Figure, reference: str | None) -> tuple[str, str]:
    """The short and the long text of a tile that has no picture."""
    match figure:
        case NoFigure():
            return "No figure", "This metric names no figure."
        case TextFigure(text, reason):
            return "No picture", reason or f"The reference is a text: {text[:300]}"
        case EmbedFigure(title=title):
            return title.partition(":")[0], "The review shows this view of another site."
    kind = suffix(reference or "").upper()[:8] or "No picture"
    return kind, "The review shows this kind of figure."


def _format_day(time: datetime | None) -> str:
    return f"{time:%Y-%m-%d}" if time else "no date"
