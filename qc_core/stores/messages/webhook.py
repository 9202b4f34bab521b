"""Sends one signed delivery to one web address. No redirect is followed, and nothing of the answer is used."""

import logging

from qc_core.stores.messages.outcome import Outcome

log = logging.getLogger("qc_portal")
_TIMEOUT = (5.0, 15.0)
"""Seconds to connect, and to answer."""


def send_webhook(address: str, body: bytes, headers: dict[str, str]) -> Outcome:
    """Send it; never raises. Only an answer of 2xx means that it was taken.

    UNKNOWN where it was sent, and no answer came.
    """
    import requests

    host = address.split("/")[2]
    sent = {"Content-Type": "application/json", "User-Agent": "aind-qc-portal", **headers}
    try:
        answer = requests.post(address, data=body, headers=sent, timeout=_TIMEOUT, allow_redirects=False, stream=True)
    except requests.exceptions.ConnectTimeout:
        outcome, why = Outcome.REFUSED, "it does not answer"
    except (requests.exceptions.ReadTimeout, requests.exceptions.ChunkedEncodingError):
        outcome, why = Outcome.UNKNOWN, "its answer did not come"
    except requests.exceptions.RequestException as error:
        outcome, why = Outcome.REFUSED, type(error).__name__
    else:
        answer.close()
        if 200 <= answer.status_code < 300:
            return Outcome.SENT
        outcome, why = Outcome.REFUSED, f"it answered {answer.status_code}"
    log.warning("a webhook at %s did not take a delivery: %s", host, why)
    return outcome
