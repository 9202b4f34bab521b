"""Records in the document database, through its REST gateway. What is sent and assumed: docs/database.md."""

import json
import logging
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from threading import Event
from typing import Any, NoReturn, TypeVar

from qc_core.assets.record import AssetRecord, read_record
from qc_core.errors import BadRecord, ConditionFailed, RecordNotFound, StoreFault, StoreUnavailable
from qc_core.json_document import apply
from qc_core.json_document.patch import Patch, describe_paths, find_failed_conditions
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.document import read
from qc_core.quality_control.status import Generation
from qc_core.stores.background import start_thread
from qc_core.stores.cache import BoundedCache
from qc_core.stores.docdb.batch import read_batch
from qc_core.stores.docdb.failures import AnswerTooLarge, NoAnswer, UnknownOutcome
from qc_core.stores.docdb.fields import ASSET_METADATA, JUST_QC, LIGHT, WHOLE
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.parsing import name_and_id, parse_stored_record, revision_of, version_of
from qc_core.stores.docdb.read_back import FAULTS, Verdict, verdict
from qc_core.stores.docdb.read_cache import BATCH_KEPT, WRITTEN_KEPT, OnRetry, ReadCache, ignore_retry
from qc_core.stores.docdb.update import Update, as_update
from qc_core.stores.docdb.validation import Validates
from qc_core.stores.ports import CachedRecord, StoredRecord

log = logging.getLogger("qc_portal")
_ASK_AN_ADMINISTRATOR = "Tell the administrators of the database before anyone continues here."
_SENDINGS = 2
_READ_BACKS = (0.0, 0.3, 1.0, 2.0)
"""Pauses before each reading back of what was acknowledged: a replica may be a moment behind."""
_NAMED_ALIKE = 50
_NAMES_KEPT = 1_000
_RECENT, _JUST_READ = timedelta(minutes=10), timedelta(minutes=1)
What = TypeVar("What")


