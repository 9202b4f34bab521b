import pytest

from qc_core.references.markdown_cost import find_too_frequent
from tests.paths import ROOT


@pytest.mark.parametrize(
    ("text", "sign"),
    [("*a_" * 30_000, "*"), ("$a$ " * 20_000, "$"), ("[x]" * 20_000, "["), ("``a" * 30_000, "`"), ("|1" * 24_000, "|")],
)
def test_text_that_would_hang_a_page_is_recognised(text: str, sign: str) -> None:
    assert find_too_frequent(text) == sign


def test_the_documents_of_the_portal_are_drawn() -> None:
    for path in (ROOT / "docs").glob("*.md"):
        if path.name not in ("modules.md", "limits.md", "settings.md", "architecture.md"):  # tables of hundreds of rows
            assert find_too_frequent(path.read_text("utf-8")) is None, path
    assert find_too_frequent("Pass when below $10 \\mu m$.") is None
