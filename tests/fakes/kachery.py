"""A Kachery gateway on loopback, with a bucket of its own behind it: `findFile`, and the three steps of an upload."""

import hashlib
import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from kachery_cloud._client_keys import _generate_keypair, _verify_signature


@dataclass
class Kachery:
    """A gateway of its own: `url` is its address, `zones` what it holds, `asked` and `loaded` what it was asked for."""

    zones: dict[str, dict[str, bytes]] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    signatures: list[str | None] = field(default_factory=list)
    closed: bool = False
    failing: list[int] = field(default_factory=list)
    """Statuses that the next requests of an upload meet instead of an answer."""
    began: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Uploads that were begun and are not final, by hash."""
    waiting: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def settings(self, folder: Path, zone: str = "aind") -> dict[str, str]:
        """The environment of a portal that uses this gateway, with a local store in that folder."""
        return {"KACHERY_GATEWAY_URL": self.url, "KACHERY_ZONE": zone, "KACHERY_CLOUD_DIR": str(folder)}

    def put(self, content: bytes, zone: str = "aind") -> str:
        """A file in a zone; gives its hash."""
        sha1 = sha1_of(content)
        self.zones.setdefault(zone, {})[sha1] = content
        return sha1

    def answer(self, request: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        payload = request["payload"]
        if payload["type"] == "findFile":
            return 200, self.found(payload)
        if self.failing:
            return self.failing.pop(0), {}
        if not _verify_signature(payload, request["fromClientId"], request["signature"]):
            return 401, {}
        sha1, zone = payload["hash"], payload["zone"]
        if payload["type"] == "initiateFileUpload":
            if sha1 in self.zones.get(zone, {}):
                return 200, {"alreadyExists": True}
            if sha1 in self.began:
                return 200, {"alreadyPending": True}
            self.began[sha1] = payload
            return 200, {"signedUploadUrl": f"{self.url}/upload/{sha1}?Signature=s3cret", "objectKey": f"sha1/{sha1}"}
        assert payload["type"] == "finalizeFileUpload" and payload["objectKey"] == f"sha1/{sha1}"
        content = self.waiting.pop(sha1)
        assert (len(content), sha1_of(content)) == (payload["size"], sha1)
        del self.began[sha1]
        self.put(content, zone)
        return 200, {}

    def found(self, payload: dict[str, Any]) -> dict[str, Any]:
        sha1 = payload["hash"]
        if sha1 in self.elsewhere:
            return {"type": "findFile", "found": True, "url": self.elsewhere[sha1]}
        content = self.zones.get(payload["zone"], {}).get(sha1)
        if content is None:
            return {"type": "findFile", "found": False}
        return {"type": "findFile", "found": True, "url": f"{self.url}/bucket/{sha1}", "size": len(content)}


def keys() -> dict[str, str]:
    """Keys that the gateway takes, as the environment has them."""
    public, private = _generate_keypair()
    return {"KACHERY_ZONE": "aind", "KACHERY_CLOUD_CLIENT_ID": public, "KACHERY_CLOUD_PRIVATE_KEY": private}


def sha1_of(content: bytes) -> str:
    return hashlib.sha1(content).hexdigest()


def store_locally(content: bytes, folder: Path) -> str:
    """Put a file where kachery-cloud's local store has it; gives its hash."""
    sha1 = sha1_of(content)
    own_folder = folder / "sha1" / sha1[:2] / sha1[2:4] / sha1[4:6]
    own_folder.mkdir(parents=True)
    (own_folder / sha1).write_bytes(content)
    return sha1


def _handler(gateway: Kachery) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path != "/api/gateway" or gateway.closed:
                return self._say(403 if gateway.closed else 404, b"{}", "application/json")
            gateway.asked.append(request["payload"])
            gateway.signatures.append(request.get("signature"))
            status, content_of_answer = gateway.answer(request)
            return self._say(status, json.dumps(content_of_answer).encode(), "application/json")

        def do_PUT(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))  # as S3, which takes nothing in chunks
            sha1 = self.path.rpartition("/")[2].partition("?")[0]
            if gateway.failing:
                return self._say(gateway.failing.pop(0), b"", "text/plain")
            gateway.waiting[sha1] = content
            return self._say(200, b"", "text/plain")

        def do_GET(self) -> None:
            sha1 = self.path.rpartition("/")[2]
            content = next((held[sha1] for held in gateway.zones.values() if sha1 in held), None)
            gateway.loaded.append(sha1)
            if content is None:
                return self._say(404, b"", "text/plain")
            # As buckets do: no type of its own, and parts of it for a video.
            asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
            if not asked:
                return self._say(200, content, "application/octet-stream")
            first, last = int(asked[1]), int(asked[2] or len(content) - 1)
            where = f"bytes {first}-{min(last, len(content) - 1)}/{len(content)}"
            return self._say(206, content[first : last + 1], "application/octet-stream", {"Content-Range": where})

        def _say(self, status: int, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
            self.send_response(status)
            headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Accept-Ranges": "bytes", **(more or {})}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
