"""Web sockets of a page whose messages can be held back, as a slow network would."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, WebSocketRoute
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

STREAM = re.compile("_stcore/stream")
Message = str | bytes


def is_any(_message: Message) -> bool:
    """Every message."""
    return True


def is_end_of_run(message: Message) -> bool:
    """What the server sends once a run of the script has ended."""
    return isinstance(message, bytes) and ForwardMsg.FromString(message).WhichOneof("type") == "script_finished"


class HeldSocket:
    """The web socket of a page: while `is_held`, what the page sends is held back, or with `from_server` what it is
    sent; of these the messages for which `holds` is true."""

    def __init__(self, page: Page, *, from_server: bool = False, holds: Callable[[Message], bool] = is_any) -> None:
        self.is_held = False
        self.holds = holds
        self.held: list[Message] = []
        self._from_server = from_server
        page.route_web_socket(STREAM, self._open)

    def _open(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        page.on_message(server.send if self._from_server else self._hold_or_send)
        server.on_message(self._hold_or_send if self._from_server else page.send)
        self.send = page.send if self._from_server else server.send

    def _hold_or_send(self, message: Message) -> None:
        if self.is_held and self.holds(message):
            self.held.append(message)
        else:
            self.send(message)

    def release(self, *, without: int = 0) -> None:
        """Send what was held back, but the first `without` messages."""
        self.is_held = False
        for message in self.held[without:]:
            self.send(message)
        self.held.clear()
