"""Compute what a push will do, from the record and the files, before anything is stored or sent."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qc_core.assets.record import AssetRecord
from qc_core.errors import BadRecord, ReferenceUnreadable
from qc_core.json_document.value import JsonValue
from qc_core.pipeline.check.checks import check_document
from qc_core.pipeline.check.findings import Severity, describe_metric, shorten
from qc_core.pipeline.push.figures import replace_local_figures
from qc_core.pipeline.push.step import PushStep, document_after, next_step
from qc_core.quality_control.document import read
from qc_core.stores.figures.folder import find_inside
from qc_core.stores.figures.kachery_upload import LocalFigure, local_figure
from qc_core.stores.results import read_document

_MAX_REQUEST_BYTES = 9_900_000
"""Bytes of what one request adds at most: the gateway's limit is 10 MB, with the rest of the request."""
_NAMED = 5
_LISTED = 20
_OTHER_KEYS = ("notes", "default_grouping", "allow_tag_failures", "key_experimenters")


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One file: its document with the references as they will be, and the step it takes.

    `missing` are relative references that lead to no file here, and stay as they are.
    """

    path: Path
    document: JsonValue
    step: PushStep
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PushPlan:
    """What will be done to one record. `figures` are those of metrics that are added, each once."""

    record: AssetRecord
    files: tuple[FilePlan, ...]
    figures: tuple[LocalFigure, ...]

    @property
    def is_empty(self) -> bool:
        """Whether all of it is in the record already."""
        return all(file.step.is_done for file in self.files)


def build_push_plan(
    record: AssetRecord, now: JsonValue, paths: Sequence[Path], at: datetime, *, keep_missing: bool = False
) -> PushPlan:
    """The plan to add the documents at these paths to a record whose quality control is `now` (None: it has none).

    Raises BadRecord where a document has errors (as `check` finds them), cannot be read, or is not of the record's
    shape; ReferenceUnreadable for a figure that is missing (unless `keep_missing`), empty or outside its folder;
    StoreUnavailable for a file that cannot be read.
    """
    figures: dict[str, LocalFigure] = {}
    plans = []
    for path in paths:
        document, missing = _prepare_document(path, figures, at)
        if missing and not keep_missing:
            raise ReferenceUnreadable(
                f"{path} names figures that are not there: {', '.join(missing[:_NAMED])}.",
                "Write them, or pass --keep-missing if they lie in the asset itself.",
            )
        _check_same_generation(path, document, now)
        step = next_step(now, document, at)
        _check_size(path, step)
        plans.append(FilePlan(path, document, step, missing))
        now = document_after(now, document, at)
    return PushPlan(record, tuple(plans), tuple(_find_needed_figures(plans, figures)))


def as_text(plan: PushPlan) -> str:
    """The plan for people."""
    return "\n".join(_lines(plan)) + "\n"


def _prepare_document(path: Path, figures: dict[str, LocalFigure], at: datetime) -> tuple[JsonValue, tuple[str, ...]]:
    """A document with Kachery references for its local figures, which are added to `figures`; and the missing ones."""
    file = read_document(path)

    def find_reference(relative: str) -> str | None:
        found = find_inside(file.path.parent, relative)
        if found is None:
            return None
        name = relative.rpartition("/")[2]
        figure = figures.get(f"{found}\0{name}") or local_figure(found, name)
        figures[f"{found}\0{name}"] = figure
        return figure.reference

    prepared = replace_local_figures(file.quality_control, read(file.quality_control), find_reference)
    document = read(prepared.quality_control)
    findings = check_document(prepared.quality_control, document, lambda _: None, at)
    wrong = [finding for finding in findings if finding.severity is Severity.ERROR]
    if wrong:
        lines = "\n".join(f"  {shorten(one.place)}: {shorten(one.what, 300)}" for one in wrong[:_NAMED])
        raise BadRecord(f"{path} has errors:\n{lines}\n", f"`python -m qc_core check {path}` lists them all.")
    return prepared.quality_control, prepared.missing


def _check_same_generation(path: Path, document: JsonValue, now: JsonValue) -> None:
    theirs, ours = read(now).generation, read(document).generation
    if theirs and ours and theirs is not ours:
        raise BadRecord(
            f"{path} is of the generation {ours} of aind-data-schema, but the record is of {theirs}.",
            "DOCDB_VERSION selects the records of v1 or of v2.",
        )


def _check_size(path: Path, step: PushStep) -> None:
    sent = [step.whole, *step.evaluations, [one.value for one in step.patch.operations] if step.patch else None]
    size = max(len(json.dumps(one)) for one in sent)
    if size > _MAX_REQUEST_BYTES:
        raise BadRecord(
            f"{path} takes {size / 1e6:.1f} MB to send at once; the database's gateway takes 10 MB in a request.",
            "Push it in parts, or store what is large as a figure.",
        )


def _find_needed_figures(plans: Sequence[FilePlan], figures: dict[str, LocalFigure]) -> Iterator[LocalFigure]:
    """The figures that new metrics refer to; others are in Kachery already, or not needed."""
    sent = [plan.step.whole for plan in plans] + [one for plan in plans for one in plan.step.evaluations]
    sent += [one.value for plan in plans if plan.step.patch for one in plan.step.patch.operations]
    text = json.dumps(sent)
    seen: set[str] = set()
    for figure in figures.values():
        if figure.sha1 not in seen and f"sha1://{figure.sha1}" in text:
            seen.add(figure.sha1)
            yield figure


def _lines(plan: PushPlan) -> Iterator[str]:
    record = plan.record
    yield f"Record   {record.record_id}  {shorten(record.name)}"
    if record.location:
        yield f"         {shorten(record.location, 300)}"
    if plan.figures:
        yield f"Kachery  {format_count(len(plan.figures), 'figure')} to store:"
        yield from (f"         {one.path}, {_size(one.size)}  {one.reference}" for one in plan.figures)
    for file in plan.files:
        yield from _lines_of_file(file)
    if plan.is_empty:
        yield "Nothing to add: all of it is in the record already."


def _lines_of_file(file: FilePlan) -> Iterator[str]:
    step = file.step
    yield f"File     {file.path}"
    if step.added:
        made = " to a record that has no quality control yet" if step.whole is not None else ""
        yield f"         {format_count(len(step.added), 'metric')} to add{made}:"
        yield from _limit_lines([f"         + {line}" for line in _describe_added(file)])
    other_changes = _other_changes(file)
    if other_changes:
        yield f"         {'and' if step.added else 'no metric to add, but'} {', '.join(other_changes)}"
    if step.evaluations:
        number = format_count(len(step.evaluations), "evaluation")
        yield f"         sent as {number}, one at a time, to add_qc_evaluation"
    there = len(step.kept) + len(step.differing)
    if there:
        yield f"         {format_count(there, 'metric')} in the record already, kept as there"
    yield from _limit_lines(
        [f"         ! its value or reference differs in the record: {one}" for one in step.differing]
    )
    yield from _limit_lines(
        [f"         ! no such file here, the reference stays as it is: {one}" for one in file.missing]
    )


def _describe_added(file: FilePlan) -> Iterator[str]:
    """A line for each evaluation that is new as a whole, and each other metric, as the file has them."""
    document = read(file.document)
    posted = [read({"evaluations": [one]}).evaluations[0].name for one in file.step.evaluations]
    seen: set[str] = set()
    for evaluation in document.evaluations:
        metrics = [document.metrics[index] for index in evaluation.metrics]
        if evaluation.name in posted and all(describe_metric(metric) in file.step.added for metric in metrics):
            posted.remove(evaluation.name)
            names = ", ".join(f"“{shorten(metric.name)}”" for metric in metrics)
            yield f"evaluation “{shorten(evaluation.name)}” with {names or 'no metrics'}"
            seen |= {describe_metric(metric) for metric in metrics}
    yield from (path for path in file.step.added if path not in seen)


def _other_changes(file: FilePlan) -> list[str]:
    """What else changes in the record."""
    operations = file.step.patch.operations if file.step.patch else ()
    names = [str(one.path[-1]) for one in operations if one.path[-1] in _OTHER_KEYS]
    changes = [f"its {name} go into those of the record" for name in dict.fromkeys(names)]
    if any(one.path[0] == "status" or one.path[-1] == "latest_status" for one in operations):
        changes.append("the stored status is brought up to date")
    return changes


def _limit_lines(lines: list[str]) -> Iterator[str]:
    yield from lines[:_LISTED]
    if len(lines) > _LISTED:
        yield f"         … and {len(lines) - _LISTED} more"


def format_count(number: int, what: str) -> str:
    """A number of things in words: "1 metric", "2 metrics"."""
    return f"1 {what}" if number == 1 else f"{number} {what}s"


def _size(number: int) -> str:
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{max(1, round(number / 1e3))} KB"
