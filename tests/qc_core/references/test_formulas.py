"""Formulas in Markdown as Streamlit draws them."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.references.formulas import with_formulas


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        (r"Noise: \(\sigma_{MAD}\).", r"Noise: $\sigma_{MAD}$."),
        (r"\(a\) and \(b\)", "$a$ and $b$"),
        (r"\( a \)", "$a$"),
        (r"so \[x^2\] holds", r"so $\displaystyle x^2$ holds"),
        ("Rule:\n\n\\[x^2\\]\n\nEnd", "Rule:\n\n$$\nx^2\n$$\n\nEnd"),
        ("Rule:\n\\[\n  x \\\\\n  y\n\\]\nEnd", "Rule:\n$$\nx \\\\\ny\n$$\nEnd"),
        ("- item\n\n  \\[x\\]", "- item\n\n  $$\n  x\n  $$"),
        ("> \\[x\n> y\\]", "> $\\displaystyle x y$"),
        ("| a | \\[x\\] |", "| a | $\\displaystyle x$ |"),
        ("\\(a\nb\\)", "$a b$"),
        (r"\(\text{\$5}\)", r"$$\text{\$5}$$"),
        (r"\(a \\ b\)", r"$a \\ b$"),
    ],
)
def test_formulas_of_mathjax_and_latex_are_drawn(text: str, drawn: str) -> None:
    assert with_formulas(text) == drawn


@pytest.mark.parametrize(
    "text",
    [
        r"Pass when $\Delta F/F_0 < 0.2$, with $F_0$",
        "the $k$th of $n$",
        "$$F_0 = \\mathrm{median}(F_{t-w \\dots t+w})$$",
        "Rule:\n\n$$\nx = \\(y\\) $5 to $10\n\n$$\n",
        "so $$x$$ holds",
        r"$ \alpha $",
        "$5$ and $2x$ and $10 = x$",
        r"$5 \text{ to } 10$",
        "$a$-$b$",
    ],
)
def test_formulas_of_streamlit_stay_as_they_are(text: str) -> None:
    assert with_formulas(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Budget is $5 to $10 per hour.",
        "$5-$10, $5–$10 or $5/$10",
        "between US$5 and US$10",
        "5$ or 10 $ and $",
        "from $5 to 10$",
        "it costs $5.",
        "$ 5 to 10 $",
        "$$ and $5",
        "$",
    ],
)
def test_prices_stay_as_they_are_written(text: str) -> None:
    drawn = with_formulas(text)
    assert drawn == text.replace("$", "\\$")


def test_a_formula_may_follow_prices() -> None:
    assert with_formulas(r"$5 to $10 when $x$ or \(y\), else $7") == r"\$5 to \$10 when $x$ or $y$, else \$7"


@pytest.mark.parametrize(
    "text",
    [
        r"write `\(x\)` or ``\[`x`\]`` for `$5 to $10`",
        "```\n\\(x\\)\n\n$5 to $10\n```",
        "~~~tex\n\\[x\\]\n~~~",
        "- a\n  ```\n  \\(x\\)\n  ```",
        "> ```\n> \\(x\\)\n> ```",
        "```\n\\(x\\) never closed",
        "Code:\n\n    \\(x\\) for $5 to $10\n\n    \\[x\\]",
        "Write \\( then `\\)`",
        "https://example.org/$5?a=$6 and <https://example.org/$5>",
        "[a](https://example.org/$5/\\(x\\))",
        r"\\(x\\) and \( alone and \[ alone",
        r"already \$5 to \$10",
        r"\(\) and \[ \]",
        "\\(a\n\nb\\)",
        "nothing to do",
        "",
    ],
)
def test_code_addresses_and_escaped_signs_stay_as_they_are(text: str) -> None:
    assert with_formulas(text) == text


def test_text_after_code_and_in_lists_is_converted() -> None:
    assert with_formulas("```\n$5 to $10\n```\n\\(x\\)") == "```\n$5 to $10\n```\n$x$"
    assert with_formulas("- a\n\n    \\(x\\)") == "- a\n\n    $x$"
    assert with_formulas("a\n    \\(x\\)") == "a\n    $x$"


_PIECES = [
    "$",
    "$$",
    "\\",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "`",
    "```",
    "\n",
    "\n\n",
    " ",
    "    ",
    "- ",
    "> ",
    "a",
    "5",
    "x_1",
]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_only_signs_of_formulas_and_spaces_change(text: Any) -> None:
    drawn = with_formulas(text)
    rest = re.compile(r"[$\\()\[\]\s>]|displaystyle")
    assert rest.sub("", drawn) == rest.sub("", text)


@pytest.mark.parametrize("piece", ["\\(", "\\[", "$5 ", "$$ ", "`$", "\\\\(", "\n```\n", "\\(x\\)\n", "\\[x\\]\n"])
def test_long_texts_of_signs_are_read_in_one_pass(piece: str) -> None:
    text = piece * 20_000
    signs = re.compile(r"[$\\()\[\]\s>]|displaystyle")
    assert signs.sub("", with_formulas(text)) == signs.sub("", text)


def test_a_long_text_between_dollar_signs_is_read_in_one_pass() -> None:
    text = f"$5 {'aa ' * 100_000}{{$"
    assert with_formulas(text) == text
