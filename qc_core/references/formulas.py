r"""Formulas in Markdown, in the form that Streamlit draws: `$x$` within a line, and `$$` on lines of their own.

Authors also write the delimiters of MathJax and LaTeX, `\(x\)` and `\[x\]`, which Markdown takes for escaped brackets.
And Streamlit takes any two dollar signs for a formula, also those of "$5 to $10"::

    Noise: \(\sigma\). Budget is $5 to $10.     ->  Noise: $\sigma$. Budget is \$5 to \$10.

Which dollar signs are a formula follows Pandoc (`tex_math_dollars`): no space inside them, no digit behind the second.
Code stays as it is.
"""

import re
from collections.abc import Iterator

_FENCE = re.compile(r"[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)?(`{3,}(?=[^`]*$)|~{3,})")
_MATH_FENCE = re.compile(r"[\s>]*(\${2,})[^$]*$")
_LIST_ITEM = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])\s")
_INDENTED = re.compile(r" {4}|\t")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<]*", re.IGNORECASE)
_NEXT = re.compile(r"[`$\\]|https?://|www\.", re.IGNORECASE)
_TICKS, _DOLLARS, _PAIR = re.compile("`+"), re.compile(r"\$+"), re.compile(r"\\(.)", re.DOTALL)
_QUOTED = re.compile(r"\n[ \t]*>[ \t]?")
_WORD = re.compile(r"\s[^\W\d_]{2,}")
_TEX = re.compile(r"[\\^_={}<>+]")


def with_formulas(markdown: str) -> str:
    """The Markdown with every formula as Streamlit draws it, and every other dollar sign as a dollar sign."""
    if "$" not in markdown and "\\" not in markdown:
        return markdown
    return "\n".join(_block(lines) if is_text else lines for is_text, lines in _blocks(markdown.split("\n")))


def _blocks(lines: list[str]) -> Iterator[tuple[bool, str]]:
    """Paragraphs of text (True), and all between them: code, formulas on lines of their own, blank lines."""
    paragraph: list[str] = []
    fence: re.Pattern[str] | None = None
    in_list, after_blank = False, True
    for line in lines:
        opened = None if fence else _opens(line)
        is_code = after_blank and not in_list and _INDENTED.match(line) is not None
        if fence or opened or is_code or not line.strip():
            if paragraph:
                yield True, "\n".join(paragraph)
                paragraph = []
            yield False, line
            fence = opened if opened else None if fence and fence.fullmatch(line) else fence
            after_blank = is_code or not line.strip()
        else:
            in_list = _LIST_ITEM.match(line) is not None or (in_list and not (after_blank and line[:1].strip()))
            paragraph.append(line)
            after_blank = False
    if paragraph:
        yield True, "\n".join(paragraph)


def _opens(line: str) -> re.Pattern[str] | None:
    """How the block ends that a line begins, of code or of a formula; None for a line of text."""
    found = _FENCE.match(line) or _MATH_FENCE.match(line)
    return re.compile(rf"[\s>]*{re.escape(found[1])}{re.escape(found[1][0])}*\s*") if found else None


def _block(text: str) -> str:
    """A paragraph with its formulas."""
    done: list[str] = []
    unclosed: set[str] = set()
    at = 0
    while found := _NEXT.search(text, at):
        start = found.start()
        done.append(text[at:start])
        match found[0]:
            case "`":
                piece, at = _run(text, start, _TICKS)
            case "$":
                piece, at = _dollars(text, start)
            case "\\":
                piece, at = _backslash(text, start, unclosed)
            case _:
                address = _ADDRESS.match(text, start)
                piece, at = (address or found)[0], (address or found).end()
        done.append(piece)
    return "".join(done) + text[at:]


def _run(text: str, start: int, sign: re.Pattern[str]) -> tuple[str, int]:
    """The text between two runs of a sign of the same length, as it is; else the first run."""
    opening = sign.match(text, start)
    assert opening is not None
    for closing in sign.finditer(text, opening.end()):
        if closing[0] == opening[0]:
            return text[start : closing.end()], closing.end()
    return opening[0], opening.end()


def _dollars(text: str, start: int) -> tuple[str, int]:
    if text.startswith("$$", start):
        piece, end = _run(text, start, _DOLLARS)
        return (piece if piece.strip("$") else piece.replace("$", "\\$")), end
    end = text.find("$", start + 1)
    while end > 0 and text[end - 1] == "\\":
        end = text.find("$", end + 1)
    if end > 0 and text[end + 1 : end + 2] != "$" and _is_formula(text[start + 1 : end], text[end + 1 : end + 2]):
        return _inline(text[start + 1 : end]), end + 1
    return "\\$", start + 1


def _is_formula(content: str, after: str) -> bool:
    """Whether the text between two dollar signs is a formula, and no prose between two prices."""
    if after.isdigit() or not content.strip():
        return False
    if content[0].isspace() or content[-1].isspace():
        return content[0].isspace() and content[-1].isspace() and _TEX.search(content) is not None
    is_price = content[0].isdigit() and _WORD.search(content) is not None and _TEX.search(content) is None
    return not is_price


def _backslash(text: str, start: int, unclosed: set[str]) -> tuple[str, int]:
    r"""`\(…\)` or `\[…\]` as a formula, else the escaped sign. `unclosed` are the closing signs that no longer come."""
    closing = {"(": ")", "[": "]"}.get(text[start + 1 : start + 2], "")
    if not closing or closing in unclosed:
        return text[start : start + 2], start + 2
    end = next((pair.start() for pair in _PAIR.finditer(text, start + 2) if pair[1] == closing), None)
    if end is None:
        unclosed.add(closing)
        return text[start : start + 2], start + 2
    content = _QUOTED.sub("\n", text[start + 2 : end])
    if not content.strip() or "`" in content or "$$" in content:
        return text[start : start + 2], start + 2
    if closing == ")":
        return _inline(" ".join(content.split())), end + 2
    before = text[text.rfind("\n", 0, start) + 1 : start]
    next_line = text.find("\n", end + 2)
    after = text[end + 2 : next_line if next_line >= 0 else len(text)]
    if before.strip() or after.strip() or "$" in content:
        return _inline(rf"\displaystyle {' '.join(content.split())}"), end + 2
    lines = "".join(f"{before}{line.strip()}\n" for line in content.strip().split("\n"))
    return f"$$\n{lines}{before}$$", end + 2


def _inline(content: str) -> str:
    """A formula within a line. Dollar signs in it, as in `\\$5`, take longer ones around it."""
    return f"$${content}$$" if "$" in content else f"${content}$"
