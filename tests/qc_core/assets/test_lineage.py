from typing import Any

import pytest

from qc_core.assets.lineage import raw_of
from qc_core.assets.record import read_record

RAW = "ecephys_1_2025-01-01_00-00-00"
SORTED = f"{RAW}_sorted_2025-01-02_00-00-00"
CURATED = "ecephys_1_2025-01-01_00-00-00_curated_2025-01-03_00-00-00"


def asset(name: str, record_id: str, bucket: str = "open", **description: Any) -> Any:
    parts = {"_id": record_id, "name": name, "location": f"s3://{bucket}/{name}", "data_description": description}
    return read_record(parts, folder_name=name)


def store(*records: Any) -> Any:
    return lambda name: tuple(record for record in records if record.name == name)


@pytest.mark.parametrize("description", [{"source_data": [RAW]}, {"input_data_name": RAW}, {}])
def test_the_source_is_named_by_v2_by_v1_or_by_the_name(description: Any) -> None:
    raw = asset(RAW, "raw")
    assert raw_of(asset(SORTED, "derived", **description), store(raw)).record == raw


def test_a_raw_asset_is_its_own() -> None:
    raw = asset(RAW, "raw")
    assert raw_of(raw, store()).record == raw


def test_a_derived_source_is_followed_to_its_own() -> None:
    raw, middle = asset(RAW, "raw"), asset(SORTED, "middle")
    assert raw_of(asset(CURATED, "last", source_data=[SORTED]), store(raw, middle)).record == raw


def test_record_in_the_same_bucket_is_chosen_among_several_of_one_name() -> None:
    twins = asset(RAW, "a", "private"), asset(RAW, "b", "open")
    assert raw_of(asset(SORTED, "derived"), store(*twins)).record == twins[1]
    elsewhere = raw_of(asset(SORTED, "derived", "third"), store(*twins))
    assert (elsewhere.record, elsewhere.candidates) == (None, twins)


def test_missing_sources_are_named() -> None:
    found = raw_of(asset(SORTED, "derived", source_data=["gone", RAW]), store(asset(RAW, "raw")))
    assert (found.record.record_id, found.missing) == ("raw", ("gone",))
    assert raw_of(asset(SORTED, "derived"), store()).missing == (RAW,)


def test_sources_that_go_in_circles_end() -> None:
    one, two = asset("one", "1", source_data=["two"]), asset("two", "2", source_data=["one"])
    assert raw_of(one, store(one, two)).record is None
