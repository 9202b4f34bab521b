"""All requests to the document database: `aind_data_access_api`'s client, over a session of ours.

Why private methods of the client are called here, and nowhere else: its public `retrieve_docdb_records` always reads
until an answer is empty, and cannot reduce the size of a page; its public writes replace whole records. `_find_records`
is one `find`, and `_upsert_one_record` one signed `update_one` with a filter of ours; both go through our session.
"""

import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import requests

from qc_core.errors import BadRecord, ConditionFailed, NotAllowed, StoreUnavailable
from qc_core.json_document.value import JsonValue
from qc_core.settings.model import Database
from qc_core.stores.docdb.failures import (
    TOO_LARGE,
    AnswerTooLarge,
    NoAnswer,
    TransientError,
    UnknownOutcome,
    read_failure,
    unavailable,
)
from qc_core.stores.docdb.http_session import GatewaySession, Timeouts
from qc_core.stores.docdb.read_cache import OnRetry, ignore_retry
from qc_core.stores.timed import ObserveRequest, no_request_measure

if TYPE_CHECKING:
    from aind_data_access_api.document_db import MetadataDbClient
    from boto3.session import Session as BotoSession

MAX_REQUEST_BYTES = 10_000_000
"""Bytes that the gateway takes in one request, headers included (its own limit is 10 MB)."""
_NOT_ACCEPTED = (400, 422)
Answer = TypeVar("Answer")
_REGION = "us-west-2"
"""The gateway's region, for signatures, unless the environment names another region."""
_DUPLICATE = ("e11000", "duplicate key", "duplicatekey")
_ROOM_FOR_HEADERS = 10_000


