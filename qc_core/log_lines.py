"""A log as one JSON object a line; nothing in it opens a door, and no note stands in it."""

import json
import re
import traceback
from types import TracebackType

_SECRETS = (
    re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}"),
    re.compile(r"\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,2}"),
    re.compile(r"(?i)(https?://[^\s?\"'<>]+)\?[^\s\"'<>]+"),
    re.compile(
        r"(?i)([\w-]*(?:x-amz-|signature|token|code|state|secret|cookie|password|_streamlit_user)[\w-]*)=[^\s&;,\"']+"
    ),
)
_HIDDEN = "…"
_LONGEST = 4000

Failure = tuple[type[BaseException], BaseException, TracebackType | None]


def line(said: dict[str, str | int | float | None], failure: Failure | None = None) -> str:
    """One line: what is None is left out; a failure as its kind and where it happened.

    The words of an unexpected exception are left out, since they may hold what somebody wrote.
    """
    told: dict[str, str | int | float] = {
        name: redacted(value) if isinstance(value, str) else value for name, value in said.items() if value is not None
    }
    if failure is not None:
        told |= {"error": failure[0].__name__, "traceback": _frames(failure[2])}
    return json.dumps(told, ensure_ascii=False)


def redacted(text: str) -> str:
    """The text without tokens, cookies, and what stands behind the ? of an address."""
    text = _SECRETS[0].sub(rf"\1 {_HIDDEN}", text)
    text = _SECRETS[1].sub(_HIDDEN, text)
    text = _SECRETS[2].sub(rf"\1?{_HIDDEN}", text)
    return _SECRETS[3].sub(rf"\1={_HIDDEN}", text)[:_LONGEST]


def _frames(place: TracebackType | None) -> str:
    return "Traceback (most recent call last):\n" + "".join(traceback.format_tb(place))
