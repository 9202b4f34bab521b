"""The figure pages of an open group: one figure each, with at most 20 of the metrics that refer to it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.grouping import Group, group_by_reference, leaves
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.rollup import review_status
from qc_core.quality_control.status import Status
from qc_core.references.locations import NO_LOCATIONS, Locations
from qc_core.references.reference import parse

CARDS_PER_PAGE = 20
"""Cards on one page at most: more editors on one screen make every click slow."""


@dataclass(frozen=True, slots=True)
class FigurePage:
    """One figure and its cards. `reference` is None for metrics without a figure.

    `metrics` are positions in the document's metrics. Where more metrics share the figure than fit on one page, this is
    `part` (from 1) of `parts`.
    """

    reference: str | None
    metrics: tuple[int, ...]
    part: int = 1
    parts: int = 1


def figure_pages(
    document: QualityControl, group: Group, locations: Locations = NO_LOCATIONS, limit: int = CARDS_PER_PAGE
) -> tuple[FigurePage, ...]:
    """The group's metrics as figure pages, in the order of their figures; every metric is on exactly one page.

    `locations` are those of the record, for the placeholders in its references.
    """
    found: list[FigurePage] = []
    for reference, metrics in group_by_reference(document, group, locations):
        chunks = [metrics[start : start + limit] for start in range(0, len(metrics), limit)]
        found += [FigurePage(reference, chunk, number, len(chunks)) for number, chunk in enumerate(chunks, start=1)]
    return tuple(found)


def metrics_sharing_figure(
    document: QualityControl, reference: str | None, locations: Locations = NO_LOCATIONS
) -> tuple[int, ...]:
    """The metrics that refer to the same figure, however they spell it, in the document's order."""
    if reference is None:
        return ()
    wanted = parse(reference, locations)
    references = {metric.reference for metric in document.metrics if isinstance(metric.reference, str)}
    same = {text for text in references if text == reference or parse(text, locations) == wanted}
    return tuple(number for number, metric in enumerate(document.metrics) if metric.reference in same)


def metrics_on_other_pages(
    document: QualityControl, root: Group, page: FigurePage, locations: Locations = NO_LOCATIONS
) -> tuple[tuple[Group, tuple[int, ...]], ...]:
    """The metrics that share a page's figure and are not on it, by group as in the tree."""
    others = set(metrics_sharing_figure(document, page.reference, locations)) - set(page.metrics)
    found = ((leaf, tuple(n for n in leaf.metrics if n in others)) for leaf in leaves(root)) if others else ()
    return tuple((leaf, metrics) for leaf, metrics in found if metrics)


def metric_addresses(document: QualityControl, group: Group) -> dict[int, str]:
    """The addresses of a group's metrics, by position: the name, with "~2" for the second of that name, and so on."""
    seen: Counter[str] = Counter()
    addresses = {}
    for index in group.metrics:
        name = document.metrics[index].name
        seen[name] += 1
        addresses[index] = f"{name}~{seen[name]}" if seen[name] > 1 else name
    return addresses


def metric_address(document: QualityControl, group: Group, index: int) -> str:
    """The address of one metric of a group, as in `metric_addresses`."""
    return metric_addresses(document, group)[index]


def find_metric(document: QualityControl, group: Group, address: str) -> int | None:
    """The position of the metric that `metric_address` names, None where the group has no such metric."""
    named = [index for index in group.metrics if document.metrics[index].name == address]
    if named:
        return named[0]
    name, _, number = address.rpartition("~")
    if not (number.isascii() and number.isdigit() and len(number) < 7):
        return None
    alike = [index for index in group.metrics if document.metrics[index].name == name]
    return alike[int(number) - 1] if 2 <= int(number) <= len(alike) else None


def page_number_of(figure_pages: tuple[FigurePage, ...], index: int | None) -> int:
    """The number of the page that holds a metric; 0, the first, where none does."""
    return next((number for number, page in enumerate(figure_pages) if index in page.metrics), 0)


def is_undecided(metric: Metric, status: Status | None) -> bool:
    """Whether a metric with this `review_status` is left to decide: it is Pending, and can be annotated."""
    return status is Status.PENDING and metric.read_only is None


def first_pending(document: QualityControl, group: Group, at: datetime) -> int | None:
    """The position of the group's first metric that is Pending or has no status, None where there is none."""
    return next((index for index in group.metrics if _is_pending(document, index, at)), None)


def first_undecided(
    document: QualityControl, metrics: tuple[int, ...], at: datetime, decided: Collection[int] = ()
) -> int | None:
    """The number, among these metrics, of the first that is Pending or has no status, and has none in the draft.

    `metrics` and `decided` are positions in the document's metrics; None where nothing is left to decide.
    """
    for number, index in enumerate(metrics):
        if index not in decided and _is_pending(document, index, at):
            return number
    return None


def _is_pending(document: QualityControl, index: int, at: datetime) -> bool:
    return review_status(document.metrics[index], document.generation, at) is Status.PENDING
