"""Which records are meant by a query, and those of a folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from qc_core.assets.index import AssetSummary, search
from qc_core.errors import QcError
from qc_core.stores.ports import ListingProblem, RecordStore, StoredRecord

Found = StoredRecord | ListingProblem
"""A record that matches, or one that may and cannot be read: where it is, and why."""


@dataclass(frozen=True, slots=True)
class RecordQuery:
    """What records have to match, all of it; what is left out matches any.

    `names` are whole names, one of which it is; `text` are words, each of which occurs in name, subject, project or
    modality, as in the search of the list of assets; `subject` and `project` are exact.
    """

    names: tuple[str, ...] = ()
    text: str = ""
    subject: str | None = None
    project: str | None = None

    @property
    def is_everything(self) -> bool:
        """Whether every record matches."""
        return not self.names and not self.text.split() and self.subject is None and self.project is None

    def matches(self, summary: AssetSummary) -> bool:
        """Whether a record matches, by its line in the list of assets."""
        return (
            (not self.names or summary.name in self.names)
            and (self.subject is None or summary.subject_id == self.subject)
            and (self.project is None or summary.project == self.project)
            and bool(search([summary], self.text, ()))
        )


def in_folder(store: RecordStore, query: RecordQuery, at: datetime) -> Iterator[Found]:
    """The records of a folder that match, by path, each read when it is its turn; problems last.

    Assets that cannot be read at all may match and are told of, unless names are asked for. Raises StoreUnavailable.
    """
    listing = store.listing()
    problems = [] if query.names else list(listing.problems)
    seen: set[str] = set()
    for summary in listing.summaries:
        if query.matches(summary):
            seen.add(summary.name)
            try:
                yield store.get_fresh(summary.record_id)
            except QcError as error:
                problems.append(ListingProblem(summary.name, str(error)))
    yield from problems
    yield from names_missing(query, seen)


def names_missing(query: RecordQuery, seen: set[str]) -> Iterator[ListingProblem]:
    """The names that were asked for and not found."""
    yield from (
        ListingProblem(name, "No record that matches has this name.") for name in query.names if name not in seen
    )
