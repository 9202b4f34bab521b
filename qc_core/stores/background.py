"""Background threads."""

from collections.abc import Callable
from threading import Thread

from qc_core.errors import StoreUnavailable


def start_thread(name: str, target: Callable[[], None]) -> None:
    """Run `target` on a daemon thread, so that the process can end while a store does not answer.

    Raises StoreUnavailable where the system gives no more threads.
    """
    try:
        Thread(target=target, name=name, daemon=True).start()
    except RuntimeError as error:
        raise StoreUnavailable("The portal can start no more threads just now.", "Try again in a moment.") from error
