"""The links of an asset to other sites, in the header's menu: those that the settings have a template for."""

import streamlit as st

from pages.shell.errors import plain
from pages.shell.portal import services
from qc_core.assets.links import build_links, list_link_values
from qc_core.stores.ports import StoredRecord


def draw(stored: StoredRecord) -> None:
    """The button with the links behind it; nothing where the asset has none."""
    templates = services().settings.links
    links = build_links(templates, list_link_values(stored.asset, stored.record_id, stored.name)) if templates else ()
    if not links:
        return
    with st.popover("Links", icon=":material/open_in_new:", type="tertiary", key="links"):
        for link in links:
            st.link_button(plain(link.label), link.address, type="tertiary", icon=":material/open_in_new:")
