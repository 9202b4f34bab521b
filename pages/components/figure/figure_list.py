"""The figures of a whole record for the browser, so that it shows another one in the frame of a click or a key."""

from datetime import datetime
from typing import Any, TypedDict

from pages.components.figure import figure_data
from pages.shell.portal import services
from qc_core.quality_control.arrangement import Arrangement
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.figure_pages import figure_pages, is_undecided, metric_addresses
from qc_core.quality_control.grouping import find_group, group_text, leaves
from qc_core.quality_control.navigation import Navigator, OpenPosition, build_navigator
from qc_core.quality_control.position import Position
from qc_core.quality_control.remembered import remember_settled
from qc_core.quality_control.rollup import get_review_statuses
from qc_core.references.embeds import Embeds, embeds_of
from qc_core.references.figures import (
    ChartFigure,
    ConvertedFigure,
    EmbedFigure,
    ExcerptFigure,
    Figure,
    JsonFigure,
    MarkdownFigure,
    NoFigure,
    PageFigure,
    PdfFigure,
    PictureFigure,
    SwipeFigure,
    VideoFigure,
)
from qc_core.references.locations import Locations
from qc_core.references.plot import name_plot
from qc_core.references.shown import resolve_figure

MAX_PAGES = 2_000
"""Figure pages that are sent at most: of a record with more, each figure is drawn once the server answered."""


class FigureList(TypedDict):
    """`figures` has each figure once; `groups` has, by the address of a leaf of the tree, its figure pages in their
    order: the metric that names the page, the number of its figure, and its cards: each metric's address, its key,
    and 1 where it is Pending in the record and can be decided."""

    figures: list[dict[str, Any]]
    groups: dict[str, list[tuple[str, int, list[tuple[str, str, int]]]]]


def build_list(record_id: str, navigator: Navigator, at: datetime) -> FigureList:
    """The figures of all leaves, in the order of the tree; nothing where there are too many."""
    embeds, arrangement = embeds_of(services().settings), navigator.arrangement
    return _build_list(navigator.document, at, record_id, arrangement, navigator.locations, embeds)


@remember_settled
def _build_list(
    document: QualityControl,
    at: datetime,
    record_id: str,
    arrangement: Arrangement,
    locations: Locations,
    embeds: Embeds,
) -> FigureList:
    navigator = build_navigator(document, locations, arrangement, at)
    numbers: dict[str | None, int] = {}
    figures: list[dict[str, Any]] = []
    groups: dict[str, list[tuple[str, int, list[tuple[str, str, int]]]]] = {}
    statuses = get_review_statuses(document, at)
    pages = 0
    for leaf in leaves(navigator.root):
        addresses = metric_addresses(document, leaf)
        listed = groups[group_text(leaf)] = []
        for page in figure_pages(document, leaf, locations):
            if page.reference not in numbers:
                numbers[page.reference] = len(figures)
                figures.append(
                    describe_figure(resolve_figure(page.reference, record_id, locations, embeds), page.reference)
                )
            cards = [
                (addresses[one], document.metrics[one].key, int(is_undecided(document.metrics[one], statuses[one])))
                for one in page.metrics
            ]
            listed.append((addresses[page.metrics[0]], numbers[page.reference], cards))
        pages += len(listed)
        if pages > MAX_PAGES:
            return {"figures": [], "groups": {}}
    return {"figures": figures, "groups": groups}


def name_page(position: Position) -> str:
    """A figure page by its group and the metric that names it, as the browser knows it."""
    return f"{position.group}#{position.metric}"


def list_following(navigator: Navigator, opened: OpenPosition) -> list[str | None]:
    """The references of the next two figure pages, and of the first one of the next group."""
    found = [page.reference for page in opened.figure_pages[opened.page_number + 1 :][:2]]
    after = navigator.next_group(opened)
    group = find_group(navigator.root, after.group) if after is not None else None
    if group is not None:
        found += [page.reference for page in figure_pages(navigator.document, group, navigator.locations)[:1]]
    return found


def describe_figure(figure: Figure, reference: str | None = None) -> dict[str, Any]:
    """A figure as its line of tools names it; `figure` is None for one that only the server can draw."""
    drawn = isinstance(figure, PictureFigure | VideoFigure | ConvertedFigure | ExcerptFigure | SwipeFigure)
    addresses = get_addresses(figure)
    return {
        "name": get_name(figure),
        "opens": addresses[0] if len(addresses) == 1 else None,
        "shown": not isinstance(figure, NoFigure),
        "plot": name_plot(reference),
        "figure": figure_data.build_data(figure) if drawn else None,
    }


def get_addresses(figure: Figure) -> list[str]:
    """What of the figure can be opened in a tab of its own."""
    match figure:
        case SwipeFigure(left, right):
            return [left.address, right.address]
        case ConvertedFigure(_, original) | ExcerptFigure(_, original):
            return [original]
        case (
            PictureFigure(address)
            | VideoFigure(address)
            | PdfFigure(address)
            | JsonFigure(_, address)
            | ChartFigure(address=address)
            | MarkdownFigure(_, address)
            | PageFigure(address)
            | EmbedFigure(address)
        ):
            return [address]
    return []


def get_name(figure: Figure) -> str:
    """The name of a figure for people: of its file, of both files of a pair, or the title of a view."""
    match figure:
        case SwipeFigure(left, right):
            return f"{left.name}  |  {right.name}"
        case EmbedFigure(title=title):
            return title
    return getattr(figure, "name", "")
