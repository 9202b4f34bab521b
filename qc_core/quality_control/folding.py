"""The tree of groups as it is drawn: without "(none)" groups that separate no metrics."""

from dataclasses import replace

from qc_core.quality_control.grouping import NONE, Group


def fold(group: Group) -> Group:
    """The tree as it is drawn: a "(none)" group with a single child, and the parent of nothing but a "(none)" group,
    are one node with that child.

    A level that most metrics lack is drawn only where it separates metrics. A node of several groups has the
    address and the children of the deepest, and the label of the deepest that is not "(none)".
    """
    while len(group.children) == 1 and (group.lacking or group.children[0].lacking):
        (child,) = group.children
        group = child if group.lacking else replace(child, label=group.label, key=group.key, lacking=False)
    return replace(group, children=tuple(fold(child) for child in group.children))


def path_text(group: Group) -> str:
    """The path of a group for people, "ProbeA / drift", without the "(none)" steps where there are others."""
    labels = [label for _, label in group.address]
    return " / ".join([label for label in labels if label != NONE] or labels[-1:]) or group.label
