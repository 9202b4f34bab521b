"""The records of a database that match a query: all of them, not only the newest that the list of assets shows."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from qc_core.assets.query import AssetQuery
from qc_core.errors import QcError
from qc_core.json_document.value import JsonValue
from qc_core.stores.docdb.failures import AnswerTooLarge
from qc_core.stores.docdb.fields import WHOLE
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.parsing import name_and_id, stored_from
from qc_core.stores.docdb.store import DocDbStore
from qc_core.stores.listing import ListingProblem
from qc_core.stores.ports import StoredRecord
from qc_core.stores.record_query import Found, missing_names
from qc_core.stores.summary import summary_of

_AT_ONCE = 20
_SEARCHED = (
    *("name", "subject.subject_id", "data_description.subject_id", "data_description.project_name"),
    *(f"data_description.{key}.{part}" for key in ("modalities", "modality") for part in ("name", "abbreviation")),
    "data_description.modality",
)
"""Where the words of a text may be in a record, for `AssetQuery`."""


def database_records(gateway: Gateway, records: DocDbStore, query: AssetQuery, at: datetime) -> Iterator[Found]:
    """The records that match, by id, read in batches; problems where they occur. Raises StoreUnavailable."""
    seen: set[str] = set()
    named = gateway.every(as_filter(query), {"_id": 1, "name": 1}, size=500)
    ids = [(record_id, name) for name, record_id in map(name_and_id, named) if record_id is not None]
    for some in _parts(ids):
        for found in _read(gateway, records, some):
            if isinstance(found, StoredRecord):
                if not query.matches(summary_of(found, at)):
                    continue
                seen.add(found.name)
            yield found
    yield from missing_names(query, seen)


def as_filter(query: AssetQuery) -> dict[str, JsonValue]:
    """A MongoDB filter that all matching records pass, and perhaps others: it leaves out statuses, dates and labels."""
    wanted: list[JsonValue] = []
    if query.ids:
        wanted.append({"_id": {"$in": list(query.ids)}})
    if query.names:
        wanted.append({"name": {"$in": list(query.names)}})
    if not query.ids and not query.names:
        wanted.append({"quality_control": {"$ne": None}})
    if query.subjects:  # where no field has it, the name does
        fields = [{f"{part}.subject_id": {"$in": list(query.subjects)}} for part in ("subject", "data_description")]
        names = [{"name": {"$regex": f"(^|_){re.escape(subject)}_"}} for subject in query.subjects]
        wanted.append({"$or": [*fields, *names]})
    if query.projects:
        wanted.append({"data_description.project_name": {"$in": list(query.projects)}})
    for word in query.text.split():
        like = {"$regex": re.escape(word), "$options": "i"}
        wanted.append({"$or": [{field: like} for field in _SEARCHED]})
    return {"$and": wanted}


def _read(gateway: Gateway, records: DocDbStore, some: list[tuple[str, str]]) -> Iterator[Found]:
    try:
        page = list(gateway.every({"_id": {"$in": [record_id for record_id, _ in some]}}, WHOLE, size=_AT_ONCE))
    except AnswerTooLarge:
        yield from (_alone(records, record_id, name) for record_id, name in some)
        return
    yield from (stored_from(record, str(record["_id"])) for record in page)


def _alone(records: DocDbStore, record_id: str, name: str) -> Found:
    try:
        return records.get_fresh(record_id)
    except QcError as error:
        return ListingProblem(f"{name} ({record_id})", str(error))


def _parts(ids: list[Any]) -> Iterator[list[Any]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
