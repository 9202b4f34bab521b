"""Waiting for a condition without keeping the processor busy, which what is waited for needs as well."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PAUSE = 0.01
"""Seconds between two tries."""


def wait_until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait until a condition is true; the test fails where it does not become so within the seconds."""
    ask_until(condition, bool, seconds)


def ask_until(ask: Callable[[], T], is_enough: Callable[[T], object], seconds: float = 60) -> T:
    """Ask again and again, and return the first answer that is enough; fails as `wait_until` does."""
    deadline = time.monotonic() + seconds
    while not is_enough(answer := ask()):
        assert time.monotonic() < deadline, f"still not so after {seconds} s: {answer!r:.500}"
        time.sleep(PAUSE)
    return answer
