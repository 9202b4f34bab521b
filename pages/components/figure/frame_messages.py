"""A curation that a framed view sends: read again here, and kept as a draft of the metric whose frame it is."""

from collections.abc import Callable

import streamlit as st

from pages.components.cards import curation_inbox
from pages.components.cards.card import card_part
from pages.shell.errors import plain
from pages.shell.portal import services
from pages.shell.session import frames, navigation, reviews, widget_state
from qc_core.quality_control.metric import Metric
from qc_core.references.embeds import embeds_of
from qc_core.references.figures import EmbedFigure
from qc_core.references.messages import FrameMessage, read_message
from qc_core.references.shown import resolve_figure
from qc_core.stores.ports import StoredRecord


def handle_message(record_id: str) -> Callable[[], None]:
    """The callback of the figure's component, which ignores messages for other records."""

    def receive_message() -> None:
        message = read_message(
            widget_state.get_trigger("figure", "message"), embeds_of(services().settings).frame_origins
        )
        if message is not None and message.record == record_id:
            receive(message)

    return receive_message


def receive(message: FrameMessage) -> None:
    """Make a curation the draft of the next version of the metric that the frame was made for.

    Only its card and the line above the view are drawn again: the frame, and whatever was done in it, stays.
    """
    stored = reviews.get_review(message.record).stored
    metric = next((one for one in stored.document.metrics if one.key == message.metric), None)
    if metric is None or not _is_framed(stored, metric, message.origin):
        return
    refusal = curation_inbox.store_curation(message.record, metric, message.data)
    if refusal is not None:
        frames.set_notice(f"{plain(message.origin)} sent a curation of {plain(metric.name)}. {plain(refusal)}")
    navigation.redraw(message.record, card_part(metric))


def draw_notice() -> None:
    """Show why a curation that a view sent was not kept."""
    notice = frames.pop_notice()
    if notice is not None:
        st.toast(notice, duration="long")


def _is_framed(stored: StoredRecord, metric: Metric, origin: str) -> bool:
    """Whether a metric's figure is a view by the site that sent the message."""
    locations, embeds = services().figures.locations(stored), embeds_of(services().settings)
    figure = resolve_figure(metric.reference, stored.record_id, locations, embeds)
    return isinstance(figure, EmbedFigure) and figure.origin == origin
