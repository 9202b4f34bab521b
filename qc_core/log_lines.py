"""Log lines as JSON objects, without tokens, cookies and the text of notes."""

import json
import re
import traceback
from types import TracebackType
from unicodedata import category

_SECRETS = (
    re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}"),
    re.compile(r"\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,2}"),
    re.compile(r"(?i)(https?://[^\s?\"'<>]+)\?[^\s\"'<>]+"),
    re.compile(
        r"(?i)([\w-]*(?:x-amz-|signature|token|code|state|secret|cookie|password|_streamlit_user)[\w-]*)=[^\s&;,\"']+"
    ),
)
_NOT_SHOWN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Categories of characters with no shape of their own (Unicode, section 4.5)."""
_HIDDEN = "…"
_MAX_CHARACTERS = 4000
"""Characters of one text in the log."""

Failure = tuple[type[BaseException], BaseException, TracebackType | None]


def line(fields: dict[str, str | int | float | None], failure: Failure | None = None) -> str:
    """One line: what is None is left out; a failure as its kind and where it happened.

    The message of an unexpected exception is left out, since it may contain what somebody wrote.
    """
    entry: dict[str, str | int | float] = {
        name: redact(value) if isinstance(value, str) else value for name, value in fields.items() if value is not None
    }
    if failure is not None:
        entry |= {"error": failure[0].__name__, "traceback": _frames(failure[2])}
    return _escape(json.dumps(entry, ensure_ascii=False))


def _escape(text: str) -> str:
    """JSON text with an escape for each character that could end a line or steer a terminal.

    JSON itself escapes U+0000 to U+001F only. Viewers take U+0085, U+2028 and U+2029 for line ends, terminals take
    U+009B for the start of a command, and format characters (category Cf) reorder or hide what is next to them.
    Example: U+0085 becomes the six characters `\\u0085`, which a reader of JSON turns back into the same text.
    """
    return "".join(json.dumps(one)[1:-1] if category(one) in _NOT_SHOWN else one for one in text)


def redact(text: str) -> str:
    """The text without tokens, cookies, and what follows the ? of an address."""
    text = _SECRETS[0].sub(rf"\1 {_HIDDEN}", text)
    text = _SECRETS[1].sub(_HIDDEN, text)
    text = _SECRETS[2].sub(rf"\1?{_HIDDEN}", text)
    return _SECRETS[3].sub(rf"\1={_HIDDEN}", text)[:_MAX_CHARACTERS]


def _frames(trace: TracebackType | None) -> str:
    return "Traceback (most recent call last):\n" + "".join(traceback.format_tb(trace))
