"""Where a login leads back to: a place on this portal, and never another site."""

from urllib.parse import quote, urlsplit

HOME = "/"
_LONGEST = 2000
_OURS = ("/oauth2callback", "/auth/", "/login")


def place_after_login(asked: str) -> str:
    """The path and query to go back to; home where what was asked for is not a place of the portal's own.

    It must begin with a single slash: browsers take `//host`, `/\\host`, and a slash followed by a tab or a line end,
    for another site. The places of the login itself would go in circles.
    """
    if not asked.startswith("/") or asked[1:2] in {"/", "\\"} or len(asked) > _LONGEST:
        return HOME
    if any(ord(letter) <= 32 or ord(letter) == 127 or letter == "\\" for letter in asked):
        return HOME
    try:
        parts = urlsplit(asked)
    except ValueError:
        return HOME
    if parts.scheme or parts.netloc or parts.path.startswith(_OURS):
        return HOME
    return quote(asked, safe="/%?&=:@!$'()*+,;~#-._")
