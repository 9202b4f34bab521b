"""Reasons of a Fail: a part of the note's line, read back from it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.errors import BadSetting
from qc_core.quality_control.annotating.note_lines import note_line, read_line
from qc_core.quality_control.annotating.reasons import join_note, split_note, toggle_reason
from qc_core.settings.reasons import DEFAULT_REASONS, find_reasons, read_reasons
from qc_core.times import write_time

NAME = "QC_PORTAL_FAIL_REASONS"


def test_reasons_survive_the_line_that_a_note_becomes() -> None:
    note = toggle_reason(toggle_reason("only the first minute", "drift"), "noise")
    assert note == "Reasons: drift; noise. only the first minute"
    at = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
    line = read_line(note_line(write_time(at), "Ada", "Drift", note), ["Drift"])
    assert line is not None
    assert (line.reasons, line.text) == (("drift", "noise"), "only the first minute")


def test_a_reason_that_is_chosen_again_is_taken_back() -> None:
    note = toggle_reason("", "drift")
    assert note == "Reasons: drift." and toggle_reason(note, "drift") == ""


def test_any_other_note_has_no_reasons() -> None:
    for note in ("", "drift", "reasons: drift.", "[drift] text"):
        assert split_note(note) == ((), note)


@given(
    st.lists(st.text("abc äß-", min_size=1).map(str.strip).filter(bool), unique=True),
    st.text(st.characters(blacklist_categories=["Cs"]))
    .map(str.strip)
    .filter(lambda one: not one.startswith("Reasons:")),
)
def test_joined_notes_are_split_again(reasons: list[str], text: str) -> None:
    assert split_note(join_note(tuple(reasons), text)) == (tuple(reasons), text)


def test_each_modality_has_at_most_nine_reasons_so_that_each_has_a_key() -> None:
    for _, reasons in DEFAULT_REASONS:
        assert 0 < len(reasons) <= 9 and not any(mark in one for one in reasons for mark in ";.")
    assert find_reasons(DEFAULT_REASONS, "ecephys")[0] == "drift"
    assert find_reasons(DEFAULT_REASONS, "unheard-of") == dict(DEFAULT_REASONS)["*"]


def test_reasons_of_a_setting_replace_those_of_their_modality() -> None:
    found = read_reasons({NAME: "ecephys=drift, one shank dead|*=other"}, NAME)
    assert find_reasons(found, "ecephys") == ("drift", "one shank dead")
    assert find_reasons(found, "unheard-of") == ("other",)
    assert find_reasons(found, "pophys") == find_reasons(DEFAULT_REASONS, "pophys")
    assert read_reasons({}, NAME) == DEFAULT_REASONS


@pytest.mark.parametrize("text", ["drift", "ecephys=", "=drift", "ecephys=a;b", "ecephys=a.b", "*=a,b,c,d,e,f,g,h,i,j"])
def test_a_setting_that_names_no_reasons_is_refused(text: str) -> None:
    with pytest.raises(BadSetting, match=NAME):
        read_reasons({NAME: text}, NAME)
