"""The one place where errors are turned into text on the page."""

import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from pages.shell import meters
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
        meters.count_error(type(error).__name__)
        st.error(f"{plain(error.message)}\n\n{plain(error.hint)}" if error.hint else plain(error.message), icon="⚠️")
    except Exception:
        number = secrets.token_hex(4)
        meters.count_error("unexpected")
        log.exception("error %s while drawing %s", number, what)
        st.error(
            f"Something went wrong while showing {plain(what)}. The rest works, and nothing you entered is lost.\n\n"
            f"If it happens again, give the number {number} to the administrators of this portal.",
            icon="⚠️",
        )


MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]()<>#+-.!|~$:^&\"'=@/"})
BREAK = ":small[]"
"""An empty element: nothing is seen of it, and nothing of it is copied."""
_REWRITTEN = re.compile(
    r"(?<=[<>~-])(?=[->=])"  # -> <- <-> -- <= >= ~= become one sign
    r"|(?<=:[\w+-])"  # :smile: :streamlit: :material_home: become pictures
    r"|(?<=:/)(?=/)|(?<=w)(?=w\.)|(?<=@)(?=\S)",  # https:// www. someone@ become links
    re.IGNORECASE,
)
"""Where to break what Streamlit's page, after the Markdown is read and its escapes are gone, turns into something else.

It does so with each run of text by itself (remark-gfm, remark-emoji and plugins of its own), so an element between two
letters of what it searches for keeps it from finding it.
"""


_CODE = re.compile(r"`([^`\\]+)`")


def plain(text: str) -> str:
    """Escape a text for Markdown, on one line, so that the page shows it literally."""
    pieces = _REWRITTEN.split(" ".join(text.split()))
    return BREAK.join(piece.translate(MARKDOWN_SIGNS) for piece in pieces)


def plain_with_code(text: str) -> str:
    """As `plain`, for our own sentences, in which text in `backticks` is drawn as code."""
    pieces = _CODE.split(" ".join(text.split()))
    return "".join(f"`{piece}`" if at % 2 else _plain_piece(piece) for at, piece in enumerate(pieces))


def _plain_piece(text: str) -> str:
    before, after = " " * text.startswith(" "), " " * text.endswith(" ")
    return f"{before}{plain(text)}{after}" if text.strip() else before


def plain_lines(text: str) -> str:
    """As `plain`, with the line breaks of the text; each line loses its indent."""
    return "  \n".join(plain(line) or "\u00a0" for line in text.strip().splitlines())


def format_hidden_label(text: str) -> str:
    """The label of a field that shows none: read aloud as it is; Markdown only in what nobody sees.

    A picture in it would be loaded all the same, so an invisible sign keeps Markdown from finding one.
    """
    return text.replace("![", "!\u2060[")
