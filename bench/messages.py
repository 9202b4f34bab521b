"""What the server sends a page through its web socket, by kind of element: what the bytes of a click are."""

import zlib
from collections import Counter
from collections.abc import Iterable

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_LINES = 12
"""Kinds that are listed one by one; the others follow as one sum."""


def name_kind(message: ForwardMsg) -> str:
    """What a message draws, such as "text_input" or "qc_tree", or what else it states."""
    kind = str(message.WhichOneof("type"))
    if kind != "delta":
        return kind
    delta = message.delta
    if delta.WhichOneof("type") != "new_element":
        return str(delta.WhichOneof("type"))
    element = delta.new_element
    if element.WhichOneof("type") == "bidi_component":
        return element.bidi_component.component_name
    return str(element.WhichOneof("type"))


def list_kinds(frames: Iterable[bytes]) -> list[tuple[str, int, int, int]]:
    """Each kind of message with how many there were, their bytes, and these compressed as they are sent; largest first.

    Compression goes on from one message to the next, as that of the web socket does.
    """
    numbers: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    sent: Counter[str] = Counter()
    squeezer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    for frame in frames:
        kind = name_kind(ForwardMsg.FromString(frame))
        compressed = squeezer.compress(frame) + squeezer.flush(zlib.Z_SYNC_FLUSH)
        numbers[kind] += 1
        plain[kind] += len(frame)
        sent[kind] += len(compressed)
    return [(kind, numbers[kind], plain[kind], size) for kind, size in sent.most_common()]


def format_kinds(title: str, frames: Iterable[bytes]) -> str:
    """A table of them, with the sum first."""
    kinds = list_kinds(frames)
    shown, rest = kinds[:_LINES], kinds[_LINES:]
    rows = [_sum("all", kinds), *shown, *([_sum(f"{len(rest)} more kinds", rest)] if rest else [])]
    lines = [f"{title}: sent by the web socket", f"  {'':24} {'number':>7} {'bytes':>9} {'compressed':>11}"]
    return "\n".join(
        [*lines, *(f"  {kind:24} {number:7,} {plain:9,} {sent:11,}" for kind, number, plain, sent in rows)]
    )


def _sum(title: str, kinds: list[tuple[str, int, int, int]]) -> tuple[str, int, int, int]:
    return title, sum(one[1] for one in kinds), sum(one[2] for one in kinds), sum(one[3] for one in kinds)
