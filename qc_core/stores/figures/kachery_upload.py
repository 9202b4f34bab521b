"""Storing a file in Kachery.

The requests are those of `kachery_cloud.store_file` (0.4.10): `initiateFileUpload`, a PUT to the address that is
answered, `finalizeFileUpload`. They are sent from here because its own have no time limit, read the keys from the
process's environment, and print the signed address when an upload fails. It still signs them. What is stored is
addressed by its content, so that storing it again changes nothing.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from qc_core.errors import BadSetting, NotAllowed, ReferenceUnreadable, StoreUnavailable
from qc_core.stores.figures.kachery_keys import KacheryKeys
from qc_core.stores.files.atomic import why

_TIMEOUT = (5, 60)
"""Seconds to connect, and to wait for the next bytes."""
_TRIES, _PENDING_TRIES = 3, 13
_PENDING_PAUSE = 5.0
"""An upload that somebody began is waited for a minute, as kachery-cloud does."""
_REFUSED = (401, 403)
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class LocalFigure:
    """A file to store: its name is the label, which gives readers the kind of file; `size` is in bytes."""

    path: Path
    name: str
    sha1: str
    size: int

    @property
    def reference(self) -> str:
        """The text of a metric's reference once it is stored."""
        return f"sha1://{self.sha1}?label={quote(self.name)}"


def local_figure(path: Path, name: str) -> LocalFigure:
    """A file of this computer, read once for its hash. Raises ReferenceUnreadable for one that is empty or not read."""
    sha1, size = _digest(path)
    if size == 0:
        raise ReferenceUnreadable(f"The figure {path} is empty.", "Make it again; Kachery holds no empty files.")
    return LocalFigure(path, name, sha1, size)


class KacheryUploads:
    """Stores files in one zone of one gateway."""

    def __init__(
        self,
        gateway: str,
        keys: KacheryKeys,
        clock: Callable[[], datetime],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._gateway, self._keys, self._clock, self._pause = gateway, keys, clock, pause

    def store(self, figure: LocalFigure) -> bool:
        """Store a file; False where Kachery had it already.

        What may pass is tried three times. Raises ReferenceUnreadable where the file changed since it was looked at,
        NotAllowed where the keys are not accepted, BadSetting where they are none, StoreUnavailable for the rest.
        """
        if _digest(figure.path) != (figure.sha1, figure.size):
            raise ReferenceUnreadable(f"The figure {figure.path} changed meanwhile.", "Run the command again.")
        fields = {"size": figure.size, "hashAlg": "sha1", "hash": figure.sha1, "zone": self._keys.zone}
        begun = self._begin_upload(figure, {"type": "initiateFileUpload", **fields})
        if begun is None:
            return False
        address, key = begun
        self._try(lambda: self._put(figure, address))
        self._try(lambda: self._ask({"type": "finalizeFileUpload", "objectKey": key, **fields}))
        return True

    def _begin_upload(self, figure: LocalFigure, payload: dict[str, Any]) -> tuple[str, str] | None:
        """Where to put the file, and under which key; None where it is there."""
        for number in range(_PENDING_TRIES):
            if number:
                self._pause(_PENDING_PAUSE)
            fields = self._try(lambda: self._ask(payload))
            if fields.get("alreadyExists"):
                return None
            if fields.get("alreadyPending"):
                continue
            address, key = fields.get("signedUploadUrl"), fields.get("objectKey")
            if not isinstance(address, str) or not isinstance(key, str) or not self._may_be_sent_to(address):
                raise StoreUnavailable("The Kachery gateway gave no usable answer.", "Try again later.")
            return address, key
        raise StoreUnavailable(
            f"Somebody else has begun to store {figure.name} in Kachery, and not finished.",
            "Try again in some minutes.",
        )

    def _may_be_sent_to(self, address: str) -> bool:
        """An address over https, or one at the gateway itself."""
        return urlsplit(address).scheme == "https" or urlsplit(address)[:2] == urlsplit(self._gateway)[:2]

    def _try(self, what: "Callable[[], dict[str, Any]]") -> dict[str, Any]:
        for number in range(1, _TRIES + 1):
            try:
                return what()
            except StoreUnavailable:
                if number == _TRIES:
                    raise
            self._pause(0.5 * 2**number)
        raise AssertionError("every try ends above")

    def _put(self, figure: LocalFigure, address: str) -> dict[str, Any]:
        import requests

        try:
            with figure.path.open("rb") as file:
                answer = requests.put(address, data=file, timeout=_TIMEOUT, allow_redirects=False)
        except requests.RequestException:
            # Without the cause: its text may hold the signed address.
            raise StoreUnavailable(f"{figure.name} could not be sent to Kachery's bucket.", "Try again.") from None
        if answer.status_code != requests.codes.ok:
            raise StoreUnavailable(f"Kachery's bucket did not take {figure.name} ({answer.status_code}).", "Try again.")
        return {}

    def _ask(self, payload: dict[str, Any]) -> dict[str, Any]:
        import requests

        signed = payload | {"timestamp": int(self._clock().timestamp() * 1000)}
        request: dict[str, Any] = {
            "payload": signed,
            "fromClientId": self._keys.client_id,
            "signature": self._signature(signed),
        }
        try:
            answer = requests.post(
                f"{self._gateway}/api/gateway", json=request, timeout=_TIMEOUT, allow_redirects=False
            )
            fields = answer.json() if answer.status_code == requests.codes.ok else None
        except requests.RequestException as error:
            raise StoreUnavailable("The Kachery gateway did not answer.", "Try again.") from error
        if answer.status_code in _REFUSED:
            raise NotAllowed(
                f"The Kachery gateway does not let these keys store anything ({answer.status_code}).",
                f"They are those of {self._keys.source}, for the zone {self._keys.zone}.",
            )
        if not isinstance(fields, dict):
            raise StoreUnavailable(
                f"The Kachery gateway refused to store a figure ({answer.status_code}).", "Try again."
            )
        return fields

    def _signature(self, payload: dict[str, Any]) -> str:
        from cryptography.exceptions import InvalidSignature
        from kachery_cloud._client_keys import _sign_message

        try:
            return str(_sign_message(payload, self._keys.client_id, self._keys.private_key))
        except (ValueError, InvalidSignature):  # no key at all; two that do not belong together
            # Without the cause, which may speak of the key.
            raise BadSetting(
                f"The keys of Kachery in {self._keys.source} cannot be used to sign.", "Are both copied whole?"
            ) from None


def _digest(path: Path) -> tuple[str, int]:
    """The SHA-1 of a file's bytes and how many they are."""
    import hashlib

    digest, size = hashlib.sha1(usedforsecurity=False), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise ReferenceUnreadable(
            f"The figure {path} cannot be read, because {why(error)}.", "Make it again."
        ) from error
    return digest.hexdigest(), size
