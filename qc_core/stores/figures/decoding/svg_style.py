"""Read the CSS of an SVG as far as it shows more elements: its links, filters and shadows, and what each applies to.

A browser reads CSS from more places than the `style` elements: whole style sheets in `data:` addresses, in an
`@import`, or named by an instruction before the drawing. Those are refused, since nobody draws a figure that way.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from qc_core.stores.figures.decoding.undecodable import Undecodable

FILTER = 1000
"""Shapes that take about as long as a filter, or a blurred shadow, of a whole figure."""
_SIMPLE_FILTER = 200
_LINK = re.compile(r"""url\(\s*["']?[^"')#]*#([^"')]+?)\s*["']?\s*\)""", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
"""A character in CSS by its number, or as itself (w3.org/TR/css-syntax-3, 4.3.7)."""
_VARIABLE = re.compile(r"--[\w-]+\s*:[^;}]*(?:url|blur|drop-shadow)\(|text-shadow\s*:[^;}]*var\(", re.IGNORECASE)
_STRING_OR_COMMENT = re.compile(r"""("[^"\n]*"|'[^'\n]*')|/\*.*?(?:\*/|\Z)""", re.DOTALL)
_STRUCTURE = re.compile(r"[{},;]")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_COMBINATOR = re.compile(r"[\s>+~|;]+")
_NAME = re.compile(r"[.#]?[\w-]+")
_NAMES = re.compile(r"[.#]?[a-zA-Z_-][\w-]*(?:[.#][\w-]+)*")
_STEPS_OF_AN_ANIMATION = {"from", "to"}
_BLUR = re.compile(r"\b(?:blur|drop-shadow)\(", re.IGNORECASE)
_OTHER_FILTER = re.compile(r"\b(?:brightness|contrast|grayscale|hue-rotate|invert|saturate|sepia)\(", re.IGNORECASE)
_SHADOW = re.compile(r"text-shadow\s*:([^;}]*)", re.IGNORECASE)
_NESTED = re.compile(r"data:\s*image/svg", re.IGNORECASE)
_OTHER_DATA = re.compile(r"data:\s*(?!image/|font/|application/)[^\s\"')]*,", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StyleRule:
    """A rule that matters, and what it adds to the elements it applies to: those with all names of one of `names`."""

    names: tuple[frozenset[str], ...]
    links: tuple[str, ...]
    effects: float


def links_in(style: str) -> tuple[str, ...]:
    """The ids in `url(#…)` of declarations of CSS, or of an attribute that takes one. Raises Undecodable."""
    style = as_written(style)
    if "(" not in style:
        return ()
    if _VARIABLE.search(style):
        raise Undecodable("Its style hides in variables what is drawn, which the portal does not resolve.")
    if "url(" not in style.lower():
        return ()
    refuse_nested(style)
    return tuple(unquote(one) for one in _LINK.findall(style))


def effects_in(style: str) -> float:
    """The filters that declarations of CSS, or an attribute, ask for, in shapes.

    >>> effects_in("fill: red; filter: blur(5px) sepia(1)")
    1200.0
    """
    if "(" not in style:
        return 0.0
    style = as_written(style)
    return float(FILTER * len(_BLUR.findall(style)) + _SIMPLE_FILTER * len(_OTHER_FILTER.findall(style)))


def shadows_in(style: str) -> int:
    """The number of shadows behind a text in declarations of CSS, which the texts within inherit.

    >>> shadows_in("text-shadow: 1px 1px 9px rgb(0, 0, 0), 0 0 red")
    2
    """
    if "shadow" not in style.lower() and "\\" not in style:
        return 0
    return max((1 + _IN_BRACKETS.sub("", one).count(",") for one in _SHADOW.findall(as_written(style))), default=0)


def read_rules(stylesheet: str) -> Iterator[StyleRule]:
    """The rules of style sheets that link to elements or ask for effects. Raises Undecodable.

    A rule applies here to more than in a browser where its selector is more than names: `g > .a:hover` to all of class
    `a`, `[x]` to every element.
    """
    refuse_other_styles(stylesheet)
    found = 0
    for selectors, declarations in _RULE.findall(_STRING_OR_COMMENT.sub(_without_structure, stylesheet)):
        links, effects = links_in(declarations), effects_in(declarations)
        found += len(links)
        if links or effects:
            yield StyleRule(tuple(_names(selectors)), links, effects)
    if found < len(links_in(stylesheet)):
        raise Undecodable("Its style sheet is written in a way that the portal does not resolve.")


def refuse_nested(text: str) -> None:
    """Raises Undecodable where a text holds the address of an SVG within it."""
    if "data" in text.lower() and _NESTED.search(text):
        raise Undecodable("It holds another SVG as a picture, which the portal does not read.")


def refuse_other_styles(text: str) -> None:
    """Raises Undecodable where CSS or an attribute brings a style sheet, or a page, in an address of its own."""
    text = as_written(text)
    refuse_nested(text)
    if "data" in text.lower() and _OTHER_DATA.search(text):
        raise Undecodable("It holds another document in an address, which the portal does not read.")


def refuse_instruction(target: str, content: str) -> None:
    """Raises Undecodable for an instruction that takes a part of the file for a style sheet."""
    if target == "xml-stylesheet" and ("#" in content or "data:" in content.lower()):
        raise Undecodable("It takes a part of itself for a style sheet, which the portal does not read.")


def as_written(style: str) -> str:
    """CSS without escapes."""
    return _ESCAPED.sub(_character, style) if "\\" in style else style


def _character(escaped: re.Match[str]) -> str:
    number = int(escaped[1], 16) if escaped[1] else 0
    return escaped[2] or (chr(number) if number <= sys.maxunicode else "")


def _without_structure(found: re.Match[str]) -> str:
    """A string without what would look like CSS in it; a space for a comment."""
    return _STRUCTURE.sub("_", found[1]) if found[1] else " "


def _names(selectors: str) -> Iterator[frozenset[str]]:
    """The names that the last part of each selector begins with, none where it begins with something else."""
    if "\\" in selectors:
        yield frozenset()
        return
    while (shorter := _IN_BRACKETS.sub("", selectors)) != selectors:
        selectors = shorter
    for selector in selectors.split(","):
        names = _NAMES.match(_COMBINATOR.split(selector.strip())[-1])
        found = _NAME.findall(names[0]) if names else []
        yield frozenset(found) - _STEPS_OF_AN_ANIMATION
