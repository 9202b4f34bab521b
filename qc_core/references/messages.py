"""A message of an embedded page, as the browser hands it over: checked again, then read as JSON."""

from dataclasses import dataclass

from qc_core.errors import BadRecord
from qc_core.json_document import parse
from qc_core.json_document.value import JsonValue

MAX_BYTES = 2_000_000
"""Bytes of a message that an embedded page sends."""


@dataclass(frozen=True, slots=True)
class FrameMessage:
    """What a page of that origin said: any JSON value, not yet understood."""

    origin: str
    data: JsonValue


def read_message(message: object, origins: tuple[str, ...]) -> FrameMessage | None:
    """The message, where it is JSON of a bearable size from an origin that may be framed; else None."""
    if not isinstance(message, dict):
        return None
    origin, text = message.get("origin"), message.get("text")
    if origin not in origins or not isinstance(text, str) or len(text) > MAX_BYTES:
        return None
    try:
        data = parse(text.encode("utf-8", "surrogatepass"), what="the message")
    except BadRecord:
        return None
    return FrameMessage(origin, data)
