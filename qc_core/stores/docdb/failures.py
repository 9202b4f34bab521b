"""Classify failures of the gateway: which are transient, and the message of each."""

import requests

from qc_core.errors import StoreUnavailable

TOO_LARGE = 413
_LATER = "It is retried automatically. If this lasts, ask the administrators of this portal."
_TRANSIENT_STATUSES = frozenset({429, 500, 502, 503, 504})


class AnswerTooLarge(StoreUnavailable):
    """The gateway cannot send that much at once (413)."""


class UnknownOutcome(StoreUnavailable):
    """A write was sent and not acknowledged: only the record shows whether it landed."""


class NoAnswer(UnknownOutcome):
    """A write that nobody answered in time: it may still be on its way."""


class TransientError(Exception):
    """A read failed in a way that a retry may cure; `wait` is what the gateway asks for, in seconds."""

    def __init__(self, error: StoreUnavailable, wait: float = 0.0) -> None:
        super().__init__(error.message)
        self.error, self.wait = error, wait


def read_failure(response: requests.Response | None) -> Exception:
    """The error for an unsuccessful answer to a read: TransientError where a retry may help."""
    status = response.status_code if response is not None else 0
    if status == TOO_LARGE:
        return AnswerTooLarge("The answer is too large for the database's gateway.", _LATER)
    if status not in _TRANSIENT_STATUSES or response is None:
        return unavailable(f"answered with an error ({status})")
    what = "is asked too much just now (429)" if status == requests.codes.too_many else f"answered {status}"
    return TransientError(unavailable(what), _read_retry_after(response))


def _read_retry_after(response: requests.Response) -> float:
    """Seconds of a `Retry-After`; its form with a date is left to our own pauses."""
    value = response.headers.get("Retry-After", "")
    return float(value) if value.isascii() and value.isdigit() else 0.0


def unavailable(what: str) -> StoreUnavailable:
    """A sentence about the database, and what to do."""
    return StoreUnavailable(f"The document database {what}.", _LATER)
