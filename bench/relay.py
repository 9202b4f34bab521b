"""A relay in front of a server, which counts the bytes that it sends: as they are on the wire, compressed."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_PIECE = 65_536


class Relay:
    """Passes connections on to a server on this computer. `origin` is its own address, `sent` the bytes sent so far."""

    def __init__(self, origin: str) -> None:
        self._port = int(urlsplit(origin).port or 80)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://localhost:{self._listening.getsockname()[1]}"
        self.sent = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        """Take no further connections."""
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):  # it was closed
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(("localhost", self._port))
                threading.Thread(target=self._pass_on, args=(near, far, False), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(far, near, True), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, is_counted: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                self.sent += len(piece) if is_counted else 0
                target.sendall(piece)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@contextmanager
def run_relay(origin: str) -> Iterator[Relay]:
    """A relay that ends with the block."""
    relay = Relay(origin)
    try:
        yield relay
    finally:
        relay.stop()
