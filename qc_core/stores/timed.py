"""Stores that measure how long each call takes."""

import time
from collections.abc import Callable
from typing import TypeVar

from qc_core.assets.query import AssetQuery
from qc_core.stores.forwarding import ForwardingRecords
from qc_core.stores.listing import AssetPage
from qc_core.stores.ports import AssetIndex, RecordStore

Observe = Callable[[str, float], None]
"""Called with the name of the method and the seconds that it took, also where it raised."""

ObserveRequest = Callable[[str, float, bool], None]
"""Called after each request to a database with the operation, the seconds it took, and whether it succeeded."""
Result = TypeVar("Result")


def no_measure(_what: str, _seconds: float) -> None:
    """An `Observe` that does nothing."""


def no_request_measure(_operation: str, _seconds: float, _well: bool) -> None:
    """An `ObserveRequest` that does nothing."""


class MeasuredRecords(ForwardingRecords):
    """A record store whose calls are measured."""

    def __init__(self, inner: RecordStore, observe: Observe, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(inner)
        self._observe, self._monotonic = observe, monotonic

    def _forward(self, method: str, call: Callable[[], Result]) -> Result:
        started = self._monotonic()
        try:
            return call()
        finally:
            self._observe(method, self._monotonic() - started)


class MeasuredIndex:
    """An asset index whose queries are measured."""

    def __init__(self, inner: AssetIndex, observe: Observe, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.inner, self._observe, self._monotonic = inner, observe, monotonic

    def query(self, query: AssetQuery) -> AssetPage:
        """See `AssetIndex.query`."""
        started = self._monotonic()
        try:
            return self.inner.query(query)
        finally:
            self._observe("query", self._monotonic() - started)
