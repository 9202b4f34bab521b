"""`/`: find an asset."""

from pages.components import address, asset_list, session, waiting
from pages.components.errors import boundary
from pages.components.portal import services

session.leave()
with boundary("the list of assets"), waiting.for_store("the list of assets"):
    asset_list.draw(services().records.listing(), address.assets_place())
