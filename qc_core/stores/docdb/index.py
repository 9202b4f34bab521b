"""The list of assets of a database: the newest records, kept in memory as one short line each, read behind the page.

A first reading goes through the newest records, page by page; what it has so far can be shown already. After that
only what changed since is read, and now and then all of it again, since nothing reports deleted records.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from threading import Event, Lock
from typing import Any

from qc_core.assets.index import AssetSummary
from qc_core.errors import StoreUnavailable
from qc_core.stores.background import start_thread
from qc_core.stores.docdb.failures import AnswerTooLarge
from qc_core.stores.docdb.fields import LINE, modified, modified_key
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.parsing import name_and_id, stored_from
from qc_core.stores.listing import Listing, ListingProblem
from qc_core.stores.summary import status_valid_until, summary_of
from qc_core.times import parse_time

NEWEST = 2_000
"""How many records are listed. A line takes about a kilobyte."""
log = logging.getLogger("qc_portal")
_PAGE = 100
_ALL_AGAIN_AFTER = 900.0
_OVERLAP = timedelta(minutes=2)
"""Changes are asked for from a little before the last one seen: clocks differ, and writes take time."""
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class _IndexLine:
    summary: AssetSummary
    modified: str
    until: datetime | None


@dataclass(slots=True)
class _IndexState:
    lines: dict[str, _IndexLine] = field(default_factory=dict)
    problems: dict[str, ListingProblem] = field(default_factory=dict)
    read_at: datetime | None = None
    started: float | None = None
    all_read_at: float | None = None
    error: StoreUnavailable | None = None  # of the last try, also while it is tried again
    touched: set[str] = field(default_factory=set)
    done: Event | None = None


class DocDbIndex:
    """The newest records of one collection. Safe for many threads; one of them at most reads."""

    def __init__(
        self,
        gateway: Gateway,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        *,
        newest: int = NEWEST,
        fresh_for: float = 5.0,
    ) -> None:
        """`fresh_for` is for how many seconds what was read counts as fresh."""
        self._gateway, self._clock, self._monotonic = gateway, clock, monotonic
        self._newest, self._fresh_for = newest, fresh_for
        self._key = modified_key(gateway.database)
        self._lock = Lock()
        self._state = _IndexState()

    def listing(self, timeout: float) -> Listing:
        """What is known, after waiting for a refresh for at most `timeout` seconds."""
        done = self._refreshed()
        if done is not None:
            done.wait(timeout)
        with self._lock:
            state = self._state
            ordered = sorted(state.lines.values(), key=lambda line: line.modified, reverse=True)
            limited = len(ordered) >= self._newest
            return Listing(
                summaries=tuple(line.summary for line in ordered),
                problems=tuple(state.problems.values()),
                limited_to=self._newest if limited else None,
                reading=state.done is not None,
                read_at=state.read_at,
                error=state.error,
            )

    def touched(self, record_id: str) -> None:
        """The record was written by this portal: its line is read again with the next refresh."""
        with self._lock:
            self._state.touched.add(record_id)
            self._state.started = None

    def _refreshed(self) -> Event | None:
        """Start a refresh where one is due; the event to wait for, or None where all is fresh."""
        with self._lock:
            state, now = self._state, self._monotonic()
            if state.done is not None:
                return state.done
            if state.started is not None and now - state.started < self._fresh_for:
                return None
            state.started, state.done = now, Event()
            try:
                start_thread("list of assets", partial(self._refresh, state.done))
            except StoreUnavailable as error:
                state.started, state.done, state.error = None, None, error
            return state.done

    def _refresh(self, done: Event) -> None:
        trouble: StoreUnavailable | None = None
        try:
            since = self._since()
            if since is None:
                self._read_all()
            else:
                self._read_changes(since)
        except StoreUnavailable as error:
            trouble = error
        finally:
            self._met(trouble)
            with self._lock:
                self._state.done = None
                if trouble is None:
                    self._state.read_at = self._clock()
            done.set()

    def _met(self, trouble: StoreUnavailable | None) -> None:
        """What a try met is reported at once: until the last one, half a minute may pass."""
        with self._lock:
            if trouble is not None and self._state.error is None:
                log.warning("the list of records cannot be read: %s", trouble.message)
            self._state.error = trouble

    def _since(self) -> str | None:
        """From when on changes are to be read, as the database writes times; None where all must be read."""
        with self._lock:
            state = self._state
            if state.all_read_at is None or self._monotonic() - state.all_read_at > _ALL_AGAIN_AFTER:
                return None
            last = parse_time(max((line.modified for line in state.lines.values()), default=None))
        if last is None:
            return None
        return (last.instant - _OVERLAP).strftime("%Y-%m-%dT%H:%M:%S")

    def _read_all(self) -> None:
        """The newest records. What is read counts at once; what is not found any more goes at the end."""
        started = self._monotonic()
        seen = self._read_newest({})
        with self._lock:
            state = self._state
            state.lines = {key: line for key, line in state.lines.items() if key in seen}
            state.problems = {key: problem for key, problem in state.problems.items() if key in seen}
            state.all_read_at = started

    def _read_newest(self, wanted: Mapping[str, Any]) -> set[str]:
        """Read the newest records that match, page by page; the ids of all that were read."""
        skip, size, seen = 0, _PAGE, set[str]()
        while skip < self._newest:
            limit = min(size, self._newest - skip)
            try:
                sort = {self._key: -1, "_id": 1}
                page = self._gateway.find(wanted, LINE, sort=sort, limit=limit, skip=skip, on_retry=self._met)
            except AnswerTooLarge:
                if limit > 1:
                    size = limit // 2
                    continue
                page = self._too_large(wanted, skip)
            else:
                self._met(None)
                self._take(page)
            if not page:
                break
            seen |= {str(record.get("_id")) for record in page}
            skip += len(page)
        return seen

    def _read_changes(self, since: str) -> None:
        now = self._clock()
        with self._lock:
            touched, self._state.touched = self._state.touched, set()
            due = touched | {key for key, line in self._state.lines.items() if line.until and line.until <= now}
        try:
            self._read_newest({self._key: {"$gte": since}})
            for some in _parts(sorted(due)):
                self._take(self._gateway.every({"_id": {"$in": some}}, LINE, size=_PAGE, on_retry=self._met))
        except StoreUnavailable:
            with self._lock:
                self._state.touched |= touched
            raise
        with self._lock:
            lines = sorted(self._state.lines.items(), key=lambda item: item[1].modified, reverse=True)
            self._state.lines = dict(lines[: self._newest])

    def _take(self, records: Iterable[Mapping[str, Any]]) -> None:
        for record in records:
            now = self._clock()
            name, record_id = name_and_id(record)
            line = problem = None
            if record_id is None:
                problem = ListingProblem(name, "Its _id is no text, so no address can lead to it.")
            else:
                stored = stored_from(record, record_id)
                line = _IndexLine(
                    summary_of(stored, now), modified(record, self._gateway.database), status_valid_until(stored, now)
                )
            key = str(record.get("_id"))
            with self._lock:
                if line:
                    self._state.lines[key] = line
                elif problem:
                    self._state.problems[key] = problem

    def _too_large(self, wanted: Mapping[str, Any], skip: int) -> list[dict[str, Any]]:
        """One record that cannot be sent even for its line: it is listed by its name alone."""
        sort = {self._key: -1, "_id": 1}
        page = self._gateway.find(wanted, {"name": 1, self._key: 1}, sort=sort, limit=1, skip=skip)
        self._take(page)
        for record in page:
            with self._lock:
                line = self._state.lines.get(str(record["_id"]))
                if line:
                    why = "It is too large for the database's gateway, so its status is not known here."
                    self._state.lines[str(record["_id"])] = replace(line, summary=replace(line.summary, problem=why))
        return page


def _parts(ids: list[str]) -> Iterable[list[str]]:
    """Not too many at once: they are in the address of the request."""
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
