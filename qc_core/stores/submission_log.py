"""What each submission changed, old and new: the formats keep old statuses but not old values.

`log/<record>/<time>-<digest>.json` beside the drafts; an object is written once, before the change is sent, and never
again. What was logged and did not land is in no record's history, and so is never shown.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping

from qc_core.errors import StoreUnavailable
from qc_core.json_value import JsonValue
from qc_core.quality_control.changes import Change, ChangeSet, MetricEdit, NotesEdit
from qc_core.stores.objects import Objects, ObjectsUnavailableError
from qc_core.stores.ports import EntryMark, LoggedValue, ValueLog

VERSION = 1
_ROOT = "log"


class SubmissionLog:
    """The log over objects of the portal's own."""

    def __init__(self, objects: Objects) -> None:
        """Nothing is made before the first submission."""
        self._objects = objects

    def append(self, record_id: str, values: Mapping[EntryMark, LoggedValue]) -> None:
        """Keep what a submission changes. Raises StoreUnavailable."""
        if not values:
            return
        lines = [
            {
                "metric": mark.metric,
                "evaluator": mark.evaluator,
                "timestamp": mark.timestamp,
                "was": v.was,
                "will": v.will,
            }
            for mark, v in values.items()
        ]
        text = json.dumps({"version": VERSION, "record_id": record_id, "changes": lines}, indent=1)
        when = min(mark.timestamp for mark in values).replace(":", "-")
        key = f"{_place(record_id)}/{when}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"
        try:
            self._objects.write(key, text.encode())
        except ObjectsUnavailableError as error:
            raise StoreUnavailable(f"The submission could not be logged, because {error}.") from error

    def read(self, record_id: str) -> Mapping[EntryMark, LoggedValue]:
        """All that was logged for a record; what cannot be understood is left out. Raises StoreUnavailable."""
        found: dict[EntryMark, LoggedValue] = {}
        try:
            for key in self._objects.keys(_place(record_id)):
                found.update(_understood(self._objects.read(key)))
        except ObjectsUnavailableError as error:
            raise StoreUnavailable(f"The log of submissions could not be read, because {error}.") from error
        return found


def keep_values(
    log: ValueLog | None, record_id: str, changes: ChangeSet, signed: Mapping[str, MetricEdit | NotesEdit]
) -> None:
    """Keep old and new values under the signatures that are sent now; that this fails stops no submission."""
    values = {}
    for change in changes.changes:
        edit = signed.get(change.key)
        if isinstance(change, Change) and isinstance(edit, MetricEdit) and edit.signatures[-1].status:
            mark = EntryMark(change.metric.name, edit.signatures[-1].evaluator, edit.signatures[-1].timestamp)
            values[mark] = LoggedValue(change.was_value, change.will_value)
    if log is not None:
        try:
            log.append(record_id, values)
        except StoreUnavailable as error:
            logging.getLogger("qc_portal").warning("%s", error)


def _understood(data: bytes | None) -> Iterable[tuple[EntryMark, LoggedValue]]:
    try:
        raw = json.loads((data or b"null").decode())
    except (ValueError, RecursionError):
        return
    lines: JsonValue = raw.get("changes") if isinstance(raw, dict) and raw.get("version") == VERSION else None
    for line in lines if isinstance(lines, list) else ():
        if isinstance(line, dict) and all(isinstance(line.get(k), str) for k in ("metric", "evaluator", "timestamp")):
            mark = EntryMark(line["metric"], line["evaluator"], line["timestamp"])
            yield mark, LoggedValue(line.get("was"), line.get("will"))


def _place(record_id: str) -> str:
    return f"{_ROOT}/{hashlib.sha256(record_id.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"
