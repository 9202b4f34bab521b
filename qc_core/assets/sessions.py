"""Find the metric with the same figure in other records, and list the sessions that have it."""

from collections.abc import Iterable, Sequence

from qc_core.assets.metrics import MetricRow, acquisition_order


def find_same_figure(wanted: Sequence[MetricRow], rows: Iterable[MetricRow]) -> MetricRow | None:
    """The metric of another record whose figure is the same as that of the `wanted` metrics, which share theirs.

    The first of `wanted` that the other record has, by name, stage and tags, with a reference; where it has none, the
    same by name and tags, since a stage is often renamed. None where neither is there.
    """
    by_metric: dict[tuple[str, str, tuple[str, ...]], MetricRow] = {}
    by_name: dict[tuple[str, tuple[str, ...]], MetricRow] = {}
    for row in rows:
        if row.reference is not None:
            name, _, tags = row.same_metric
            by_metric.setdefault(row.same_metric, row)
            by_name.setdefault((name, tags), row)
    for metric in wanted:
        if metric.same_metric in by_metric:
            return by_metric[metric.same_metric]
    for metric in wanted:
        name, _, tags = metric.same_metric
        if (name, tags) in by_name:
            return by_name[name, tags]
    return None


def list_sessions(wanted: Sequence[MetricRow], rows: Iterable[MetricRow], most: int) -> list[MetricRow]:
    """One row for each record that has the same figure as `wanted`, by acquisition time; the last `most`.

    The record of `wanted` itself is among them. Records without a time come first.
    """
    by_record: dict[str, list[MetricRow]] = {}
    for row in rows:
        by_record.setdefault(row.asset.record_id, []).append(row)
    if wanted:
        by_record[wanted[0].asset.record_id] = list(wanted)
    of_records = (find_same_figure(wanted, of_record) for of_record in by_record.values())
    found = [row for row in of_records if row is not None]
    found.sort(key=acquisition_order)
    return found[-most:] if most else []
