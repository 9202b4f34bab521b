"""Which names in records mean the same person: whole names and addresses, whatever their case.

A person is written as a name, an address, or both, `Ada Lovelace <ada@example.org>`, in records and in queries.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache


def format_person(name: str, address: str) -> str:
    """A person as a query names them: `Ada Lovelace <ada@example.org>`, or what of both is known; "" for nothing."""
    if not address or address in name:
        return name
    return f"{name} <{address}>" if name else address


@lru_cache(maxsize=65_536)
def names_of(written: str) -> frozenset[str]:
    """The texts by which a person is compared: the whole of `Ada Lovelace <ada@example.org>`, the name, the address.

    Case and the width of spaces do not count; a part of a name is not a name.
    """
    whole = " ".join(unicodedata.normalize("NFKC", written).casefold().split())
    name, bracket, rest = whole.rpartition("<")
    parts = {name.strip().strip('"'), rest[:-1].strip()} if bracket and rest.endswith(">") else set()
    return frozenset({whole, *parts} - {""})


def is_among(written: Iterable[str], people: Iterable[str]) -> bool:
    """Whether one of the people that a record names is one of those asked for.

    >>> is_among(["ada lovelace"], ["Ada Lovelace <ada@example.org>"]), is_among(["Ada"], ["Ada Lovelace"])
    (True, False)
    """
    wanted = frozenset(name for person in people for name in names_of(person))
    return any(not wanted.isdisjoint(names_of(one)) for one in written)
