"""`/`: find an asset."""

from pages.components import address, asset_list
from pages.components.errors import boundary
from pages.components.portal import services

with boundary("the list of assets"):
    asset_list.draw(services().records.listing(), address.assets_place())
