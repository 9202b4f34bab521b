"""A file in a hosted store, or a folder of files, of which parts are read without a copy of the whole."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HostedParts:
    """`version` names it and changes with it. `size` is the bytes of a file, None for a folder.

    `read` gives bytes from `start` on, or from the end where that is negative, of the file (`key` is "") or of a file
    in the folder, None where there is none; `list_names` the names in a folder of the folder. Neither leaves it. Both
    raise ReferenceUnreadable and StoreUnavailable.
    """

    name: str
    version: str
    size: int | None
    read: Callable[[str, int, int | None], bytes | None]
    list_names: Callable[[str], list[str]]


def is_inside(key: str) -> bool:
    """Whether a relative path in a folder leads below it: no part of it is empty, `.` or `..`.

    >>> is_inside("0/.zarray"), is_inside("../secret"), is_inside("")
    (True, False, False)
    """
    return len(key) < 1000 and all(part not in ("", ".", "..") and "\0" not in part for part in key.split("/"))
