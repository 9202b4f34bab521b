"""Formulas as plain text, for where none is drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.references.formula_text import replace_formulas


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        (r"Pass when $\sigma^2 \leq 3$.", "Pass when σ² ≤ 3."),
        (r"Below \(\mu + 3\sigma\), in $\mathrm{cm}^{-1}$", "Below μ + 3σ, in cm⁻¹"),
        (r"$\frac{n}{N - 1} \times 100\,\%$", "n/(N - 1) × 100 %"),
        (r"\[ x_{max} = \sqrt{\lambda} \]", "x_max = √λ"),
        ("From $5 to $10", "From $5 to $10"),
        (r"`$\sigma$` stays", r"`$\sigma$` stays"),
        (r"$\log x_0$ at $20^\circ$", "log x₀ at 20°"),
        ("no formula", "no formula"),
    ],
)
def test_signs_of_tex_are_read_as_unicode(markdown: str, text: str) -> None:
    assert replace_formulas(markdown) == text


@given(st.text(alphabet=r"a1$\{}^_[]()`. ", max_size=40))
def test_any_text_gives_a_text(markdown: str) -> None:
    assert isinstance(replace_formulas(markdown), str)
