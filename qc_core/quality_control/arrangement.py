"""The arrangement of a record's metrics that a reader chose: the keys to group by, and which metrics are shown.

As text for a URL: `by=probe/stage`, with a level of several keys as `by=probe,shank/stage`, and
`only=modality=ecephys/status=Fail/text=drift`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.grouping import Levels, address_text, read_address
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.metric_facts import read_facts
from qc_core.quality_control.remembered import remember
from qc_core.quality_control.rollup import review_status

KINDS = ("modality", "stage", "evaluation", "tag", "status", "person", "text")
"""What metrics can be filtered by. A tag is `key:value`, or its value where it has no key."""
MAX_CONDITIONS = 50

Condition = tuple[str, str]
"""What a metric must have: one of `KINDS`, and a value."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The `levels` that metrics are grouped by, each of one or more keys, () for those of the record; and conditions.

    Of conditions of one kind (for tags: of one key) any must hold, and of the others each.
    """

    levels: Levels = ()
    conditions: tuple[Condition, ...] = ()


def parse_arrangement(parameters: Mapping[str, str]) -> Arrangement:
    """The arrangement that a URL states. Never raises: what is not understood counts as absent."""
    levels = [
        tuple(key for key in map(_unescape, level.split(",")) if key) for level in parameters.get("by", "").split("/")
    ]
    pairs = read_address(parameters.get("only", "")) or ()
    conditions = [(kind, value) for kind, value in pairs if kind in KINDS and value]
    return Arrangement(tuple(filter(None, levels))[:12], tuple(dict.fromkeys(conditions))[:MAX_CONDITIONS])


def format_arrangement(arrangement: Arrangement) -> dict[str, str]:
    """The parameters of a URL for an arrangement, the empty ones left out."""
    by = "/".join(",".join(map(_escape, level)) for level in arrangement.levels)
    only = address_text(arrangement.conditions)
    return {key: value for key, value in (("by", by), ("only", only)) if value}


def select_metrics(document: QualityControl, conditions: Iterable[Condition], at: datetime) -> tuple[int, ...]:
    """The positions of the metrics for which the conditions hold; statuses are those of the record."""
    wanted: dict[str, set[str]] = {}
    for kind, value in conditions:
        name = f"tag {value.partition(':')[0]}" if kind == "tag" and ":" in value else kind
        wanted.setdefault(name, set()).add(value)
    facts = read_facts(document)
    return tuple(
        index
        for index, metric in enumerate(document.metrics)
        if all(
            _holds(name.partition(" ")[0], values, metric, facts[index], document, at)
            for name, values in wanted.items()
        )
    )


def list_values(document: QualityControl, at: datetime) -> dict[str, dict[str, int]]:
    """The values that occur of each kind but text, each with the number of its metrics."""
    found: dict[str, dict[str, int]] = {kind: {} for kind in KINDS if kind != "text"}
    for metric, facts in zip(document.metrics, read_facts(document), strict=True):
        for kind, counts in found.items():
            for value in _values(kind, metric, facts, document, at):
                counts[value] = counts.get(value, 0) + 1
    return {kind: counts for kind, counts in found.items() if counts}


@remember
def list_keys(document: QualityControl) -> tuple[str, ...]:
    """The keys that metrics can be grouped by: modality, stage, evaluation, and the keys of tags."""
    known = dict.fromkeys(key for facts in read_facts(document) for key in facts)
    first = [key for key in ("modality", "stage", "evaluation") if key in known]
    return (*first, *(key for key in known if key not in first))


def _holds(
    kind: str, wanted: set[str], metric: Metric, facts: Mapping[str, str], document: QualityControl, at: datetime
) -> bool:
    if kind == "text":
        text = f"{metric.name}\n{metric.description or ''}\n{metric.reference or ''}".lower()
        return any(word.lower() in text for word in wanted)
    return not wanted.isdisjoint(_values(kind, metric, facts, document, at))


def _values(kind: str, metric: Metric, facts: Mapping[str, str], document: QualityControl, at: datetime) -> set[str]:
    """What a metric has of a kind."""
    match kind:
        case "tag":
            return {f"{key}:{value}" if key else value for key, value in metric.tags}
        case "status":
            return {str(review_status(metric, document.generation, at) or "")} - {""}
        case "person":
            return {entry.evaluator.strip() for entry in metric.history} - {""}
    return {facts[kind]} if kind in facts else set()


def _escape(key: str) -> str:
    return key.replace("%", "%25").replace("/", "%2F").replace(",", "%2C")


def _unescape(key: str) -> str:
    return re.sub("(?i)%(25|2F|2C)", lambda found: chr(int(found[1], 16)), key)
