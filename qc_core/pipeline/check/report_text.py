"""A report as text for a terminal, and as JSON for a program."""

import json
from collections.abc import Iterator
from itertools import groupby

from qc_core.pipeline.check.findings import CheckedAsset, CheckFinding, CheckReport, Severity

_MAX_OF_A_KIND = 10
"""Beyond this a list of findings of one kind is too long to read; JSON has them all."""


def as_text(report: CheckReport) -> str:
    """What was found, the worst first, and a last line that counts."""
    return "\n".join([line for asset in report.assets for line in _asset(asset)] + [_count(report)]) + "\n"


def as_json(report: CheckReport) -> str:
    """All findings, as `{"assets": […], "errors": …, "warnings": …, "notes": …}`."""
    counts = {f"{severity}s": report.count(severity) for severity in Severity}
    return json.dumps({"assets": [asset.as_json() for asset in report.assets], **counts}, indent=2) + "\n"


def _asset(asset: CheckedAsset) -> Iterator[str]:
    shape = {"v1": "first generation", "v2": "second generation"}.get(asset.generation or "", "unknown shape")
    metrics = "1 metric" if asset.metrics == 1 else f"{asset.metrics} metrics"
    yield f"{asset.path}: {asset.name}, {metrics}, {shape}"
    ranked = list(Severity)
    ordered = sorted(asset.findings, key=lambda finding: (ranked.index(finding.severity), finding.rule))
    for _, alike in groupby(ordered, key=lambda finding: (finding.severity, finding.rule)):
        yield from _kind(list(alike))
    yield ""


def _kind(findings: list[CheckFinding]) -> Iterator[str]:
    for position, finding in enumerate(findings[:_MAX_OF_A_KIND]):
        yield f"  {finding.severity:<8} {finding.place}: {finding.what}"
        following = findings[position + 1] if position + 1 < min(len(findings), _MAX_OF_A_KIND) else None
        if following is None or following.do != finding.do:
            yield f"           → {finding.do}"
    if len(findings) > _MAX_OF_A_KIND:
        yield f"           … and {len(findings) - _MAX_OF_A_KIND} more like these; --json lists them all."


def _count(report: CheckReport) -> str:
    counts = [
        f"{report.count(severity)} {severity}{'' if report.count(severity) == 1 else 's'}" for severity in Severity
    ]
    return f"{', '.join(counts)}."
