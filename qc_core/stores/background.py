"""Threads behind the pages."""

from collections.abc import Callable
from threading import Thread

from qc_core.errors import StoreUnavailable


def start_thread(name: str, target: Callable[[], None]) -> None:
    """Run `target` on a daemon thread: a process that is to end must not wait for a store that does not answer.

    Raises StoreUnavailable where the system gives no more threads.
    """
    try:
        Thread(target=target, name=name, daemon=True).start()
    except RuntimeError as error:
        raise StoreUnavailable("The portal can start no more threads just now.", "Try again in a moment.") from error
