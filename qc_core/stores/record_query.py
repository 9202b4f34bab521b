"""Find the records of a folder that match a query, with their documents."""

from collections.abc import Callable, Iterator

from qc_core.assets.query import AssetQuery
from qc_core.errors import QcError
from qc_core.stores.listing import Listing, ListingProblem
from qc_core.stores.ports import StoredRecord

Found = StoredRecord | ListingProblem
"""A record that matches, or one that may and cannot be read: where it is, and why."""


def find_listed_records(listing: Listing, read: Callable[[str], StoredRecord], query: AssetQuery) -> Iterator[Found]:
    """The records of a listing that match, in its order, each read by its id when it is its turn; problems last.

    Order and page of the query do not matter. Assets that cannot be read at all may match and are reported, unless
    names or ids are asked for.
    """
    problems = [] if query.names or query.ids else list(listing.problems)
    seen: set[str] = set()
    for summary in listing.summaries:
        if query.matches(summary):
            seen.add(summary.name)
            try:
                yield read(summary.record_id)
            except QcError as error:
                problems.append(ListingProblem(summary.name, str(error)))
    yield from problems
    yield from report_missing_names(query, seen)


def report_missing_names(query: AssetQuery, seen: set[str]) -> Iterator[ListingProblem]:
    """The names that were asked for and not found."""
    yield from (
        ListingProblem(name, "No record that matches has this name.") for name in query.names if name not in seen
    )
