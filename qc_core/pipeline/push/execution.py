"""Execute a push: figures first, then metrics, then read them back. After a failure, a repeat continues from there."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from qc_core.errors import BadRecord, ConditionFailed, NotAllowed, QcError, StoreFault, StoreUnavailable
from qc_core.json_document.value import JsonValue, same_value
from qc_core.pipeline.check.findings import shorten
from qc_core.pipeline.push.plan import FilePlan, PushPlan, format_count
from qc_core.pipeline.push.step import count_same_evaluations, next_step
from qc_core.quality_control.document import read
from qc_core.stores.docdb.failures import UnknownOutcome
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.store import DocDbStore
from qc_core.stores.figures.kachery_upload import KacheryUploads

AGAIN = "Run the same command again: it adds only what is missing."
_TRIES = 5
_READ_BACKS = (0.0, 0.3, 1.0, 2.0)
"""Pauses in seconds before each read-back of an acknowledged write: a replica may lag."""
_AT_WORK = 30.0
"""Seconds for which the gateway may still work on a request whose answer was lost."""
_LOST = " (the gateway's answer was lost; the record shows that it landed)"


@dataclass(slots=True)
class Push:
    """The stores that a push writes to. `report` is called with a line for each step done.

    `uploads` gives access to Kachery; it is called only if there are figures to store.
    """

    records: DocDbStore
    gateway: Gateway
    uploads: Callable[[], KacheryUploads]
    clock: Callable[[], datetime]
    report: Callable[[str], None]
    pause: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic

    def execute(self, plan: PushPlan) -> None:
        """Execute the plan, and read the record back.

        What is new is computed again from the record as it is then. Raises NotAllowed without credentials, BadRecord if
        the gateway or the schema refuses a metric, StoreUnavailable if a server cannot be reached or what was sent
        is not in the record, StoreFault if conditions were ignored; the hint of each is what to do.
        """
        if plan.is_empty:
            return
        refusal = self.gateway.cannot_write()
        if refusal:
            raise NotAllowed(
                "There are no AWS credentials to write to the database with.", "The power-user role is needed."
            )
        self._figures(plan)
        record_id = str(plan.record.record_id)
        try:
            for file in plan.files:
                self._file(record_id, file)
        except StoreFault:
            raise
        except QcError as error:
            raise type(error)(error.message, _hint(error)) from error

    def _figures(self, plan: PushPlan) -> None:
        if not plan.figures:
            return
        uploads = self.uploads()
        for figure in plan.figures:
            stored = uploads.store(figure)
            self.report(f"{'stored' if stored else 'there  '}  {figure.path}  {figure.reference}")

    def _file(self, record_id: str, file: FilePlan) -> None:
        self._update_existing(record_id, file)
        for evaluation in next_step(self._now(record_id), file.document, self.clock()).evaluations:
            self._post(record_id, file, evaluation)
        for pause in _READ_BACKS:
            self.pause(pause)
            left = next_step(self._now(record_id), file.document, self.clock())
            if left.is_done:
                there = len(left.kept) + len(left.differing)
                self.report(f"read back: {format_count(there, 'metric')} of {file.path} in the record")
                return
        raise StoreUnavailable("What was sent is not in the record.")

    def _update_existing(self, record_id: str, file: FilePlan) -> None:
        """Everything but whole evaluations, by one conditional update; repeated if somebody else wrote first."""
        for number in range(1, _TRIES + 1):
            step = next_step(self._now(record_id), file.document, self.clock())
            if step.whole is None and step.patch is None:
                return
            try:
                if step.patch is None:
                    self._set_document(record_id, step.whole)
                else:
                    self.records.submit(record_id, step.patch)
            except ConditionFailed:
                if number == _TRIES:
                    raise
                continue
            if step.added and not step.evaluations:
                self.report(f"added   {format_count(len(step.added), 'metric')} of {file.path}")
            return

    def _set_document(self, record_id: str, document: JsonValue) -> None:
        """The whole document, for a record whose quality control is null or missing."""
        trouble: UnknownOutcome | None = None
        try:
            self.gateway.update({"_id": record_id, "quality_control": None}, {"$set": {"quality_control": document}})
        except UnknownOutcome as error:
            trouble = error
        if not self._has_landed(trouble, lambda: same_value(self._now(record_id), document)):
            raise trouble or StoreUnavailable("What was sent is not in the record.")

    def _post(self, record_id: str, file: FilePlan, evaluation: JsonValue) -> None:
        """Append one evaluation, sent once in this run, whatever its answer."""
        now = self._now(record_id)
        (named,) = read({"evaluations": [evaluation]}).evaluations
        name = f"evaluation “{shorten(named.name)}”, {format_count(len(named.metrics), 'metric')} of {file.path}"
        if not any(same_value(one, evaluation) for one in next_step(now, file.document, self.clock()).evaluations):
            self.report(f"there    {name}: somebody else added it meanwhile")
            return
        before = count_same_evaluations(now, evaluation)
        trouble: UnknownOutcome | None = None
        try:
            self.gateway.add_evaluation(record_id, evaluation)
        except UnknownOutcome as error:
            trouble = error
        if not self._has_landed(trouble, lambda: count_same_evaluations(self._now(record_id), evaluation) > before):
            sent = f"The {name} was sent, but is not in the record. "
            raise StoreUnavailable(sent + (trouble.message if trouble else "The gateway acknowledged it."))
        self.report(f"added   {name}{_LOST if trouble else ''}")
        if count_same_evaluations(self._now(record_id), evaluation) > before + 1:
            self.report(f"twice   {name}: somebody else pushed the same at this moment; one of the two can be removed")

    def _has_landed(self, trouble: UnknownOutcome | None, landed: Callable[[], bool]) -> bool:
        """Whether the record contains what was sent; without an answer, waits until the gateway must have finished."""
        until = self.monotonic() + _AT_WORK
        pauses = list(_READ_BACKS)
        while pauses or (trouble is not None and self.monotonic() < until):
            self.pause(pauses.pop(0) if pauses else _READ_BACKS[-1])
            if landed():
                return True
        return False

    def _now(self, record_id: str) -> JsonValue:
        return self.records.get_fresh(record_id).quality_control


def _hint(error: QcError) -> str:
    """What to do, for a person who pushes."""
    if isinstance(error, NotAllowed):
        return "The power-user role is needed."
    return "`python -m qc_core check` finds what may be wrong." if isinstance(error, BadRecord) else AGAIN
