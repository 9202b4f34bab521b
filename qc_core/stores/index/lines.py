"""What the index keeps of a record: its summary, and how to check whether that still holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Protocol

from qc_core.assets.index import AssetSummary
from qc_core.stores.listing import ListingProblem


@dataclass(frozen=True, slots=True)
class IndexedLine:
    """A record as it was read: `key` is its `_id` as text, `modified` when it was last changed, as written.

    `summary` is None where the record cannot be listed at all; then `problem` is the reason. The summary holds `until`
    that moment, where a status entry lies in the future.
    """

    key: str
    modified: str
    summary: AssetSummary | None
    problem: ListingProblem | None = None
    until: datetime | None = None


class LineSource(Protocol):
    """Where the records of an index are read, page by page. All methods raise StoreUnavailable."""

    def count(self) -> int | None:
        """About how many records there are, None where the source does not report it."""
        ...

    def read_newest(self, number: int) -> list[IndexedLine]:
        """The records that were changed last, newest first."""
        ...

    def read_changes(self, since: str, size: int) -> Iterator[list[IndexedLine]]:
        """All records that were changed at `since`, or later, in pages of about that size."""
        ...

    def read_after(self, key: str, size: int) -> list[IndexedLine]:
        """The records whose key is larger, in the order of their keys, so many at most; none after the last one."""
        ...

    def read_versions_after(self, key: str, size: int) -> list[tuple[str, str]]:
        """The same, of each only its key and when it was last changed."""
        ...

    def read_keys(self, keys: Sequence[str]) -> list[IndexedLine]:
        """The records with these keys, as far as they exist."""
        ...


def storable(summary: AssetSummary) -> AssetSummary:
    """The summary with lone surrogates replaced, which no file of text can hold."""
    changed: dict[str, Any] = {}
    for field in fields(summary):
        value = getattr(summary, field.name)
        if isinstance(value, str):
            changed[field.name] = storable_text(value)
        elif isinstance(value, tuple):
            changed[field.name] = tuple(map(storable_text, value))
    return replace(summary, **changed)


def storable_text(text: str) -> str:
    """The text with lone surrogates replaced."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
