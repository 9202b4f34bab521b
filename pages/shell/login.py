"""Log in and out: links to the login that return to this page, the logout, and the field for a typed name."""

import streamlit as st

from pages.shell import browser_components
from pages.shell.errors import plain
from pages.shell.open_review import OpenReview
from pages.shell.portal import TYPED_NAME, person, services
from pages.shell.session import page_permissions
from qc_core.identity.permissions import NOT_VERIFIED, Refused

FAILED = "qc_login_failed"
"""A cookie of some seconds: the login that was just tried came to nothing; `NO_ANSWER` where it never began."""
NO_ANSWER = "no-answer"


def draw_login_link(label: str, *, key: str, address: str = "") -> None:
    """A link to the login; afterwards the reader is at `address`, "" for where the browser is when it is followed."""
    browser_components.log_in(key=key, data={"label": label, "returnAddress": address}, width="content")


def draw_login_for_review(review: OpenReview) -> None:
    """Below the reason why a review is read-only: the login, if it helps; it returns to this position."""
    allowed = page_permissions.may_annotate_record(review.stored)
    if isinstance(allowed, Refused) and allowed.log_in:
        position = review.address.position
        if not position.group:
            position = review.opened.get(review.address, position)
        draw_login_link("Log in", key=f"log-in-{review.record_id}", address=f"/{review.address.href(position)}")


def draw_login_button(refused: Refused | None) -> None:
    """Draw the login at the top, for people who are not logged in."""
    if refused is not None and refused.log_in:
        again = "Log in again" if person() is not None else "Log in"
        draw_login_link(again, key="log-in-top")


def draw_login_failure() -> None:
    """Report a failed login, right after it."""
    how = st.context.cookies.get(FAILED) if services().settings.login else None
    if how:
        ask = plain(services().settings.contact or "the administrators of this portal")
        words = f"The login did not succeed. Try again, or ask {ask}."
        if how == NO_ANSWER:
            words = (
                "The login provider does not answer, so nobody can log in now; people who are logged in can continue. "
                f"Try again in a while, or ask {ask}."
            )
        st.warning(words, icon=":material/warning:")


def draw_account() -> None:
    """In the menu behind the name: who is logged in and the logout, or the field for a name."""
    settings, someone = services().settings, person()
    if settings.login and someone is not None:
        known_by = f", {plain(someone.address)}" if someone.address else ""
        st.caption(f"Logged in as {plain(someone.name or 'someone without a name')}{known_by}.")
        if st.button("Log out", key="log-out", icon=":material/logout:"):
            st.logout()
    elif settings.trust_network:
        st.caption("This portal has no login. To annotate, enter a name; it is marked as not verified.")
        typed = someone.name.removesuffix(NOT_VERIFIED).strip() if someone is not None else ""
        browser_components.typed_name(key="typed-name", data={"name": typed, "cookie": TYPED_NAME})
