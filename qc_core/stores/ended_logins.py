"""Logins that people ended: the cookie of one is not taken again, wherever a copy of it may lie.

The cookie alone would stay good until the login runs out. So a logout leaves a mark in the state folder, or the bucket
that containers share, until then.
"""

import hashlib
from datetime import datetime

from qc_core.errors import StoreUnavailable
from qc_core.stores.objects import Objects, ObjectsUnavailableError
from qc_core.times import parse_time, write_time

_FOLDER = "logouts"


class EndedLogins:
    """The marks. Safe for many threads."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._known: set[str] = set()

    def end(self, login: str, until: datetime, now: datetime) -> None:
        """Mark a login (any text that tells it from others) as ended; it would have run out at `until`.

        Marks that are no longer needed are removed. Raises StoreUnavailable.
        """
        mark = _mark(login)
        self._known.add(mark)
        try:
            self._objects.write(mark, write_time(until).encode())
            for key in self._objects.keys(_FOLDER):
                end = parse_time((self._objects.read(key) or b"").decode("utf-8", "replace"))
                if end is not None and end.utc < now:
                    self._objects.remove(key)
        except (ObjectsUnavailableError, StoreUnavailable) as error:
            raise StoreUnavailable(f"The logout could not be noted: {error}") from error

    def has_ended(self, login: str) -> bool:
        """Whether somebody ended that login; what this process knows where the place cannot be asked."""
        mark = _mark(login)
        if mark in self._known:
            return True
        try:
            ended = self._objects.read(mark) is not None
        except ObjectsUnavailableError:
            return False
        if ended:
            self._known.add(mark)
        return ended


def _mark(login: str) -> str:
    return f"{_FOLDER}/{hashlib.sha256(login.encode()).hexdigest()}"
