"""A project's metrics by modality, stage and status: each number leads to the assets or the queue behind it."""

from collections.abc import Sequence
from dataclasses import replace

from pages.components.link_table import Cell, Part, TableColumn, draw_table
from pages.shell import links
from qc_core.assets.project_history import MatrixCounts
from qc_core.assets.query import AssetQuery
from qc_core.assets.query_text import format_query

_COLUMNS = (
    TableColumn("Modality"),
    TableColumn("Stage"),
    TableColumn("Fail", number=True),
    TableColumn("Pending", number=True),
    TableColumn("Pass", number=True),
    TableColumn("No status", number=True),
)


def draw(counts: Sequence[MatrixCounts], query: AssetQuery) -> None:
    """The table; `query` finds the assets that were counted."""
    rows = [_build_row(one, query) for one in counts]
    draw_table("status-matrix", "Metrics by modality, stage and status", _COLUMNS, rows)


def _build_row(one: MatrixCounts, query: AssetQuery) -> tuple[Cell, ...]:
    fail, pending, passed, none = one.counts
    query = replace(query, modalities=(one.modality,) if one.modality else query.modalities)
    queue = links.link_queue([*((key, value) for key, value in format_query(query) if key != "modality"), *_pairs(one)])
    return (
        one.modality or "no modality",
        one.stage or "no stage",
        _link(fail, links.link_assets(replace(query, statuses=("Fail",)))),
        _link(pending, queue),
        _link(passed, links.link_assets(query)),
        _link(none, links.link_assets(query)),
    )


def _pairs(one: MatrixCounts) -> list[tuple[str, str]]:
    return [(key, value) for key, value in (("modality", one.modality), ("stage", one.stage)) if value]


def _link(number: int, href: str) -> Part:
    return Part(f"{number:,}", href) if number else Part("0", quiet=True)
