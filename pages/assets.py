"""`/`: find an asset."""

from dataclasses import replace

from pages.components.assets import asset_list
from pages.shell import address, store_notices
from pages.shell.errors import boundary
from pages.shell.portal import services
from pages.shell.session import navigation

navigation.leave_reviews()
with boundary("the list of assets"), store_notices.handle_store_errors("the list of assets"):
    query = replace(address.assets_query(), limit=asset_list.ROWS_ON_A_PAGE)
    asset_list.draw(services().index.query(query), query)
