"""Describe how metrics differ that share name, stage, modality and tags."""

from datetime import datetime

from qc_core.json_document.value import same_value
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.rollup import metric_status
from qc_core.quality_control.values.lines import summary


def list_namesakes(document: QualityControl, metric: Metric) -> list[Metric]:
    """The metrics that share the fingerprint of `metric`, itself included, in the order of the document."""
    return [other for other in document.metrics if other.fingerprint == metric.fingerprint]


def describe_duplicate(document: QualityControl, metric: Metric, at: datetime) -> str:
    """What distinguishes a metric from those with the same fingerprint.

    Such as "2 of 3 with this name and tags. They differ in value (12, here 14) and figure."
    """
    namesakes = list_namesakes(document, metric)
    others = [other for other in namesakes if other.key != metric.key]
    parts = []
    if any(not same_value(other.value, metric.value) for other in others):
        values = ", ".join(dict.fromkeys(summary(other.value, other.object_type) for other in others[:3]))
        parts.append(f"value ({summary(metric.value, metric.object_type)} here; {values})")
    for word, name in (("figure", "reference"), ("description", "description")):
        if any(getattr(other, name) != getattr(metric, name) for other in others):
            parts.append(word)
    statuses = {metric_status(other, document.generation, at) for other in namesakes}
    if len(statuses) > 1:
        parts.append("status")
    number = next(index for index, other in enumerate(namesakes, 1) if other.key == metric.key)
    which = f"{number} of {len(namesakes)} with this name and tags."
    if not parts:
        return f"{which} They differ in nothing but their position in the record."
    return f"{which} They differ in {' and '.join([', '.join(parts[:-1]), parts[-1]] if parts[1:] else parts)}."
