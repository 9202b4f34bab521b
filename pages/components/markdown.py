"""Markdown that a record or a figure holds, drawn so that it loads and opens nothing of the portal that it may not."""

from urllib.parse import urlsplit

import streamlit as st

from pages.shell.errors import plain
from pages.shell.portal import services
from qc_core.references.formulas import with_formulas
from qc_core.references.markdown import with_safe_addresses
from qc_core.references.markdown_cost import MOST_SIGNS, find_too_frequent


def draw(text: str) -> None:
    """Draw the text and its formulas; as it is written where that would take the browser too long.

    The portal's names are those of the open page and of the login.
    """
    text = with_formulas(text)
    sign = find_too_frequent(text)
    if sign is not None:
        st.code(text, language=None, wrap_lines=True, height=400)
        st.caption(f"Shown as it is written: it holds more than {MOST_SIGNS[sign]:,} “{plain(sign)}”.")
        return
    addresses = (st.context.url, services().settings.own_origin)
    hosts = {urlsplit(address).hostname or "" for address in addresses if address}
    st.markdown(with_safe_addresses(text, hosts))
