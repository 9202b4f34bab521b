"""Records in the document database, through its REST gateway. What is sent and assumed: docs/database.md."""

import json
import logging
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NoReturn, Protocol, TypeVar

from qc_core.assets.record import AssetRecord, read_record
from qc_core.errors import BadRecord, ConditionFailed, RecordNotFound, StoreFault, StoreUnavailable
from qc_core.json_document import apply
from qc_core.json_document.patch import Patch, failed_conditions, places_of
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.document import read
from qc_core.quality_control.status import Generation
from qc_core.stores.docdb.docdb_index import DocDbIndex
from qc_core.stores.docdb.docdb_read import name_and_id, stored_from, version_of
from qc_core.stores.docdb.failures import AnswerTooLarge, NoAnswer, UnknownOutcome
from qc_core.stores.docdb.fields import AROUND, JUST_QC, WHOLE
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.last_read import LastRead, Told, nobody_is_told
from qc_core.stores.docdb.read_back import Verdict, verdict
from qc_core.stores.docdb.update import Update, as_update
from qc_core.stores.ports import Listing, Look, StoredRecord

log = logging.getLogger("qc_portal")
_ASK_AN_ADMINISTRATOR = "Tell whoever looks after the database before anyone goes on here."
_SENDINGS = 2
_READ_BACKS = (0.0, 0.3, 1.0, 2.0)
"""Pauses before each reading back of what was acknowledged: a replica may be a moment behind."""
_NAMED_ALIKE = 50
_NAMES_KEPT = 1_000
_RECENT = timedelta(minutes=10)
What = TypeVar("What")


class Validates(Protocol):
    """Says what an edit makes wrong with a document."""

    def new_errors(self, before: JsonValue, after: JsonValue) -> tuple[str, ...]:
        """What is wrong in `after` and not in `before`."""
        ...


