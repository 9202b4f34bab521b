"""Addresses that lend one figure for ten minutes to a viewer on another site, which has no cookie of ours.

A loan is a signed text that says what is lent and until when. Nothing is kept but the key to sign with: made from the
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

LENT_FOR = timedelta(minutes=10)
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Loan:
    """One figure of one record."""

    record_id: str
    digest: str


class Loans:
    """Makes and reads loans."""

    def __init__(self, state: Path, clock: Callable[[], datetime], *, secret: str | None = None) -> None:
        """Without a secret the key is read, or made, with the first loan."""
        self._file, self._clock, self._secret = state / "loans.key", clock, secret
        self._own = secrets.token_bytes(32)

    def lend(self, record_id: str, digest: str) -> str:
        """The token under which the figure can be had from now on, for ten minutes."""
        until = int((self._clock() + LENT_FOR).timestamp())
        said = json.dumps([record_id, digest, until]).encode()
        return f"{_text(said)}.{_text(self._signature(said))}"

    def redeem(self, token: str) -> Loan | None:
        """What a token lends, None where it is over, or none of ours."""
        try:
            said, signature = (_bytes(part) for part in token[:_LONGEST].split("."))
            if not hmac.compare_digest(signature, self._signature(said)):
                return None
            record_id, digest, until = json.loads(said)
        except ValueError:
            return None
        return Loan(record_id, digest) if self._clock().timestamp() < until else None

    def _signature(self, said: bytes) -> bytes:
        return hmac.new(self._key(), said, hashlib.sha256).digest()

    def _key(self) -> bytes:
        """From the secret, or that of the state folder; where none can be kept there, one of this process alone."""
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
