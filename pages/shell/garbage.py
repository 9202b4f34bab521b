"""Collect garbage every 30 seconds, and exclude modules from it.

Streamlit would collect all garbage at the end of each run, twice where a callback asks for parts to be drawn again.
That traverses the modules, and what all open pages hold: with a hundred of them some 0.2 s of every click, in which
nobody is served. Its option for that is off (`.streamlit/config.toml`). Python collects what is young by itself.
"""

import gc
import sys
import time
from threading import Lock

COLLECT_EVERY = 30.0
"""Seconds between two collections of all garbage, at least."""

_lock = Lock()
_modules_seen = 0
_collected_at = 0.0


def collect_garbage() -> bool:
    """At the end of a run: collect all garbage if the last time is long enough ago. Returns whether anything was done.

    Where modules were loaded since the last time, these are taken out of what is traversed.
    """
    global _collected_at
    if freeze_modules():
        _collected_at = time.monotonic()
        return True
    with _lock:
        if time.monotonic() - _collected_at < COLLECT_EVERY:
            return False
        gc.collect()
        _collected_at = time.monotonic()
        return True


def freeze_modules() -> bool:
    """If modules were loaded since the last time, exclude all present objects from garbage collection.

    Objects excluded earlier are collected once more first, so that closed sessions are freed. Returns whether anything
    was done.
    """
    global _modules_seen
    with _lock:
        if len(sys.modules) == _modules_seen:
            return False
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        _modules_seen = len(sys.modules)
        return True
