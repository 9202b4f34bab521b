"""A read-through cache over a store that may be slow or down: a caller waits for fresh data up to a timeout only."""

import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYetError
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Generic, TypeVar

from qc_core.errors import QcError, RecordNotFound, StoreSlow, StoreUnavailable
from qc_core.stores.background import start_thread
from qc_core.stores.cache import BoundedCache

What = TypeVar("What")
OnRetry = Callable[[StoreUnavailable], None]
"""Called with the reason when an attempt failed and another one follows."""
_AT_LEAST = 0.2
_AFTER_A_FAILURE = 1.0
"""Seconds to wait for a store that failed, or was slow, the last time."""
_PREFETCH_KEPT = 5.0
"""Seconds for which the next caller is answered by a prefetch."""
BATCH_KEPT = 30.0
"""Seconds for which callers are answered by what was read for them together."""
WRITTEN_KEPT = 5.0
"""Seconds for which who reads back what was just written is answered by the read that confirmed it."""
_FAILURES_KEPT = 1_000
_SLOW = "The document database is slow: it has not answered yet."


def ignore_retry(_error: StoreUnavailable) -> None:
    """The `OnRetry` for callers that need no progress."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[What]):
    """A value read at the time `read_at`. `error` is None for a fresh one; else it is the reason why no fresher one
    came."""

    value: What
    read_at: datetime
    error: StoreUnavailable | None = None


@dataclass(slots=True)
class _Reading(Generic[What]):
    """A read in progress since `started` (monotonic). `last_error` is why its latest attempt failed."""

    started: float
    read_at: datetime
    result: Future[What] = field(default_factory=Future)
    last_error: StoreUnavailable | None = None

    def note_retry(self, error: StoreUnavailable) -> None:
        self.last_error = error


@dataclass(frozen=True, slots=True)
class _Given(Generic[What]):
    """What was read for callers that are expected, until a moment (monotonic)."""

    answer: Answer[What]
    until: float


class ReadCache(Generic[What]):
    """Caches what `read` returns for a key. Thread-safe; concurrent callers for one key share one read.

    `read` returns a value and its size. Empty values are not cached; a value whose key is no longer found is dropped.
    """

    def __init__(
        self,
        read: Callable[[str, OnRetry], tuple[What, int]],
        clock: Callable[[], datetime],
        *,
        timeout: float,
        limit: int,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`timeout` is how long to wait for a read, in seconds from its start; `limit` bounds the sum of the sizes."""
        self._read, self._clock, self._monotonic, self._timeout = read, clock, monotonic, timeout
        self._lock = Lock()
        self._under_way: dict[str, _Reading[What]] = {}
        self._prefetched: dict[str, _Reading[What]] = {}
        self._given: dict[str, _Given[What]] = {}
        self._known: BoundedCache[str, Answer[What]] = BoundedCache(limit)
        self._failed: BoundedCache[str, StoreUnavailable] = BoundedCache(_FAILURES_KEPT)
        self._slow: BoundedCache[str, bool] = BoundedCache(_FAILURES_KEPT)

    def peek(self, key: str) -> Answer[What] | None:
        """The cached value, without reading; None where there is none."""
        return self._known.get(key)

    def get(self, key: str, timeout: float | None = None) -> Answer[What]:
        """A fresh value; the cached one, where the store fails or does not answer within `timeout` seconds.

        Raises what `read` raises. Without a cached value also StoreUnavailable, or StoreSlow while the read goes on.
        """
        if given := self._find_given(key, takes=True):
            return given
        try:
            reading = self._take_prefetched(key) or self._join(key)
            return Answer(reading.result.result(timeout=self._time_left(key, reading, timeout)), reading.read_at)
        except NotYetError:
            failure = (
                reading.last_error or self._failed.get(key) or StoreSlow(_SLOW, "The portal is still waiting for it.")
            )
        except StoreUnavailable as error:
            failure = error
        cached = self._known.get(key)
        if cached is None:
            raise failure
        return replace(cached, error=failure)

    def prefetch(self, key: str) -> None:
        """Begin to read for a caller that is expected at once; what it gives, or raises, is that caller's."""
        now = self._monotonic()
        with suppress(StoreUnavailable):  # the caller will report it
            reading = self._join(key)
            with self._lock:
                recent = {one: it for one, it in self._prefetched.items() if now - it.started < _PREFETCH_KEPT}
                self._prefetched = recent | {key: reading}

    def give(self, key: str, value: What, size: int, read_at: datetime, *, seconds: float) -> None:
        """Answer callers for a key by a value that was just read, for so many seconds, up to the next `get`."""
        now, answer = self._monotonic(), Answer(value, read_at)
        self._keep(key, answer, size)
        with self._lock:
            recent = {one: it for one, it in self._given.items() if now < it.until}
            self._given = recent | {key: _Given(answer, now + seconds)}

    def get_fresh(self, key: str) -> What:
        """Read now, ignoring the cache and reads in progress, unless it was given. Raises what `read` raises."""
        if given := self._find_given(key):
            return given.value
        read_at = self._clock()
        what, size = self._read(key, ignore_retry)
        self._keep(key, Answer(what, read_at), size)
        with self._lock:
            self._prefetched.pop(key, None)
        return what

    def invalidate_reads(self, key: str) -> None:
        """Discard reads of a key that started before it was written, so that they do not answer later callers."""
        with self._lock:
            self._under_way.pop(key, None)
            self._prefetched.pop(key, None)
            self._given.pop(key, None)

    def _find_given(self, key: str, *, takes: bool = False) -> Answer[What] | None:
        with self._lock:
            given = self._given.pop(key, None) if takes else self._given.get(key)
        return given.answer if given is not None and self._monotonic() < given.until else None

    def _time_left(self, key: str, reading: _Reading[What], asked: float | None) -> float:
        if asked is not None:
            return asked
        before = self._failed.get(key) or self._slow.get(key)
        timeout = min(self._timeout, _AFTER_A_FAILURE) if before else self._timeout
        return max(_AT_LEAST, reading.started + timeout - self._monotonic())

    def _take_prefetched(self, key: str) -> _Reading[What] | None:
        """The prefetch for this caller, where it succeeded, or is under way; once."""
        with self._lock:
            reading = self._prefetched.pop(key, None)
        if reading is None or self._monotonic() - reading.started >= _PREFETCH_KEPT:
            return None
        if reading.result.done() and reading.result.exception() is not None:
            return None
        return reading

    def _join(self, key: str) -> _Reading[What]:
        with self._lock:
            reading = self._under_way.get(key)
            if reading is None:
                reading = self._under_way[key] = _Reading(self._monotonic(), self._clock())
                try:
                    start_thread("reading a record", partial(self._run_read, key, reading))
                except StoreUnavailable:
                    del self._under_way[key]  # nobody would end it
                    raise
            return reading

    def _run_read(self, key: str, reading: _Reading[What]) -> None:
        try:
            what, size = self._read(key, reading.note_retry)
        except QcError as error:
            self._end(key, reading, error)
            reading.result.set_exception(error)
        else:
            self._keep(key, Answer(what, reading.read_at), size)
            self._end(key, reading, None)
            reading.result.set_result(what)
        finally:
            if not reading.result.done():  # a bug in the portal: waiting callers must see it too
                self._end(key, reading, None)
                reading.result.set_exception(sys.exception() or AssertionError("a read ends with a result or an error"))

    def _end(self, key: str, reading: _Reading[What], error: QcError | None) -> None:
        if self._monotonic() - reading.started > self._timeout:
            self._slow.put(key, True, 1)
        else:
            self._slow.drop(key)
        with self._lock:
            if self._under_way.get(key) is reading:
                del self._under_way[key]
            if isinstance(error, StoreUnavailable):
                self._failed.put(key, error, 1)
            else:
                self._failed.drop(key)
        if isinstance(error, RecordNotFound):
            self._known.drop(key)

    def _keep(self, key: str, answer: Answer[What], size: int) -> None:
        with self._lock:
            known = self._known.get(key)
            if known is not None and known.read_at > answer.read_at:
                return  # an older read that took longer
            self._failed.drop(key)
            if answer.value:
                self._known.put(key, answer, size)
            else:
                self._known.drop(key)
