r"""Formulas in Markdown as plain text, for where none is drawn: `$\sigma^2 \leq 3$` reads `σ² ≤ 3`.

Signs of TeX that Unicode has are replaced; other commands keep their name, so that nothing of a formula is lost.
"""

import re
import unicodedata

from qc_core.references.formulas import with_formulas

_FORMULA = re.compile(
    r"(?P<code>`+).*?(?P=code)|\\(?P<escaped>\$)|(?P<sign>\${1,2})(?P<content>.+?)(?<!\\)(?P=sign)", re.DOTALL
)
_COMMAND = re.compile(r"\\(?P<name>[A-Za-z]+)|\\(?P<sign>[^A-Za-z])", re.DOTALL)
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\s*\{([^{}]*)\}")
_RAISED = re.compile(r"(?P<sign>[\^_])\s*(?:\{(?P<group>[^{}]*)\}|(?P<one>[^\s{}\\]))")
_DIGITS = {"^": str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ"), "_": str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")}
_NAMES = (
    "pm ± mp ∓ times × cdot · div ÷ leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ approx ≈ sim ∼ ll ≪ gg ≫ propto ∝ "
    "infty ∞ sum ∑ prod ∏ int ∫ partial ∂ nabla ∇ to → rightarrow → leftarrow ← Rightarrow ⇒ circ ° "
    "degree ° langle ⟨ rangle ⟩ ldots … dots … cdots … ell ℓ micro µ varepsilon ε varphi φ vartheta ϑ "
    "varsigma ς lambda λ Lambda Λ"
)
_SIGNS: dict[str, str] = dict(re.findall(r"([A-Za-z]+) (\S)", _NAMES)) | {"quad": " ", "qquad": " "}
_SILENT = re.compile("left|right|displaystyle|text|math(rm|bf|it)|operatorname|rm|[bB]ig|limits")


def replace_formulas(markdown: str) -> str:
    r"""The text with each formula as plain text, and without the delimiters; code stays as it is.

    >>> replace_formulas(r"Below \(\mu + 3\sigma\), in $\mathrm{cm}^{-1}$; costs $5.")
    'Below μ + 3σ, in cm⁻¹; costs $5.'
    """
    return _FORMULA.sub(_replace, with_formulas(markdown)) if "$" in markdown or "\\" in markdown else markdown


def _replace(found: re.Match[str]) -> str:
    if found["code"]:
        return str(found[0])
    return "$" if found["escaped"] else _read(str(found["content"]))


def _read(formula: str) -> str:
    text = _FRACTION.sub(lambda found: f"{_group(found[1])}/{_group(found[2])}", formula)
    text = _ROOT.sub(lambda found: f"√{_group(found[1])}", text)
    text = _COMMAND.sub(_name, text)
    text = _RAISED.sub(_raise, text)
    return " ".join(text.translate({ord("{"): None, ord("}"): None}).split())


def _group(text: str) -> str:
    return text if re.fullmatch(r"\\?\w+", text.strip()) else f"({text})"


def _name(found: re.Match[str]) -> str:
    name = found["name"]
    if name is None:
        return {"\\": "; ", "{": "", "}": "", "!": ""}.get(
            found["sign"], " " if found["sign"] in ",;: " else found["sign"]
        )
    if _SILENT.fullmatch(name):
        return ""
    if name in _SIGNS:
        return _SIGNS[name]
    try:
        return unicodedata.lookup(f"GREEK {'CAPITAL' if name[0].isupper() else 'SMALL'} LETTER {name}")
    except KeyError:
        return name


def _raise(found: re.Match[str]) -> str:
    sign, text = found["sign"], (found["group"] or found["one"] or "").strip()
    if text == "°":
        return text
    if text and all(ord(one) in _DIGITS[sign] for one in text):
        return text.translate(_DIGITS[sign])
    return f"{sign}{text}" if len(text) < 2 or text.isalnum() else f"{sign}({text})"