@dataclass(slots=True)
class Gateway:
    """Finds records, and updates one, in one collection behind the gateway. Safe for many threads."""

    database: Database
    timeouts: Timeouts = field(default_factory=Timeouts)
    observe: ObserveRequest = no_request_measure
    _lock: Lock = field(default_factory=Lock)
    _client: "MetadataDbClient | None" = None
    _boto: "BotoSession | None" = None
    _asked_for_credentials: tuple[float, str | None] | None = None
    _were_refused: bool = False

    def find(
        self,
        wanted: Mapping[str, JsonValue],
        projection: Mapping[str, int],
        *,
        sort: Mapping[str, int] | None = None,
        limit: int = 1,
        skip: int = 0,
        on_retry: OnRetry = ignore_retry,
    ) -> list[dict[str, Any]]:
        """One page of records; it may be shorter than asked for.

        Transient errors (429, 500, 502, 503, 504, time-outs, broken connections and answers) are tried again, with
        growing pauses and jitter or as long as the gateway asks for, within bounds; `on_retry` is called before each.
        Raises AnswerTooLarge or StoreUnavailable.
        """
        until = time.monotonic() + self.timeouts.all_tries
        pause = self.timeouts.first_pause
        for number in range(1, self.timeouts.tries + 1):
            try:
                with self._observed("find"):
                    return self._find_once(wanted, projection, sort, limit, skip)
            except TransientError as transient:
                on_retry(transient.error)
                wait = min(max(transient.wait, pause * (0.5 + random.random())), self.timeouts.longest_pause)
                if number == self.timeouts.tries or time.monotonic() + wait > until:
                    raise transient.error from transient
            time.sleep(wait)
            pause *= 2
        raise AssertionError("every try ends above")

    def every(
        self,
        wanted: Mapping[str, JsonValue],
        projection: Mapping[str, int],
        *,
        size: int = 200,
        on_retry: OnRetry = ignore_retry,
    ) -> Iterator[dict[str, Any]]:
        """All records that match, by `_id`, in pages that are made smaller where they are too large to be sent.

        Raises AnswerTooLarge for a record that alone is too large, or StoreUnavailable.
        """
        last: JsonValue = None
        while True:
            after = {"$and": [wanted, {"_id": {"$gt": last}}]} if last is not None else wanted
            try:
                page = self.find(after, projection, sort={"_id": 1}, limit=size, on_retry=on_retry)
            except AnswerTooLarge:
                if size == 1:
                    raise
                size = max(1, size // 2)
                continue
            if not page:
                return
            yield from page
            last = page[-1]["_id"]

    def count(self) -> int | None:
        """How many records the collection has, None where the gateway does not report it; asked once."""
        try:
            with self._observed("count"):
                answer = self._get_reading_client()._count_records()
        except requests.RequestException:
            return None
        number = answer.get("total_record_count") if isinstance(answer, dict) else None
        return number if isinstance(number, int) else None

    def update(self, wanted: Mapping[str, JsonValue], update: Mapping[str, JsonValue]) -> None:
        """One signed, conditional `update_one`, sent once.

        Raises ConditionFailed when the filter matched nothing (the upsert then meets the record's own `_id`),
        NotAllowed when the signature is not accepted, StoreUnavailable for a request that is too large to send, and
        UnknownOutcome for everything else that is not an acknowledgement.
        """
        size = len(json.dumps({"filter": wanted, "update": update, "upsert": "True"}))
        if size > MAX_REQUEST_BYTES - _ROOM_FOR_HEADERS:
            raise StoreUnavailable(
                f"This submission is {size / 1e6:.1f} MB; the database takes 10 MB at most in one request.",
                "Leave some changes out and submit them afterwards.",
            )
        response = self._send_signed("update_one", lambda client: client._upsert_one_record(dict(wanted), dict(update)))
        if response.status_code != requests.codes.ok or not _is_json(response):
            raise UnknownOutcome("The database's gateway gave no proper answer to the change.")

    def add_evaluation(self, record_id: str, evaluation: JsonValue) -> None:
        """One signed `add_qc_evaluation`, sent once: the gateway appends the evaluation, whatever is there already.

        Raises BadRecord where the gateway refuses the evaluation (400, 422), and else as `update`.
        """
        try:
            self._send_signed(
                "add_qc_evaluation", lambda client: client.add_qc_evaluation(record_id, {"qc_evaluation": [evaluation]})
            )
        except UnknownOutcome as error:
            response = getattr(error.__cause__, "response", None)
            if response is None or response.status_code not in _NOT_ACCEPTED:
                raise
            raise BadRecord(
                f"The gateway does not accept the evaluation ({response.status_code}): {response.text[:300]}",
                "Check what wrote it.",
            ) from error

    @contextmanager
    def _observed(self, operation: str) -> Iterator[None]:
        begun, well = time.monotonic(), False
        try:
            yield
            well = True
        finally:
            self.observe(operation, time.monotonic() - begun, well)

    def cannot_write(self) -> str | None:
        """Why nothing can be written, as a sentence, or None; asked again once a minute, and after a refusal."""
        asked = self._asked_for_credentials
        if asked is None or time.monotonic() - asked[0] > 60:
            asked = self._asked_for_credentials = (time.monotonic(), self._without_credentials())
        return asked[1]

    def _find_once(
        self,
        wanted: Mapping[str, JsonValue],
        projection: Mapping[str, int],
        sort: Mapping[str, int] | None,
        limit: int,
        skip: int,
    ) -> list[dict[str, Any]]:
        try:
            found = self._get_reading_client()._find_records(
                dict(wanted), dict(projection), dict(sort) if sort else None, limit, skip
            )
        except requests.HTTPError as error:
            raise read_failure(error.response) from error
        except requests.JSONDecodeError as error:
            raise TransientError(unavailable("answered with something that is not JSON")) from error
        except requests.Timeout as error:
            raise TransientError(unavailable("does not answer")) from error
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
            raise TransientError(unavailable("cannot be reached, or broke off its answer")) from error
        except requests.RequestException as error:
            raise unavailable(f"cannot be asked: {error}") from error
        if not isinstance(found, list) or not all(isinstance(record, dict) for record in found):
            raise TransientError(unavailable("answered with something that is not a list of records"))
        return found

    def _get_reading_client(self) -> "MetadataDbClient":
        with self._lock:
            if self._client is None:
                from aind_data_access_api.document_db import MetadataDbClient

                self._client = MetadataDbClient(
                    host=self.database.host,
                    database=self.database.name,
                    collection=self.database.collection,
                    version=self.database.version,
                    session=GatewaySession(self.timeouts),
                )
            return self._client

    def _send_signed(self, operation: str, send: "Callable[[MetadataDbClient], Answer]") -> "Answer":
        """Send a signed request once. Raises as `update` does."""
        refusal = self.cannot_write()
        if refusal:
            raise NotAllowed(refusal)
        from botocore.exceptions import BotoCoreError

        try:
            with self._observed(operation):
                return send(self._get_signing_client())
        except requests.HTTPError as error:
            raise self._error_of(error.response) from error
        except requests.Timeout as error:
            raise NoAnswer("The database did not answer in time.") from error
        except requests.RequestException as error:
            raise UnknownOutcome("The connection to the database broke off.") from error
        except BotoCoreError as error:
            self._forget_credentials()
            raise NotAllowed(f"The AWS credentials cannot be used: {error}.") from error

    def _get_signing_client(self) -> "MetadataDbClient":
        client = self._get_reading_client()
        if self._were_refused:  # what was read of them since then may be the same ones still
            self._boto, self._were_refused = None, False
        client._boto = self._boto_session()
        return client

    def _boto_session(self) -> "BotoSession":
        if self._boto is None:
            import boto3

            region = boto3.session.Session().region_name or _REGION
            self._boto = boto3.session.Session(region_name=region)
        return self._boto

    def _without_credentials(self) -> str | None:
        from botocore.exceptions import BotoCoreError

        try:
            if self._boto_session().get_credentials() is not None:
                return None
            reason = "there are none in its environment"
        except BotoCoreError as error:
            reason = str(error).rstrip(".")
        self._boto = None
        return f"The portal has no AWS credentials to write to the database with ({reason}), so it is read-only."

    def _forget_credentials(self) -> None:
        """Look the credentials up again at the next write: they may have been renewed."""
        self._boto = self._asked_for_credentials = None
        self._were_refused = True

    def _error_of(self, response: requests.Response | None) -> Exception:
        """What a refused write means."""
        status = response.status_code if response is not None else 0
        if response is not None and any(word in response.text.lower() for word in _DUPLICATE):
            return ConditionFailed("The record changed since it was read.")
        if status in (401, 403):
            self._forget_credentials()
            return NotAllowed(
                "The database did not accept the AWS credentials; they may have expired.",
                "Once they are renewed, submit again.",
            )
        if status == TOO_LARGE:
            return StoreUnavailable(
                "This submission is too large for the database's gateway.",
                "Leave some changes out and submit them afterwards.",
            )
        return UnknownOutcome(f"The database's gateway answered with an error ({status}).")


def _is_json(response: requests.Response) -> bool:
    try:
        response.json()
    except requests.JSONDecodeError:
        return False
    return True
