"""What an embedded page says to the portal: read again on the server, and handed to whoever keeps it."""

from collections.abc import Callable

import streamlit as st

from pages.components import session
from pages.components.errors import plain
from pages.components.portal import services
from qc_core.references.embeds import embeds_of
from qc_core.references.messages import FrameMessage, read_message


def hook(key: str, record_id: str, reference: str | None) -> Callable[[], None]:
    """The callback for the component `key`: a message that may be heard goes to `heard`, any other nowhere."""

    def called() -> None:
        message = read_message(session.trigger(key, "message"), embeds_of(services().settings).frame_origins)
        if message is not None:
            heard(record_id, reference, message)

    return called


def heard(record_id: str, reference: str | None, message: FrameMessage) -> None:
    """Here a curation becomes the draft of the metrics that share the reference."""
    st.toast(f"{plain(message.origin)} sent a curation, which the portal does not keep yet. Nothing was changed.")
