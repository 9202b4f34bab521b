"""Addresses of AIND's own portal lead to the page here that shows the same, and never elsewhere."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.assets.old_addresses import OLD_PAGES, resolve_old_address


@pytest.mark.parametrize(
    ("page", "pairs", "there"),
    [
        ("qc_app", [("id", "a1-b2")], "view?id=a1-b2"),
        ("qc_app", [("id", "a&b #c/../d")], "view?id=a%26b+%23c%2F..%2Fd"),
        ("qc_app", [], "."),
        ("qc_asset_app", [("id", "a1")], "subject?id=a1"),
        ("qc_asset_app", [("id", " ")], "."),
        ("qc_project_app", [("project", "Learning mFISH-V1omFISH")], "project?project=Learning+mFISH-V1omFISH"),
        ("qc_project_app", [("project_name", "A&B")], "project?project=A%26B"),
        ("qc_project_app", [], "."),
        ("qc_portal_app", [("filter", "x")], "."),
        ("portal", [("projects", "['Learning mFISH-V1omFISH']")], "project?project=Learning+mFISH-V1omFISH"),
        ("portal", [("projects", "['A', 'B']")], ".?project=A&project=B"),
        (
            "portal",
            [("projects", """["Ann's", 'it\\\\'s', 3]""".replace("\\\\", "\\"))],
            ".?project=Ann%27s&project=it%27s",
        ),
        ("portal", [("projects", '["A \\u00e9"]')], "project?project=A+%C3%A9"),
        ("portal", [("projects", "Plain name")], "project?project=Plain+name"),
        ("portal", [("projects", "[]")], "."),
        ("portal", [("projects", "['unended]")], "."),
        ("portal", [], "."),
        ("unknown", [("id", "x")], "."),
    ],
)
def test_each_old_page_leads_to_a_page_here(page: str, pairs: list[tuple[str, str]], there: str) -> None:
    assert resolve_old_address(page, pairs) == there


@given(st.sampled_from(OLD_PAGES), st.lists(st.tuples(st.sampled_from(["id", "project", "projects"]), st.text())))
def test_no_address_leads_out_of_the_portal(page: str, pairs: list[tuple[str, str]]) -> None:
    there = urlsplit(resolve_old_address(page, pairs))
    assert (there.scheme, there.netloc, there.fragment) == ("", "", "")
    assert there.path in ("view", "subject", "project", ".")


def test_a_long_or_deep_list_is_read_in_no_time() -> None:
    for text in ("[" * 100_000 + "]", "['" + "a\\" * 50_000 + "]", "['a'," * 20_000 + "]"):
        assert resolve_old_address("portal", [("projects", text)])
