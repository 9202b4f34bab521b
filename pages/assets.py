"""`/`: find an asset."""

from pages.components.assets import asset_list
from pages.shell import address, store_notices
from pages.shell.errors import boundary
from pages.shell.portal import services
from pages.shell.session import navigation

navigation.leave_reviews()
with boundary("the list of assets"), store_notices.handle_store_errors("the list of assets"):
    asset_list.draw(services().records.listing(), address.assets_place())