class DocDbStore:
    """The record store over one collection of the document database. Safe for many threads."""

    def __init__(
        self,
        gateway: Gateway,
        clock: Callable[[], datetime],
        validator: Validates,
        *,
        timeout: float = 4.0,
        pause: Callable[[float], None] = time.sleep,
        cache_bytes: int = 32 * 1024 * 1024,
    ) -> None:
        """`timeout` is how many seconds a page waits for the database before it shows what is cached."""
        self._gateway, self._clock, self._validator = gateway, clock, validator
        self._timeout, self._pause = timeout, pause
        self.on_written: Callable[[str], object] = _ignore
        self.find_known_ids: Callable[[str], tuple[str, ...]] = _know_none
        self._heads: BoundedCache[str, tuple[str, dict[str, Any]]] = BoundedCache(_NAMES_KEPT)
        self._records = ReadCache(self._read, clock, timeout=timeout, limit=cache_bytes)
        self._revisions = ReadCache(self._read_revision, clock, timeout=timeout, limit=_NAMES_KEPT)
        self._ids = ReadCache(self._read_ids, clock, timeout=timeout, limit=_NAMES_KEPT)
        self._asset_metadata = ReadCache(self._read_asset_metadata, clock, timeout=timeout, limit=_NAMES_KEPT)

    def get_fresh(self, record_id: str) -> StoredRecord:
        """One record, read from the gateway now. Raises RecordNotFound or StoreUnavailable."""
        return self._as_writable(self._records.get_fresh(record_id))

    def get_cached(self, record_id: str, timeout: float | None = None) -> CachedRecord:
        """One record to display; the cached one, where the database fails or does not answer within the timeout.

        Raises RecordNotFound, and StoreUnavailable where it is not cached.
        """
        cached = self._records.get(record_id, timeout)
        record = self._as_writable(cached.value)
        return CachedRecord(record, cached.read_at, cached.error) if cached.error else CachedRecord(record)

    def get_recent(self, record_id: str) -> StoredRecord:
        """One record from the cache, if read within ten minutes, else as from `get_cached`. Raises as `get_cached`."""
        known = self._records.peek(record_id)
        if known is not None and self._clock() - known.read_at < _RECENT:
            return self._as_writable(known.value)
        return self.get_cached(record_id).record

    def read_ahead(self, record_ids: Sequence[str]) -> None:
        """Read these records by one request; the next read of each within half a minute is answered by that."""
        if len(record_ids) > 1:
            done = Event()
            with suppress(StoreUnavailable):  # no thread is free: each is read by itself
                start_thread("reading records together", partial(self._read_together, tuple(record_ids), done))
                done.wait(self._timeout)

    def get_revision(self, record_id: str) -> str:
        """A text that changes with the record's time and the lengths of its histories, which alone are read.

        Raises RecordNotFound, and StoreUnavailable where the database fails or does not answer within the timeout.
        """
        found = self._revisions.get(record_id)
        if found.error is not None:
            raise found.error
        return found.value

    def find_ids(self, name: str, to_open: bool = False) -> tuple[str, ...]:
        """The ids of all records with that name, sorted; from the cache, where the database fails or times out.

        With `to_open` the one record that is known to have the name is read meanwhile. Raises StoreUnavailable where
        the name is not cached.
        """
        known = self.find_known_ids(name) if to_open else ()
        if len(known) == 1:
            self._records.prefetch(known[0])
        return self._of_name(self._ids, name)

    def get_asset_metadata(self, name: str) -> tuple[AssetRecord, ...]:
        """The asset metadata of all records with that name, by id. Falls back, and raises, as `find_ids` does."""
        return self._of_name(self._asset_metadata, name)

    def submit(self, record_id: str, patch: Patch) -> None:
        """Apply a patch by one conditional update, and learn its outcome by reading the record back.

        A record that was read a moment ago is not read before: the update has the conditions. It is sent again only
        after the record showed that it is not there and could still go in; should the first sending arrive late, the
        conditions of the second fail, or the other way round.

        Raises ConditionFailed, RecordNotFound, BadRecord, NotAllowed, StoreUnavailable, or StoreFault where the
        record was deleted meanwhile and came back as a fragment, or the gateway ignored the conditions.
        """
        before = self._find_before(record_id, patch)
        raw = before.get("quality_control")
        _still_holds(raw, patch)
        update = as_update(record_id, raw, patch)
        if update is None:
            return
        self._validate(raw, patch)
        try:
            self._send(record_id, before, update, patch)
        finally:
            self.on_written(record_id)

    def _find_before(self, record_id: str, patch: Patch) -> dict[str, Any]:
        """The record that a patch is applied to: as it was read a moment ago, where the conditions hold in that."""
        known, (version, head) = self._records.peek(record_id), self._heads.get(record_id) or ("", {})
        if known is not None and known.value.version == version and self._clock() - known.read_at < _JUST_READ:
            raw = known.value.quality_control
            if not find_failed_conditions(raw, patch.conditions):
                return {**head, "quality_control": raw}
        return self._one(record_id, JUST_QC)

    def _send(self, record_id: str, before: dict[str, Any], update: Update, patch: Patch) -> None:
        """Send an update until the record holds it. Raises as `submit` does."""
        for number in range(1, _SENDINGS + 1):
            trouble = self._send_update(update)
            self._records.invalidate_reads(record_id)
            if number == 1 and isinstance(trouble, ConditionFailed):
                self._report_refused(record_id, patch, trouble)
            after = self._read_back(record_id, before, patch, acknowledged=trouble is None)
            if after is None or trouble is None:
                return
            _still_holds(after.get("quality_control"), patch)
            if isinstance(trouble, ConditionFailed | NoAnswer) or number == _SENDINGS:
                raise trouble
            self._pause(0.5 + random.random())

    def _report_refused(self, record_id: str, patch: Patch, refusal: ConditionFailed) -> NoReturn:
        """Report which conditions no longer hold, as far as the record shows it."""
        _still_holds(self._one(record_id, JUST_QC).get("quality_control"), patch)
        raise refusal

    def _send_update(self, update: Update) -> ConditionFailed | UnknownOutcome | None:
        """Send it once; the reason to doubt that it landed, or None."""
        try:
            self._gateway.update(update.filter, update.update)
        except (ConditionFailed, UnknownOutcome) as error:
            return error
        return None

    def _read_back(
        self, record_id: str, before: dict[str, Any], patch: Patch, *, acknowledged: bool
    ) -> dict[str, Any] | None:
        """None where the record holds the patch, else the record. Raises StoreFault or StoreUnavailable.

        What holds it answers the next caller, who reads back too.
        """
        after: dict[str, Any] = {}
        for pause in _READ_BACKS if acknowledged else _READ_BACKS[:2]:
            if pause:
                self._pause(pause)
            read_at = self._clock()
            try:
                after = self._one(record_id, WHOLE)
            except StoreUnavailable as error:
                raise StoreUnavailable(
                    f"The changes were sent, but could not be read back. {error.message}",
                    "Once the record can be read again, it shows whether they arrived.",
                ) from error
            found = verdict(before, after, patch)
            if found is Verdict.LANDED:
                self._records.give(record_id, *self._parse(after, record_id), read_at, seconds=WRITTEN_KEPT)
                return None
            if found in FAULTS:
                log.error("record %s: %s", record_id, FAULTS[found])
                raise StoreFault(FAULTS[found], _ASK_AN_ADMINISTRATOR)
            if not acknowledged and find_failed_conditions(after.get("quality_control"), patch.conditions):
                break  # it cannot go in any more
        return after

    def _validate(self, raw: JsonValue, patch: Patch) -> None:
        if read(raw).generation is not Generation.V2:
            return
        wrong = self._validator.new_errors(raw, apply(raw, patch.operations))
        if wrong:
            raise BadRecord(
                f"The database's schema does not accept the change: {'; '.join(wrong)}.",
                "Change the value, or leave the change out.",
            )

    def _of_name(self, cache: ReadCache[What], name: str) -> What:
        """The ids of a name. They seldom change, so cached ones are used after a short wait."""
        timeout = self._timeout / 4 if cache.peek(name) is not None else None
        return cache.get(name, timeout).value

    def _read(self, record_id: str, on_retry: OnRetry) -> tuple[StoredRecord, int]:
        return self._parse(self._one(record_id, WHOLE, on_retry), record_id)

    def _read_together(self, record_ids: tuple[str, ...], done: Event) -> None:
        read_at = self._clock()
        try:
            with suppress(StoreUnavailable):  # who reads one of them meets it again
                for record in read_batch(self._gateway, record_ids, WHOLE):
                    record_id = str(record["_id"])
                    self._records.give(record_id, *self._parse(record, record_id), read_at, seconds=BATCH_KEPT)
        finally:
            done.set()

    def _parse(self, record: dict[str, Any], record_id: str) -> tuple[StoredRecord, int]:
        """A record that was read whole, and its size; what a write needs besides its quality control is kept."""
        text = json.dumps(record, sort_keys=True)
        version = version_of(text)
        head = {key: record[key] for key in JUST_QC if key in record and key != "quality_control"}
        self._heads.put(record_id, (version, head), 1)
        return parse_stored_record(record, record_id, version), len(text)

    def _read_revision(self, record_id: str, on_retry: OnRetry) -> tuple[str, int]:
        return revision_of(self._one(record_id, LIGHT, on_retry)), 1

    def _read_ids(self, name: str, on_retry: OnRetry) -> tuple[tuple[str, ...], int]:
        # An answer of so little is never cut, so that no second request has to find out whether more follow.
        found = self._gateway.find(
            {"name": name}, {"_id": 1, "name": 1}, sort={"_id": 1}, limit=_NAMED_ALIKE, on_retry=on_retry
        )
        return tuple(record_id for record_id in (name_and_id(record)[1] for record in found) if record_id), 1

    def _read_asset_metadata(self, name: str, on_retry: OnRetry) -> tuple[tuple[AssetRecord, ...], int]:
        return tuple(
            read_record(record, folder_name=name) for record in self._find_by_name(name, ASSET_METADATA, on_retry)
        ), 1

    def _find_by_name(self, name: str, projection: Any, on_retry: OnRetry) -> list[dict[str, Any]]:
        return list(islice(self._gateway.every({"name": name}, projection, on_retry=on_retry), _NAMED_ALIKE))

    def _one(self, record_id: str, projection: Any, on_retry: OnRetry = ignore_retry) -> dict[str, Any]:
        try:
            found = self._gateway.find({"_id": record_id}, projection, limit=1, on_retry=on_retry)
        except AnswerTooLarge as error:
            raise StoreUnavailable(
                "The record is larger than the database's gateway can send at once.",
                "Ask the people who run the pipeline to store less in its quality control.",
            ) from error
        if not found:
            raise RecordNotFound(
                f"The database has no record with the id {record_id}.", "It may have been removed: look for it by name."
            )
        return found[0]

    def _as_writable(self, stored: StoredRecord) -> StoredRecord:
        return replace(stored, read_only=stored.read_only or self._gateway.cannot_write())


def _still_holds(raw: JsonValue, patch: Patch) -> None:
    failed = find_failed_conditions(raw, patch.conditions)
    if failed:
        raise ConditionFailed(f"The record changed since it was read: {describe_paths(failed)}.")


def _ignore(_record_id: str) -> None:
    """The default for a store without an index: do nothing."""


def _know_none(_name: str) -> tuple[str, ...]:
    """No record is known before it is read."""
    return ()
