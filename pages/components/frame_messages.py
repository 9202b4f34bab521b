"""What an embedded page says to the portal: read again on the server, and kept as a draft."""

from collections.abc import Callable

import streamlit as st

from pages.components import curation_inbox, session
from pages.components.card import card_part
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
    """A curation becomes the draft of the next version of each curation that shares the reference.

    Only their cards are drawn again: the frame, and whatever was done in it, stays.
    """
    document = session.opened(record_id).stored.document
    sharing = [metric for metric in document.metrics if metric.reference == reference]
    curations = [metric for metric in sharing if metric.curation is not None] or sharing[:1]
    refusals = [curation_inbox.take(record_id, metric, message.data) for metric in curations]
    for refusal in filter(None, dict.fromkeys(refusals)):
        st.toast(f"{plain(message.origin)} sent a curation. {plain(refusal)}")
    taken = [card_part(metric) for metric, refusal in zip(curations, refusals, strict=True) if refusal is None]
    if taken:
        session.redraw(record_id, *taken)
