from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.assets.names import NameKind, ParsedName, parse_name
from qc_core.assets.source import source_names

APRIL = datetime(2025, 4, 9, 17, 25, 12)
RAW = "ecephys_776259_2025-04-09_17-25-12"


@pytest.mark.parametrize(
    ("name", "parsed"),
    [
        (RAW, ParsedName(NameKind.RAW, "776259", "ecephys", APRIL)),
        ("multiplane-ophys_1_2025-04-09_17-25-12", ParsedName(NameKind.RAW, "1", "multiplane-ophys", APRIL)),
        ("SmartSPIM_mouse_a_2025-04-09_17-25-12", ParsedName(NameKind.RAW, "mouse_a", "SmartSPIM", APRIL)),
        ("newrig_776259_2025-04-09_17-25-12", ParsedName(NameKind.RAW, "776259", "newrig", APRIL)),
        ("776259_2025-04-09_17-25-12", ParsedName(NameKind.RAW, "776259", None, APRIL)),
        (
            f"{RAW}_sorted-ads2.4.0-main_2025-07-02_13-42-36",
            ParsedName(NameKind.DERIVED, "776259", "ecephys", APRIL, "sorted-ads2.4.0-main", RAW),
        ),
        (
            "776259_2025-04-09_17-25-12_processed_2025-07-02_13-42-36",
            ParsedName(NameKind.DERIVED, "776259", None, APRIL, "processed", "776259_2025-04-09_17-25-12"),
        ),
        (
            f"{RAW}_sorted_by_me_2025-07-02_13-42-36_and more",
            ParsedName(NameKind.DERIVED, "776259", "ecephys", APRIL, "sorted_by_me", RAW),
        ),
        ("learning_decoding-model_2025-04-09_17-25-12", ParsedName(NameKind.ANALYSIS)),
        ("776259_2025-13-45_17-25-12", ParsedName(NameKind.RAW, "776259", None, None)),
        ("results", ParsedName(NameKind.OTHER)),
        ("", ParsedName(NameKind.OTHER)),
        ("_2025-04-09_17-25-12", ParsedName(NameKind.OTHER)),
        (f"{RAW}_sorted", ParsedName(NameKind.OTHER)),
        ("٧٧_٢٠٢٥-٠٤-٠٩_17-25-12", ParsedName(NameKind.OTHER)),
        ("a_2025-04-09_17-25-12" * 100, ParsedName(NameKind.OTHER)),
    ],
)
def test_a_name_gives_its_parts(name: str, parsed: ParsedName) -> None:
    assert parse_name(name) == parsed


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(["2025-04-09_17-25-12", "_", "a", "77", "ecephys", "\n", "é", "."]), max_size=12))
def test_reading_a_name_never_raises(pieces: list[str]) -> None:
    parsed = parse_name("".join(pieces))
    assert (parsed.kind is NameKind.DERIVED) == (parsed.input_name is not None)


@pytest.mark.parametrize(
    ("data_description", "sources"),
    [
        ({"source_data": ["a", "b"], "input_data_name": "c"}, ("a", "b")),
        ({"source_data": ["a", "a", None, 3, ""]}, ("a",)),
        ({"source_data": "a"}, ("a",)),
        ({"source_data": None, "input_data_name": "c"}, ("c",)),
        ({"source_data": [], "input_data_name": "c"}, ("c",)),
        ({"source_data": None, "input_data_name": None}, (RAW,)),
        ({"source_data": {}, "input_data_name": 3}, (RAW,)),
        ({}, (RAW,)),
        (None, (RAW,)),
    ],
)
def test_sources_come_from_the_record_else_from_the_name(
    data_description: dict[str, object] | None, sources: tuple[str, ...]
) -> None:
    assert source_names(data_description, f"{RAW}_sorted_2025-07-02_13-42-36") == sources


def test_a_raw_asset_has_no_source() -> None:
    assert source_names({"source_data": None}, RAW) == ()
    assert source_names(None, "results") == ()
