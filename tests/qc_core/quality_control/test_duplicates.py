"""What distinguishes metrics with the same name and tags from each other."""

from datetime import UTC, datetime
from typing import Any

from qc_core.quality_control import document
from qc_core.quality_control.duplicates import describe_duplicate
from tests.fakes.assets import document as made
from tests.fakes.assets import metric

AT = datetime(2026, 1, 1, tzinfo=UTC)


def describe(*metrics: dict[str, Any]) -> list[str]:
    """What is stated about each metric of a document."""
    read = document.read(made(*metrics))
    return [describe_duplicate(read, one, AT) for one in read.metrics]


def test_duplicates_say_in_what_they_differ() -> None:
    first, second = describe(metric("Drift", 12, "Pass", reference="a.png"), metric("Drift", 14, reference="b.png"))
    assert first == "1 of 2 with this name and tags. They differ in value (12 here; 14), figure and status."
    assert second == "2 of 2 with this name and tags. They differ in value (14 here; 12), figure and status."


def test_duplicates_with_one_difference_name_it() -> None:
    first, _ = describe(metric("Drift", 12), metric("Drift", 12, description="Below 20"))
    assert first == "1 of 2 with this name and tags. They differ in description."


def test_duplicates_without_a_difference_say_so() -> None:
    first, _ = describe(metric("Drift", 12), metric("Drift", 12))
    assert first == "1 of 2 with this name and tags. They differ in nothing but their position in the record."
