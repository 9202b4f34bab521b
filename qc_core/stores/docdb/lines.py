"""The records of a database as the index of assets reads them: projected to what a line needs, page by page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from qc_core.stores.docdb.failures import AnswerTooLarge
from qc_core.stores.docdb.fields import ASSET_METADATA, LINE, METRICS, get_modified_key, read_modified
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.parsing import name_and_id, parse_stored_record
from qc_core.stores.docdb.read_cache import OnRetry, ignore_retry
from qc_core.stores.index.kept_metrics import KeptMetrics, keep_metrics
from qc_core.stores.index.lines import IndexedLine
from qc_core.stores.listing import ListingProblem
from qc_core.stores.summary import status_valid_until, summary_of

TOO_LARGE = "It is too large for the database's gateway, so its status is not known here."


class DocDbLines:
    """The `LineSource` of one collection. Safe for many threads."""

    def __init__(self, gateway: Gateway, clock: Callable[[], datetime], *, on_retry: OnRetry = ignore_retry) -> None:
        """`on_retry` is called before a request is sent again."""
        self._gateway, self._clock, self._on_retry = gateway, clock, on_retry
        self._key = get_modified_key(gateway.database)

    def count(self) -> int | None:
        """About how many records there are, None where the gateway does not report it."""
        return self._gateway.count()

    def read_newest(self, number: int) -> list[IndexedLine]:
        """The records that were changed last. Raises StoreUnavailable."""
        return self._page({}, {self._key: -1, "_id": 1}, number)

    def read_changes(self, since: str, size: int) -> Iterator[list[IndexedLine]]:
        """All records that were changed at `since`, or later, oldest first. Raises StoreUnavailable.

        One that is changed meanwhile moves to the end, and is read again there.
        """
        skip = 0
        while page := self._page({self._key: {"$gte": since}}, {self._key: 1, "_id": 1}, size, skip):
            yield page
            # Those of the last moment may go on after it: they are skipped, all earlier ones are left behind.
            last = page[-1].modified
            of_last = sum(line.modified == last for line in page)
            skip = skip + of_last if last == since else of_last
            since = last or since

    def read_after(self, key: str, size: int) -> list[IndexedLine]:
        """The records whose `_id` is larger, in its order. Raises StoreUnavailable."""
        return self._page({"_id": {"$gt": key}}, {"_id": 1}, size)

    def read_matching(self, wanted: Mapping[str, Any], size: int) -> Iterator[list[IndexedLine]]:
        """The records that a filter finds, in the order of their `_id`. Raises StoreUnavailable."""
        after = ""
        while page := self._page({"$and": [wanted, {"_id": {"$gt": after}}]}, {"_id": 1}, size):
            yield page
            after = page[-1].key

    def read_versions_after(self, key: str, size: int) -> list[tuple[str, str]]:
        """The same, of each only its `_id` and when it was last changed. Raises StoreUnavailable."""
        projection = {self._key: 1}
        found = self._gateway.find(
            {"_id": {"$gt": key}}, projection, sort={"_id": 1}, limit=size, on_retry=self._on_retry
        )
        return [(str(record["_id"]), read_modified(record, self._gateway.database)) for record in found]

    def read_keys(self, keys: Sequence[str]) -> list[IndexedLine]:
        """The records with these ids, as far as they exist. Raises StoreUnavailable."""
        found: list[IndexedLine] = []
        left = list(keys)
        while left:
            page = self._page({"_id": {"$in": left}}, {"_id": 1}, len(left))
            if not page:
                break
            found += page
            read = {line.key for line in page}
            left = [key for key in left if key not in read]
        return found

    def read_metrics(self, keys: Sequence[str]) -> dict[str, KeptMetrics]:
        """The metrics of the records with these ids; () of one that is too large to be sent, or does not exist.

        Raises StoreUnavailable.
        """
        try:
            found = list(self._gateway.every({"_id": {"$in": list(keys)}}, METRICS, size=len(keys)))
        except AnswerTooLarge:
            if len(keys) == 1:
                return {keys[0]: ()}
            middle = len(keys) // 2
            return self.read_metrics(keys[:middle]) | self.read_metrics(keys[middle:])
        now = self._clock()
        read = {
            str(record["_id"]): keep_metrics(parse_stored_record(record, str(record["_id"])), now) for record in found
        }
        return dict.fromkeys(keys, ()) | read

    def _page(self, wanted: Mapping[str, Any], sort: Mapping[str, int], size: int, skip: int = 0) -> list[IndexedLine]:
        """One page, made smaller as long as it is too large to be sent."""
        while True:
            try:
                found = self._gateway.find(wanted, LINE, sort=sort, limit=size, skip=skip, on_retry=self._on_retry)
            except AnswerTooLarge:
                if size == 1:
                    return self._too_large(wanted, sort, skip)
                size = max(1, size // 2)
            else:
                return [self._line(record) for record in found]

    def _too_large(self, wanted: Mapping[str, Any], sort: Mapping[str, int], skip: int) -> list[IndexedLine]:
        """The line of a record that is too large to be sent at all: it is listed without statuses."""
        found = self._gateway.find(wanted, ASSET_METADATA, sort=sort, limit=1, skip=skip, on_retry=self._on_retry)
        lines = [self._line(record) for record in found]
        return [
            replace(line, summary=replace(line.summary, problem=TOO_LARGE) if line.summary else None) for line in lines
        ]

    def _line(self, record: Mapping[str, Any]) -> IndexedLine:
        name, record_id = name_and_id(record)
        changed = read_modified(record, self._gateway.database)
        if record_id is None:
            problem = ListingProblem(name, "Its _id is not text, so no address can lead to it.")
            return IndexedLine(str(record.get("_id")), changed, None, problem)
        stored, now = parse_stored_record(record, record_id), self._clock()
        return IndexedLine(record_id, changed, summary_of(stored, now), until=status_valid_until(stored, now))
