"""Warnings about a change, shown before it is submitted."""

from collections.abc import Iterable
from datetime import datetime

from qc_core.quality_control.annotating.changes import Change, NotesChange
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.status import Status, is_future
from qc_core.quality_control.values.answers import editor, find_contradicting_status, rule_status, run_value_rule
from qc_core.quality_control.values.editor_kinds import ChoiceEditor, ChoicesEditor, EncodedEditor

NO_OPTION = "no option chosen"
DIFFERS = "differs from the rule"
OLDER = "older than the newest change"


def find_newest_change(metrics: Iterable[Metric], at: datetime) -> datetime | None:
    """The time of the newest status entry of a record that is not later than `at`; None where no time can be read."""
    entries = (entry for metric in metrics for entry in metric.history)
    return max((entry.timestamp for entry in entries if entry.timestamp and not is_future(entry, at)), default=None)


def find_warnings(change: Change | NotesChange, newest: datetime | None) -> list[str]:
    """The warnings of a change; `newest` is the time of the record's newest change.

    A status other than Pending without an answer; a status that the value's own rule or options contradict; and an edit
    from before the newest change of the record, by anybody.
    """
    found = []
    if isinstance(change, Change) and change.edit.rates:
        kind = editor(change.will_value)
        inner = kind.inner if isinstance(kind, EncodedEditor) else kind
        is_open = isinstance(inner, ChoiceEditor | ChoicesEditor) and inner.chosen in (None, ())
        if is_open and change.will_status is not Status.PENDING:
            found.append(NO_OPTION)
        result = run_value_rule(change.will_value)
        implied = rule_status(result) if result is not None else None
        is_ruled_otherwise = implied is not None and implied is not change.will_status
        if is_ruled_otherwise or find_contradicting_status(change.will_value, change.will_status) is not None:
            found.append(DIFFERS)
    if newest is not None and change.edit.edited_at < newest:
        found.append(OLDER)
    return found
