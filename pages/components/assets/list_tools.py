"""The line above the table of assets: how many metrics are Pending in it, and the menus of columns and of exports."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from pages.components.assets import saved_views
from pages.shell import browser_components
from pages.shell.address import assets_href
from pages.shell.formatting import count
from qc_core.assets.list_view import COLUMNS, AssetListView, format_view
from qc_core.assets.query import QueryResult
from qc_core.assets.query_text import format_query

_EXPORTS = (("CSV", "csv"), ("Parquet", "parquet"), ("JSON", "json"))


def draw(view: AssetListView, result: QueryResult, pending: str) -> None:
    """How many metrics of the result are Pending, in words, and what can be done with it."""
    with st.container(key="qc-list-tools", horizontal=True, vertical_alignment="center"):
        browser_components.list_summary(key="pending", data={"text": view.query.text, "pending": pending})
        saved_views.draw(view)
        browser_components.filter_menus(
            key="list-menus",
            data={
                "search": urlencode(format_view(view)),
                "menus": [_build_column_menu(view), _build_export_menu(view, result.total)],
            },
            width="content",
        )


def _build_column_menu(view: AssetListView) -> dict[str, Any]:
    choices = [
        {
            "text": column.title,
            "href": assets_href(view.toggle_column(column.key)),
            "chosen": column.key in view.columns,
        }
        for column in COLUMNS[1:]
    ]
    return {"kind": "choices", "key": "columns", "label": "Columns", "choices": choices}


def _build_export_menu(view: AssetListView, total: int) -> dict[str, Any]:
    whole = urlencode(format_query(replace(view.query, page=1)))
    files = [
        {"text": name, "href": f"export/assets.{ending}{f'?{whole}' if whole else ''}"} for name, ending in _EXPORTS
    ]
    return {"kind": "files", "key": "export", "label": "Export", "files": files, "title": count(total, "asset")}
