"""An asset query as the parameters of an address, and back: `?q=mfish&status=Fail&sort=name&order=up`.

The keys: `q` (text), `status`, `id`, `name`, `subject`, `project`, `modality`, `platform`, `level`, `instrument`,
`experimenter`, `key_experimenter`, `person` (who is responsible), `source` (each of these may occur several times;
statuses may also be joined with commas), `pending` (1), `from` and `to` (days, YYYY-MM-DD), `sort`, `order` (up or
down), `page`.
What is at its default is left out. `limit` and `facets` belong to the page that asks, and are no part of an address.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from qc_core.assets.index import SortBy
from qc_core.assets.query import AssetQuery

STATUSES = ("Pass", "Fail", "Pending")
_LISTS = {
    "id": "ids",
    "name": "names",
    "subject": "subjects",
    "project": "projects",
    "modality": "modalities",
    "platform": "platforms",
    "level": "levels",
    "instrument": "instruments",
    "experimenter": "experimenters",
    "key_experimenter": "key_experimenters",
    "person": "people",
    "source": "sources",
}
_DAYS = {"from": "acquired_from", "to": "acquired_to"}


def format_query(query: AssetQuery) -> list[tuple[str, str]]:
    """The query as pairs of key and value, for `urllib.parse.urlencode`."""
    usual = AssetQuery()
    pairs = [("q", query.text), *(("status", status) for status in query.statuses)]
    pairs += [(key, value) for key, name in _LISTS.items() for value in getattr(query, name)]
    pairs += [("pending", "1" if query.pending else "")]
    pairs += [(key, day.isoformat()) for key, name in _DAYS.items() if (day := getattr(query, name)) is not None]
    pairs += [("sort", query.sort if query.sort is not usual.sort else "")]
    pairs += [("order", "up" if not query.descending else "")]
    pairs += [("page", str(query.page) if query.page != usual.page else "")]
    return [(key, str(value)) for key, value in pairs if value]


def parse_query(pairs: Iterable[tuple[str, str]]) -> AssetQuery:
    """The query that an address states. Never raises: a key or value that is not understood counts as absent.

    Of a key that may occur once, the last one counts; of a list, each value counts once.
    """
    last: dict[str, str] = {}
    statuses: list[str] = []
    lists: dict[str, tuple[str, ...]] = {}
    for key, value in pairs:
        last[key] = value
        if key == "status":
            statuses += [status for status in value.split(",") if status in STATUSES]
        if key in _LISTS and value:
            name = _LISTS[key]
            lists[name] = tuple(dict.fromkeys((*lists.get(name, ()), value)))
    sort, page = last.get("sort", ""), last.get("page", "")
    query = AssetQuery(
        text=last.get("q", ""),
        statuses=tuple(dict.fromkeys(statuses)),
        pending=last.get("pending", "") == "1",
        acquired_from=_day(last.get("from", "")),
        acquired_to=_day(last.get("to", "")),
        sort=SortBy(sort) if sort in list(SortBy) else SortBy.ACQUISITION_TIME,
        descending=last.get("order", "down") != "up",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 and int(page) > 0 else 1,
    )
    return replace(query, **lists)  # type: ignore[arg-type]  # each of these conditions is a tuple of texts


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None
