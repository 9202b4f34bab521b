"""Whether an address leads to what is on screen: the browser writes into it which card is the current one."""

from dataclasses import replace

from pages.shell.address import ReviewAddress
from pages.shell.open_review import OpenReview
from qc_core.quality_control.figure_pages import find_metric
from qc_core.quality_control.grouping import find_group


def is_on_screen(review: OpenReview, there: ReviewAddress) -> bool:
    """Whether an address is the one that was drawn, or differs only by the card of the same figure page."""
    if there == review.address:
        return True
    if review.navigator is None or replace(there, position=review.address.position) != review.address:
        return False
    group = find_group(review.navigator.root, there.position.group)
    found = find_metric(review.stored.document, group, there.position.metric) if group is not None else None
    return found in review.shown
