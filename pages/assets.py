"""`/`: find an asset."""

from dataclasses import replace

from pages.components.assets import asset_list, filters
from pages.shell import address, asset_rows, store_notices
from pages.shell.errors import boundary
from pages.shell.portal import services
from pages.shell.session import navigation

navigation.leave_reviews()
with boundary("the list of assets"), store_notices.handle_store_errors("the list of assets"):
    view = address.read_assets_view()
    query = replace(view.query, limit=asset_rows.ROWS_ON_A_PAGE, facets=tuple(filters.FACETS))
    asset_list.draw(services().index.query(query), view)
