"""How many metrics have each value of what metrics can be filtered by: for the choices of a filter."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from qc_core.assets.metrics import CONDITION_OF_KEY, MetricQuery, MetricRow, select_metrics


def count_values(rows: Sequence[MetricRow], query: MetricQuery) -> dict[str, Mapping[str, int]]:
    """The values to choose from, by filter, each with its number of metrics, the most frequent first.

    `rows` are metrics that meet the query's conditions on assets. For `modality`, `stage` and `metric` those are
    counted that meet all other conditions; for `tag`, all conditions, since each further tag narrows the query.
    """
    counts: dict[str, Mapping[str, int]] = {}
    for key, name in CONDITION_OF_KEY.items():
        without: Mapping[str, tuple[str, ...]] = {name: ()}
        others = query if key == "tag" else replace(query, **without)  # type: ignore[arg-type]  # a tuple of texts
        found = Counter(value for row in select_metrics(others, rows) for value in _values(key, row))
        counts[key] = dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
    return counts


def _values(key: str, row: MetricRow) -> Iterable[str]:
    if key == "tag":
        return row.tags
    value = {"modality": row.modality, "stage": row.stage, "metric": row.name}[key]
    return (value,) if value else ()
