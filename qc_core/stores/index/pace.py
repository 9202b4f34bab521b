"""Limit requests to a source: one at a time, with pauses as long as its answers took, and back off after failures."""

import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
_LONGEST_PAUSE = 5.0
_LONGEST_BACKOFF = 60.0
_QUICK, _SLOW = 0.5, 2.0
"""Seconds below which an answer lets pages grow, and beyond which they shrink."""
_SMALLEST, _LARGEST = 20, 500


class Pace:
    """Measures answers; after each, waits as long as it took, so that the source is idle half of the time at least.

    `size` is how many records the next page should have.
    """

    def __init__(
        self,
        *,
        size: int = 100,
        largest: int = _LARGEST,
        monotonic: Callable[[], float] = time.monotonic,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        """`pause` waits for so many seconds; `size` is that of the first page, `largest` that of the largest."""
        self.size, self._largest = size, largest
        self._monotonic, self._pause = monotonic, pause

    def ask(self, question: Callable[[int], Answer]) -> Answer:
        """The answer to a question about a page of the present size. Raises what the question raises."""
        began = self._monotonic()
        answer = question(self.size)
        taken = self._monotonic() - began
        if taken < _QUICK:
            self.size = min(self._largest, self.size * 2)
        elif taken > _SLOW:
            self.size = max(_SMALLEST, self.size // 2)
        self._pause(min(_LONGEST_PAUSE, taken))
        return answer


class Backoff:
    """Exponential backoff: after a failure a source is not asked for a second, then for twice as long each time."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        """`monotonic` gives the seconds of a clock that never goes back."""
        self._monotonic = monotonic
        self._failures = 0
        self._until = 0.0

    def is_waiting(self) -> bool:
        """Whether it is too early for another attempt."""
        return self._failures > 0 and self._monotonic() < self._until

    def note_failure(self) -> None:
        """The source failed."""
        self._until = self._monotonic() + min(_LONGEST_BACKOFF, 2.0**self._failures)
        self._failures += 1

    def note_success(self) -> None:
        """The source answered: nothing waits any more."""
        self._failures = 0
