"""Links to the pages of the portal, relative to any of them."""

from collections.abc import Iterable
from urllib.parse import urlencode

from pages.shell.address import ReviewAddress
from qc_core.assets.grid import format_grid_query
from qc_core.assets.index import AssetSummary
from qc_core.assets.metrics import MetricQuery
from qc_core.assets.query import AssetQuery
from qc_core.assets.query_text import format_query
from qc_core.quality_control.position import Position


def link_asset(asset: AssetSummary, shared_names: frozenset[str], position: Position | None = None) -> str:
    """A link to an asset's review, by its name where no other asset has it."""
    position = position or Position()
    if asset.name in shared_names:
        return ReviewAddress(record_id=asset.record_id, position=position).href()
    return ReviewAddress(name=asset.name, position=position).href()


def link_assets(query: AssetQuery) -> str:
    """A link to the list of the assets that a query finds."""
    return _link("./", format_query(query))


def link_queue(pairs: Iterable[tuple[str, str]]) -> str:
    """A link to the queue with these parameters."""
    return _link("queue", pairs)


def link_grid(query: MetricQuery) -> str:
    """A link to the grid of the metrics that a query finds."""
    return _link("grid", format_grid_query(query))


def link_subject(subject_id: str) -> str:
    """A link to the page of a subject."""
    return _link("subject", [("subject", subject_id)])


def link_project(project: str) -> str:
    """A link to the page of a project."""
    return _link("project", [("project", project)])


def _link(page: str, pairs: Iterable[tuple[str, str]]) -> str:
    query = urlencode(list(pairs))
    return f"{page}?{query}" if query else page
