"""What comes before and after an asset in the list or the queue that a reader came from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qc_core.assets.index import AssetSummary, sort
from qc_core.assets.query import AssetQuery, QueryResult

_MAX_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Origin:
    """The list that a reader came from: `page` is "assets" or "queue", `query` are its parameters, encoded.

    An address keeps it as one parameter: `list=assets?status=Fail%26page=2`.

    >>> parse_origin("assets?status=Fail&page=2") == Origin("assets", "status=Fail&page=2")
    """

    page: str
    query: str = ""

    def __str__(self) -> str:
        return f"{self.page}?{self.query}" if self.query else self.page

    @property
    def href(self) -> str:
        """A link back to the list, from any page of the portal."""
        page = "." if self.page == "assets" else self.page
        return f"{page}?{self.query}" if self.query else page


def parse_origin(text: str) -> Origin | None:
    """The list that an address names, None where it names none. Never raises."""
    page, _, query = text.partition("?")
    return Origin(page, query) if page in ("assets", "queue") and len(query) <= _MAX_CHARACTERS else None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The position of an id in a list, counted from 1, the length of the list, and the ids before and after, if any."""

    position: int
    total: int
    previous: str | None
    next: str | None


def find_neighbours(ids: Sequence[str], current: str) -> Neighbours | None:
    """What comes before and after `current`; None where it is not one of the ids.

    >>> find_neighbours(["a", "b", "c"], "b") == Neighbours(2, 3, "a", "c")
    """
    if current not in ids:
        return None
    index = ids.index(current)
    before = ids[index - 1] if index else None
    after = ids[index + 1] if index + 1 < len(ids) else None
    return Neighbours(index + 1, len(ids), before, after)


@dataclass(frozen=True, slots=True)
class ListedAsset:
    """An asset, the page of the list that it is on, and whether another asset has its name."""

    asset: AssetSummary
    page: int
    shares_name: bool


@dataclass(frozen=True, slots=True)
class ListPosition:
    """Where an asset is in a list of `total` assets, and the assets before and after it.

    `position` counts from 1; it is None if the asset no longer matches, such as one whose last Pending metric was
    decided: then its neighbours are those of the position that it would have.
    """

    position: int | None
    total: int
    previous: ListedAsset | None
    next: ListedAsset | None


def locate_asset(
    get_page: Callable[[AssetQuery], QueryResult], query: AssetQuery, current: AssetSummary
) -> ListPosition:
    """The position of an asset in the list of `query`, searched on the query's page and on those next to it.

    `get_page` answers a query (an index's); at most four pages are read. `query.limit` must be a positive number.
    Raises what `get_page` raises.
    """
    pages = _Pages(get_page, query)
    here = pages.nearest(query.page)
    for page in (here, here + 1, here - 1):
        rows = pages.read(page)
        index = next((i for i, row in enumerate(rows) if row.asset.record_id == current.record_id), None)
        if index is not None:
            position = (page - 1) * pages.size + index + 1
            return pages.build_position(position, page, rows[:index], rows[index + 1 :])
    rows = pages.read(here)
    ordered = sort([*(row.asset for row in rows), current], query.sort, query.descending)
    index = ordered.index(current)
    return pages.build_position(None, here, rows[:index], rows[index:])


class _Pages:
    """The pages of a list, each read once."""

    def __init__(self, get_page: Callable[[AssetQuery], QueryResult], query: AssetQuery) -> None:
        self._get_page, self._query = get_page, replace(query, facets=())
        self._read: dict[int, list[ListedAsset]] = {}
        self.size = query.limit or 1
        self.total = 0

    def nearest(self, page: int) -> int:
        """The number of an existing page: this one, or the last one."""
        self.read(page)
        return min(page, max(1, -(-self.total // self.size)))

    def read(self, page: int) -> list[ListedAsset]:
        """The assets of a page; none before the first and after the last one."""
        if page < 1 or (self._read and (page - 1) * self.size >= self.total):
            return []
        if page not in self._read:
            result = self._get_page(replace(self._query, page=page))
            self.total = result.total
            shown = min(page, max(1, -(-result.total // self.size)))  # a page after the last one gives the last one
            self._read[shown] = [ListedAsset(row, shown, row.name in result.shared_names) for row in result.rows]
        return self._read.get(page, [])

    def build_position(
        self, position: int | None, page: int, before: list[ListedAsset], after: list[ListedAsset]
    ) -> ListPosition:
        """The position between the rows before and after it on a page; at its ends the next page is read."""
        before, after = before[-1:] or self.read(page - 1)[-1:], after[:1] or self.read(page + 1)[:1]
        return ListPosition(position, self.total, before[0] if before else None, after[0] if after else None)
