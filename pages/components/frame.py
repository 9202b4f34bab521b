"""The frame around each page: who is here on top, whom to ask at the foot, and the styles of the layout."""

from pathlib import Path

import streamlit as st

from pages.components import parts, session
from pages.components.errors import plain
from pages.components.portal import services
from qc_core.identity import Allowed

ICON = str(Path(__file__).parent / "frontend" / "favicon.svg")
_STYLE = (Path(__file__).parent / "frontend" / "page.css").read_text("utf-8")


def top() -> None:
    """The line at the top: the way home, and how the reader signs, with one click to read-only and back."""
    st.html(f"<style>{_STYLE}</style>")
    with st.container(key="qc-top", horizontal=True, vertical_alignment="center"):
        parts.home_link(key="home-link", data={"href": ".", "label": "QC Portal", "page": "Assets"}, width="content")
        st.space("stretch")
        allowed = session.may_annotate()
        words = f"Signing as {allowed.person.name}" if isinstance(allowed, Allowed) else "Read-only"
        with st.popover(words, icon=":material/person:" if isinstance(allowed, Allowed) else ":material/visibility:"):
            if isinstance(allowed, Allowed):
                st.markdown(f"What you submit is signed **{plain(allowed.person.name)}**, with the time.")
                st.caption("Set QC_PORTAL_REVIEWER before starting the portal to sign with another name.")
            else:
                st.markdown(plain(allowed.reason))
            session.read_only_switch()
            st.link_button("Drafts that wait, of everyone", "drafts", type="tertiary", icon=":material/edit_note:")


def foot() -> None:
    """The line at the foot, where a contact is set."""
    contact = services().settings.contact
    if contact:
        st.caption(f"Questions about this portal: {plain(contact)}")
