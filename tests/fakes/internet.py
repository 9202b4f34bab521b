"""The hosted services that a pipeline speaks to, on loopback: Secrets Manager, Kachery and the gateway.

A proxy that clients use by `HTTPS_PROXY`. It answers for every host itself, under certificates of an authority
of its own, so that code which names the real hosts runs unchanged, and nothing leaves this computer.
"""

import json
import re
import ssl
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import trustme

from qc_core.uploading.metadata import check_metadata
from tests.fakes.mongo import Collection

SECRETS, KACHERY, GATEWAY, BUCKET, PORTAL = (
    "secretsmanager.us-west-2.amazonaws.com",
    "kachery-gateway.figurl.org",
    "api.allenneuraldynamics.org",
    "uploads.example.org",
    "qc.example.org",
)
TOKEN = "the-token-of-a-pipeline"
SIGNED = re.compile(r"AWS4-HMAC-SHA256 Credential=[^/]+/\d{8}/us-west-2/execute-api/aws4_request, ")


@dataclass
class Internet:
    """What the services hold, and what they were sent."""

    folder: Path
    records: list[dict[str, Any]]
    secret: dict[str, str]
    stored: dict[str, bytes] = field(default_factory=dict)
    evaluations: list[dict[str, Any]] = field(default_factory=list)
    uploaded: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __enter__(self) -> "Internet":
        self.collection = Collection()
        for record in self.records:
            self.collection.insert(record)
        self.authority = trustme.CA()
        self.authority.cert_pem.write_to_path(str(self.folder / "ca.pem"))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"internet": self}))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def environment(self) -> dict[str, str]:
        """What makes clients come here: boto3, requests, and all that uses them."""
        authority = str(self.folder / "ca.pem")
        return {
            "HTTPS_PROXY": f"http://127.0.0.1:{self.server.server_address[1]}",
            "NO_PROXY": "localhost,127.0.0.1",
            "REQUESTS_CA_BUNDLE": authority,
            "AWS_CA_BUNDLE": authority,
            "AWS_ACCESS_KEY_ID": "AKIATEST",
            "AWS_SECRET_ACCESS_KEY": "not-a-secret",
            "AWS_EC2_METADATA_DISABLED": "true",
            "UPLOAD_TOKEN": TOKEN,
        }

    def context(self, host: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(host).configure_cert(context)
        return context

    def answer(self, host: str, path: str, headers: Any, body: bytes) -> tuple[int, Any]:
        """The answer of a service: status, and what goes out as JSON."""
        if host == SECRETS:
            wanted = json.loads(body)["SecretId"] == "/aind/prod/kachery/credentials"
            return (200, {"SecretString": json.dumps(self.secret)}) if wanted else (400, {})
        if host == KACHERY:
            return 200, self._kachery(json.loads(body))
        if host == BUCKET:
            self.stored[path.rpartition("/")[2]] = body
            return 200, {}
        if host == GATEWAY:
            return self._gateway(urlsplit(path), headers, body)
        if host == PORTAL and path == "/upload_metadata":
            if headers.get("Authorization") != f"Bearer {TOKEN}":
                return 401, {}
            record = check_metadata(body, datetime.now(UTC))  # as the portal itself does
            self.uploaded.append(record.name)
            return 201, {"link": f"https://{PORTAL}/view?name={record.name}", "problems": list(record.problems)}
        self.refused.append(host)
        return 502, {}

    def _kachery(self, request: dict[str, Any]) -> dict[str, Any]:
        fields = request["payload"]
        assert request["fromClientId"] == self.secret["KACHERY_CLOUD_CLIENT_ID"]
        assert fields["zone"] == self.secret["KACHERY_ZONE"]
        if fields["type"] == "finalizeFileUpload":
            return {}
        if fields["hash"] in self.stored:
            return {"alreadyExists": True}
        return {"signedUploadUrl": f"https://{BUCKET}/{fields['hash']}", "objectKey": fields["hash"]}

    def _gateway(self, path: Any, headers: Any, body: bytes) -> tuple[int, Any]:
        if path.path.endswith("/add_qc_evaluation"):
            if not SIGNED.match(headers.get("Authorization", "")):
                return 403, {"message": "Missing Authentication Token"}
            self.evaluations.append(json.loads(body))
            return 200, {"message": "Success"}
        if path.path.endswith("/update_one"):
            if not SIGNED.match(headers.get("Authorization", "")):
                return 403, {"message": "Missing Authentication Token"}
            fields = json.loads(body)
            return 200, self.collection.update_one(fields["filter"], fields["update"])
        asked = {key: json.loads(values[0]) for key, values in parse_qs(path.query).items()}
        more = (asked.get("projection"), asked.get("sort"), asked.get("limit", 0), asked.get("skip", 0))
        return 200, self.collection.find(asked["filter"], *more)


class _Handler(BaseHTTPRequestHandler):
    internet: Internet
    protocol_version = "HTTP/1.1"
    host = ""

    def do_CONNECT(self) -> None:
        self.host = self.path.partition(":")[0]
        self.send_response(200)
        self.end_headers()
        self.connection = self.internet.context(self.host).wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
        self.close_connection = False

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, fields = self.internet.answer(self.host, self.path, self.headers, body)
        text = json.dumps(fields).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
        self.wfile.flush()

    def do_GET(self) -> None:
        self.do_POST()

    def do_PUT(self) -> None:
        self.do_POST()

    def log_message(self, format: str, *arguments: object) -> None:
        """Log nothing: the test asserts what matters."""
