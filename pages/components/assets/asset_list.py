"""The list of assets: filters over a table, each row a link to its review."""

import streamlit as st

from pages.components.assets import filters, list_tools
from pages.shell import asset_rows, browser_components, store_notices
from pages.shell.errors import plain, plain_with_code
from pages.shell.formatting import count
from pages.shell.portal import person_key, services
from qc_core.assets.list_view import AssetListView
from qc_core.stores.listing import AssetPage, IndexState

_NONE_IN_FOLDER = (
    "There are no assets in this folder: {folder}. An asset is a folder with a quality_control.json or a "
    "metadata.nd.json. Open another with `make run ASSETS=/some/folder`, or set QC_PORTAL_ASSETS to it."
)
_NONE_IN_DATABASE = "There are no records in this database. Check API_GATEWAY_HOST, DATABASE and COLLECTION."


def draw(found: AssetPage, view: AssetListView) -> None:
    """The whole list: filters, rows, pages, and what was not read."""
    store_notices.draw_stale_listing_notice(found)
    result = found.result
    filters.draw(view, result)
    filters.draw_conditions(view)
    if not result.known:
        if not found.reading and not found.error:
            settings = services().settings
            st.info(
                _NONE_IN_DATABASE if settings.database else _NONE_IN_FOLDER.format(folder=plain(str(settings.assets)))
            )
    else:
        listed = asset_rows.build_list(result, view, person_key())
        list_tools.draw(view, result, listed["pending"])
        browser_components.asset_table(key="assets", data=listed)
    store_notices.draw_listing_progress(found)
    _draw_problems(found)


def _draw_problems(index: IndexState) -> None:
    if index.problems:
        with st.expander(f"{count(len(index.problems), 'file')} not read", icon=":material/warning:"):
            for problem in index.problems:
                st.markdown(f"**{plain(problem.where)}**: {plain_with_code(f'{problem.reason} {problem.hint}')}")
