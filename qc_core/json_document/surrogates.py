"""Lone surrogates: halves of a surrogate pair that JSON can escape and no UTF-8 text can hold.

JSON allows `"\\ud800"` (RFC 8259, section 8.2, which calls what a reader makes of it unpredictable). Python reads a
string from it that can be neither encoded nor sent to a browser. The portal reads such an escape as the six characters
that are written in the file, `\\ud800`, and writes them back as the escape where it replaces a text that holds it.
"""

import re

_ESCAPE = re.compile(
    r"\\(?:(?P<pair>u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|(?P<lone>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
"""One escape in JSON text; outside of strings JSON has no backslash."""
_AS_CHARACTERS = re.compile(r"\\(?:\\(?P<characters>ud[89a-f][0-9a-f]{2})|.)", re.DOTALL)
"""One escape in JSON text, or the characters that `spell_out_escapes` makes of a lone surrogate."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def spell_out_escapes(text: str) -> str:
    """JSON text in which each lone surrogate is written out: `"\\ud800"` becomes `"\\\\ud800"`.

    Pairs, which are ordinary characters such as emoji, stay; so does text that is not JSON.
    """
    if "\\ud" not in text and "\\uD" not in text:
        return text
    return _ESCAPE.sub(lambda found: "\\\\" + found["lone"].lower() if found["lone"] else found[0], text)


def spell_out_characters(text: str) -> str:
    """A Python string in which each lone surrogate is written out: the same characters as `spell_out_escapes` makes."""
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def restore_escapes(new: str, old: str) -> str:
    """JSON text that is to replace `old`, with the lone surrogates of `old` as escapes again.

    If `old` holds both an escape and the same characters as plain text, the two cannot be distinguished, and the
    characters stay.
    """
    if "\\ud" not in old and "\\uD" not in old:
        return new
    lone = {found["lone"].lower() for found in _ESCAPE.finditer(old) if found["lone"]}
    lone -= {found["characters"] for found in _AS_CHARACTERS.finditer(old) if found["characters"]}
    return _AS_CHARACTERS.sub(
        lambda found: "\\" + found["characters"] if found["characters"] in lone else found[0], new
    )
