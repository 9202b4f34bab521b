"""Logins that people ended: their cookies, and any copies, are no longer accepted.

The cookie alone would stay good until the login runs out. So a logout leaves a mark in the state folder, or the bucket
that containers share, until then.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from qc_core.errors import StoreUnavailable
from qc_core.stores.state.objects import Objects, ObjectsUnavailableError
from qc_core.times import parse_time, write_time

REMEMBERED_FOR = timedelta(seconds=15)
"""Seconds for which an answer is kept: a page asks about the person many times, and each would be a question to a
bucket."""
_FOLDER = "logouts"
_MAX_LOGINS = 10_000


class EndedLogins:
    """The marks. Safe for many threads."""

    def __init__(self, objects: Objects, clock: Callable[[], datetime]) -> None:
        self._objects, self._clock = objects, clock
        self._ended: set[str] = set()
        self._asked: dict[str, tuple[datetime, ObjectsUnavailableError | None]] = {}

    def end(self, login: str, until: datetime, now: datetime) -> None:
        """Mark a login (any text that identifies it) as ended; it would have run out at `until`.

        Marks that are no longer needed are removed. Raises StoreUnavailable.
        """
        mark = _mark(login)
        self._ended.add(mark)
        try:
            self._objects.write(mark, write_time(until).encode())
            for key in self._objects.keys(_FOLDER):
                end = parse_time((self._objects.read(key) or b"").decode("utf-8", "replace"))
                if end is not None and end.utc < now:
                    self._objects.remove(key)
        except (ObjectsUnavailableError, StoreUnavailable) as error:
            raise StoreUnavailable(f"The logout could not be noted: {error}") from error

    def has_ended(self, login: str, *, fresh: bool = False) -> bool:
        """Whether that login was ended, as known some seconds ago at most; `fresh` looks it up again.

        Raises StoreUnavailable where that cannot be asked, and this process does not know it.
        """
        mark = _mark(login)
        if mark in self._ended:
            return True
        at, error = self._asked.get(mark, (None, None))
        if fresh or at is None or not at <= self._clock() < at + REMEMBERED_FOR:
            error = self._ask(mark)
        if error is not None:
            raise StoreUnavailable(f"Whether you are still logged in could not be looked up, because {error}.")
        return mark in self._ended

    def _ask(self, mark: str) -> ObjectsUnavailableError | None:
        failed = None
        try:
            if self._objects.read(mark) is not None:
                self._ended.add(mark)
        except ObjectsUnavailableError as error:
            failed = error
        if len(self._asked) >= _MAX_LOGINS:
            self._asked.clear()
        self._asked[mark] = (self._clock(), failed)
        return failed


def _mark(login: str) -> str:
    return f"{_FOLDER}/{hashlib.sha256(login.encode()).hexdigest()}"
