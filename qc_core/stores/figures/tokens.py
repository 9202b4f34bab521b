"""Figure tokens: signed addresses that give one figure, for ten minutes, to a viewer on a site without our cookie.

A token names the figure and its expiry. Only the signing key is kept: it is made from the
secret that all containers of a portal with a login have, else in the state folder, for every process over that folder.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

TOKEN_LIFETIME = timedelta(minutes=10)
_MAX_CHARACTERS = 2000
"""Characters of a figure token."""


@dataclass(frozen=True, slots=True)
class FigureKey:
    """One figure of one record."""

    record_id: str
    digest: str


class FigureTokens:
    """Issues and verifies figure tokens."""

    def __init__(self, state: Path, clock: Callable[[], datetime], *, secret: str | None = None) -> None:
        """Without a secret the key is read, or made, with the first token."""
        self._file, self._clock, self._secret = state / "loans.key", clock, secret
        self._own = secrets.token_bytes(32)

    def issue(self, record_id: str, digest: str) -> str:
        """A token that gives access to the figure for `TOKEN_LIFETIME` from now."""
        until = int((self._clock() + TOKEN_LIFETIME).timestamp())
        payload = json.dumps([record_id, digest, until]).encode()
        return f"{_text(payload)}.{_text(self._signature(payload))}"

    def verify(self, token: str) -> FigureKey | None:
        """The figure that a token gives access to; None where it is expired, or not ours."""
        try:
            payload, signature = (_bytes(part) for part in token[:_MAX_CHARACTERS].split("."))
            if not hmac.compare_digest(signature, self._signature(payload)):
                return None
            record_id, digest, until = json.loads(payload)
        except ValueError:
            return None
        return FigureKey(record_id, digest) if self._clock().timestamp() < until else None

    def _signature(self, payload: bytes) -> bytes:
        return hmac.new(self._key(), payload, hashlib.sha256).digest()

    def _key(self) -> bytes:
        """The signing key: from the secret, else from the state folder, else one of this process alone."""
        if self._secret:
            return hashlib.sha256(f"loans {self._secret}".encode()).digest()
        if not self._file.exists():
            self._keep_own()
        try:
            return self._file.read_bytes()
        except OSError:
            return self._own

    def _keep_own(self) -> None:
        fresh = self._file.with_name(f".{self._file.name}-{secrets.token_hex(4)}")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh.touch(mode=0o600)
            fresh.write_bytes(self._own)
            os.link(fresh, self._file)  # only the first of several processes succeeds
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
