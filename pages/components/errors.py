"""The one boundary where errors become words on the screen."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from pages.components import meters
from qc_core.errors import QcError

log = logging.getLogger("qc_portal")


@contextmanager
def boundary(what: str) -> Iterator[None]:
    """Draw a QcError as two sentences; log anything else under a number that the person can quote.

    Streamlit's own control flow (stop, rerun) derives from BaseException and passes through.
    """
    try:
        yield
    except QcError as error:
        meters.error(type(error).__name__)
        st.error(f"{plain(error.message)}\n\n{plain(error.hint)}" if error.hint else plain(error.message), icon="⚠️")
    except Exception:
        number = secrets.token_hex(4)
        meters.error("unexpected")
        log.exception("error %s while drawing %s", number, what)
        st.error(
            f"Something went wrong while showing {plain(what)}. The rest works, and nothing you entered is lost.\n\n"
            f"If it happens again, quote the number {number} to whoever looks after this portal.",
            icon="⚠️",
        )


MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]()<>#+-.!|~$:^&\"'=@/"})


def plain(text: str) -> str:
    """Text that Markdown shows as it is: every sign that could mean something is escaped."""
    return " ".join(text.split()).translate(MARKDOWN_SIGNS)
