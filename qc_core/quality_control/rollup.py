"""Roll up the statuses of metrics by the rules of each generation, and update the roll-up that a document stores.

A metric without a status (no entry yet, or an unknown word) does not count; that is the rule
of v1 (docs/formats.md#status-in-v1), and v2 does not allow such a metric at all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from qc_core.json_document.value import JsonPath
from qc_core.quality_control.document import Dialect, QualityControl
from qc_core.quality_control.metric import Evaluation, Metric
from qc_core.quality_control.remembered import remember_settled
from qc_core.quality_control.status import Generation, Status, latest, roll_up
from qc_core.quality_control.status_counts import StatusCounts, count_one, sum_counts


def metric_status(metric: Metric, generation: Generation | None, at: datetime) -> Status | None:
    """The status of one metric at a moment, None where it has none (docs/formats.md#status)."""
    entry = latest(metric.history, generation, at) if generation else None
    return entry.status if entry else None


@remember_settled
def metric_statuses(document: QualityControl, at: datetime) -> tuple[Status | None, ...]:
    """The status of each metric at a moment, in the order of `document.metrics`."""
    return tuple(metric_status(metric, document.generation, at) for metric in document.metrics)


def review_status(metric: Metric, generation: Generation | None, at: datetime) -> Status | None:
    """The status of a metric as a review counts it: Pending where it has none that can be used, and can be given one.

    That is where its history is empty, or the entry that counts names no status, as "pending" does: the schema counts
    it in no roll-up, but a person has to decide it. In v1 it is None while all entries are in the future.
    """
    entry = latest(metric.history, generation, at) if generation else None
    if entry and entry.status:
        return entry.status
    is_left = metric.read_only is None and (entry is not None or not metric.history)
    return Status.PENDING if is_left else None


@remember_settled
def get_review_statuses(document: QualityControl, at: datetime) -> tuple[Status | None, ...]:
    """The `review_status` of each metric at a moment, in the order of `document.metrics`."""
    return tuple(review_status(metric, document.generation, at) for metric in document.metrics)


@remember_settled
def get_counted_statuses(document: QualityControl, at: datetime) -> tuple[Status | None, ...]:
    """The status of each metric as it counts in any roll-up: an allowed Fail counts as Pass.

    v1 allows failures by evaluation (`allow_failed_metrics`), v2 by tag (`allow_tag_failures`); see
    docs/formats.md#status. In the 1.0.0 shape an evaluation's own status is used where none of its metrics has one.
    """
    bare = _spells_bare_tags(document) if document.allow_tag_failures else False
    statuses = [
        Status.PASS if status is Status.FAIL and _allowance(document, metric, bare) else status
        for metric, status in zip(document.metrics, metric_statuses(document, at), strict=True)
    ]
    for evaluation in document.evaluations:
        if evaluation.own_status and not any(statuses[index] for index in evaluation.metrics):
            for index in evaluation.metrics:
                statuses[index] = evaluation.own_status
    return tuple(statuses)


def allowance(document: QualityControl, metric: Metric) -> str | None:
    """What in the document makes a Fail of this metric count as Pass, or None.

    "allow_failed_metrics" (v1, of its evaluation), "allow_tag_failures: motion", or "allow_tag_failures: a and b" for a
    list of tags all of which the metric has (2.0 to 2.2). Rules: docs/formats.md#status.
    """
    return _allowance(document, metric, _spells_bare_tags(document) if document.allow_tag_failures else False)


def find_allowances(document: QualityControl, metrics: Iterable[int]) -> dict[int, str]:
    """Those of the metrics at these positions whose Fail would count as Pass, each with what makes it so."""
    bare = _spells_bare_tags(document) if document.allow_tag_failures else False
    found = ((index, _allowance(document, document.metrics[index], bare)) for index in metrics)
    return {index: reason for index, reason in found if reason}


def find_allowed(document: QualityControl, metrics: Iterable[Metric]) -> frozenset[str]:
    """The keys of those of these metrics whose Fail would count as Pass."""
    bare = _spells_bare_tags(document) if document.allow_tag_failures else False
    return frozenset(metric.key for metric in metrics if _allowance(document, metric, bare))


def find_allowed_failures(document: QualityControl, at: datetime) -> dict[int, str]:
    """The metrics that are Fail at a moment and count as Pass, by position, each with the reason as text.

    "Fail, allowed: counts as Pass (allow_tag_failures: motion)".
    """
    bare = _spells_bare_tags(document) if document.allow_tag_failures else False
    found = {}
    for index, status in enumerate(metric_statuses(document, at)):
        reason = _allowance(document, document.metrics[index], bare) if status is Status.FAIL else None
        if reason:
            found[index] = _allowance_text(reason)
    return found


@remember_settled
def count_document(document: QualityControl, at: datetime) -> StatusCounts:
    """How many of all metrics have which status at a moment."""
    allowed = find_allowed_failures(document, at)
    statuses = enumerate(get_review_statuses(document, at))
    return sum_counts(count_one(status, is_allowed=index in allowed) for index, status in statuses)


def describe_allowed_failure(document: QualityControl, metric: Metric, at: datetime) -> str | None:
    """The same of one metric; None where it is not Fail, or its failure is not allowed."""
    if metric_status(metric, document.generation, at) is not Status.FAIL:
        return None
    reason = allowance(document, metric)
    return _allowance_text(reason) if reason else None


def evaluation_status(document: QualityControl, evaluation: Evaluation, at: datetime) -> Status | None:
    """The status of a v1 evaluation (docs/formats.md#status-in-v1); None where none of its metrics has one.

    In the 1.0.0 shape, the evaluation's own status is used for metrics without status.
    """
    statuses = (metric_status(document.metrics[index], document.generation, at) for index in evaluation.metrics)
    if evaluation.allow_failed_metrics:
        statuses = (Status.PASS if status is Status.FAIL else status for status in statuses)
    return roll_up(statuses) or evaluation.own_status


def document_status(
    document: QualityControl,
    at: datetime,
    modality: str | None = None,
    stage: str | None = None,
    tag: str | None = None,
) -> Status | None:
    """The status of the whole, or of what a modality's abbreviation, a stage and a tag select.

    Where the selection is empty it is Pass, as both generations have it (docs/formats.md#status). It is
    None where there are no metrics at all, or where nothing selected has a status.
    """
    if not document.metrics:
        return None
    statuses: list[Status | None]
    if document.generation is Generation.V1:
        statuses = [
            evaluation_status(document, evaluation, at)
            for evaluation in document.evaluations
            if _matches(evaluation.modality.abbreviation, modality)
            and _matches(evaluation.stage, stage)
            and (tag is None or tag in evaluation.tags)
        ]
    else:
        counted = get_counted_statuses(document, at)
        statuses = [counted[index] for index in select_metrics(document, modality, stage, tag)]
    return roll_up(statuses) if statuses else Status.PASS


def select_metrics(
    document: QualityControl, modality: str | None = None, stage: str | None = None, tag: str | None = None
) -> tuple[int, ...]:
    """The positions of the metrics that a modality's abbreviation, a stage and a tag select, as `document_status`."""
    return tuple(
        index
        for index, metric in enumerate(document.metrics)
        if _matches(metric.modality.abbreviation, modality)
        and _matches(metric.stage, stage)
        and (tag is None or tag in tag_names(metric))
    )


def count_pending(document: QualityControl, at: datetime) -> int:
    """How many metrics are left to decide: Pending by their `review_status`."""
    return get_review_statuses(document, at).count(Status.PENDING)


def document_review_status(document: QualityControl, at: datetime) -> Status | None:
    """The status of the whole as a review has it: not Pass while a metric without a status is left to decide."""
    status = document_status(document, at)
    is_open = status in (None, Status.PASS) and count_pending(document, at) > 0
    return Status.PENDING if is_open else status


def tag_names(metric: Metric) -> set[str]:
    """All names by which a tag filter or `allow_tag_failures` may refer to a metric: tag values, and `key:value`."""
    pairs = {f"{key}:{value}" for key, value in metric.tags if key}
    return pairs | {value for _, value in metric.tags}


def status_map(document: QualityControl, at: datetime) -> dict[str, str]:
    """The v2 `status` map as it should be: by tag, by modality abbreviation, by stage (docs/formats.md#status-in-v2).

    Tags are spelled as the document's own map spells them: `key:value` since 2.4, the bare value before. An
    entry without any status is left out. Empty for v1.
    """
    if document.generation is not Generation.V2:
        return {}
    bare = _spells_bare_tags(document)
    by_word: dict[str, set[Status | None]] = defaultdict(set)
    by_modality: dict[str, set[Status | None]] = defaultdict(set)
    by_stage: dict[str, set[Status | None]] = defaultdict(set)
    tags: dict[str, None] = {}
    for metric, status in zip(document.metrics, get_counted_statuses(document, at), strict=True):
        for word in tag_names(metric):
            by_word[word].add(status)
        by_modality[metric.modality.abbreviation].add(status)
        by_stage[metric.stage].add(status)
        tags.update(dict.fromkeys(value if bare or not key else f"{key}:{value}" for key, value in metric.tags))
    found = {tag: by_word[tag] for tag in tags} | by_modality | by_stage
    rolled = {key: roll_up(statuses) for key, statuses in found.items() if key}
    return {key: str(status) for key, status in rolled.items() if status}


def rollup_operations(document: QualityControl, at: datetime) -> tuple[tuple[JsonPath, str], ...]:
    """The paths and values to write so that the stored roll-up is right; only those that differ.

    v2: the members of `status` that changed or are missing (others stay); v1: the `latest_status` of an evaluation.
    Empty if the document stores no roll-up: none is ever added.
    """
    if document.generation is Generation.V2:
        stored = document.stored_status
        if stored is None:
            return ()
        wanted = status_map(document, at)
        return tuple((("status", key), status) for key, status in wanted.items() if stored.get(key) != status)
    operations: list[tuple[JsonPath, str]] = []
    for evaluation in document.evaluations:
        status = evaluation_status(document, evaluation, at)
        if evaluation.latest_status is not None and status and evaluation.latest_status != status:
            operations.append(((*evaluation.path, "latest_status"), str(status)))
    return tuple(operations)


def metrics_in_rollup(document: QualityControl, metric_keys: Collection[str]) -> tuple[Metric, ...]:
    """The metrics whose history a stored roll-up depends on, once the metrics of these keys change.

    v2: all, as most roll-ups combine many; v1: those of the evaluations concerned. Empty if no roll-up is stored.
    """
    if document.generation is Generation.V2:
        return () if document.stored_status is None or not metric_keys else document.metrics
    touched = {metric.evaluation for metric in document.metrics if metric.key in metric_keys}
    return tuple(
        document.metrics[index]
        for position, evaluation in enumerate(document.evaluations)
        if position in touched and evaluation.latest_status is not None
        for index in evaluation.metrics
    )


def _allowance_text(reason: str) -> str:
    return f"Fail, allowed: counts as Pass ({reason})"


def _allowance(document: QualityControl, metric: Metric, bare: bool) -> str | None:
    if metric.evaluation is not None:
        return "allow_failed_metrics" if document.evaluations[metric.evaluation].allow_failed_metrics else None
    # Since 2.4 a tag is named by `key:value` or its value, before by its value alone.
    words = {value for _, value in metric.tags} if bare else tag_names(metric)
    # In 2.0 to 2.2 a nested list means all of which the metric has its tags.
    found = next((together for together in document.allow_tag_failures if words.issuperset(together)), None)
    return f"allow_tag_failures: {' and '.join(found)}" if found else None


def _spells_bare_tags(document: QualityControl) -> bool:
    if document.dialect is Dialect.V2_LIST_TAGS:
        return True
    stored = document.stored_status or {}
    tags = {tag for metric in document.metrics for tag in metric.tags}
    if any(f"{key}:{value}" in stored for key, value in tags):
        return False
    return any(value in stored for value in _only_tags(document, (value for _, value in tags)))


def _only_tags(document: QualityControl, values: Iterable[str]) -> set[str]:
    """The values that are not a modality or stage: only these show how tags are spelled."""
    shared = {word for metric in document.metrics for word in (metric.modality.abbreviation, metric.stage)}
    return set(values) - shared


def _matches(word: str, wanted: str | None) -> bool:
    return wanted is None or word == wanted
