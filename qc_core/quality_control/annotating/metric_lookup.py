"""Find the metric or the notes of an edit in a document that may have changed since the edit was made."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from qc_core.json_document.value import JsonPath
from qc_core.quality_control.annotating.changes import Change, DraftEntry, MetricEdit, NotesChange, NotesEdit, Signature
from qc_core.quality_control.annotating.note_lines import RECORD_NOTES, notes_path
from qc_core.quality_control.document import QualityControl
from qc_core.quality_control.metric import Evaluation, Fingerprint, Metric
from qc_core.quality_control.status import Generation, StatusEntry
from qc_core.times import parse_time


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes as they are now, and their path. `read_only` is why they cannot be written, or None."""

    path: JsonPath
    text: str | None
    title: str
    read_only: str | None


class MetricLookup:
    """The metrics of a document by path and by fingerprint."""

    def __init__(self, document: QualityControl) -> None:
        """Index `document`."""
        self.document = document
        self.generation = document.generation or Generation.V2
        self._positions = {metric.path: position for position, metric in enumerate(document.metrics)}
        self._alike: dict[Fingerprint, list[Metric]] = defaultdict(list)
        for metric in document.metrics:
            self._alike[metric.fingerprint].append(metric)

    def find_alike(self, edit: MetricEdit) -> list[Metric]:
        """All metrics with the edit's fingerprint, first the one at the edit's path."""
        return sorted(self._alike.get(edit.fingerprint, []), key=lambda metric: metric.path != edit.path)

    def get_metric(self, path: JsonPath) -> Metric | None:
        """The metric at a path."""
        position = self._positions.get(path)
        return None if position is None else self.document.metrics[position]

    def find_notes(self, edit: NotesEdit) -> Notes | None:
        """The notes of an edit: of the record, or of the evaluation at that path, or of the only one with its name."""
        whole = self.document.read_only
        if edit.path == RECORD_NOTES:
            return Notes(RECORD_NOTES, self.document.notes, "Notes of the record", whole)
        named = [evaluation for evaluation in self.document.evaluations if evaluation.name == edit.anchor]
        there = [evaluation for evaluation in named if evaluation.path == edit.path[:-1]]
        if not there and len(named) != 1:
            return None
        found: Evaluation = (there or named)[0]
        return Notes((*found.path, "notes"), found.notes, f"Notes of {found.name}", whole or found.read_only)

    def contains(self, metric: Metric, signature: Signature) -> bool:
        """Whether a metric's history has what was sent with a signature, or the notes have its line."""
        if signature.status is None:
            return signature.note_line in self._lines_at(notes_path(metric.path))
        return find_signed_entry(metric.history, signature) is not None

    def position_of(self, change: Change | NotesChange) -> tuple[int, str]:
        """The sort key of a change: in the order of the document, notes last."""
        last = len(self._positions)
        return (self._positions.get(change.metric.path, last) if isinstance(change, Change) else last), change.key

    def _lines_at(self, path: JsonPath) -> list[str]:
        if path == RECORD_NOTES:
            text = self.document.notes
        else:
            text = next((held.notes for held in self.document.evaluations if held.path == path[:-1]), None)
        return (text or "").split("\n")


def find_signed_entry(history: tuple[StatusEntry, ...], signature: Signature) -> StatusEntry | None:
    """The status entry that a signature was sent with, where the history holds it."""
    sent_at = parse_time(signature.timestamp)
    for entry in reversed(history):
        same_time = entry.written == signature.timestamp or (sent_at and entry.timestamp == sent_at.utc)
        if same_time and entry.status is signature.status and entry.evaluator == signature.evaluator:
            return entry
    return None


def find_signed_entries(document: QualityControl | None, signed: Mapping[str, DraftEntry]) -> dict[str, StatusEntry]:
    """The status entry of each signed edit as the document holds it; notes have none."""
    found: dict[str, StatusEntry] = {}
    if document is None or not signed:
        return found
    index = MetricLookup(document)
    for key, sent in signed.items():
        if isinstance(sent.edit, MetricEdit):
            alike = index.find_alike(sent.edit)
            entries = (find_signed_entry(m.history, s) for m in alike for s in sent.signatures if s.status)
            entry = next((entry for entry in entries if entry), None)
            if entry:
                found[key] = entry
    return found
