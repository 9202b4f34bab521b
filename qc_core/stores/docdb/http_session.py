"""The HTTPS session for the gateway: time-outs, one pool of connections, and no automatic retries."""

import json
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from qc_core.json_document.surrogates import spell_out_escapes


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds: for a connection, an answer to a read, one to a write; for all tries of one read.

    A write is sent once, so it is waited for longer than the gateway itself works on it (29 s).
    """

    connect: float = 5.0
    read: float = 12.0
    write: float = 32.0
    all_tries: float = 30.0
    tries: int = 5
    first_pause: float = 0.3
    longest_pause: float = 5.0


class _LenientResponse(requests.Response):
    """An answer whose JSON is read by Python's own parser.

    requests takes simplejson where that is installed, which refuses NaN: one such value in a record, which MongoDB may
    hold, would make the whole page that it comes with unreadable. Lone surrogates are spelled out, as `parse` does.
    """

    def json(self, **more: Any) -> Any:
        try:
            text = self.content.decode(json.detect_encoding(self.content), "surrogatepass")
            return json.loads(spell_out_escapes(text), **more)
        except ValueError as error:
            raise requests.JSONDecodeError(str(error), "", 0) from error


class _Adapter(HTTPAdapter):
    def build_response(self, *args: Any, **more: Any) -> requests.Response:
        answer = super().build_response(*args, **more)
        answer.__class__ = _LenientResponse
        return answer


class GatewaySession(requests.Session):
    """One pool of connections, with time-outs on everything and no automatic retries."""

    def __init__(self, timeouts: Timeouts) -> None:
        super().__init__()
        self._timeouts = timeouts
        self.mount("https://", _Adapter(pool_connections=2, pool_maxsize=32, max_retries=0))
        # Requests are signed, or public: a .netrc must not replace the signature by another Authorization.
        self.auth = lambda request: request

    def request(self, method: Any, url: Any, *args: Any, **more: Any) -> requests.Response:
        """As requests has it, with our time-outs; a write follows no redirect, which would send it twice."""
        is_write = str(method).upper() != "GET"
        more["timeout"] = (self._timeouts.connect, self._timeouts.write if is_write else self._timeouts.read)
        more["allow_redirects"] = not is_write
        return super().request(method, url, *args, **more)
