"""A document database behind its REST gateway: real HTTPS on loopback, real signatures, and switches for every fault.

The routes and their parameters are those that `aind_data_access_api.document_db.Client` calls.
"""

import asyncio
import contextlib
import json
import socket
import ssl
import threading
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qs

import trustme
import uvicorn

from tests.fakes.gateway_requests import Asked, Fault
from tests.fakes.mongo import Collection, DuplicateKeyError, MongoError
from tests.fakes.signatures import KEY_ID, REGION, SECRET, refusal_of

MAX_REQUEST_BYTES = 10 * 1024 * 1024
LARGEST_ANSWER = 6 * 1024 * 1024
_HTML = b"<html><body><h1>Bad gateway</h1></body></html>"

Asgi = Callable[[Any, Any, Any], Awaitable[None]]


@dataclass(slots=True)
class FakeGateway:
    """A gateway over one collection. `started` starts it in a thread; faults may be switched at any time."""

    folder: Path
    collection: Collection = field(default_factory=Collection)
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    largest_answer: int = LARGEST_ANSWER
    longest_page: int = 500
    ignores_conditions: bool = False
    old_copy: Collection | None = None
    secret: str = SECRET
    rate: float = 0.0
    late: float = 0.0  # seconds by which the answer to some of these comes too late, and is applied all the same
    modified_key: str = "_last_modified"
    _next: deque[tuple[str, Fault]] = field(default_factory=deque)
    _always: dict[str, Fault] = field(default_factory=dict)
    _healed: int = 0
    _server: uvicorn.Server | None = None
    _thread: threading.Thread | None = None
    before_update: Callable[[], None] | None = None
    chance: Random = field(default_factory=lambda: Random(4))
    remembers: bool = True
    """Whether `asked` keeps what came in: a long measurement would fill the memory."""

    # Running it

    @property
    def host(self) -> str:
        """What API_GATEWAY_HOST names."""
        return f"localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What a portal needs to reach it, and to sign."""
        return {
            "API_GATEWAY_HOST": self.host,
            "DOCDB_VERSION": "v2",
            "REQUESTS_CA_BUNDLE": str(self.certificate),
            "AWS_ACCESS_KEY_ID": KEY_ID,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:9",
        }

    @property
    def certificate(self) -> Path:
        return self.folder / "gateway-ca.pem"

    def started(self) -> "FakeGateway":
        """Listen, on the same port as before if it ran before."""
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        config = uvicorn.Config(
            self._app,
            log_level="critical",
            lifespan="off",
            interface="asgi3",
            proxy_headers=False,
            ssl_certfile=str(self._write_certificate()),
            timeout_keep_alive=60,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listening],), daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.01)
        return self

    def stop(self) -> None:
        """Go down: connections are refused from now on."""
        if self._server and self._thread:
            self._server.should_exit = self._server.force_exit = True
            self._thread.join(timeout=10)

    def _write_certificate(self) -> Path:
        chain = self.folder / "gateway.pem"
        if not chain.exists():
            authority = trustme.CA()
            authority.cert_pem.write_to_path(str(self.certificate))
            authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(str(chain))
        ssl.create_default_context(cafile=self.certificate)
        return chain

    # Bypassing it

    def put(self, document: dict[str, Any]) -> str:
        """Write a record as a pipeline does: whole, whatever was there, with the time of the database."""
        stamp = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
        self.collection.documents[document["_id"]] = json.loads(json.dumps({self.modified_key: stamp, **document}))
        return str(document["_id"])

    def get(self, record_id: str) -> Any:
        """A record as the database holds it."""
        return self.collection.documents[record_id]

    # Faults

    def next(self, *faults: Fault, on: str = "") -> None:
        """These faults meet the next requests, one each; `on` names an operation (`find`, `update_one`)."""
        self._next.extend((on, fault) for fault in faults)

    def always(self, fault: Fault, on: str = "") -> None:
        """This fault meets every request until `heal`."""
        self._always[on] = fault

    def heal(self) -> None:
        """No fault from now on; what waits until then is answered."""
        self._healed += 1
        self._next.clear()
        self._always.clear()
        self.rate, self.late, self.old_copy, self.ignores_conditions = 0.0, 0.0, None, False
        self.largest_answer, self.longest_page = LARGEST_ANSWER, 500

    def operations(self, name: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.operation == name]

    def _fault(self, operation: str) -> Fault:
        for index, (on, fault) in enumerate(self._next):
            if on in ("", operation):
                del self._next[index]
                return fault
        fault = self._always.get(operation) or self._always.get("")  # type: ignore[assignment]  # of another type on purpose
        if fault:
            return fault
        if self.rate and self.chance.random() < self.rate:
            kinds = [Fault(status=503), Fault(drop=True), Fault(status=504, after=True), Fault(drop=True, after=True)]
            return self.chance.choice([*kinds, Fault(wait=self.late)] if self.late else kinds)
        return Fault()

    # Answering

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        operation = scope["path"].rsplit("/", 1)[-1]
        fault = self._fault(operation)
        self.counted["late"] += bool(self.late and fault.wait == self.late)
        asked, healed = self.asked, self._healed
        await asyncio.sleep(fault.wait)
        while fault.until_healed and self._healed == healed:
            await asyncio.sleep(0.02)
        if self.asked is not asked:  # it waited into another test, which must neither count nor meet it
            send.__self__.transport.abort()
            return
        status, answer = 200, b""
        if fault.after or not (fault.status or fault.drop):
            status, answer = self._apply_operation(operation, scope, body)
        if fault.drop:
            send.__self__.transport.abort()
            return
        if fault.status:
            status, answer = fault.status, b'{"message": "as the test wants it"}'
        answer = _HTML if fault.html else answer
        kind = b"text/html" if fault.html else b"application/json"
        headers = [(b"content-type", kind), (b"content-length", str(len(answer)).encode())]
        if fault.retry_after:
            headers.append((b"retry-after", fault.retry_after.encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if fault.half:
            await send({"type": "http.response.body", "body": answer[: len(answer) // 2], "more_body": True})
            await asyncio.sleep(0.05)
            send.__self__.transport.abort()
            return
        await send({"type": "http.response.body", "body": answer})

    def _apply_operation(self, operation: str, scope: Any, body: bytes) -> tuple[int, bytes]:
        if len(body) > MAX_REQUEST_BYTES:
            return 413, b'{"message": "Request Too Long"}'
        try:
            if operation == "find":
                return self._find(scope)
            if operation == "count_documents":
                return 200, b'{"total_record_count": %d}' % len(self.collection.documents)
            if operation == "update_one":
                return self._update_one(scope, body)
            if operation == "add_qc_evaluation":
                return self._add_qc_evaluation(scope, body)
        except DuplicateKeyError as error:
            return 500, json.dumps({"message": f"Internal Server Error: {error}"}).encode()
        except (MongoError, KeyError, ValueError) as error:
            return 400, json.dumps({"message": str(error)}).encode()
        return 404, b'{"message": "Not Found"}'

    def _find(self, scope: Any) -> tuple[int, bytes]:
        sent = {key: json.loads(values[0]) for key, values in parse_qs(scope["query_string"].decode()).items()}
        limit = min(sent.get("limit") or self.longest_page, self.longest_page)
        held = self.old_copy or self.collection
        found = held.find(sent.get("filter", {}), sent.get("projection"), sent.get("sort"), limit, sent.get("skip", 0))
        answer = json.dumps(found).encode()
        self._remember(Asked("find", sent, len(answer)))
        if len(answer) > self.largest_answer:
            return 413, b'{"message": "Response payload size exceeded maximum allowed payload size"}'
        return 200, answer

    def _update_one(self, scope: Any, body: bytes) -> tuple[int, bytes]:
        sent = json.loads(body)
        self._remember(Asked("update_one", sent, len(body)))
        refusal = refusal_of(scope, body, self.secret)
        if refusal:
            return 403, json.dumps({"message": refusal}).encode()
        if self.before_update:
            self.before_update()
        assert sent["upsert"] == "True"
        wanted = {"_id": sent["filter"]["_id"]} if self.ignores_conditions else sent["filter"]
        return 200, json.dumps(self.collection.update_one(wanted, sent["update"])).encode()

    def _add_qc_evaluation(self, scope: Any, body: bytes) -> tuple[int, bytes]:
        """Appends what it is given, without a question: one evaluation, or a list of them, as the real one takes."""
        sent = json.loads(body)
        self._remember(Asked("add_qc_evaluation", sent, len(body)))
        refusal = refusal_of(scope, body, self.secret)
        if refusal:
            return 403, json.dumps({"message": refusal}).encode()
        if self.before_update:
            self.before_update()
        given = sent["qc_evaluation"]
        given = given if isinstance(given, list) else [given]
        if any(not isinstance(one, dict) or "modality" not in one or "metrics" not in one for one in given):
            return 400, b'{"message": "qc_evaluation: Field required"}'
        if sent["data_asset_id"] not in self.collection.documents:
            return 404, b'{"message": "No record found with that id"}'
        push = {"$push": {"quality_control.evaluations": {"$each": given}}}
        return 200, json.dumps(self.collection.update_one({"_id": sent["data_asset_id"]}, push)).encode()

    def _remember(self, asked: Asked) -> None:
        self.counted[asked.operation] += 1
        if self.remembers:
            self.asked.append(asked)


@contextlib.contextmanager
def run_gateway(folder: Path) -> Iterator[FakeGateway]:
    """A gateway for the length of a block."""
    gateway = FakeGateway(folder).started()
    try:
        yield gateway
    finally:
        gateway.stop()
