"""S3 on loopback: moto's server, behind a door that refuses expired signatures, as S3 does and moto does not."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import BaseWSGIServer, make_server

KEYS = {"AWS_ACCESS_KEY_ID": "AKIATESTPORTAL", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_EC2_METADATA_DISABLED": "true"}
"""What a process needs in its environment to be the portal to this S3."""
_DENIED = b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
_EXPIRED = b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that arrived, and how it was answered."""

    method: str
    path: str
    signed: bool
    status: int
    query: str


def _admit_all(_path: str) -> bool:
    return True


@dataclass
class S3:
    """A server of its own: `url` is its endpoint, `later` how far its clock is ahead, `asked` what arrived.

    `admit` is called with the path of each request before it is answered; it is refused where that gives False.
    """

    later: timedelta = timedelta(0)
    asked: list[Asked] = field(default_factory=list)
    admit: Callable[[str], bool] = _admit_all

    def __post_init__(self) -> None:
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._listen(0)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def start_again(self) -> None:
        """After `stop`: at the same address, with all objects."""
        self._listen(self._server.server_port)

    def _listen(self, port: int) -> None:
        self._server: BaseWSGIServer = make_server("127.0.0.1", port, self._answer, threaded=True)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def settings(self, *buckets: str) -> dict[str, str]:
        """The environment of a portal that uses this server, and may sign for these buckets."""
        return KEYS | {"QC_PORTAL_S3_ENDPOINT": self.url, "QC_PORTAL_S3_BUCKETS": ",".join(buckets)}

    def client(self) -> Any:
        import boto3

        secret = {name.lower(): KEYS[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
        return boto3.client("s3", endpoint_url=self.url, region_name="us-east-1", **secret)

    def bucket(self, name: str, *, public: bool = False, region: str = "us-west-2") -> None:
        self.client().create_bucket(
            Bucket=name,
            ACL="public-read" if public else "private",
            CreateBucketConfiguration={"LocationConstraint": region},
        )

    def put(self, bucket: str, key: str, content: bytes, *, public: bool = False) -> None:
        """An object without a type of its own, as pipelines often leave them."""
        acl = "public-read" if public else "private"
        self.client().put_object(Bucket=bucket, Key=key, Body=content, ACL=acl, ContentType="binary/octet-stream")

    def reset(self) -> None:
        """Its clock is right, nothing has arrived yet, and everything is answered."""
        self.later, self.admit = timedelta(0), _admit_all
        self.asked.clear()

    def list_requests(self, key: str, method: str = "GET") -> list[Asked]:
        return [one for one in self.asked if one.method == method and one.path.endswith(f"/{key}")]

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        query = parse_qs(environ.get("QUERY_STRING", ""))
        signed = "X-Amz-Signature" in query or "HTTP_AUTHORIZATION" in environ
        method = environ["REQUEST_METHOD"]
        path = unquote(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"))

        def note(status: str, headers: Any, *more: Any) -> Any:
            self.asked.append(Asked(method, path, signed, int(status.split()[0]), environ.get("QUERY_STRING", "")))
            return start(status, headers, *more)

        refused = _EXPIRED if self._is_expired(query) else b"" if self.admit(path) else _DENIED
        if refused:
            note("403 Forbidden", [("Content-Type", "application/xml"), ("Content-Length", str(len(refused)))])
            return [refused]
        answer: Iterable[bytes] = self._moto(environ, note)
        return answer

    def _is_expired(self, query: dict[str, list[str]]) -> bool:
        """Whether an address was signed for a time that is over, or begins later than a clock may be wrong."""
        if "X-Amz-Date" not in query:
            return False
        begins = datetime.strptime(query["X-Amz-Date"][0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        now = datetime.now(UTC) + self.later
        return not begins - timedelta(minutes=15) <= now < begins + timedelta(seconds=int(query["X-Amz-Expires"][0]))
