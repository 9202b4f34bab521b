"""The tree of groups: each a link, with its status, its counts and how much of it is changed."""

from collections import Counter
from typing import Any

from pages.components.figure.figure_list import FigureList
from pages.shell import browser_components
from pages.shell.address import ReviewAddress
from pages.shell.open_review import OpenReview
from pages.shell.session import navigation
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.folding import fold, path_text
from qc_core.quality_control.grouping import Group, group_text, leaves
from qc_core.quality_control.position import Position


def draw(document: QualityControl, root: Group, opened: Group, address: ReviewAddress, figures: FigureList) -> None:
    """The tree, with the open group shown and the way to it open, and the figures that its groups lead to."""
    nodes = [_node(child, document, address) for child in fold(root).children or (root,)]
    browser_components.tree(
        key="tree",
        data={"nodes": nodes, "figures": figures, "address": address.href(Position()), **describe(opened)},
        on_followed_change=navigation.build_link_callback("tree"),
    )


def describe(opened: Group, *, wide: bool = False) -> dict[str, Any]:
    """The open group for the browser; `wide` says that its figure has the width of the page."""
    return {
        "selected": group_text(opened),
        "path": path_text(opened),
        "status": str(opened.status or ""),
        "wide": wide,
    }


def count_changes(review: OpenReview, root: Group) -> dict[str, int]:
    """How many metrics of each group have a draft, by the group's address; groups without any are left out."""
    changed = {number for number in map(review.number_of, review.edits) if number is not None}
    marks: Counter[str] = Counter()
    for leaf in leaves(root) if changed else ():
        number = len(changed.intersection(leaf.metrics))
        if number:
            marks.update(dict.fromkeys(_ways(leaf), number))
    return dict(marks)


def _ways(group: Group) -> list[str]:
    """The addresses of a group and of all groups above it."""
    steps = group_text(group).split("/")
    return ["/".join(steps[: depth + 1]) for depth in range(len(steps))]


def _node(group: Group, document: QualityControl, address: ReviewAddress) -> dict[str, Any]:
    key = group_text(group)
    names = () if group.children else dict.fromkeys(document.metrics[index].name for index in group.metrics)
    return {
        "key": key,
        "label": group.label,
        "href": address.href(Position(key)),
        "status": str(group.status or ""),
        "allowed": "; ".join(group.allowed),
        "pending": group.pending,
        "count": len(group.metrics),
        "search": "\n".join((group.label, *names)).lower(),
        "children": [_node(child, document, address) for child in group.children],
    }
