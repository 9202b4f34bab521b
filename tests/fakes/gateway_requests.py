"""One request to the document database's gateway: what came in, and what goes wrong with it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one request. `status` 0 lets it through.

    `wait`, or that with `until_healed`, comes before anything else. `after` carries the request out first, so that
    only the answer is lost. `drop` closes the connection without an answer; `half` closes it in the middle of one.
    """

    status: int = 0
    wait: float = 0
    until_healed: bool = False
    after: bool = False
    drop: bool = False
    half: bool = False
    html: bool = False
    retry_after: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in."""

    operation: str
    body: dict[str, Any]
    size: int
