"""What is sent to the database: filters and updates that mean in MongoDB what the patch means here."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qc_core.errors import BadRecord
from qc_core.json_document import Append, Set, apply
from qc_core.json_document.patch import LengthIs, Missing, Patch, ValueIs, find_failed_conditions
from qc_core.json_document.value import value_at
from qc_core.stores.docdb.update import as_update
from tests.fakes.mongo import apply_update, matches
from tests.qc_core.stores.building import document

HISTORY = ("metrics", 0, "status_history")
ENTRY = {"evaluator": "Ada", "status": "Pass", "timestamp": "2025-05-01T00:00:00Z"}
FIELD = "quality_control.metrics.0"


PUSH = Append(HISTORY, ENTRY)


def send_patch(raw: Any, conditions: Any = (), operations: Any = (PUSH,)) -> Any:
    return as_update("record", raw, Patch(tuple(conditions), tuple(operations)))


def test_one_update_holds_the_plain_id_the_conditions_by_path_and_only_what_changes() -> None:
    raw = document("Pending", notes="kept")
    update = send_patch(
        raw,
        [ValueIs(("metrics", 0, "value"), 0.5), LengthIs(HISTORY, 1), Missing(("metrics", 0, "curation"))],
        [Set(("metrics", 0, "value"), 0.75), Append(HISTORY, ENTRY)],
    )
    assert update.filter == {
        "_id": "record",
        f"{FIELD}.value": 0.5,
        f"{FIELD}.status_history": {"$size": 1},
        f"{FIELD}.curation": {"$exists": False},
    }
    assert update.update == {"$set": {f"{FIELD}.value": 0.75}, "$push": {f"{FIELD}.status_history": ENTRY}}


def test_several_entries_for_one_history_go_in_one_push() -> None:
    update = send_patch(document(), operations=[Append(HISTORY, ENTRY), Append(HISTORY, ENTRY | {"status": "Fail"})])
    pushed = update.update["$push"][f"{FIELD}.status_history"]
    assert [entry["status"] for entry in pushed["$each"]] == ["Pass", "Fail"]


def test_a_larger_value_is_recognised_by_what_identifies_it() -> None:
    value = {"value": None, "options": ["Low", "High"], "empty": {}, "nested": {"deep": [True]}}
    raw = document()
    raw["metrics"][0]["value"] = value
    update = send_patch(raw, [ValueIs(("metrics", 0, "value"), value)])
    assert update.filter == {
        "_id": "record",
        f"{FIELD}.value.0": {"$exists": False},
        f"{FIELD}.value.nested.0": {"$exists": False},
        f"{FIELD}.value.value": {"$eq": None, "$exists": True},
        f"{FIELD}.value.options": {"$size": 2},
        f"{FIELD}.value.options.0": "Low",
        f"{FIELD}.value.options.1": "High",
        f"{FIELD}.value.empty": {"$eq": {}, "$exists": True},
        f"{FIELD}.value.nested.deep": {"$size": 1},
        f"{FIELD}.value.nested.deep.0": True,
    }


def test_a_huge_value_does_not_make_a_huge_filter() -> None:
    raw = document()
    raw["metrics"][0]["value"] = list(range(100_000))
    update = send_patch(raw, [ValueIs(("metrics", 0, "value"), raw["metrics"][0]["value"])])
    assert update.filter[f"{FIELD}.value"] == {"$size": 100_000}
    assert len(update.filter) < 250


@pytest.mark.parametrize("key", ["sorted-ads2.4.0", "$ref", "", "a.b.c", "7"])
def test_no_path_leads_through_a_key_that_the_database_cannot_spell(key: str) -> None:
    raw = document()
    raw["status"] = {"other": "Pass", key: "Pending"}
    update = send_patch(
        raw, [ValueIs(("status", key), "Pending")], [Set(("status", key), "Pass"), Append(HISTORY, ENTRY)]
    )
    assert update.update["$set"] == {"quality_control.status": {"other": "Pass", key: "Pass"}}
    assert update.filter["quality_control.status"] == {"$eq": raw["status"], "$exists": True}
    record = {"_id": "record", "quality_control": raw}
    assert matches(record, update.filter)
    assert apply_update(record, update.update)["quality_control"]["status"][key] == "Pass"
    other = {"_id": "record", "quality_control": raw | {"status": {"other": "Fail", key: "Pending"}}}
    assert not matches(other, update.filter), "what is set as a whole is as it was, as a whole"


def test_patch_without_changes_is_not_sent() -> None:
    assert send_patch(document(), operations=[]) is None


@pytest.mark.parametrize("number", [2**63, -(2**70)])
def test_a_number_that_the_database_cannot_hold_is_refused_before_it_is_sent(number: Any) -> None:
    with pytest.raises(BadRecord, match=r"metrics\[0\]\.value"):
        send_patch(document(), operations=[Set(("metrics", 0, "value"), {"deep": [number]})])


def test_an_operation_that_cannot_be_done_is_refused_before_it_is_sent() -> None:
    with pytest.raises(BadRecord):
        send_patch(document(), operations=[Append(("metrics", 7, "status_history"), ENTRY)])


KEYS = st.sampled_from(["value", "a", "b.c", "$d", "0", "é"])
SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-2, 2) | st.sampled_from(["", "a", "Pass"])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)


@settings(max_examples=150, deadline=None)
@given(seen=VALUES, now=VALUES)
@example(seen={"value": None}, now=[{"value": None, "a": None}])
def test_a_filter_never_matches_where_the_condition_does_not_hold(seen: Any, now: Any) -> None:
    """Save that an object may have gained keys, and that a list holds what a scalar was."""
    raw = {"metrics": [{"value": seen}]}
    record = {"_id": "record", "quality_control": {"metrics": [{"value": now}]}}
    patch = Patch((ValueIs(("metrics", 0, "value"), seen),), (Set(("metrics", 0, "new"), 1),))
    update = as_update("record", raw, patch)
    assert matches({"_id": "record", "quality_control": raw}, update.filter)
    if find_failed_conditions(record["quality_control"], patch.conditions):
        assert not matches(record, update.filter) or _list_gained(seen, now)


def _list_gained(seen: Any, now: Any) -> Any:
    if isinstance(seen, dict) and isinstance(now, dict):
        return all(key in now and (seen[key] == now[key] or _list_gained(seen[key], now[key])) for key in seen)
    if isinstance(seen, list) and isinstance(now, list):
        return len(seen) == len(now) and all(a == b or _list_gained(a, b) for a, b in zip(seen, now, strict=True))
    if isinstance(now, list):
        return seen in now
    return isinstance(seen, int | float | str | None) and seen == now


@settings(max_examples=150, deadline=None)
@given(old=VALUES, new=VALUES, key=KEYS)
def test_an_update_does_what_the_operations_do(old: Any, new: Any, key: Any) -> None:
    raw = {"metrics": [{"value": {key: old}, "status_history": [ENTRY]}], "notes": None}
    operations = (Set(("metrics", 0, "value", key), new), Append(HISTORY, ENTRY), Set(("notes",), "n"))
    update = as_update("record", raw, Patch((), operations))
    assert apply_update({"_id": "record", "quality_control": raw}, update.update)["quality_control"] == apply(
        raw, operations
    )
    assert value_at(raw, HISTORY) == [ENTRY], "the document that was read stays as it was"
