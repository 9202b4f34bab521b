"""What each address was notified of: `notified/<digest of the address>.json`, changed by conditional writes only.

A run claims an address before it sends anything there, and writes what became of it afterwards. So two runs at once
never send the same, and a run that is killed leaves its claim, which shows the next run that its outcome is unknown.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import msgspec

from qc_core.errors import StoreUnavailable
from qc_core.stores.state.objects import Objects, ObjectsUnavailableError

_ROOT = "notified"


class Delivery(msgspec.Struct, frozen=True):
    """A webhook's message that is to be delivered; `body` stays the same at each attempt."""

    id: str
    composed_at: datetime
    body: str
    tries: int = 0


class Claim(msgspec.Struct, frozen=True):
    """A run that is sending: `message` is the id of what it sends."""

    message: str
    at: datetime


class Notified(msgspec.Struct, frozen=True):
    """What one address was notified of.

    known: keys of the events that were reported, or are too old to be.
    queries: digests of the queries whose events are known so far; one that is new reports only what is recent.
    day: the last day on which a daily message was composed, or found needless.
    claim: the run that is sending now; where it is old, the run was killed.
    waiting: deliveries that a webhook has not taken yet.
    notice: what the next message has to state besides, or "".
    """

    known: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
    day: str = ""
    claim: Claim | None = None
    waiting: tuple[Delivery, ...] = ()
    notice: str = ""


class NotifiedStore:
    """The state of all addresses, in the portal's own storage."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects

    def read(self, address: str) -> tuple[Notified, str | None]:
        """What an address was notified of, and the version of that; None as version where nothing is kept yet.

        Raises StoreUnavailable, also where it cannot be understood: taken for nothing, all would be sent again.
        """
        key = _key(address)
        with _storage_errors():
            version = self._objects.versions(_ROOT).get(key)
            data = None if version is None else self._objects.read(key)
        if data is None:
            return Notified(), None
        try:
            return msgspec.json.decode(data, type=Notified), version
        except msgspec.DecodeError as error:
            raise StoreUnavailable(
                f"What was sent to one address cannot be read ({key}).",
                "Remove it from the portal's state; then only what is new or overdue is reported.",
            ) from error

    def write(self, address: str, state: Notified, version: str | None) -> str | None:
        """Write it in the place of that version. The new version; None where another run was first.

        Raises StoreUnavailable.
        """
        key, data = _key(address), msgspec.json.encode(state)
        with _storage_errors():
            written = self._objects.write_where(key, data, version)
            # A bucket refuses the second attempt of a write whose first one arrived: then what is there is ours.
            if not written and self._objects.read(key) != data:
                return None
            return self._objects.versions(_ROOT).get(key)


def _key(address: str) -> str:
    return f"{_ROOT}/{hashlib.sha256(address.encode()).hexdigest()[:32]}.json"


@contextmanager
def _storage_errors() -> Iterator[None]:
    try:
        yield
    except ObjectsUnavailableError as error:
        raise StoreUnavailable(
            f"What was sent cannot be kept, because {error}.", "Nothing is sent; try again."
        ) from error
