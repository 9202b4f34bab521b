"""What an embedded page says to the portal: read again on the server, and kept as a draft."""

from collections.abc import Callable

import streamlit as st

from pages.components.cards import curation_inbox
from pages.components.cards.card import card_part
from pages.shell.errors import plain
from pages.shell.portal import services
from pages.shell.session import navigation, reviews, widget_state
from qc_core.quality_control.curation import messages as curation_messages
from qc_core.quality_control.figure_pages import metrics_sharing_figure
from qc_core.references.embeds import embeds_of
from qc_core.references.messages import FrameMessage, read_message


def hook(key: str, record_id: str, reference: str | None) -> Callable[[], None]:
    """The callback for the component `key`: a message that may be heard goes to `heard`, any other nowhere."""

    def called() -> None:
        message = read_message(widget_state.get_trigger(key, "message"), embeds_of(services().settings).frame_origins)
        if message is not None:
            heard(record_id, reference, message)

    return called


def heard(record_id: str, reference: str | None, message: FrameMessage) -> None:
    """A curation becomes the draft of the next version of the curation that it is for.

    Only its card is drawn again: the frame, and whatever was done in it, stays.
    """
    stored = reviews.get_review(record_id).stored
    sharers = [
        stored.document.metrics[n]
        for n in metrics_sharing_figure(stored.document, reference, services().figures.locations(stored))
    ]
    curations = [metric for metric in sharers if metric.curation is not None] or sharers[:1]
    if not curations:
        return
    received = curation_messages.read(message.data)
    identifier = received.identifier if isinstance(received, curation_messages.ReceivedCuration) else None
    for_whom = curation_messages.find_addressed([metric.name for metric in curations], identifier)
    if for_whom is None and isinstance(received, curation_messages.ReceivedCuration):
        refusal: str | None = _for_none([metric.name for metric in curations], identifier)
    else:
        refusal = curation_inbox.store_curation(record_id, curations[for_whom or 0], message.data)
    if refusal is not None:
        st.toast(f"{plain(message.origin)} sent a curation. {plain(refusal)}", duration="long")
    else:
        navigation.redraw(record_id, card_part(curations[for_whom or 0]))


def _for_none(names: list[str], identifier: str | None) -> str:
    intro = f"It calls its sorting “{identifier}”" if identifier else "It does not say which sorting it is of"
    return (
        f"{intro}, and {len(names)} curations have this figure: {', '.join(names)}. It was kept for none of them: the "
        "view has to name the metric."
    )
