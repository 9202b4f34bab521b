"""Names that look like another name, or that could only be written to look like one.

The rule follows Unicode's Technical Standard 39: two names are confusable when they have the same skeleton (section 4),
and a word that mixes scripts is suspicious (section 5). Its table of some 6,000 signs is not taken over. A skeleton is
made from the compatibility form (NFKC), which undoes full-width and mathematical letters, and from the Cyrillic, Greek
and Armenian letters and the digits that look like Latin letters in common fonts. Accents and case are kept.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from qc_core.mail_address import is_unseen

_CONFUSABLE = {
    "I1|\u0406\u04c0\u0399\u0131\u2223\u05c0": "l",
    "0\u041e\u039f\u0555": "O",
    "5\u0405": "S",
    "\u0430\u03b1\u0251": "a",
    "\u0441\u03f2": "c",
    "\u0501": "d",
    "\u0435\u04bd": "e",
    "\u0261\u0581": "g",
    "\u04bb\u0570": "h",
    "\u0456\u03b9": "i",
    "\u0458\u03f3": "j",
    "\u043a\u03ba": "k",
    "\u04cf": "l",
    "\u0578": "n",
    "\u03b7": "n",
    "\u043e\u03bf\u0585": "o",
    "\u0440\u03c1": "p",
    "\u0455": "s",
    "\u057d\u03c5": "u",
    "\u03bd\u0475": "v",
    "\u051d": "w",
    "\u0445\u03c7": "x",
    "\u0443\u03b3\u04af": "y",
    "\u0410\u0391": "A",
    "\u0412\u0392": "B",
    "\u0421\u03f9": "C",
    "\u0415\u0395": "E",
    "\u041d\u0397": "H",
    "\u0408": "J",
    "\u041a\u039a": "K",
    "\u041c\u039c": "M",
    "\u039d": "N",
    "\u0420\u03a1": "P",
    "\u0422\u03a4": "T",
    "\u054d": "U",
    "\u0474": "V",
    "\u051c": "W",
    "\u0425\u03a7": "X",
    "\u04ae\u03a5": "Y",
    "\u0396": "Z",
    "\u2019\u2018\u02bc\u02b9\u0060\u00b4\u2032": "'",
    "\u2010\u2011\u2012\u2013\u2014\u2212": "-",
}
_LETTERS = str.maketrans({sign: skeleton for signs, skeleton in _CONFUSABLE.items() for sign in signs})
_SCRIPTS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})
"""Scripts with letters that look like those of another; the first word of each letter's name in Unicode."""


class LookAlikes:
    """The names of the people on a page, and which of them could be taken for another."""

    def __init__(self, names: Iterable[str]) -> None:
        """`names` as they are stored."""
        self._by_skeleton: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            self._by_skeleton.setdefault(skeleton(name), []).append(name)

    def warning(self, name: str) -> str | None:
        """Why a name may be another's than it seems, such as "looks like “Ada Lovelace”, spelled with other signs".

        None for a name that only looks like itself.
        """
        others = [other for other in self._by_skeleton.get(skeleton(name), ()) if other.strip() != name.strip()]
        odd = oddities(name)
        if others:
            return f"looks like “{others[0].strip()}”, spelled with other signs" + (f": {odd}" if odd else "")
        return odd


@lru_cache(maxsize=4096)
def skeleton(name: str) -> str:
    """What a name looks like: the same for two names that can hardly be distinguished by eye."""
    plain = unicodedata.normalize("NFKC", name.translate(_LETTERS)).translate(_LETTERS)
    seen = "".join(letter for letter in plain if letter.isspace() or not is_unseen(letter))
    return " ".join(seen.replace("rn", "m").replace("vv", "w").split())


@lru_cache(maxsize=4096)
def oddities(name: str) -> str | None:
    """What makes a name suspicious by itself, such as "mixes Cyrillic and Latin letters"; None for nothing."""
    found = []
    for word in name.split():
        scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word if letter.isalpha()} & _SCRIPTS
        if len(scripts) > 1:
            found.append(f"mixes {' and '.join(sorted(script.capitalize() for script in scripts))} letters")
            break
    if any(is_unseen(letter) and not letter.isspace() for letter in name):
        found.append("holds signs that cannot be seen")
    return ", ".join(found) or None
