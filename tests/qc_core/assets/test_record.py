import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.assets.record import AssetRecord, read_record
from tests.paths import RECORDS

ECEPHYS = {"name": "Extracellular electrophysiology", "abbreviation": "ecephys"}
RAW = "ecephys_776259_2025-04-09_17-25-12"
DERIVED = f"{RAW}_sorted_2025-07-02_13-42-36"

V1: dict[str, Any] = {
    "_id": "1f3b131e",
    "name": DERIVED,
    "location": f"s3://bucket/{DERIVED}",
    "created": "2024-09-06T22:14:10.445199",
    "last_modified": "2025-07-02T15:10:57.221Z",
    "data_description": {
        "modality": [ECEPHYS],
        "project_name": "Learning",
        "subject_id": "776259",
        "data_level": "derived",
        "input_data_name": RAW,
        "process_name": "sorted",
    },
    "subject": {"subject_id": "776259", "genotype": "wt/wt"},
    "session": {
        "session_start_time": "2025-04-09T17:25:12-07:00",
        "session_end_time": "2025-04-09T19:11:39-07:00",
        "experimenter_full_name": ["Ada", "Grace"],
        "rig_id": "EPHYS2",
    },
    "rig": {"rig_id": "323_EPHYS2"},
    "acquisition": None,
}
V2: dict[str, Any] = {
    "_id": "2f9e7e93",
    "name": DERIVED,
    "location": f"s3://bucket/{DERIVED}",
    "_created": "2024-09-06T22:14:10.445199Z",
    "_last_modified": "2025-07-02T15:10:57.221Z",
    "data_description": {
        "modalities": [ECEPHYS],
        "project_name": "Learning",
        "subject_id": None,
        "data_level": "derived",
        "source_data": [RAW],
    },
    "subject": {"subject_id": "776259", "subject_details": {"genotype": "wt/wt"}},
    "acquisition": {
        "acquisition_start_time": "2025-04-09 17:25:12-07:00",
        "acquisition_end_time": "2025-04-09 19:11:39-07:00",
        "experimenters": ["Ada", "Grace"],
        "instrument_id": "EPHYS2",
    },
    "instrument": {"instrument_id": "323_EPHYS2"},
}


@pytest.mark.parametrize("parts", [V1, V2])
def test_both_generations_give_the_same(parts: dict[str, Any]) -> None:
    record = read_record(parts, folder_name="folder")
    assert record == AssetRecord(
        name=DERIVED,
        record_id=parts["_id"],
        location=f"s3://bucket/{DERIVED}",
        subject_id="776259",
        genotype="wt/wt",
        project="Learning",
        modalities=(("Extracellular electrophysiology", "ecephys"),),
        data_level="derived",
        process_name="sorted",
        source_names=(RAW,),
        acquisition_time=datetime(2025, 4, 10, 0, 25, 12, tzinfo=UTC),
        acquisition_time_assumed=False,
        acquisition_end=datetime(2025, 4, 10, 2, 11, 39, tzinfo=UTC),
        experimenters=("Ada", "Grace"),
        instrument="323_EPHYS2",
        created=datetime(2024, 9, 6, 22, 14, 10, 445199, tzinfo=UTC),
        last_modified=datetime(2025, 7, 2, 15, 10, 57, 221000, tzinfo=UTC),
        problems=(),
        platform="ecephys",
    )
    assert record.acquisition_time is not None
    assert record.acquisition_time.utcoffset() == timedelta(hours=-7)


def test_the_parts_may_come_from_different_generations() -> None:
    parts = V1 | {"data_description": V2["data_description"], "session": None, "acquisition": V2["acquisition"]}
    record = read_record(parts, folder_name="folder")
    assert record.modality_labels == ("ecephys",)
    assert record.source_names == (RAW,)
    assert record.acquisition_time == datetime(2025, 4, 10, 0, 25, 12, tzinfo=UTC)
    assert record.genotype == "wt/wt"


def test_a_v1_light_sheet_record_has_its_times_in_the_acquisition() -> None:
    acquisition = {
        "session_start_time": "2025-04-16T21:39:58-07:00",
        "experimenter_full_name": ["John"],
        "instrument_id": "S1",
    }
    record = read_record({"acquisition": acquisition}, folder_name="x")
    assert record.acquisition_time == datetime(2025, 4, 17, 4, 39, 58, tzinfo=UTC)
    assert record.experimenters == ("John",)
    assert record.instrument == "S1"


def test_nothing_at_all_leaves_the_folder_to_speak() -> None:
    record = read_record({}, folder_name=DERIVED)
    assert record.name == DERIVED
    assert record.record_id is None
    assert record.subject_id == "776259"
    assert record.data_level == "derived"
    assert record.process_name == "sorted"
    assert record.source_names == (RAW,)
    assert record.acquisition_time == datetime(2025, 4, 9, 17, 25, 12, tzinfo=UTC)
    assert record.acquisition_time_assumed
    assert any("no zone" in problem for problem in record.problems)


