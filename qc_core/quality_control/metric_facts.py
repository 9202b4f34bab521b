"""What a metric can be grouped by: modality, stage, tags, and in v1 its evaluation."""

from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.metric import Evaluation, Metric


def read_facts(document: QualityControl) -> list[dict[str, str]]:
    """What each metric can be grouped by: modality, stage, its tags by their keys, and in v1 its evaluation.

    A tag without a key, the first of a metric, is under "tag".
    """
    labels = label_evaluations(document.evaluations)
    found = []
    for metric in document.metrics:
        bare = [value for key, value in metric.tags if not key]
        facts = ({"tag": bare[0]} if bare else {}) | read_own_facts(metric)
        found.append(facts if metric.evaluation is None else facts | {"evaluation": labels[metric.evaluation]})
    return found


def read_own_facts(metric: Metric) -> dict[str, str]:
    """What a metric can be grouped by: its tags, and its modality and stage, which take precedence."""
    facts = {key: value for key, value in metric.tags if key}
    if metric.modality.abbreviation or metric.modality.name:
        facts["modality"] = metric.modality.label
    if metric.stage:
        facts["stage"] = metric.stage
    return facts


def label_evaluations(evaluations: tuple[Evaluation, ...]) -> list[str]:
    """The names; if several share one, with the stage or modality that distinguishes them, else a number."""
    labels = [evaluation.name for evaluation in evaluations]
    labels = _disambiguate(labels, [evaluation.stage for evaluation in evaluations])
    labels = _disambiguate(labels, [evaluation.modality.label for evaluation in evaluations])
    taken: dict[str, int] = {}
    distinct: list[str] = []
    for label in labels:
        free = label
        while free in taken:
            taken[label] += 1
            free = f"{label} #{taken[label]}"
        taken[free] = 1
        distinct.append(free)
    return distinct


def _disambiguate(labels: list[str], words: list[str]) -> list[str]:
    """Add to each label its word, if evaluations with different words share the label."""
    words_of: dict[str, set[str]] = {}
    for label, word in zip(labels, words, strict=True):
        words_of.setdefault(label, set()).add(word)
    return [
        f"{label} ({word})" if word and len(words_of[label]) > 1 else label
        for label, word in zip(labels, words, strict=True)
    ]
