"""Waiting for a condition without keeping the processor busy, which what is waited for needs as well."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PAUSE = 0.01
"""Seconds between two looks at a condition."""


def wait_until(condition: Callable[[], T], seconds: float = 60, pause: float = PAUSE) -> T:
    """What the condition returns once it is true; the test fails where it does not become so within the seconds."""
    deadline = time.monotonic() + seconds
    while not (met := condition()):
        assert time.monotonic() < deadline, f"still not so after {seconds} s"
        time.sleep(pause)
    return met
