"""The address to return to after a login: always on this portal, never on another site."""

import posixpath
from urllib.parse import quote, unquote, urlsplit

HOME = "/"
_MAX_CHARACTERS = 2000
_MAX_ENCODINGS = 5
_NOT_AN_ADDRESS = {"auth", "login", "oauth2callback", "_stcore"}
"""First steps of paths that log in or out, or that only the page's own scripts ask for."""


def resolve_return_address(asked: str) -> str:
    """The path and query to return to; the home page if `asked` is not an address on this portal.

    It must begin with a single slash: browsers take `//host`, `/\\host`, and a slash followed by a tab or a line end,
    for another site. The addresses of the login itself would go in circles, or log out at once; they are compared as a
    server or a browser would read them: `/%61uth/logout` and `/view/../auth/logout` are `/auth/logout`.
    """
    if not asked.startswith("/") or len(asked) > _MAX_CHARACTERS or not _is_one_path(asked):
        return HOME
    try:
        parts = urlsplit(asked)
    except ValueError:
        return HOME
    path = _decode(parts.path)
    if parts.scheme or parts.netloc or path is None or not _is_one_path(path):
        return HOME
    if leads_into_login(path):
        return HOME
    return quote(asked, safe="/%?&=:@!$'()*+,;~#-._")


def leads_into_login(path: str) -> bool:
    """Whether a path, decoded and normalised, is one of those that log in or out; also where it cannot be decoded."""
    decoded = _decode(path)
    return decoded is None or posixpath.normpath(f"/{decoded.lstrip('/')}").split("/")[1].casefold() in _NOT_AN_ADDRESS


def _is_one_path(text: str) -> bool:
    """Whether it begins with one slash, and holds neither spaces, nor control characters, nor a backslash."""
    bad = any(ord(letter) <= 32 or ord(letter) == 127 or letter == "\\" for letter in text)
    return text[1:2] != "/" and not bad


def _decode(path: str) -> str | None:
    """The path with its percent-encoding undone, as often as it was done; None where that does not end soon."""
    for _ in range(_MAX_ENCODINGS):
        decoded = unquote(path, errors="replace")
        if decoded == path:
            return path
        path = decoded
    return None
