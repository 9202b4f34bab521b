"""The tests' own database does what MongoDB's manual describes, as far as conditional updates rest on it."""

import copy
from typing import Any

import pytest

from tests.fakes.mongo import Collection, DuplicateKeyError, MongoError, apply_update, matches, project

RECORD = {
    "_id": "a",
    "qc": {
        "metrics": [
            {"name": "d", "n": 0, "yes": True, "null": None, "o": {"x": 1, "y": 2}, "h": [{"s": "P"}]},
            {"name": "e", "n": 1.0, "h": []},
        ]
    },
}
M = "qc.metrics"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({f"{M}.0.name": "d"}, True),
        ({f"{M}.1.name": "d"}, False),
        ({f"{M}.name": "e"}, True),
        ({M: {"$size": 2}}, True),
        ({f"{M}.0.h": {"$size": 0}}, False),
        ({f"{M}.1.h": {"$size": 0}}, True),
        ({f"{M}.0.h.0.s": "P"}, True),
        ({f"{M}.0.n": False}, False),
        ({f"{M}.0.n": 0.0}, True),
        ({f"{M}.0.yes": 1}, False),
        ({f"{M}.0.null": None}, True),
        ({f"{M}.0.none": None}, True),
        ({f"{M}.0.none": {"$eq": None, "$exists": True}}, False),
        ({f"{M}.0.null": {"$eq": None, "$exists": True}}, True),
        ({f"{M}.7.name": {"$exists": False}}, True),
        ({f"{M}.0.o": {"x": 1, "y": 2}}, True),
        ({f"{M}.0.o": {"y": 2, "x": 1}}, False),
        ({f"{M}.0.o": {"$eq": {"x": 1}}}, False),
        ({"$and": [{"_id": "a"}, {"_id": {"$gt": "b"}}]}, False),
        ({"_id": {"$in": ["b", "a"]}}, True),
        ({"_id": {"$regex": "^A$"}}, False),
        ({"_id": {"$regex": "^A$", "$options": "i"}}, True),
        ({f"{M}.0.n": {"$regex": "."}}, False),
    ],
)
def test_a_filter_matches_as_in_mongodb(wanted: Any, found: bool) -> None:
    assert matches(RECORD, wanted) is found


def test_a_filter_that_is_not_understood_is_an_error() -> None:
    for wanted in ({"$where": "1"}, {"qc": {"$mod": [2, 0]}}, {"qc": {"$regex": "x", "$gt": ""}}):
        with pytest.raises((MongoError, KeyError)):
            matches(RECORD, wanted)


def test_an_upsert_that_matches_nothing_meets_the_records_own_id() -> None:
    collection = Collection()
    collection.insert(copy.deepcopy(RECORD))
    with pytest.raises(DuplicateKeyError):
        collection.update_one({"_id": "a", f"{M}.0.n": 5}, {"$push": {f"{M}.0.h": {"s": "F"}}})
    assert collection.documents == {"a": RECORD}


def test_an_upsert_without_a_record_makes_a_fragment_with_objects_for_lists() -> None:
    collection = Collection()
    collection.update_one({"_id": "a", f"{M}.0.name": "d"}, {"$push": {f"{M}.0.h": {"s": "F"}}})
    assert collection.documents == {"a": {"_id": "a", "qc": {"metrics": {"0": {"name": "d", "h": [{"s": "F"}]}}}}}


def test_set_and_push_reach_into_lists_and_leave_the_rest() -> None:
    after = apply_update(RECORD, {"$set": {f"{M}.0.n": 7}, "$push": {f"{M}.1.h": {"$each": [1, 2]}}})
    assert (after["qc"]["metrics"][0]["n"], after["qc"]["metrics"][1]["h"]) == (7, [1, 2])
    assert RECORD["qc"]["metrics"][0]["n"] == 0


@pytest.mark.parametrize(
    "update",
    [
        {"$push": {f"{M}.0.name": 1}},
        {"$set": {f"{M}.0.n": 1, f"{M}.0.n.x": 1}},
        {"$set": {f"{M}.0.name.x": 1}},
        {"$set": {f"{M}.name": 1}},
        {"$inc": {"qc": 1}},
    ],
)
def test_an_update_that_mongodb_refuses_is_refused(update: Any) -> None:
    with pytest.raises(MongoError):
        apply_update(RECORD, update)


def test_a_projection_goes_through_lists_and_may_not_name_a_path_twice() -> None:
    assert project(RECORD, {f"{M}.h.s": 1}) == {"_id": "a", "qc": {"metrics": [{"h": [{"s": "P"}]}, {"h": []}]}}
    with pytest.raises(MongoError):
        project(RECORD, {"qc": 1, "qc.metrics": 1})
