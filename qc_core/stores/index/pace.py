"""How fast a source is asked: one request at a time, pages and pauses as its answers allow."""

import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
_LONGEST_PAUSE = 5.0
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
