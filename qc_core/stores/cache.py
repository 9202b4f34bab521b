"""A cache that holds at most so many bytes, for many threads."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class BoundedCache(Generic[Key, Value]):
    """Drops the least recently used values once the sizes add up to more than `limit`; the newest always stays."""

    def __init__(self, limit: int) -> None:
        """`limit` is in the unit of the sizes that `put` takes."""
        self._limit = limit
        self._total = 0
        self._lock = Lock()
        self._held: OrderedDict[Key, tuple[Value, int]] = OrderedDict()

    def get(self, key: Key) -> Value | None:
        """What was put under the key, None if it was never there or is forgotten."""
        with self._lock:
            found = self._held.get(key)
            if found is None:
                return None
            self._held.move_to_end(key)
            return found[0]

    def put(self, key: Key, value: Value, size: int) -> None:
        """Keep a value, instead of an earlier one with the same key."""
        with self._lock:
            earlier = self._held.pop(key, None)
            self._total += size - (earlier[1] if earlier else 0)
            self._held[key] = (value, size)
            while self._total > self._limit and len(self._held) > 1:
                _, (_, freed) = self._held.popitem(last=False)
                self._total -= freed

    def drop(self, key: Key) -> None:
        """Forget what was put under the key, if anything."""
        with self._lock:
            earlier = self._held.pop(key, None)
            self._total -= earlier[1] if earlier else 0
