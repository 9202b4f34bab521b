"""A message of an embedded page, as the browser forwards it: checked again, then parsed as JSON."""

from dataclasses import dataclass

from qc_core.errors import BadRecord
from qc_core.json_document import parse
from qc_core.json_document.value import JsonValue

MAX_BYTES = 2_000_000
"""Bytes of a message that an embedded page sends."""


@dataclass(frozen=True, slots=True)
class FrameMessage:
    """What a page of that origin sent: any JSON value, not yet understood.

    `record` and `metric` (the key of a metric) name what the frame was made for; "" where the browser did not name it.
    """

    origin: str
    data: JsonValue
    record: str = ""
    metric: str = ""


def read_message(message: object, origins: tuple[str, ...]) -> FrameMessage | None:
    """The message, if it is JSON of a limited size from an origin that may be framed; else None."""
    if not isinstance(message, dict):
        return None
    origin, text = message.get("origin"), message.get("text")
    record, metric = message.get("record", ""), message.get("metric", "")
    if origin not in origins or not isinstance(text, str) or len(text) > MAX_BYTES:
        return None
    if not isinstance(record, str) or not isinstance(metric, str):
        return None
    try:
        data = parse(text.encode("utf-8", "surrogatepass"), what="the message")
    except BadRecord:
        return None
    return FrameMessage(origin, data, record, metric)
