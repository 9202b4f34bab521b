"""Check results: what a metric's author should know before anything is uploaded."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from qc_core.json_document.operations import format_path
from qc_core.json_document.value import JsonValue
from qc_core.pipeline.check.asset_metadata import check_asset_metadata
from qc_core.pipeline.check.findings import (
    CheckedAsset,
    CheckFinding,
    CheckReport,
    Severity,
    describe_path,
    error,
    shorten,
    warning,
)
from qc_core.pipeline.check.metrics import MissingFile, check_metrics
from qc_core.pipeline.check.not_json import check_numbers, number_findings
from qc_core.pipeline.check.schema import schema_findings
from qc_core.pipeline.check.shape_v1 import shape_findings
from qc_core.quality_control.document import Dialect, QualityControl
from qc_core.quality_control.rollup import rollup_operations
from qc_core.quality_control.status import Generation
from qc_core.stores.results import Results, read_results

_WORST_FIRST = list(Severity)


def check(path: Path, *, at: datetime) -> CheckReport:
    """Check all assets at a path: a results folder, a folder of many assets, or one file. Reads, and writes nothing.

    `at` is the aware time at which statuses are judged. What is wrong with the files is a finding; raises
    StoreUnavailable only where there is no asset at the path at all.
    """
    return CheckReport(tuple(_check_document(results, at) for results in read_results(path)))


def check_document(
    raw: JsonValue,
    document: QualityControl,
    missing: MissingFile,
    at: datetime,
    step: Callable[[], None] = lambda: None,
) -> Iterator[CheckFinding]:
    """All findings in one document: `raw` as stored, `document` the same, parsed; never raises for what is in it.

    `step` is called between the steps of the check, and ends it by raising.
    """
    if document.generation is None or not isinstance(raw, dict):
        reason = document.read_only or "It is of no known shape."
        yield error("shape", "the document", reason, "Write it with aind-data-schema.")
        return
    refused = []
    for finding in _list_refused(raw, document, step):
        refused.append(finding.place)
        yield finding
    refused.sort()
    step()
    for problem in document.all_problems:
        place = format_path(problem.path)
        if not problem.path or not _any_begins_with(refused, place):
            yield warning(
                "reading", describe_path(problem.path, raw), problem.sentence, "Repair it where it is written."
            )
    for metric in document.metrics:
        if metric.read_only:
            yield warning(
                "read-only", describe_path(metric.path, raw), metric.read_only, "Until then nobody can annotate it."
            )
    yield from check_numbers(raw, document)
    step()
    yield from check_metrics(document, missing)
    step()
    for path, status in rollup_operations(document, at):
        yield warning(
            "stale-status",
            describe_path(path, raw),
            f"The stored status is wrong: by its metrics it is {status}.",
            "Let aind-data-schema write the document: it computes the status again.",
        )


def _any_begins_with(texts: Sequence[str], beginning: str) -> bool:
    """Whether one of the sorted texts starts with `beginning`, by binary search."""
    first = bisect_left(texts, beginning)
    return first < len(texts) and texts[first].startswith(beginning)


def _list_refused(
    raw: dict[str, JsonValue], document: QualityControl, step: Callable[[], None]
) -> Iterator[CheckFinding]:
    if document.generation is Generation.V2:
        return schema_findings(raw, document.dialect, step)
    # No package after 1.0.0 reads its shape; the reader reports it.
    return iter(()) if document.dialect is Dialect.V1A else shape_findings(raw)


def _check_document(results: Results, at: datetime) -> CheckedAsset:
    record = results.record
    if record is None:
        do = " ".join([*(one.hint for one in results.not_read if one.hint), "Nothing else was checked."])
        wrong = error("unreadable", results.path, " ".join(results.broken), do)
        return CheckedAsset(results.folder.name, results.path, None, 0, (wrong,))
    findings = [warning("files", results.path, problem, "Write the file again.") for problem in results.broken]
    for one in results.not_read:
        findings.append(warning("not-read", one.where, one.reason, one.hint or "Write the file again."))
    if results.name_is_nearly_right:
        findings.append(
            warning(
                "file-name",
                results.path,
                "It is read here, but other programs find only a file named quality_control.json.",
                "Name it so.",
            )
        )
    for where, part in results.parts_with_odd_numbers.items():
        findings += number_findings(part, where)
    findings += check_document(record.quality_control, record.document, results.explain_missing, at)
    findings += check_asset_metadata(record.asset, described=results.described)
    findings.sort(key=lambda finding: _WORST_FIRST.index(finding.severity))
    generation = record.document.generation
    return CheckedAsset(
        shorten(record.name), results.path, str(generation) if generation else None, len(record.document.metrics),
        tuple(findings),
    )  # fmt: skip
