"""What becomes of the lines of notes, described for people."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qc_core.quality_control.annotating.note_lines import compare_lines

LINES = some.lists(some.sampled_from(["a", "b", "c", ""]), max_size=8)


@pytest.mark.parametrize(
    ("was", "will", "reason"),
    [
        (None, "first", "+first"),
        ("first", None, "-first"),
        ("same", "same", ""),
        ("a\nb", "a\nb\nc", "…| b|+c"),
        ("a\nb\nc\nd", "a\nX\nc\nd", " a|-b|+X| c|…"),
        ("a\nb\nc\nd\ne\nf", "X\na\nb\nc\nd\ne\nf\nY", "+X| a|…| f|+Y"),
    ],
)
def test_each_changed_line_comes_with_its_neighbours(was: str | None, will: str | None, reason: str) -> None:
    assert "|".join(sign + line for sign, line in compare_lines(was, will)) == reason


@given(LINES, LINES)
def test_no_line_is_lost(before: Any, after: Any) -> None:
    found = list(compare_lines("\n".join(before), "\n".join(after)))
    kept = "\n".join(before).splitlines()
    gone = [line for sign, line in found if sign == "-"]
    new = [line for sign, line in found if sign == "+"]
    shown_before = [line for sign, line in found if sign in "- "]
    assert len(kept) - len(gone) == len("\n".join(after).splitlines()) - len(new)
    rest = iter(kept)
    assert all(line in rest for line in shown_before)