def test_a_folder_of_any_name_and_no_files_is_a_record_too() -> None:
    record = read_record({}, folder_name="results")
    assert (record.name, record.subject_id, record.acquisition_time, record.data_level) == ("results", None, None, None)
    assert record.problems == ()


def test_an_explicit_null_equals_a_missing_key() -> None:
    def replace_by_null(value: Any) -> Any:
        return {key: replace_by_null(item) if isinstance(item, dict) else None for key, item in value.items()}

    assert read_record(replace_by_null(V1), folder_name=RAW) == read_record({}, folder_name=RAW)
    assert read_record(dict.fromkeys(V1), folder_name=RAW) == read_record({}, folder_name=RAW)


def test_a_wrong_type_is_a_problem_and_the_rest_is_read() -> None:
    parts = V1 | {"subject": ["776259"], "session": {"session_start_time": "soon", "experimenter_full_name": "Ada"}}
    record = read_record(parts, folder_name="x")
    assert set(record.problems) == {
        "subject should be an object, but is a list.",
        "session.session_start_time should be a time, but is “soon”.",
        "The record gives no acquisition time; the one in the asset's name is shown, which has no zone.",
    }
    assert record.subject_id == "776259"
    assert record.experimenters == ("Ada",)


def test_start_without_a_zone_is_taken_as_utc_and_reported() -> None:
    record = read_record({"session": {"session_start_time": "2024-03-07T11:03:49"}}, folder_name="x")
    assert record.acquisition_time == datetime(2024, 3, 7, 11, 3, 49, tzinfo=UTC)
    assert record.acquisition_time_assumed
    assert record.problems == ("The acquisition time was written without a zone and is taken as UTC.",)


@pytest.mark.parametrize(
    ("stored", "labels"),
    [
        ("ecephys", ("ecephys",)),
        (["ecephys", None, "ophys"], ("ecephys", "ophys")),
        (ECEPHYS, ("ecephys",)),
        ([{"name": "FIP", "abbreviation": None}, {"abbreviation": "fib"}, {}], ("FIP", "fib")),
        ([ECEPHYS, ECEPHYS], ("ecephys",)),
        ([3], ()),
        ([], ()),
        (None, ()),
    ],
)
def test_modalities_are_shown_as_they_are(stored: Any, labels: tuple[str, ...]) -> None:
    assert read_record({"data_description": {"modality": stored}}, folder_name="x").modality_labels == labels


@pytest.mark.parametrize(("stored", "level"), [("raw data", "raw"), ("Raw Data", "raw"), ("simulated", "simulated")])
def test_old_data_levels_are_read(stored: str, level: str) -> None:
    assert read_record({"data_description": {"data_level": stored}}, folder_name="x").data_level == level


def test_an_object_id_and_a_numeric_subject_are_read() -> None:
    record = read_record({"_id": {"$oid": "65f0"}, "subject": {"subject_id": 776259}}, folder_name="x")
    assert (record.record_id, record.subject_id) == ("65f0", "776259")
    assert record.problems == ()


def test_the_word_none_is_no_process_name() -> None:
    assert read_record({"data_description": {"process_name": "None"}}, folder_name=DERIVED).process_name == "sorted"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(DERIVED),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "abbreviation"]), inner),
    max_leaves=6,
)
KEYS = sorted({key for parts in (V1, V2) for part in parts.values() if isinstance(part, dict) for key in part})


@settings(deadline=None, max_examples=200)
@given(st.dictionaries(st.sampled_from(sorted(V1 | V2)), JSON | st.dictionaries(st.sampled_from(KEYS), JSON)))
def test_reading_a_record_never_raises(parts: dict[str, Any]) -> None:
    record = read_record(parts, folder_name="folder")
    assert record.name
    repr(record).encode()
    for text in (record.name, record.subject_id or "", *record.modality_labels, *record.problems):
        text.encode()


def test_every_real_record_is_read() -> None:
    if not RECORDS.is_dir():
        pytest.skip("the folder of real records is not here")
    documents = [json.loads(file.read_text()) for file in sorted(RECORDS.glob("*.json"))]
    records = [
        (document, read_record(document, folder_name="x")) for document in documents if document.get("data_description")
    ]
    assert len(records) >= 15
    for document, record in records:
        assert record.name == document["name"]
        assert record.record_id == document.get("_id")
        assert record.subject_id
        assert record.subject_id.isdigit()
        assert record.subject_id in record.name
        assert record.modalities
        assert all(record.modality_labels)
        assert record.data_level in ("raw", "derived")
        assert record.acquisition_time is not None
        assert record.acquisition_end is not None
        assert record.acquisition_time < record.acquisition_end
        assert record.experimenters
        assert record.instrument
        assert record.genotype
        assert record.location
        if record.data_level == "derived":
            assert record.source_names
            assert record.process_name not in (None, "None")
        assumed = record.acquisition_time_assumed
        assert len(record.problems) == (1 if assumed else 0), record.problems
    assert sum(record.acquisition_time_assumed for _, record in records) == 1
