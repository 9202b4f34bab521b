"""Find the metrics for “Pass the rest”: undecided and unchanged ones, those with an unseen figure apart."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.figure_pages import is_undecided
from qc_core.quality_control.rollup import review_status


@dataclass(frozen=True, slots=True)
class Rest:
    """Indexes of metrics that are left to decide: those whose figure was `seen`, and those whose figure was not."""

    seen: tuple[int, ...]
    unseen: tuple[int, ...]

    @property
    def all(self) -> tuple[int, ...]:
        """Both, in the document's order."""
        return tuple(sorted((*self.seen, *self.unseen)))


def find_rest(
    document: QualityControl, metrics: Iterable[int], at: datetime, *, changed: Collection[int], seen: Collection[int]
) -> Rest:
    """Those of `metrics` that are left: Pending in the record, to be annotated, and without any change in the draft.

    All are indexes among the document's metrics: `changed` have an edit, also one of a note or a value alone; `seen`
    had their figure on screen.
    """
    left = [
        index
        for index in dict.fromkeys(metrics)
        if index not in changed
        and is_undecided(document.metrics[index], review_status(document.metrics[index], document.generation, at))
    ]
    return Rest(tuple(one for one in left if one in seen), tuple(one for one in left if one not in seen))
