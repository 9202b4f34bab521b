"""What was last read of a store that may be slow or down: read anew for whoever asks, who waits for a while only."""

import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYetError
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock, Thread
from typing import Generic, TypeVar

from qc_core.errors import QcError, RecordNotFound, StoreSlow, StoreUnavailable
from qc_core.stores.cache import BoundedCache

What = TypeVar("What")
Told = Callable[[StoreUnavailable], None]
"""Is told why a try failed that is followed by another, so that whoever waits can be told meanwhile."""
_AT_LEAST = 0.2
_AFTER_A_FAILURE = 1.0
"""Seconds to wait for a store that failed, or was slow, the last time."""
_FAILURES_KEPT = 1_000
_SLOW = "The document database is slow: it has not answered yet."


def nobody_is_told(_error: StoreUnavailable) -> None:
    """Nobody waits."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[What]):
    """What was read, at `read_at`; as it is now, or `trouble` says why it is not."""

    what: What
    read_at: datetime
    trouble: StoreUnavailable | None = None


@dataclass(slots=True)
class _Reading(Generic[What]):
    """One under way, begun at `begun`; `failed` is why its last try came to nothing."""

    begun: float
    read_at: datetime
    answer: Future[What] = field(default_factory=Future)
    failed: StoreUnavailable | None = None

    def tell(self, error: StoreUnavailable) -> None:
        self.failed = error


class LastRead(Generic[What]):
    """What `read` gives for a key, and what it last gave. Safe for many threads: all who ask meanwhile share a reading.

    `read` gives the size of what it read too. What is empty is not kept, nor what is not found any more.
    """

    def __init__(
        self,
        read: Callable[[str, Told], tuple[What, int]],
        clock: Callable[[], datetime],
        *,
        hurry: float,
        limit: int,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`hurry` is for how many seconds a reading is waited for, from its beginning on; `limit` bounds the sizes."""
        self._read, self._clock, self._monotonic, self._hurry = read, clock, monotonic, hurry
        self._lock = Lock()
        self._under_way: dict[str, _Reading[What]] = {}
        self._known: BoundedCache[str, Answer[What]] = BoundedCache(limit)
        self._failed: BoundedCache[str, StoreUnavailable] = BoundedCache(_FAILURES_KEPT)
        self._slow: BoundedCache[str, bool] = BoundedCache(_FAILURES_KEPT)

    def known(self, key: str) -> Answer[What] | None:
        """As it was last read, without asking."""
        return self._known.get(key)

    def ask(self, key: str, patience: float | None = None) -> Answer[What]:
        """As it is now; as last read, where the store fails or does not answer within `patience` seconds.

        Raises what `read` raises; StoreUnavailable, or StoreSlow while it is still asked, only where nothing was
        read before.
        """
        reading = self._joined(key)
        try:
            return Answer(reading.answer.result(timeout=self._patience(key, reading, patience)), reading.read_at)
        except NotYetError:
            trouble = reading.failed or self._failed.get(key) or StoreSlow(_SLOW, "It is still asked.")
        except StoreUnavailable as error:
            trouble = error
        known = self._known.get(key)
        if known is None:
            raise trouble
        return replace(known, trouble=trouble)

    def now(self, key: str) -> What:
        """As it is now, whatever is known and under way. Raises what `read` raises."""
        read_at = self._clock()
        what, size = self._read(key, nobody_is_told)
        self._keep(key, Answer(what, read_at), size)
        return what

    def changed(self, key: str) -> None:
        """It was just written: a reading that began before does not count as one of now any more."""
        with self._lock:
            self._under_way.pop(key, None)

    def _patience(self, key: str, reading: _Reading[What], asked: float | None) -> float:
        if asked is not None:
            return asked
        before = self._failed.get(key) or self._slow.get(key)
        hurry = min(self._hurry, _AFTER_A_FAILURE) if before else self._hurry
        return max(_AT_LEAST, reading.begun + hurry - self._monotonic())

    def _joined(self, key: str) -> _Reading[What]:
        with self._lock:
            reading = self._under_way.get(key)
            if reading is None:
                reading = self._under_way[key] = _Reading(self._monotonic(), self._clock())
                # As a daemon, since a process that is to end must not wait for a database that does not answer.
                Thread(target=self._carry_out, args=(key, reading), name="reading a record", daemon=True).start()
            return reading

    def _carry_out(self, key: str, reading: _Reading[What]) -> None:
        try:
            what, size = self._read(key, reading.tell)
        except QcError as error:
            self._end(key, reading, error)
            reading.answer.set_exception(error)
        else:
            self._keep(key, Answer(what, reading.read_at), size)
            self._end(key, reading, None)
            reading.answer.set_result(what)
        finally:
            if not reading.answer.done():  # a fault in the portal: whoever waits must see it too
                self._end(key, reading, None)
                reading.answer.set_exception(sys.exception() or AssertionError("a reading ends"))

    def _end(self, key: str, reading: _Reading[What], error: QcError | None) -> None:
        if self._monotonic() - reading.begun > self._hurry:
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
                return  # read earlier, and slower
            self._failed.drop(key)
            if answer.what:
                self._known.put(key, answer, size)
            else:
                self._known.drop(key)
