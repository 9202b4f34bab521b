"""The assets of a subject as a table: each derived one below its source, with its status and links."""

from collections.abc import Iterable, Sequence

from pages.components.link_table import Cell, Part, TableColumn, draw_table
from pages.shell import links
from qc_core.assets.list_view import format_acquired
from qc_core.assets.query import AssetQuery
from qc_core.assets.subject_history import HistoryEntry, Source, order_by_lineage

_COLUMNS = (
    TableColumn("Asset"),
    TableColumn("Level"),
    TableColumn("Process"),
    TableColumn("Modalities"),
    TableColumn("Acquired"),
    TableColumn("Status"),
    TableColumn("Pending", number=True),
    TableColumn("Made from"),
)


def draw(history: Sequence[HistoryEntry], shared_names: frozenset[str]) -> None:
    """Draw all assets; those without a source come newest first."""
    rows = [_build_row(entry, depth, shared_names) for entry, depth in order_by_lineage(history)]
    draw_table("subject-assets", "Assets of this subject", _COLUMNS, rows)


def _build_row(entry: HistoryEntry, depth: int, shared_names: frozenset[str]) -> tuple[Cell, ...]:
    asset = entry.asset
    indent = "\u2003" * (depth - 1) + "↳ " if depth else ""
    problem = [Part(asset.problem, quiet=True)] if asset.problem else []
    queue = links.link_queue([("id", asset.record_id)]) if asset.pending else ""
    sources = [part for source in entry.sources for part in _link_source(source, shared_names)]
    return (
        [Part(indent + asset.name, links.link_asset(asset, shared_names)), *problem],
        asset.data_level or ("derived" if entry.is_derived else ""),
        entry.process,
        ", ".join(asset.modalities),
        format_acquired(asset.acquisition_time),
        Part(status=asset.status),
        Part(f"{asset.pending} of {asset.metrics}", queue) if asset.metrics else "",
        sources or ([Part("source not known", quiet=True)] if entry.is_derived else ""),
    )


def _link_source(source: Source, shared_names: frozenset[str]) -> Iterable[Part]:
    if not source.assets:
        yield Part(source.name)
        yield Part("not known here", quiet=True)
        return
    for asset in source.assets:
        yield Part(asset.name, links.link_asset(asset, shared_names))
    if source.inferred:
        yield Part("by its name", quiet=True)
    if len(source.assets) > 1:
        yield Part("several assets have this name", links.link_assets(AssetQuery(names=(source.name,))))
