"""The findings of a check: severity, place, what is wrong, and what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qc_core.json_document.operations import format_path
from qc_core.json_document.value import JsonPath, JsonValue
from qc_core.quality_control.metric import Metric

EXIT_OK, EXIT_WARNINGS, EXIT_ERRORS = 0, 1, 2
"""The exit codes of `python -m qc_core check`."""


class Severity(StrEnum):
    """An error must be repaired, a warning should be, a note is advice and never fails a check."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One fault or weakness in the results.

    `rule` is the code of its kind, the same for all findings of that kind ("missing-figure"). `place` is where it is,
    for people; `what` and `do` are sentences.
    """

    severity: Severity
    rule: str
    place: str
    what: str
    do: str


@dataclass(frozen=True, slots=True)
class CheckedAsset:
    """One asset that was checked. `generation` is "v1", "v2", or None where the shape is unknown."""

    name: str
    path: str
    generation: str | None
    metrics: int
    findings: tuple[CheckFinding, ...]

    def as_json(self) -> dict[str, JsonValue]:
        """The asset and its findings as plain values."""
        return {
            "name": self.name,
            "path": self.path,
            "generation": self.generation,
            "metrics": self.metrics,
            "findings": [
                {"severity": str(one.severity), "rule": one.rule, "place": one.place, "what": one.what, "do": one.do}
                for one in self.findings
            ],
        }


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All assets that were checked."""

    assets: tuple[CheckedAsset, ...]

    def count(self, severity: Severity) -> int:
        """How many findings there are of one severity."""
        return sum(finding.severity is severity for asset in self.assets for finding in asset.findings)

    def exit_code(self, *, strict: bool = False) -> int:
        """2 where there is an error, 1 where there is a warning and `strict`, else 0."""
        if self.count(Severity.ERROR):
            return EXIT_ERRORS
        return EXIT_WARNINGS if strict and self.count(Severity.WARNING) else EXIT_OK


def error(rule: str, place: str, what: str, do: str) -> CheckFinding:
    """A finding that must be repaired."""
    return CheckFinding(Severity.ERROR, rule, place, what, do)


def warning(rule: str, place: str, what: str, do: str) -> CheckFinding:
    """A finding that should be repaired."""
    return CheckFinding(Severity.WARNING, rule, place, what, do)


def note(rule: str, place: str, what: str, do: str) -> CheckFinding:
    """Advice."""
    return CheckFinding(Severity.NOTE, rule, place, what, do)


def describe_metric(metric: Metric) -> str:
    """A metric's path and name: `metrics[3] “Drift”`."""
    return f"{shorten(format_path(metric.path), 200)} “{shorten(metric.name)}”"


def list_metrics(metrics: Iterable[Metric], most: int = 3) -> str:
    """The places of metrics, at most so many of them by name."""
    known = list(metrics)
    more = f" and {len(known) - most} more" if len(known) > most else ""
    return ", ".join(map(describe_metric, known[:most])) + more


def list_some(places: Sequence[str], most: int = 3) -> str:
    """At most so many of the places, and how many more there are."""
    more = f" and {len(places) - most} more" if len(places) > most else ""
    return ", ".join(places[:most]) + more


def describe_path(path: JsonPath, document: JsonValue) -> str:
    """A place in a raw document, with the name of the metric or evaluation that it lies in."""
    name = None
    value = document
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(step, int) and isinstance(value, dict):  # an item of a list: a modality has a name too
            name = value.get("name", name)
    place = shorten(format_path(path), 200)
    return f"{place} “{shorten(name)}”" if isinstance(name, str) else place


def shorten(text: str, most: int = 120) -> str:
    """A text on one line, cut if it is long, without lone surrogates, which no terminal can show."""
    line = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
