from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given

from qc_core.assets.processing import code_ocean_id, find_processing_end
from qc_core.assets.record import read_record
from tests.qc_core.quality_control.documents import any_json

PROCESSES = [
    {"name": "Compression", "start_date_time": "2025-07-01T00:00:00Z", "end_date_time": "2025-07-01T10:00:00Z"},
    {"name": "Sorting", "start_date_time": "2025-07-02T13:42:36-07:00", "end_date_time": None},
    {"name": "Broken", "end_date_time": "yesterday"},
    "no process",
]


@pytest.mark.parametrize(
    "part", [{"data_processes": PROCESSES}, {"processing_pipeline": {"data_processes": PROCESSES}}]
)
def test_the_last_process_gives_the_processing_time(part: dict[str, Any]) -> None:
    assert find_processing_end(part) == datetime(2025, 7, 2, 20, 42, 36, tzinfo=UTC)


@pytest.mark.parametrize("part", [{}, {"data_processes": None}, {"data_processes": "x"}, {"processing_pipeline": []}])
def test_processing_time_is_none_without_processes(part: dict[str, Any]) -> None:
    assert find_processing_end(part) is None


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"other_identifiers": {"DANDI": ["1"], "Code Ocean": ["first", "second"]}}, "first"),
        ({"external_links": {"Code Ocean": ["a"]}}, "a"),
        ({"external_links": [{"Code Ocean": "old"}]}, "old"),
        ({"external_links": [], "other_identifiers": None}, None),
        ({"external_links": {"Code Ocean": [7, None, " "]}}, None),
    ],
)
def test_the_code_ocean_id_is_read_in_every_form(record: Any, expected: str | None) -> None:
    assert code_ocean_id(record) == expected


@pytest.mark.parametrize(
    ("name", "stored", "expected"),
    [
        ("mouse", {"name": "Extracellular electrophysiology platform", "abbreviation": "ecephys"}, "ecephys"),
        ("mouse", "SmartSPIM", "SmartSPIM"),
        ("ecephys_776259_2025-04-09_17-25-12", None, "ecephys"),
        ("776259_2025-04-09_17-25-12", None, None),
    ],
)
def test_the_platform_is_that_of_the_record_or_of_its_name(name: str, stored: Any, expected: str | None) -> None:
    assert read_record({"name": name, "data_description": {"platform": stored}}, folder_name="x").platform == expected


@given(any_json, any_json)
def test_any_value_gives_an_aware_time_and_a_text_id_or_none(processing: Any, links: Any) -> None:
    parts = {"processing": processing, "external_links": links, "other_identifiers": links}
    record = read_record(parts, folder_name="x")
    assert record.name == "x"
    assert record.processed_at is None or record.processed_at.tzinfo is not None
    assert record.code_ocean_id is None or isinstance(record.code_ocean_id, str)
