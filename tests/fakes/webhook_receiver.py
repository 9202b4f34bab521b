"""A receiver of webhooks, for real: it checks each signature as the docs say, and answers as a test chooses."""

import hashlib
import hmac
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "a secret that only the two of them know"


@dataclass
class WebhookReceiver:
    """`taken` are the bodies of what was answered with 200, by delivery; `attempts` all deliveries that arrived.

    `before_answer` is called while the sender waits.
    """

    status: int = 200
    before_answer: Callable[[], object] = lambda: None
    taken: dict[str, Any] = field(default_factory=dict)
    attempts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                signed = f"{self.headers['X-QC-Portal-Time']}.".encode() + body
                expected = "sha256=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
                is_ours = hmac.compare_digest(self.headers["X-QC-Portal-Signature"], expected)
                delivery = self.headers["X-QC-Portal-Delivery"]
                receiver.attempts.append(delivery)
                receiver.before_answer()
                status = receiver.status if is_ours else 403
                if status == 200:
                    receiver.taken.setdefault(delivery, []).append(json.loads(body))
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}/qc"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
