"""The records of a database that match a query, asked of its gateway and not of the index, for an export.

Whole records are read of those that match alone. What a filter of the database cannot decide, such as a status, is
decided by the line that the list of assets shows, which holds no values, notes or references.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from qc_core.assets.query import AssetQuery
from qc_core.errors import QcError
from qc_core.json_document.value import JsonValue
from qc_core.stores.docdb.failures import AnswerTooLarge
from qc_core.stores.docdb.fields import WHOLE
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.lines import TOO_LARGE, DocDbLines
from qc_core.stores.docdb.parsing import name_and_id, parse_stored_record
from qc_core.stores.docdb.store import DocDbStore
from qc_core.stores.listing import ListingProblem
from qc_core.stores.ports import StoredRecord
from qc_core.stores.record_query import Found, report_missing_names
from qc_core.stores.summary import summary_of

_AT_ONCE = 20
_LINES_AT_ONCE = 500
_SEARCHED = (
    *("name", "subject.subject_id", "data_description.subject_id", "data_description.project_name"),
    *(f"data_description.{key}.{part}" for key in ("modalities", "modality") for part in ("name", "abbreviation")),
    "data_description.modality",
)
"""Where the words of a text may be in a record, for `AssetQuery`."""


def database_records(gateway: Gateway, records: DocDbStore, query: AssetQuery, at: datetime) -> Iterator[Found]:
    """The records that match, by id, read in batches; problems where they occur. Raises StoreUnavailable."""
    seen: set[str] = set()
    for some in _parts(_list_candidates(gateway, query, at)):
        for found in _read(gateway, records, some):
            if isinstance(found, StoredRecord):
                if not query.matches(summary_of(found, at)):
                    continue
                seen.add(found.name)
            yield found
    yield from report_missing_names(query, seen)


def _list_candidates(gateway: Gateway, query: AssetQuery, at: datetime) -> list[tuple[str, str]]:
    """Id and name of the records that match, or may match where that cannot be known yet."""
    wanted = as_filter(query)
    if not replace(query, text="", ids=(), names=(), subjects=(), projects=()).has_conditions:
        named = gateway.every(wanted, {"_id": 1, "name": 1}, size=_LINES_AT_ONCE)
        return [(record_id, name) for name, record_id in map(name_and_id, named) if record_id is not None]
    lines = DocDbLines(gateway, lambda: at).read_matching(wanted, _LINES_AT_ONCE)
    summaries = [line.summary for page in lines for line in page if line.summary is not None]
    return [(one.record_id, one.name) for one in summaries if one.problem == TOO_LARGE or query.matches(one)]


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
    yield from (parse_stored_record(record, str(record["_id"])) for record in page)


def _alone(records: DocDbStore, record_id: str, name: str) -> Found:
    try:
        return records.get_fresh(record_id)
    except QcError as error:
        return ListingProblem(f"{name} ({record_id})", str(error))


def _parts(ids: list[Any]) -> Iterator[list[Any]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
