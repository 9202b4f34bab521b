"""http(s) addresses as records name them: checked, never loaded."""

import re
from urllib.parse import unquote, urlsplit

_WEB = re.compile(r"https?://", re.IGNORECASE)
_UNREADABLE = re.compile("[\\s\x00-\x20\x7f-\x9f\ud800-\udfff\\\\]")

_HOST = re.compile(r"[a-z0-9_][a-z0-9._-]*")


def is_web(text: str) -> bool:
    """Whether a text means to be an http or https address."""
    return _WEB.match(text) is not None


def unusable(url: str) -> str:
    """Why an http(s) address is not offered to the browser, as a sentence; "" if it may be."""
    if _UNREADABLE.search(url):
        return "The address holds spaces or other characters that no address may hold."
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it checks it
        host = parts.hostname
    except ValueError:
        return "The address is not well formed."
    if not host or not (_HOST.fullmatch(host) or "[" in parts.netloc):
        return "The address has no host that can be read."
    if "@" in parts.netloc:
        return "The address holds a user name or password."
    return ""


def last_segment(url: str) -> str:
    """The name of the file that an address's path ends with, decoded; "" if it has none or cannot be read."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    name = unquote(path.rpartition("/")[2])
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)
