"""The frame around each page: navigation and person on top, the contact at the foot, and the styles of the layout."""

import os
from contextvars import ContextVar
from datetime import timedelta
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shell import browser_components, login
from pages.shell.errors import plain
from pages.shell.portal import now, person, services, settings
from pages.shell.session import page_permissions
from qc_core.errors import BadSetting
from qc_core.identity.permissions import Allowed, Refused, may_view

PAGES = (("Assets", ""), ("Queue", "queue"), ("Activity", "activity"), ("Projects", "project"))
"""The pages that the navigation at the top leads to: title, and path of the address."""
ICON = str(Path(__file__).parents[1] / "components" / "frontend" / "favicon.svg")
_SELDOM = timedelta(hours=1)
_WITH_OWN_HEADING = ("project",)
REVIEW = "view"
"""The path of the review, which has its record in the line at the top."""
_page_line: ContextVar[DeltaGenerator] = ContextVar("page_line")
_FRONTEND = Path(__file__).parents[1] / "components" / "frontend"
_STYLE = "".join((_FRONTEND / name).read_text("utf-8") for name in ("page.css", "page_cards.css"))


def draw_header(path: str) -> None:
    """The line at the top: the navigation, and how the reader signs, with one click to read-only and back.

    `path` is that of the page that is open, "" for the list of assets.
    """
    st.html(f"<style>{_STYLE}</style>")
    with st.container(key="qc-top", horizontal=True, vertical_alignment="center"):
        pages = [{"href": to or ".", "text": title, "current": to == path} for title, to in PAGES]
        data = {"href": ".", "label": "QC Portal", "folds": path == REVIEW, "pages": pages}
        data["heading"] = next((title for title, to in PAGES if to == path and to not in _WITH_OWN_HEADING), "")
        browser_components.navigation(key="navigation", data=data, width="content")
        _page_line.set(st.container(key="qc-page-line"))
        st.space("stretch")
        allowed = page_permissions.may_this_person_annotate()
        login.draw_login_button(
            allowed if isinstance(allowed, Refused) else may_view(person(), services().settings, now())
        )
        words = f"Signing as **{plain(allowed.person.name)}**" if isinstance(allowed, Allowed) else "Read-only"
        page_permissions.draw_read_only_switch()
        icon = ":material/person:" if isinstance(allowed, Allowed) else ":material/visibility:"
        with st.container(key="qc-who", width="content"), st.popover(words, icon=icon):
            if isinstance(allowed, Allowed):
                st.markdown(f"What you submit is signed **{plain(allowed.person.name)}**, with the time.")
                if not (services().settings.login or services().settings.trust_network):
                    st.caption("Set QC_PORTAL_REVIEWER before starting the portal to sign with another name.")
            else:
                st.markdown(plain(allowed.reason))
            login.draw_account()
            st.link_button("Unsubmitted drafts", "drafts", type="tertiary", icon=":material/edit_note:")
            st.page_link("health.py", label="Status of this portal", icon=":material/monitor_heart:")
    login.draw_login_failure()


def get_page_line() -> DeltaGenerator:
    """The middle of the line at the top, which is the open page's; while it is empty nothing is shown of it."""
    return _page_line.get()


def check_access() -> bool:
    """Whether the reader may see the page at all; if not, the reason and the login are shown instead."""
    refused = may_view(person(), services().settings, now())
    if refused is None:
        return True
    with st.container(key="qc-gate", border=True, width=560):
        st.subheader("Log in to continue")
        st.markdown(plain(refused.reason))
        login.draw_login_link("Log in", key="log-in-gate")
    return False


def enable_reconnect() -> None:
    """Let an open page be drawn again once the portal has restarted.

    A page at rest is not, and what is then clicked in a fragment is lost, as the new portal knows no fragments yet.
    But a page with a fragment that is due by itself asks to be drawn when it connects: here is one, which does nothing.
    """
    st.fragment(_do_nothing, run_every=_SELDOM)()


def _do_nothing() -> None:
    pass


def draw_footer() -> None:
    """The line at the foot, where a contact is set: also where nothing above it could be drawn."""
    try:
        contact = settings().contact
    except BadSetting:  # which the page reports; the contact matters most then
        contact = os.environ.get("QC_PORTAL_CONTACT", "").strip()
    if contact:
        st.caption(f"Questions about this portal: {plain(contact)}")
