"""The tree of groups: each a link, with its status, its counts and how much of it is changed."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from pages.components.figure.figure_list import FigureList
from pages.shell import browser_components
from pages.shell.address import ReviewAddress
from pages.shell.open_review import OpenReview
from pages.shell.session import navigation, reasons
from qc_core.quality_control.annotating.changes import MetricEdit
from qc_core.quality_control.annotating.draft_counts import count_draft
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.folding import fold, path_text
from qc_core.quality_control.grouping import Group, group_text
from qc_core.quality_control.position import Position
from qc_core.quality_control.status import Status


def draw(review: OpenReview, root: Group, opened: Group, address: ReviewAddress, figures: FigureList) -> None:
    """The tree, with the open group shown and the way to it open, and the figures that its groups lead to."""
    document = review.stored.document
    nodes = [_node(child, document, address) for child in fold(root).children or (root,)]
    browser_components.tree(
        key="tree",
        data={
            "record": review.draft.name,
            "nodes": nodes,
            "figures": figures,
            "address": address.href(Position()),
            "show": address.show,
            "hidden": len(document.metrics) - len(root.metrics),
            "whole": replace(address, arrangement=replace(address.arrangement, conditions=())).href(Position()),
            **describe(opened),
        },
        on_followed_change=navigation.build_link_callback("tree"),
        on_show_change=navigation.build_show_callback("tree", review.record_id),
        on_why_change=reasons.build_reasons_callback("tree", review.record_id),
    )


def describe(opened: Group, *, wide: bool = False) -> dict[str, Any]:
    """The open group for the browser; `wide`: whether its figure has the width of the page."""
    return {
        "selected": group_text(opened),
        "path": path_text(opened),
        "status": str(opened.status or ""),
        "wide": wide,
    }


def describe_draft(review: OpenReview, root: Group, at: datetime) -> dict[str, list[int]]:
    """What the draft changes in each group: `[edits, passed, failed, allowed, pending]`, all but the first as a change.

    By the group's address, "" for all metrics; groups without any edit are left out.
    """
    found = count_draft(review.stored.document, root, get_drafted(review), at)
    return {address: [one.changed, *one.counts.as_list()] for address, one in found.items()}


def get_drafted(review: OpenReview) -> dict[int, Status | None]:
    """The indexes of the metrics that the draft changes, each with the status that it sets, None where it sets none."""
    numbered = ((review.number_of(key), edit) for key, edit in review.edits.items() if isinstance(edit, MetricEdit))
    return {number: edit.status for number, edit in numbered if number is not None}


def _node(group: Group, document: QualityControl, address: ReviewAddress) -> dict[str, Any]:
    key = group_text(group)
    metrics = [] if group.children else [document.metrics[index] for index in group.metrics]
    names = dict.fromkeys(metric.name for metric in metrics)
    people = dict.fromkeys(entry.evaluator for metric in metrics for entry in metric.history)
    return {
        "key": key,
        "label": group.label,
        "href": address.href(Position(key)),
        "status": str(group.status or ""),
        "allowed": "; ".join(group.allowed),
        "counts": group.counts.as_list(),
        "count": len(group.metrics),
        "search": "\n".join((group.label, *names, *people)).lower(),
        "children": [_node(child, document, address) for child in group.children],
    }
