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

    To be called by the callback of a frame, after it has checked the frame and the origin of the message. The callback
    then redraws the parts that show the draft: `navigation.redraw(record_id, card_part(metric))`.
    """
    opened = reviews.get_review(record_id)
    if metric.curation is None:
        return "This metric is not a curation, so it cannot hold the curation that was sent."
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
