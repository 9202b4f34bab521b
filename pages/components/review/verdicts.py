"""Verdicts in the browser: the data to show and count one before the server answers, and those sent again.

Streamlit's own control shows a verdict on its card at once. The browser (`shared/verdicts.js`) counts it in the same
frame in the tree and in the bar, keeps it in the tab's storage until the server has it, and sends it again after a
reload.
"""

import re
from collections.abc import Iterable
from typing import Any

from pages.components.cards.card import card_part
from pages.components.review import group_tree, undo_buttons
from pages.shell import browser_components
from pages.shell.open_review import OpenReview
from pages.shell.portal import now
from pages.shell.session import navigation, page_permissions, reviews, widget_state
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.annotating.changes import MetricEdit
from qc_core.quality_control.grouping import Group
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.rollup import find_allowed
from qc_core.quality_control.status import Generation, Status

MAX_SENT_AGAIN = 500
"""Verdicts that a browser may send again at once."""
MAX_AT_ONCE = 50
"""Changes that can be submitted without the dialog at most; `habits.js` has the same number."""


def draw(review: OpenReview, root: Group) -> int:
    """Send the browser what the server has: small, since it is sent with every change.

    Gives up to how many changes the reader has just asked to submit without the dialog; 0 where they did not.
    """
    draft = review.draft
    metrics = review.stored.document.metrics
    sent = browser_components.verdicts(
        key="verdicts",
        data={
            "record": draft.name,
            "number": len(review.edits),
            "saved": not draft.unsaved and draft.trouble is None,
            "waits": draft.is_waiting,
            "refusal": page_permissions.get_refusal(review.stored) or "",
            "marks": group_tree.describe_draft(review, root, now()),
            "cards": describe_cards(review, [metrics[index] for index in review.shown]),
            "decided": _list_decided(review),
            "steps": undo_buttons.get_confirmed(),
            "stated": review.stated or "",
            "wentTo": (undo_buttons.get_went_to()[0], _class_name(f"qc-card-{undo_buttons.get_went_to()[1]}")),
        },
        on_again_change=lambda: _send_again(review.record_id),
        on_save_change=lambda: _save(review.record_id),
        on_submit_change=lambda: None,
    )
    return read_limit(sent.submit)


def describe_cards(review: OpenReview, metrics: Iterable[Metric]) -> dict[str, Any]:
    """The status of each card on screen, by the class that Streamlit gives its container.

    `stored` is the record's status, `chosen` that of the draft, "" for none; `more` means that the draft changes more,
    `allowed` that a Fail of the metric counts as Pass.
    """
    found = {}
    metrics = tuple(metrics)
    allowed = find_allowed(review.stored.document, metrics)
    for metric in metrics:
        key = review.key_of(metric)
        edit = review.metric_edit(key)
        found[_class_name(f"qc-card-{metric.key}")] = {
            "key": key,
            "stored": str(review.status_now(metric) or ""),
            "chosen": str(edit.status or "") if edit else "",
            "more": edit is not None and (edit.value is not None or bool(edit.note) or edit.version is not None),
            "allowed": metric.key in allowed,
        }
    return found


def _list_decided(review: OpenReview) -> dict[str, str]:
    """The statuses that the draft gives, by the class of the card, of metrics whose cards are not on screen."""
    metrics, found = review.stored.document.metrics, {}
    for key, edit in review.edits.items():
        number = review.number_of(key)
        if isinstance(edit, MetricEdit) and edit.status and number is not None and number not in review.shown:
            found[_class_name(f"qc-card-{metrics[number].key}")] = str(edit.status)
    return found


def _send_again(record_id: str) -> None:
    """Store the verdicts that the browser held when its page was left, unless the draft has them."""
    review = reviews.get_review(record_id)
    generation = review.stored.document.generation or Generation.V2
    edits, parts = {}, []
    for key, status in read_sent(widget_state.get_trigger("verdicts", "again")):
        number = review.number_of(key)
        metric = review.stored.document.metrics[number] if number is not None else None
        if metric is None or metric.read_only is not None:
            continue
        edit = review.metric_edit(key)
        if (edit.status if edit and edit.status else review.status_now(metric)) is not status:
            edits[key] = editing.with_status(edit, metric, generation, status, now())
            if number in review.shown:
                parts.append(card_part(metric))
    if edits:
        reviews.keep_edits(record_id, edits)
    navigation.redraw(record_id, *parts)


def _save(record_id: str) -> None:
    """Store the waiting verdicts, since no other followed, and redraw their cards."""
    review = reviews.get_review(record_id)
    numbers = {review.number_of(key) for key in review.draft.unsaved}
    reviews.save_waiting()
    metrics = review.stored.document.metrics
    navigation.redraw(record_id, *(card_part(metrics[number]) for number in review.shown if number in numbers))


def read_sent(sent: object) -> list[tuple[str, Status]]:
    """The verdicts that a browser sent again, `[["key", "Pass"], …]`; anything else is ignored."""
    found = []
    for item in sent[:MAX_SENT_AGAIN] if isinstance(sent, list) else ():
        match item:
            case [str(key), "Pass" | "Fail" | "Pending" as status]:
                found.append((key, Status(status)))
    return found


def read_limit(sent: object) -> int:
    """How many changes a browser asks to submit without the dialog at most, 0 for anything that is no such number."""
    is_number = isinstance(sent, int) and not isinstance(sent, bool)
    return min(sent, MAX_AT_ONCE) if isinstance(sent, int) and is_number and sent > 0 else 0


def _class_name(key: str) -> str:
    """The class that Streamlit gives an element with this key."""
    return "st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", key.strip())
