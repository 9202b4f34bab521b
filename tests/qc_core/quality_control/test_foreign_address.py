"""Addresses of AIND's own portal, whose grouping may be another: they lead to the group with the same metrics here."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.quality_control.document import read
from qc_core.quality_control.foreign_address import find_open_path, read_open_path
from qc_core.quality_control.grouping import build_tree, find_group
from qc_core.quality_control.position import Position
from tests.fakes.assets import document, metric

NOW = datetime(2026, 1, 1, tzinfo=UTC)
METRICS = [
    metric("Drift", tags={"probe": "A", "kind": "motion"}),
    metric("Noise", tags={"probe": "A", "kind": "signal"}),
    metric("Drift", tags={"probe": "B", "kind": "motion"}, stage="Processing"),
]
DOCUMENT = read(document(*METRICS, default_grouping=["probe", "kind"]))


def find_position(*labels: str) -> Position | None:
    return find_open_path(DOCUMENT, build_tree(DOCUMENT, NOW), labels)


@pytest.mark.parametrize(
    ("value", "labels"),
    [
        ('["A", "motion"]', ("A", "motion")),
        ("A/motion", ("A", "motion")),
        ("A > motion", ("A", "motion")),
        ('"A"', ("A",)),
        ("", ()),
        ("[]", ()),
        ('{"a": 1}', ()),
        ("[[1], null, 5]", ("5",)),
    ],
)
def test_an_open_path_is_a_list_as_json_or_labels_in_a_row(value: str, labels: tuple[str, ...]) -> None:
    assert read_open_path({"open_path": value, "default_grouping": '[["kind"]]'}) == labels


def test_a_path_leads_to_the_group_with_these_metrics_whatever_its_grouping() -> None:
    assert find_position("A", "signal") == Position("probe=A/kind=signal", "Noise")
    assert find_position("signal", "A") == Position("probe=A/kind=signal", "Noise")
    assert find_position("Processing") == Position("probe=B/kind=motion", "Drift")
    assert find_position("ecephys", "probe:B") == Position("probe=B/kind=motion", "Drift")


def test_beginning_counts_of_a_path_that_leads_nowhere() -> None:
    assert find_position("B", "signal") == Position("probe=B/kind=motion", "Drift")
    assert find_position("gone") is None and find_position() is None


@given(st.text(), st.lists(st.text(), max_size=5))
def test_any_path_is_read_as_labels_and_leads_to_a_group_or_nowhere(value: str, labels: list[str]) -> None:
    read = read_open_path({"open_path": value})
    assert len(read) <= 50 and all(label and label == label.strip() for label in read)
    position = find_position(*labels)
    assert position is None or find_group(build_tree(DOCUMENT, NOW), position.group or "") is not None
