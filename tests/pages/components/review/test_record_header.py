"""The button in a record's header that counts what is odd about it."""

import pytest

from pages.components.review.record_header import _name_problems
from qc_core.assets.record import read_record

NAME = "ecephys_700000_2025-01-01_00-00-00"


def test_a_time_without_a_zone_is_a_note() -> None:
    record = read_record({"acquisition": {"acquisition_start_time": "2025-01-01T10:00:00"}}, folder_name=NAME)
    assert record.notes == record.problems != ()
    assert _name_problems(len(record.problems), len(record.notes)) == ("1 note", ":material/info:")


@pytest.mark.parametrize(
    ("problems", "notes", "label"),
    [(1, 0, "1 problem"), (3, 1, "2 problems, 1 note"), (4, 2, "2 problems, 2 notes")],
)
def test_problems_are_counted_apart_from_notes(problems: int, notes: int, label: str) -> None:
    assert _name_problems(problems, notes) == (label, ":material/warning:")


def test_a_missing_subject_is_no_note() -> None:
    record = read_record({"subject": {"subject_id": [1]}}, folder_name=NAME)
    assert [problem for problem in record.problems if problem not in record.notes]
