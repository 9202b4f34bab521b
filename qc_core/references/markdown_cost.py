"""Decide whether Markdown takes a browser too long to draw, by the signs in it that begin something.

Streamlit parses it with micromark and draws formulas with KaTeX, in the process of the page. Of 90 kB that are nothing
but `*a_`, or references such as `[x]`, the parser takes longer than a minute: each sign may belong to any other.
"""

from collections import Counter

MOST_SIGNS = {"$": 800, "*": 2000, "_": 2000, "[": 2000, "`": 4000, "|": 5000}
"""How many there may be of each: Chromium takes a second or two for so many. Two `$` are a formula, a `|` is a cell."""


def find_too_frequent(text: str) -> str | None:
    """The sign of Markdown that occurs more often than is drawn, None if none does.

    >>> find_too_frequent("$a$ " * 500)
    '$'
    """
    counts = Counter(letter for letter in text if letter in MOST_SIGNS)
    return next((sign for sign, most in MOST_SIGNS.items() if counts[sign] > most), None)
