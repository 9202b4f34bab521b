"""What a draft changes in the counts of each group."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.grouping import Group, address_text, leaves
from qc_core.quality_control.rollup import allowed_metrics, metric_status
from qc_core.quality_control.status import Status
from qc_core.quality_control.status_counts import StatusCounts, count_one


@dataclass(frozen=True, slots=True)
class DraftCounts:
    """What a draft changes in one group: how many of its metrics have an edit, and the change of its counts."""

    changed: int
    counts: StatusCounts


def count_draft(
    document: QualityControl, root: Group, drafted: Mapping[int, Status | None], at: datetime
) -> dict[str, DraftCounts]:
    """What a draft changes in each group, by the group's address ("" is the root); groups without an edit are left out.

    `drafted` are the positions of the metrics that have an edit, each with the status that it sets, None where it
    sets none.
    """
    allowed = allowed_metrics(document, drafted)
    found: dict[str, DraftCounts] = {}
    for leaf in leaves(root) if drafted else ():
        for index in drafted.keys() & set(leaf.metrics):
            stored = metric_status(document.metrics[index], document.generation, at)
            now = drafted[index] or stored
            change = count_one(now, is_allowed=index in allowed) - count_one(stored, is_allowed=index in allowed)
            for address in _addresses(leaf):
                before = found.get(address, DraftCounts(0, StatusCounts()))
                found[address] = DraftCounts(before.changed + 1, before.counts + change)
    return found


def _addresses(group: Group) -> Iterator[str]:
    """The addresses of a group and of all groups above it, from the root."""
    for depth in range(len(group.address) + 1):
        yield address_text(group.address[:depth])
