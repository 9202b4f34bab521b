"""Markdown that a record or a figure holds, drawn so that it loads and opens nothing of the portal that it may not."""

from urllib.parse import urlsplit

import streamlit as st

from pages.shell.portal import services
from qc_core.references.formulas import with_formulas
from qc_core.references.markdown import with_safe_addresses


def draw(text: str) -> None:
    """Draw the text and its formulas. The portal's names are those of the open page and of the login."""
    addresses = (st.context.url, services().settings.own_origin)
    hosts = {urlsplit(address).hostname or "" for address in addresses if address}
    st.markdown(with_safe_addresses(with_formulas(text), hosts))
