"""Names that could be taken for another are marked, and ordinary names of all scripts are not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.identity.look_alikes import LookAlikes

ADA = "Ada Lovelace"


@pytest.mark.parametrize(
    "other",
    [
        "\u0410d\u0430 Lovelace",  # Cyrillic
        "Ada Lovelac\u0435",
        "Ada L\u03bfvelace",  # Greek
        "Ada Love1ace",
        "Ada LoveIace",
        "Ada\u00a0Lovelace",
        "Ada  Lovelace",
        "Ada\u200b Lovelace",
        "Ada Lovelace\ufe0f",
        "Ada \u202eLovelace",
        "\uff21da Lovelace",  # full width
        "\U0001d400da Lovelace",  # mathematical
    ],
)
def test_names_that_look_the_same_are_both_marked(other: str) -> None:
    people = LookAlikes([ADA, other, "Grace Hopper"])
    assert "looks like “Ada Lovelace”, spelled with other signs" in people.warning(other)
    assert people.warning(ADA).startswith("looks like “")
    assert people.warning("Grace Hopper") is None


def test_a_word_of_mixed_scripts_and_unseen_signs_are_marked_also_alone() -> None:
    assert LookAlikes([]).warning("Gr\u0430ce") == "mixes Cyrillic and Latin letters"
    assert LookAlikes([]).warning("Gra\u200dce") == "holds signs that cannot be seen"


@pytest.mark.parametrize(
    "name",
    [
        ADA,
        "José Ñuñez",
        "Иван Петров",
        "Γιώργος Παπαδόπουλος",
        "山田 タロウ",
        "김철수",
        "O'Brien-Smith",
        "Ada Lovelace <ada@example.org>",
        "Ada (not verified)",
        "André",
        "Ivan Иванов",
        "pipeline v1.2",
        "",
    ],
)
def test_ordinary_names_are_not_marked(name: Any) -> None:
    assert LookAlikes([name, "Jose Nunez", "Andre"]).warning(name) is None


@given(st.lists(st.text() | st.just("\ud800")))
def test_any_text_may_be_a_name(names: Any) -> None:
    people = LookAlikes(names)
    assert all(isinstance(people.warning(name), str | None) for name in names)
