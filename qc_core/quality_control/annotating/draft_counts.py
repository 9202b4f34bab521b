"""How a draft changes the status counts of each group."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.grouping import Group, address_text, leaves
from qc_core.quality_control.rollup import find_allowances, review_status
from qc_core.quality_control.status import Status
from qc_core.quality_control.status_counts import StatusCounts, count_one, sum_counts


@dataclass(frozen=True, slots=True)
class DraftCounts:
    """What a draft changes in one group: how many of its metrics have an edit, and the change of its counts."""

    changed: int
    counts: StatusCounts


def count_draft(
    document: QualityControl, root: Group, drafted: Mapping[int, Status | None], at: datetime
) -> dict[str, DraftCounts]:
    """What a draft changes in each group, by the group's address; groups without an edit are left out.

    Under "" is what it changes in all metrics of the document, also those that are not in the tree. `drafted` are
    the positions of the metrics that have an edit, each with the status that it sets, None where it sets none.
    """
    allowed = find_allowances(document, drafted)
    changes = {}
    for index, wanted in drafted.items():
        stored = review_status(document.metrics[index], document.generation, at)
        is_allowed = index in allowed
        changes[index] = count_one(wanted or stored, is_allowed=is_allowed) - count_one(stored, is_allowed=is_allowed)
    found = {"": DraftCounts(len(changes), sum_counts(changes.values()))} if changes else {}
    for leaf in leaves(root) if changes else ():
        for index in changes.keys() & set(leaf.metrics):
            for address in _addresses(leaf):
                before = found.get(address, DraftCounts(0, StatusCounts()))
                found[address] = DraftCounts(before.changed + 1, before.counts + changes[index])
    return found


def _addresses(group: Group) -> Iterator[str]:
    """The addresses of a group and of all groups above it, without the root."""
    for depth in range(len(group.address)):
        yield address_text(group.address[: depth + 1])
