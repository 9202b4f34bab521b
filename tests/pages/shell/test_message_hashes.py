"""Short hashes still distinguish elements, and a message that the browser caches has the whole hash."""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_cache import populate_hash_if_needed

from pages.shell.message_hashes import DIGITS, populate_short_hash


def hash_text(text: str, *, short: bool = True) -> ForwardMsg:
    message = ForwardMsg()
    message.delta.new_element.markdown.body = text
    message.metadata.delta_path[:] = [0, 1]
    (populate_short_hash if short else populate_hash_if_needed)(message)
    return message


def test_elements_have_the_beginning_of_their_hash() -> None:
    one, same, other = hash_text("Drift"), hash_text("Drift"), hash_text("Noise")
    assert one.hash == same.hash != other.hash
    assert one.hash == hash_text("Drift", short=False).hash[:DIGITS]
    assert list(one.metadata.delta_path) == [0, 1]


def test_a_large_element_has_its_whole_hash() -> None:
    large = hash_text("Drift" * 10_000)
    assert large.metadata.cacheable
    assert large.hash == hash_text("Drift" * 10_000, short=False).hash
    assert len(large.hash) > DIGITS


def test_a_container_has_none() -> None:
    message = ForwardMsg()
    message.delta.add_block.allow_empty = True
    message.metadata.delta_path[:] = [0, 1]
    populate_short_hash(message)
    assert message.hash == ""
    assert list(message.metadata.delta_path) == [0, 1] and not message.metadata.cacheable
