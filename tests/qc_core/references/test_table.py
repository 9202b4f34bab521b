"""The table in docs/references.md is what the code does."""

from qc_core.references.kind import SUFFIXES
from tools.references_table import KINDS, PAGE, replace_table, table


def test_the_table_of_references_is_made_from_the_code_and_not_stale() -> None:
    page = PAGE.read_text("utf-8")
    assert page == replace_table(page), "run `python -m tools.references_table`"
    assert table() in page


def test_every_kind_that_the_portal_knows_has_a_row() -> None:
    assert set(KINDS) == set(SUFFIXES)
