"""Mail addresses from a login provider: used unchanged, or refused; never repaired."""

import unicodedata

_MAX_BYTES, _MAX_LOCAL_PART_BYTES, _MAX_LABEL_BYTES = 254, 64, 63
"""Bytes, from RFC 5321 (4.5.3.1) and RFC 1035 (2.3.4)."""
_UNSEEN_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Letters and marks that Unicode lists as default-ignorable (DerivedCoreProperties.txt), besides variation
selectors."""


def fault_of(address: str) -> str | None:
    """Why an address cannot be compared with a list, as a clause such as "it has more than one @"; None where it can.

    Repairing one, such as removing an invisible character, could turn it into another person's address.
    """
    local_part, _, domain = address.partition("@")
    if address.count("@") > 1:
        return "it has more than one @"
    if any(is_unseen(letter) or letter.isspace() for letter in address):
        return "it has spaces or signs that cannot be seen"
    if not local_part or not domain:
        return "it has not a name and a host with an @ between"
    labels = domain.split(".")
    too_long = len(_bytes(address)) > _MAX_BYTES or len(_bytes(local_part)) > _MAX_LOCAL_PART_BYTES
    if too_long or any(len(_bytes(label)) > _MAX_LABEL_BYTES for label in labels):
        return "a part of it is too long"
    return None if all(labels) else "its host has an empty part"


def is_unseen(letter: str) -> bool:
    """Whether a character is invisible: controls, format and private-use characters, and the like."""
    if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"} or letter in _UNSEEN_LETTERS:
        return True
    number = ord(letter)
    return 0xFE00 <= number <= 0xFE0F or 0xE0100 <= number <= 0xE01EF or 0x180B <= number <= 0x180F


def in_lower_case(text: str) -> str:
    """The same with A to Z in lower case, and nothing else changed: `str.lower` makes a `k` of the Kelvin sign."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
