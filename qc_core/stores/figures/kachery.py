"""Figures in Kachery: the local store first, then the gateway, through kachery-cloud, imported when one is opened.

A record gives a hash and nothing else: the gateway that is asked is the one in the settings, and only what it answers
is loaded. A file that passes through the portal has to have the hash that was asked for. Only videos, and what is for
download alone, go straight to the browser, since they may be too large to pass.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from qc_core.errors import QcError, ReferenceUnreadable, StoreUnavailable
from qc_core.references.kachery import KacheryFile
from qc_core.references.kind import FigureKind, is_read_by_scripts, kind_of_name
from qc_core.references.web import unusable
from qc_core.settings.model import Settings
from qc_core.stores.cache import BoundedCache
from qc_core.stores.figures.copies import FigureCopies
from qc_core.stores.figures.folder import read_first_bytes, size_of_file
from qc_core.stores.ports import Measured, Redirect

ASKED_AGAIN_AFTER = timedelta(minutes=5)
_REMEMBERED_SECONDS = 60
_TIMEOUT, _SHORT_TIMEOUT = (4, 10), (2, 3)
"""Seconds to connect, and to wait for the next bytes; the second for what a page can do without."""
_SILENT_FOR = timedelta(seconds=30)
_OUT_OF_ORDER = 500
_ANSWERS = 1000
_CHUNK = 1 << 20
_MAY_BE_LARGE = {FigureKind.VIDEO, FigureKind.DATA, FigureKind.OTHER}


@dataclass(frozen=True, slots=True)
class _FileAddress:
    """The address of a file, and its size, as far as the gateway reports them."""

    at: datetime
    url: str
    size: int | None


class KacheryFigures:
    """Figures in Kachery. Safe for many threads."""

    def __init__(self, settings: Settings, copies: FigureCopies, clock: Callable[[], datetime]) -> None:
        """Where the local store is, and with which keys to sign, kachery-cloud reads from the environment."""
        self._zone, self._gateway = settings.kachery_zone, settings.kachery_gateway
        self._copies, self._clock = copies, clock
        self._answers: BoundedCache[str, _FileAddress] = BoundedCache(_ANSWERS)
        self._beginnings: BoundedCache[tuple[str, int], bytes] = BoundedCache(_ANSWERS)
        self._silent_until: datetime | None = None

    def open(self, file: KacheryFile, *, trusted: bool) -> Path | Redirect:
        """The file in the local store, a copy, or for a video the gateway's address.

        Raises ReferenceUnreadable when it is gone, StoreUnavailable when the gateway does not answer.
        """
        local = self._local(file, trusted)
        if local:
            return local
        if kind_of_name(file.name) in _MAY_BE_LARGE and not is_read_by_scripts(file.name):
            return Redirect(self._address(file), _REMEMBERED_SECONDS)
        return self._copy(file)

    def local_file(self, file: KacheryFile, *, trusted: bool) -> Path:
        """The file in the local store, or a copy. Raises as `open`, and when it is too large or not what was asked."""
        local = self._local(file, trusted)
        return local or self._copy(file)

    def first_bytes(self, file: KacheryFile, count: int, *, trusted: bool) -> bytes:
        """The first bytes of a file, from the local store or the gateway; b"" if not available at once."""
        try:
            local = self._local(file, trusted)
            return read_first_bytes(local, count) if local else self._first_bytes(file, count)
        except QcError:
            return b""

    def size(self, file: KacheryFile, *, trusted: bool) -> Measured | None:
        """How large a file is; None where the gateway does not say so. Raises as `open`."""
        local = self._local(file, trusted)
        if local:
            return size_of_file(local)
        size = self._find_address(file).size
        return None if size is None else Measured(size)

    def reach(self) -> None:
        """Check that the gateway answers. Raises StoreUnavailable where it does not, or is out of order."""
        import requests

        try:
            answer = requests.get(self._gateway, timeout=_TIMEOUT, allow_redirects=False, stream=True)
            answer.close()
        except requests.RequestException as error:
            raise StoreUnavailable(f"The Kachery gateway {self._gateway} does not answer.") from error
        if answer.status_code >= _OUT_OF_ORDER:
            raise StoreUnavailable(f"The Kachery gateway {self._gateway} is out of order ({answer.status_code}).")

    def _local(self, file: KacheryFile, trusted: bool) -> Path | None:
        if not trusted:
            raise ReferenceUnreadable(
                f"The figure {file.name} is in Kachery, which the portal does not open for an uploaded record.",
                "It is shown once the record is in the store.",
            )
        try:
            found = _load_local_file(file.sha1)
        except (OSError, ValueError) as error:
            raise StoreUnavailable(
                f"The local store of Kachery cannot be read ({error}).",
                "Ask the administrators of this portal to set KACHERY_CLOUD_DIR to a folder that it may write to.",
            ) from error
        return self._copies.link_under_name(Path(found), file.name) if isinstance(found, str) else None

    def _copy(self, file: KacheryFile) -> Path:
        what = f"sha1://{file.sha1}"
        return self._copies.copy_of(what, file.name, lambda: _chunks(file, self._address(file)), sha1=file.sha1)

    def _first_bytes(self, file: KacheryFile, count: int) -> bytes:
        """Of a file that its hash names, so that it is asked for once; after silence, not again for a while."""
        import requests

        known = self._beginnings.get((file.sha1, count))
        now = self._clock()
        if known is not None or (self._silent_until and now < self._silent_until):
            return known or b""
        try:
            asked = {"Range": f"bytes=0-{count - 1}"}
            address = self._find_address(file, _SHORT_TIMEOUT).url
            with requests.get(
                address, headers=asked, stream=True, timeout=_SHORT_TIMEOUT, allow_redirects=False
            ) as answer:
                answered = next(answer.iter_content(count), b"") if answer.ok else b""
        except (StoreUnavailable, requests.RequestException):
            self._silent_until = now + _SILENT_FOR
            return b""
        self._beginnings.put((file.sha1, count), answered, 1)
        return answered

    def _address(self, file: KacheryFile) -> str:
        return self._find_address(file).url

    def _find_address(self, file: KacheryFile, timeout: tuple[int, int] = _TIMEOUT) -> _FileAddress:
        """The address of the file, asked of the gateway once in a while, so that a browser knows it again."""
        now = self._clock()
        known = self._answers.get(file.sha1)
        if known and timedelta(0) <= now - known.at < ASKED_AGAIN_AFTER:
            return known
        answered = self._find(file, timeout)
        if not isinstance(answered, dict) or not isinstance(answered.get("found"), bool):
            raise _unusable()
        if not answered["found"]:
            raise ReferenceUnreadable(
                f"The figure {file.name} is missing: Kachery has no file sha1://{file.sha1} in the zone {self._zone}.",
                "Tell the people who run the pipeline that wrote the record; if the zone is wrong, "
                "the administrators of this portal.",
            )
        url = answered.get("url")
        if not isinstance(url, str) or unusable(url) or not self._may_be_loaded(url):
            raise _unusable()
        size = answered.get("size")
        found = _FileAddress(now, url, size if isinstance(size, int) and not isinstance(size, bool) else None)
        self._answers.put(file.sha1, found, 1)
        return found

    def _may_be_loaded(self, url: str) -> bool:
        """An address over https, or one at the gateway itself: it may be plain http where the settings say so."""
        address, gateway = urlsplit(url), urlsplit(self._gateway)
        return address.scheme == "https" or address[:2] == gateway[:2]

    def _find(self, file: KacheryFile, timeout: tuple[int, int]) -> Any:
        """What the gateway answers. kachery-cloud's own request has no time limit, and fails for want of keys, which
        gateways do not always ask for; so this is the same request, signed by it where it has keys."""
        import requests

        payload: dict[str, Any] = {
            "type": "findFile",
            "hashAlg": "sha1",
            "hash": file.sha1,
            "zone": self._zone,
            "timestamp": int(self._clock().timestamp() * 1000),
        }
        try:
            answer = requests.post(
                f"{self._gateway}/api/gateway",
                json={"payload": payload, **_signature(payload)},
                timeout=timeout,
                allow_redirects=False,
            )
            if answer.status_code != requests.codes.ok:
                raise StoreUnavailable(
                    f"The Kachery gateway refused to look for {file.name} ({answer.status_code}).",
                    "Ask the administrators of this portal whether its Kachery zone and keys are right.",
                )
            return answer.json()
        except requests.RequestException as error:
            raise StoreUnavailable("The Kachery gateway did not answer.", "Try again.") from error


def _load_local_file(sha1: str) -> object:
    """The path of a file in kachery-cloud's local store, None where it has none.

    kachery-cloud makes its folder if it is missing, and fails where somebody else makes it at the same moment.
    """
    # The bare hash: kachery-cloud would also open a path on this machine that the rest of an address names.
    address = f"sha1://{sha1}"
    try:
        from kachery_cloud import load_file

        return load_file(address, local_only=True)
    except FileExistsError:
        from kachery_cloud import load_file

        return load_file(address, local_only=True)


def _signature(payload: dict[str, Any]) -> dict[str, str]:
    """Who asks, signed, where there are keys (KACHERY_CLOUD_CLIENT_ID and …_PRIVATE_KEY, or those in its folder)."""
    from kachery_cloud import get_client_id
    from kachery_cloud._client_keys import _sign_message_as_client

    if os.environ.get("KACHERY_CLOUD_CLIENT_ID") and not os.environ.get("KACHERY_CLOUD_PRIVATE_KEY"):
        return {}
    client = get_client_id()
    return {"fromClientId": client, "signature": _sign_message_as_client(payload)} if client else {}


def _chunks(file: KacheryFile, address: str) -> Iterator[bytes]:
    import requests

    try:
        with requests.get(address, stream=True, timeout=_TIMEOUT, allow_redirects=False) as answer:
            if answer.status_code != requests.codes.ok:
                raise ReferenceUnreadable(
                    f"The figure {file.name} is missing: its address in Kachery answers {answer.status_code}.",
                    "Tell the people who run the pipeline that wrote the record.",
                )
            yield from answer.iter_content(_CHUNK)
    except requests.RequestException as error:
        raise StoreUnavailable("The Kachery gateway did not answer.", "Try again.") from error


def _unusable() -> StoreUnavailable:
    return StoreUnavailable("The Kachery gateway gave no usable answer.", "Ask the administrators of this portal.")
