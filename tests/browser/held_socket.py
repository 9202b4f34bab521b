"""Web sockets of a page whose messages can be held back, as a slow network would."""

import re

from playwright.sync_api import Page, WebSocketRoute
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

STREAM = re.compile("_stcore/stream")


class HeldSocket:
    """The web socket of a page: what the page sends can be held back."""

    def __init__(self, page: Page) -> None:
        self.is_held = False
        self.held: list[str | bytes] = []
        page.route_web_socket(STREAM, self._open)

    def _open(self, socket: WebSocketRoute) -> None:
        self.server = server = socket.connect_to_server()
        socket.on_message(lambda message: self.held.append(message) if self.is_held else server.send(message))
        server.on_message(lambda message: socket.send(message))

    def release(self, *, without: int = 0) -> None:
        """Send what was held back, but the first `without` messages."""
        self.is_held = False
        for message in self.held[without:]:
            self.server.send(message)
        self.held.clear()


class HeldEnds:
    """The web socket of a page: that a run of the script has ended can be held back, or all that the server sends."""

    def __init__(self, page: Page) -> None:
        self.is_held = self.holds_all = False
        self.held: list[str | bytes] = []
        page.route_web_socket(STREAM, self._open)

    def _open(self, socket: WebSocketRoute) -> None:
        self.socket, server = socket, socket.connect_to_server()
        socket.on_message(lambda message: server.send(message))
        server.on_message(self._forward)

    def _forward(self, message: str | bytes) -> None:
        is_end = isinstance(message, bytes) and ForwardMsg.FromString(message).WhichOneof("type") == "script_finished"
        if self.is_held and (is_end or self.holds_all):
            self.held.append(message)
        else:
            self.socket.send(message)

    def release(self) -> None:
        """Send the page what was held back."""
        self.is_held = False
        for message in self.held:
            self.socket.send(message)
        self.held.clear()
