"""Keep modules out of the garbage collection after every run of the script.

Streamlit collects all garbage at the end of each run, twice where a callback asks for parts to be drawn again. Most of
what it traverses are the modules: some 0.04 s of every click, in which nobody else is served.
"""

import gc
import sys
from threading import Lock

_lock = Lock()
_modules_seen = 0


def freeze_modules() -> bool:
    """Where modules were loaded since the last time, take all that lives now out of what is looked through.

    What was taken out earlier is looked through once more first, so that no closed session stays for ever. Gives
    whether anything was done.
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
