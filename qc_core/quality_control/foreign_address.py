"""Translate addresses of AIND's own portal into positions of a review.

That portal's address names the levels by which its reader grouped the metrics, and the labels that are open::

    view?name=ASSET&default_grouping=[["probe"],["stage"]]&open_path=["ProbeA","Raw data"]

A label is a value of a tag, a modality or a stage. Whatever the grouping, it leads to the group here that holds the
first metric with all of these labels.
"""

import json
from collections.abc import Mapping

from qc_core.json_document.value import JsonValue
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.figure_pages import metric_address
from qc_core.quality_control.grouping import Group, group_text, leaf_with
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.position import Position

OPEN_PATH = "open_path"
_MOST_LABELS = 50


def read_open_path(parameters: Mapping[str, str]) -> tuple[str, ...]:
    """The labels in the parameters of an address, from the root down; empty where it names none.

    A list as JSON, or labels with `/` or `>` between them.
    """
    text = parameters.get(OPEN_PATH, "").strip()
    if not text:
        return ()
    try:
        found: JsonValue = json.loads(text)
    except (ValueError, RecursionError):
        found = text.replace(">", "/").split("/")
    labels = [str(one).strip() for one in (found if isinstance(found, list) else [found]) if isinstance(one, str | int)]
    return tuple(label for label in labels if label)[:_MOST_LABELS]


def find_open_path(document: QualityControl, root: Group, labels: tuple[str, ...]) -> Position | None:
    """The position that the labels of an open path lead to, None if no metric has the first of them.

    Of labels that no metric has together, the longest beginning counts that some have.
    """
    for number in range(len(labels), 0, -1):
        wanted = set(labels[:number])
        found = [index for index, metric in enumerate(document.metrics) if wanted <= _labels(metric)]
        if not found:
            continue
        leaf = leaf_with(root, found[0])
        return Position(group_text(leaf), metric_address(document, leaf, found[0]))
    return None


def _labels(metric: Metric) -> set[str]:
    tags = [part for key, value in metric.tags for part in (value, f"{key}:{value}") if part]
    return {*tags, metric.modality.label, str(metric.stage or ""), metric.name} - {""}
