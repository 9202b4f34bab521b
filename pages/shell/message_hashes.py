"""Send short hashes: Streamlit gives each message one of 32 digits, the part of it that cannot be compressed.

The browser compares an element's hash with that of the element at the same place before, and draws it again where they
differ: a few digits tell those apart. It does not use the hash of a container, of which a card has five. Large
messages, which the browser may keep under their hash, have the whole one.
"""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_cache import populate_hash_if_needed
from streamlit.runtime.scriptrunner_utils import script_run_context

DIGITS = 12
"""Of 16 values each: two elements at one place are taken for the same once in 280 million million changes."""


def shorten_hashes() -> None:
    """From now on hashes of messages are short, and containers have none."""
    script_run_context.populate_hash_if_needed = populate_short_hash  # type: ignore[assignment, attr-defined]  # replaced


def populate_short_hash(message: ForwardMsg) -> None:
    """In place of `populate_hash_if_needed`."""
    if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "add_block":
        return
    populate_hash_if_needed(message)
    if not message.metadata.cacheable:
        message.hash = message.hash[:DIGITS]
