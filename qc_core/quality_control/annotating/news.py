"""Compare two versions of a document: which metrics changed, by whom, and whether the page keeps its layout."""

from dataclasses import dataclass

from qc_core.json_document.value import same_value
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.metric import Metric


@dataclass(frozen=True, slots=True)
class News:
    """What `after` has that `before` had not.

    `changed` are the metrics that differ or are new, as they are now; `removed` is how many are gone. `people` signed
    the new status entries, each once, in the document's order. `notes`: whether notes differ. With `same_layout` the
    groups, figures and cards are those of before, so that nothing moves where the new document is shown.
    """

    changed: tuple[Metric, ...] = ()
    removed: int = 0
    people: tuple[str, ...] = ()
    notes: bool = False
    same_layout: bool = True

    def __bool__(self) -> bool:
        """Whether there is anything new."""
        return bool(self.changed or self.removed or self.notes or not self.same_layout)


def find_news(before: QualityControl, after: QualityControl) -> News:
    """What is in `after` and not in `before`. A metric that moved within the document counts as changed."""
    known = {metric.key: metric for metric in before.metrics}
    changed = tuple(metric for metric in after.metrics if _differs(known.get(metric.key), metric))
    people: dict[str, None] = {}
    for metric in changed:
        was = known.get(metric.key)
        old = set(was.history) if was else set()
        people |= dict.fromkeys(entry.evaluator.strip() for entry in metric.history if entry not in old)
    return News(
        changed=changed,
        removed=len(known.keys() - {metric.key for metric in after.metrics}),
        people=tuple(name for name in people if name),
        notes=before.notes != after.notes
        or [one.notes for one in before.evaluations] != [one.notes for one in after.evaluations],
        same_layout=_layout(before) == _layout(after),
    )


def _differs(before: Metric | None, after: Metric) -> bool:
    if before is None:
        return True
    unlike = (before.fingerprint, before.history, before.reference, before.description) != (
        after.fingerprint,
        after.history,
        after.reference,
        after.description,
    )
    return unlike or not same_value(before.value, after.value)


def _layout(document: QualityControl) -> object:
    metrics = [(metric.key, metric.fingerprint, metric.reference) for metric in document.metrics]
    return document.generation, document.default_grouping, metrics
