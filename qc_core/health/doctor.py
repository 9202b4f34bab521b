"""The write test of `python -m qc_core doctor --write-test ID`: does the database do what is assumed of it?

It writes, so it is run only on request: it adds a field of its own to the named record, and removes it again. The
checks that do not write are in `checks`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from qc_core.errors import ConditionFailed, QcError, RecordNotFound
from qc_core.health.checks import Finding, make_finding
from qc_core.json_document.value import JsonValue
from qc_core.stores.docdb.gateway import Gateway

FIELD = "qc_portal_write_test"
"""The field that the write test adds to a record and removes."""


def write_test(gateway: Gateway, record_id: str, now: datetime) -> Iterator[Finding]:
    """Try on one record what submissions rest on: conditions, `$set`, `$push`, and refusals that write nothing.

    Raises RecordNotFound, or StoreUnavailable where the database cannot even be read.
    """
    trial = _Trial(gateway, record_id)
    name = trial.read().get("name")
    stamp = {"at": now.isoformat(), "entries": []}
    exact = {f"{FIELD}.entries": {"$size": 0}, f"{FIELD}.at": stamp["at"]}
    entry = {"evaluator": "doctor", "n": 1}
    yield trial.check_refused("a condition that does not hold", {FIELD: {"$size": 987}}, {"$set": {FIELD: "ignored"}})
    yield trial.check_written(
        "$set where conditions hold", {"name": name, FIELD: {"$exists": False}}, {"$set": {FIELD: stamp}}
    )
    yield trial.check_written("$push where a length and a text hold", exact, {"$push": {f"{FIELD}.entries": entry}})
    yield trial.check_refused("the same $push again", exact, {"$push": {f"{FIELD}.entries": entry}})
    whole = {FIELD: {"$eq": stamp | {"entries": [entry]}, "$exists": True}}
    yield trial.check_written("an object compared as a whole", whole, {"$set": {f"{FIELD}.entries.0.n": 2}})
    yield trial.check_written("an item of a list", {f"{FIELD}.entries.0.n": 2}, {"$set": {f"{FIELD}.entries.0.n": 3}})
    yield trial.check_written("taking the field away ($unset)", {FIELD: {"$exists": True}}, {"$unset": {FIELD: ""}})
    count = len(gateway.find({"_id": record_id}, {"name": 1}, limit=5))
    yield make_finding("no second record", count == 1, f"{count} with this _id")


@dataclass(frozen=True, slots=True)
class _Trial:
    """One record, before and after each step."""

    gateway: Gateway
    record_id: str

    def read(self) -> dict[str, JsonValue]:
        found = self.gateway.find({"_id": self.record_id}, {"name": 1, FIELD: 1}, limit=1)
        if not found:
            raise RecordNotFound(f"The database has no record with the id {self.record_id}.", "Name one that it has.")
        return found[0]

    def check_written(self, what: str, conditions: Mapping[str, JsonValue], update: Mapping[str, JsonValue]) -> Finding:
        before = self.read()
        answer = self._send(conditions, update)
        if self.read() == before:
            return make_finding(what, False, f"nothing was written; {answer}")
        return make_finding(what, answer == _ACKNOWLEDGED, f"written; {answer}")

    def check_refused(self, what: str, conditions: Mapping[str, JsonValue], update: Mapping[str, JsonValue]) -> Finding:
        before = self.read()
        answer = self._send(conditions, update)
        if self.read() != before:
            return make_finding(what, False, f"it was written all the same: conditions are ignored; {answer}")
        return make_finding(what, answer != _ACKNOWLEDGED, f"nothing was written; {answer}")

    def _send(self, conditions: Mapping[str, JsonValue], update: Mapping[str, JsonValue]) -> str:
        try:
            self.gateway.update({"_id": self.record_id, **conditions}, update)
        except ConditionFailed:
            return "refused as a duplicate key"
        except QcError as error:
            return f"answered: {error.message}"
        return _ACKNOWLEDGED


_ACKNOWLEDGED = "acknowledged"
