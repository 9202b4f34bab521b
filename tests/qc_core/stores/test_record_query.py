"""Which records a query means, the same in a folder and in a database, and what could not be read."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qc_core.assets.query import AssetQuery
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.query import as_filter, database_records
from qc_core.stores.folder.store import FolderStore
from qc_core.stores.listing import ListingProblem
from qc_core.stores.record_query import find_listed_records
from tests.fakes.assets import as_record
from tests.fakes.gateway import FakeGateway
from tests.fakes.gateway_requests import Fault
from tests.qc_core.stores.building import NOW, docdb_store, document, put

RECORDS = {
    "ecephys_1_2025-01-01_00-00-00": {
        "data_description": {
            "project_name": "Learning mFISH",
            "subject_id": "1",
            "data_level": "raw",
        }
    },
    "1_2025-02-02_00-00-00": {
        "data_description": {"project_name": "Ageing", "modalities": [{"abbreviation": "pophys"}]}
    },
    "ecephys_11_2025-03-03_00-00-00": {"subject": {"subject_id": "11"}, "data_description": {"project_name": "Ageing"}},
    "a+b (c)": {"data_description": {"project_name": "A.*"}},
}
QUERIES = [
    (AssetQuery(), "0123"),
    (AssetQuery(names=("a+b (c)", "1_2025-02-02_00-00-00")), "13"),
    (AssetQuery(subjects=("1",)), "01"),
    (AssetQuery(subjects=("11",)), "2"),
    (AssetQuery(projects=("Ageing",)), "12"),
    (AssetQuery(projects=("A.*",)), "3"),
    (AssetQuery(projects=("Ageing",), subjects=("1",)), "1"),
    (AssetQuery(text="LEARN ecephys"), "0"),
    (AssetQuery(text="pophys"), "1"),
    (AssetQuery(text="a+b ("), "3"),
    (AssetQuery(text=".*"), "3"),
    (AssetQuery(text="nothing like it"), ""),
    (AssetQuery(modalities=("pophys",)), "1"),
    (AssetQuery(statuses=("Pending",), acquired_from=date(2025, 2, 1)), "12"),
    (AssetQuery(statuses=("Pending",), subjects=("1",)), "01"),
    (AssetQuery(levels=("raw",)), "012"),
    (AssetQuery(statuses=("Fail",)), ""),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, parts in RECORDS.items():
        put(tmp_path / name, quality_control=document(), **parts)
    return tmp_path


@pytest.fixture
def database(folder: Path, fake_gateway: FakeGateway, client_of: Callable[..., Gateway]) -> Callable[..., Any]:
    for number, name in enumerate(RECORDS):
        fake_gateway.put(as_record(folder / name, f"id-{number}"))
    fake_gateway.put({"_id": "without-quality-control", "name": "ecephys_1_2025-09-09_00-00-00"})
    client = client_of()
    return lambda query: database_records(client, docdb_store(client, lambda: NOW), query, NOW)


def folder_records(folder: Path, query: AssetQuery) -> Iterator[Any]:
    store = FolderStore(folder, lambda: NOW)
    return find_listed_records(store.read_listing(), store.get_fresh, query)


@pytest.mark.parametrize(("query", "numbers"), QUERIES)
def test_the_same_records_match_in_a_folder_and_in_a_database(
    folder: Path, database: Callable[..., Any], query: Any, numbers: Any
) -> None:
    wanted = {list(RECORDS)[int(number)] for number in numbers}
    store = FolderStore(folder, lambda: NOW)
    assert {found.name for found in find_listed_records(store.read_listing(), store.get_fresh, query)} == wanted
    assert {found.name for found in database(query)} == wanted


def test_an_unknown_name_is_reported(folder: Path, database: Callable[..., Any]) -> None:
    query = AssetQuery(names=("nobody",))
    for found in (folder_records(folder, query), database(query)):
        assert [one.where for one in found] == ["nobody"]


def test_unreadable_records_are_reported_and_the_rest_goes_on(
    folder: Path, database: Callable[..., Any], fake_gateway: FakeGateway
) -> None:
    put(folder / "broken", quality_control="{no json")
    found = list(folder_records(folder, AssetQuery()))
    assert [one.where for one in found if isinstance(one, ListingProblem)] == ["broken/quality_control.json"]
    assert len(found) == 5
    fake_gateway.put({"_id": "id-9", "name": "large", "quality_control": {"metrics": [], "notes": "x" * 40_000}})
    fake_gateway.largest_answer = 20_000
    found = list(database(AssetQuery()))
    assert [one.where for one in found if isinstance(one, ListingProblem)] == ["large (id-9)"]
    assert len(found) == 5


def test_more_records_than_one_page_holds_are_all_found(
    fake_gateway: FakeGateway, database: Callable[..., Any]
) -> None:
    for number in range(45):
        fake_gateway.put({"_id": f"more-{number}", "name": f"more {number}", "quality_control": document()})
    fake_gateway.longest_page = 7
    fake_gateway.next(Fault(status=503), on="find")
    assert len(list(database(AssetQuery(text="more")))) == 45


def test_a_value_that_is_no_number_spoils_no_page(fake_gateway: FakeGateway, database: Callable[..., Any]) -> None:
    fake_gateway.collection.documents["nan"] = {
        "_id": "nan",
        "name": "nan",
        "quality_control": document() | {"x": float("nan")},
    }
    assert "nan" in {found.name for found in database(AssetQuery())}


def test_the_filter_of_a_database_takes_no_word_for_a_pattern() -> None:
    (wanted,) = [part for part in as_filter(AssetQuery(text="a.b("))["$and"] if "$or" in part]
    assert wanted["$or"][0] == {"name": {"$regex": r"a\.b\(", "$options": "i"}}


def test_only_records_that_match_are_read_whole(fake_gateway: FakeGateway, database: Callable[..., Any]) -> None:
    fake_gateway.put({"_id": "failed", "name": "failed", "quality_control": document("Fail")})
    fake_gateway.longest_page = 2
    assert [found.name for found in database(AssetQuery(statuses=("Fail",)))] == ["failed"]
    whole = [one.body["filter"] for one in fake_gateway.asked if one.body["projection"].get("quality_control")]
    assert whole[0] == {"_id": {"$in": ["failed"]}}
    assert "id-" not in str(whole), "no other record is read whole"
