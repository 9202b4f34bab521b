"""Resolve a position to a group, figure page and card, and find the previous and next ones."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from qc_core.quality_control import grouping
from qc_core.quality_control.arrangement import Arrangement, select_metrics
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.figure_pages import (
    FigurePage,
    figure_pages,
    find_metric,
    first_pending,
    first_undecided,
    metric_address,
    page_number_of,
)
from qc_core.quality_control.grouping import Group
from qc_core.quality_control.position import Position
from qc_core.references.locations import NO_LOCATIONS, Locations


@dataclass(frozen=True, slots=True)
class OpenPosition:
    """What of a record is open: a leaf of the tree, its figure pages, and the number of the one on screen.

    `position` names the page by its first metric. `missing` is what was asked for and does not exist ("group x=y",
    "metric Drift"), None where everything does. `asked` is the index, among the document's metrics, of the metric that
    was asked for.
    """

    group: Group
    figure_pages: tuple[FigurePage, ...]
    page_number: int
    position: Position
    missing: str | None = None
    asked: int | None = None

    @property
    def figure_page(self) -> FigurePage:
        """The figure page on screen."""
        return self.figure_pages[self.page_number]


@dataclass(frozen=True, slots=True)
class Navigator:
    """The order of one document: its groups as in the tree, their figures, and the cards of each.

    `root` is the document's tree (`grouping.build_tree`), `locations` are those of the record, `arrangement` is what
    the tree was built by; `finds_nothing`: its conditions hold for no metric, so that all are in the tree. The
    document has at least one metric.
    """

    document: QualityControl
    root: Group
    locations: Locations = NO_LOCATIONS
    arrangement: Arrangement = field(default_factory=Arrangement)
    finds_nothing: bool = False

    @property
    def hidden(self) -> int:
        """How many metrics of the document are not in the tree."""
        return len(self.document.metrics) - len(self.root.metrics)

    def resolve(self, wanted: Position, at: datetime, opened_before: Position | None = None) -> OpenPosition:
        """The group and figure page of a position; where it names none, the first with something Pending.

        `opened_before` is what was opened for the same address earlier: it stays open, though by now another may come
        first.
        """
        if opened_before is not None and grouping.find_group(self.root, opened_before.group) is not None:
            wanted = opened_before
        asked_group = grouping.find_group(self.root, wanted.group)
        within = asked_group or self.root
        asked = find_metric(self.document, within, wanted.metric) if wanted.metric else None
        missing = None
        if asked_group is None:
            missing = f"group {wanted.group}"
        elif wanted.metric and asked is None:
            missing = f"metric {wanted.metric}"
        group = grouping.first_group_to_review(within) if asked is None else grouping.leaf_with(within, asked)
        metric = first_pending(self.document, group, at) if asked is None and not wanted.group else asked
        return self._open(group, metric, missing, asked)

    def position_of(self, group: Group, metric: int) -> Position:
        """The position of the metric at an index of the document's metrics, in a group that holds it."""
        return Position(grouping.group_text(group), metric_address(self.document, group, metric))

    def previous_figure(self, opened: OpenPosition) -> Position | None:
        """The figure page before the open one in its group, None at the first."""
        return self._figure(opened, opened.page_number - 1)

    def next_figure(self, opened: OpenPosition) -> Position | None:
        """The figure page after the open one in its group, None at the last."""
        return self._figure(opened, opened.page_number + 1)

    def previous_group(self, opened: OpenPosition) -> Position | None:
        """The leaf before the open one in the tree, None at the first."""
        return self._neighbour(opened.group, -1)

    def next_group(self, opened: OpenPosition) -> Position | None:
        """The leaf after the open one in the tree, None at the last."""
        return self._neighbour(opened.group, 1)

    def first_card(self, opened: OpenPosition, at: datetime, decided: Collection[int] = ()) -> int | None:
        """The card of the open page to begin at, as its number on the page; None where nothing is left to decide.

        It is the requested one, unless that is the page's first or none was requested: then it is the first undecided
        one. `decided` are the indexes, among the document's metrics, of those with a status in the draft.
        """
        metrics = opened.figure_page.metrics
        if opened.asked in metrics[1:]:
            return metrics.index(opened.asked)
        return first_undecided(self.document, metrics, at, decided)

    def _open(self, group: Group, metric: int | None, missing: str | None, asked: int | None) -> OpenPosition:
        pages = figure_pages(self.document, group, self.locations)
        number = page_number_of(pages, metric)
        return OpenPosition(
            group, pages, number, self.position_of(group, pages[number].metrics[0]), missing=missing, asked=asked
        )

    def _figure(self, opened: OpenPosition, number: int) -> Position | None:
        if not 0 <= number < len(opened.figure_pages):
            return None
        return self.position_of(opened.group, opened.figure_pages[number].metrics[0])

    def _neighbour(self, group: Group, step: int) -> Position | None:
        leaves = list(grouping.leaves(self.root))
        number = next(number for number, leaf in enumerate(leaves) if leaf.address == group.address) + step
        return Position(grouping.group_text(leaves[number])) if 0 <= number < len(leaves) else None


def build_navigator(
    document: QualityControl, locations: Locations, arrangement: Arrangement, at: datetime
) -> Navigator:
    """The navigator of the metrics for which an arrangement's conditions hold, in its groups.

    Where they hold for no metric, all are in it.
    """
    found = select_metrics(document, arrangement.conditions, at) if arrangement.conditions else ()
    root = grouping.build_tree(document, at, arrangement.levels, found or None)
    return Navigator(document, root, locations, arrangement, finds_nothing=bool(arrangement.conditions) and not found)