class DocDbStore:
    """The record store over one collection of the document database. Safe for many threads."""

    def __init__(
        self,
        gateway: Gateway,
        clock: Callable[[], datetime],
        validator: Validates,
        *,
        index: DocDbIndex | None = None,
        hurry: float = 4.0,
        pause: Callable[[float], None] = time.sleep,
        cache_bytes: int = 32 * 1024 * 1024,
    ) -> None:
        """`hurry` is for how many seconds a page waits where it could show what was read before."""
        self._gateway, self._clock, self._validator = gateway, clock, validator
        self._index = index or DocDbIndex(gateway, clock, time.monotonic)
        self._hurry, self._pause = hurry, pause
        self._records = LastRead(self._read, clock, hurry=hurry, limit=cache_bytes)
        self._ids = LastRead(self._read_ids, clock, hurry=hurry, limit=_NAMES_KEPT)
        self._around = LastRead(self._read_around, clock, hurry=hurry, limit=_NAMES_KEPT)

    def listing(self) -> Listing:
        """The newest records: what is known by now, and whether more is on its way. Never raises."""
        return self._index.listing(self._hurry)

    def fetch(self, record_id: str) -> StoredRecord:
        """One record, as the gateway gives it now. Raises RecordNotFound or StoreUnavailable."""
        return self._as_writable(self._records.now(record_id))

    def look(self, record_id: str, patience: float | None = None) -> Look:
        """One record for somebody to look at; as last read, where the database fails or does not hurry.

        Raises RecordNotFound, and StoreUnavailable where it was not read before.
        """
        answer = self._records.ask(record_id, patience)
        stored = self._as_writable(answer.what)
        return Look(stored, answer.read_at, answer.trouble) if answer.trouble else Look(stored)

    def recent(self, record_id: str) -> StoredRecord:
        """One record as it was read in the last minutes, else as `look` gives it. Raises as `look` does."""
        known = self._records.known(record_id)
        if known is not None and self._clock() - known.read_at < _RECENT:
            return self._as_writable(known.what)
        return self.look(record_id).stored

    def ids_named(self, name: str) -> tuple[str, ...]:
        """The ids of all records with that name, by id; as last read, where the database fails or does not hurry.

        Raises StoreUnavailable where the name was not looked up before.
        """
        return self._of_name(self._ids, name)

    def around(self, name: str) -> tuple[AssetRecord, ...]:
        """What is known of all records with that name, by id. Falls back, and raises, as `ids_named` does."""
        return self._of_name(self._around, name)

    def submit(self, record_id: str, patch: Patch) -> None:
        """Carry out a patch by one conditional update, and tell its outcome by reading the record back.

        It is sent again only after the record told that it does not stand there and could still go in; should the
        first sending arrive late, the conditions of the second fail, or the other way round.

        Raises ConditionFailed, RecordNotFound, BadRecord, NotAllowed, StoreUnavailable, or StoreFault where the
        record was deleted meanwhile and came back as a fragment, or the gateway ignored the conditions.
        """
        before = self._one(record_id, JUST_QC)
        raw = before.get("quality_control")
        _still_holds(raw, patch)
        update = as_update(record_id, raw, patch)
        if update is None:
            return
        self._validate(raw, patch)
        self._index.touched(record_id)
        for number in range(1, _SENDINGS + 1):
            trouble = self._sent(update)
            self._records.changed(record_id)
            if number == 1 and isinstance(trouble, ConditionFailed):
                self._refused(record_id, patch, trouble)
            after = self._read_back(record_id, before, patch, acknowledged=trouble is None)
            if after is None or trouble is None:
                return
            _still_holds(after.get("quality_control"), patch)
            if isinstance(trouble, ConditionFailed | NoAnswer) or number == _SENDINGS:
                raise trouble
            self._pause(0.5 + random.random())

    def _refused(self, record_id: str, patch: Patch, refusal: ConditionFailed) -> NoReturn:
        """Say which conditions no longer hold, where the record tells."""
        _still_holds(self._one(record_id, JUST_QC).get("quality_control"), patch)
        raise refusal

    def _sent(self, update: Update) -> ConditionFailed | UnknownOutcome | None:
        """Send it once; what stands in the way of believing that it landed, or None."""
        try:
            self._gateway.update(update.filter, update.update)
        except (ConditionFailed, UnknownOutcome) as error:
            return error
        return None

    def _read_back(
        self, record_id: str, before: dict[str, Any], patch: Patch, *, acknowledged: bool
    ) -> dict[str, Any] | None:
        """None where the patch stands in the record, else the record. Raises StoreFault or StoreUnavailable."""
        after: dict[str, Any] = {}
        for pause in _READ_BACKS if acknowledged else _READ_BACKS[:2]:
            if pause:
                self._pause(pause)
            try:
                after = self._one(record_id, JUST_QC)
            except StoreUnavailable as error:
                raise StoreUnavailable(
                    f"The changes were sent, but could not be read back. {error.message}",
                    "Once the record can be read again, it shows whether they arrived.",
                ) from error
            found = verdict(before, after, patch)
            if found is Verdict.LANDED:
                return None
            if found in _FAULTS:
                log.error("record %s: %s", record_id, _FAULTS[found])
                raise StoreFault(_FAULTS[found], _ASK_AN_ADMINISTRATOR)
            if not acknowledged and failed_conditions(after.get("quality_control"), patch.conditions):
                break  # it cannot go in any more
        return after

    def _validate(self, raw: JsonValue, patch: Patch) -> None:
        if read(raw).generation is not Generation.V2:
            return
        wrong = self._validator.new_errors(raw, apply(raw, patch.operations))
        if wrong:
            raise BadRecord(
                f"The database's schema does not accept the change: {'; '.join(wrong)}.",
                "Change the value, or take the change out.",
            )

    def _of_name(self, last_read: LastRead[What], name: str) -> What:
        """Which records have a name seldom changes, so what is known is soon gone by."""
        patience = self._hurry / 4 if last_read.known(name) is not None else None
        return last_read.ask(name, patience).what

    def _read(self, record_id: str, failed: Told) -> tuple[StoredRecord, int]:
        record = self._one(record_id, WHOLE, failed)
        text = json.dumps(record, sort_keys=True)
        return stored_from(record, record_id, version_of(text)), len(text)

    def _read_ids(self, name: str, failed: Told) -> tuple[tuple[str, ...], int]:
        found = self._named(name, {"_id": 1, "name": 1}, failed)
        return tuple(record_id for record_id in (name_and_id(record)[1] for record in found) if record_id), 1

    def _read_around(self, name: str, failed: Told) -> tuple[tuple[AssetRecord, ...], int]:
        return tuple(read_record(record, folder_name=name) for record in self._named(name, AROUND, failed)), 1

    def _named(self, name: str, projection: Any, failed: Told) -> list[dict[str, Any]]:
        return list(islice(self._gateway.every({"name": name}, projection, failed=failed), _NAMED_ALIKE))

    def _one(self, record_id: str, projection: Any, failed: Told = nobody_is_told) -> dict[str, Any]:
        try:
            found = self._gateway.find({"_id": record_id}, projection, limit=1, failed=failed)
        except AnswerTooLarge as error:
            raise StoreUnavailable(
                "The record is larger than the database's gateway can send at once.",
                "Ask whoever runs the pipeline to store less in its quality control.",
            ) from error
        if not found:
            raise RecordNotFound(
                f"The database has no record with the id {record_id}.", "It may have been removed: look for it by name."
            )
        return found[0]

    def _as_writable(self, stored: StoredRecord) -> StoredRecord:
        return replace(stored, read_only=stored.read_only or self._gateway.cannot_write())


_FAULTS = {
    Verdict.FRAGMENT: (
        "The record was deleted while you worked on it, and the database made a fragment of a record in its place."
    ),
    Verdict.BEHIND_ANOTHER: (
        "The database wrote your change although somebody else had changed the record: it ignored the conditions."
    ),
}


def _still_holds(raw: JsonValue, patch: Patch) -> None:
    failed = failed_conditions(raw, patch.conditions)
    if failed:
        raise ConditionFailed(f"The record changed since it was read: {places_of(failed)}.")
