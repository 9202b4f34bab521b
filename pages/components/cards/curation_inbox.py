"""What an embedded page of spike sorting sends becomes a draft of its metric's next version."""

from pages.components.cards.card import objects_part
from pages.shell.portal import now
from pages.shell.session import page_permissions, reviews
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.curation import messages as curation_messages
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.status import Generation


def store_curation(record_id: str, metric: Metric, data: JsonValue) -> str | None:
    """Keep the curation in a message's data as a draft; gives a sentence where there is no draft then, else None.

    For the callback of a frame, which has made sure that the message is from that very frame and an origin that is
    allowed, and then draws again what shows the draft: `navigation.redraw(record_id, card_part(metric))`.
    """
    opened = reviews.get_review(record_id)
    if metric.curation is None:
        return "This metric is no curation, so it cannot hold the curation that was sent."
    refusal = page_permissions.get_refusal(opened.stored) or metric.read_only or metric.curation.read_only
    if refusal is not None:
        return refusal
    received = curation_messages.read(data)
    if isinstance(received, curation_messages.RefusedMessage):
        return received.reason
    key, generation = opened.key_of(metric), opened.stored.document.generation or Generation.V2
    edit = editing.with_version(opened.metric_edit(key), metric, generation, dict(received.content), now())
    reviews.keep_edit(record_id, key, edit)
    opened.reset_card(objects_part(metric))
    if edit is None or edit.version is None:
        return f"It is the same as version {len(metric.curation.items)}, so there is nothing to submit."
    return None
