"""Count what a browser would have to draw for an SVG, before it is sent.

A file of a kilobyte can ask for billions of shapes: entities within entities (w3.org/TR/xml, 4.4), and elements that
show others again, which show others (`use`, `pattern`, `mask`, `marker` and more in w3.org/TR/SVG2). A browser draws
an SVG in the process of the page, so the page would hang with it.
"""

import base64
import binascii
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes
from xml.parsers import expat

from qc_core.stores.figures.decoding import svg_dashes
from qc_core.stores.figures.decoding.svg_style import (
    FILTER,
    as_written,
    effects_in,
    links_in,
    read_rules,
    refuse_instruction,
    refuse_other_styles,
    shadows_in,
)
from qc_core.stores.figures.decoding.undecodable import Undecodable

MAX_DRAWN = 250_000
"""Shapes that are drawn, each as often as it is shown. Chromium takes some seconds for so many."""
MAX_CHARACTERS = 50_000_000
"""Of text and attributes, with all entities expanded."""
MAX_DEPTH = 200
_PASSES_ON = {"use", "animate", "set"}
"""Elements whose dashes are those of others, which are not looked for."""
_COST = {"filter": FILTER, "image": 100, "mask": 100, "feMorphology": 25_000}
"""What some elements count for, as measured in Chromium; any other primitive of a filter counts as much as a filter."""
_PARTS_OF_PRIMITIVES = re.compile(r"fe(MergeNode|Func[RGBA]|\w+Light)")
_PIXELS_PER_SHAPE = 300
_ONLY_NAMES = {"a", "animate", "animateMotion", "animateTransform", "set", "discard", "mpath", "script"}
"""Elements whose `href` leads somewhere, and shows nothing itself."""
_ANIMATED = {"to", "from", "by", "values"}
"""Attributes of `animate` and `set`: what becomes the value of another attribute, which may be a link."""
_ANIMATED_LINK = re.compile(r"#([^\s;\"')]+)")
_NUMBER = re.compile(r"[0-9]*\.?[0-9]+")
_TEXTS = {"text", "tspan", "textPath"}
_NUMBERS_PER_SHAPE = 1.5
"""Numbers of an outline that take about as long as a shape, where its lines cross all of the figure."""


@dataclass(slots=True)
class _Element:
    tag: str
    own: float
    id: str = ""
    reach: float = 0.0
    period: float = svg_dashes.NONE
    classes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    effects: float = 0.0
    children: list["_Element"] = field(default_factory=list)


class _Reader:
    """Builds a tree of the relevant elements, and stops once there are too many."""

    def __init__(self, most_pixels: int) -> None:
        self._most_pixels = most_pixels
        self.root = _Element("", 0)
        self.stylesheet: list[str] = []
        self._open = [self.root]
        self.everywhere = svg_dashes.NONE
        self.shadows = 0
        self._elements = self._characters = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        self._elements += 1
        self._count(sum(map(len, attributes.values())))
        if self._elements > MAX_DRAWN:
            raise Undecodable(f"It holds more than {MAX_DRAWN:,} elements.")
        if len(self._open) > MAX_DEPTH:
            raise Undecodable(f"Its elements are nested more than {MAX_DEPTH} deep.")
        element = _Element(tag, _cost(tag))
        element.own += _count_numbers(attributes.get("d", ""), attributes.get("points", ""))
        element.reach = svg_dashes.reach_of(attributes)
        style = as_written(attributes.get("style", ""))
        self.shadows = max(self.shadows, shadows_in(style))
        element.period = min(svg_dashes.period_of(attributes | {"style": style}), self._open[-1].period)
        if tag in _PASSES_ON:
            self.everywhere = min(self.everywhere, element.period)
        for key, value in attributes.items():
            self._attribute(element, key.rpartition(":")[2], value)
        self._open[-1].children.append(element)
        self._open.append(element)

    def end(self, _name: str) -> None:
        self._open.pop()

    def text(self, text: str) -> None:
        self._count(len(text))
        if self._open[-1].tag == "style":
            self.stylesheet.append(text)

    def _count(self, characters: int) -> None:
        self._characters += characters
        if self._characters > MAX_CHARACTERS:
            raise Undecodable(f"It holds more than {MAX_CHARACTERS:,} characters once its entities are replaced.")

    def _attribute(self, element: _Element, key: str, value: str) -> None:
        element.effects += effects_in(value)
        if key == "id":
            element.id = value
        elif key == "class":
            element.classes = tuple(value.split())
        elif key in {"href", "src"} and value.lstrip()[:5].lower() == "data:":
            refuse_other_styles(value[:100])
            element.own += _pixels(value.lstrip(), self._most_pixels) / _PIXELS_PER_SHAPE
        elif key == "href" and element.tag not in _ONLY_NAMES:
            element.links += (unquote(value.rpartition("#")[2].strip()),)
        elif key in _ANIMATED and "#" in value:
            element.links += tuple(unquote(one) for one in _ANIMATED_LINK.findall(value))
        else:
            refuse_other_styles(value)
            element.links += links_in(value)


def check(source: str, most_bytes: int, most_pixels: int) -> dict[str, Any]:
    """The number of shapes that are drawn, under `drawn`. Raises Undecodable where it is too much, or no XML."""
    if Path(source).stat().st_size > most_bytes:
        raise Undecodable(f"It is larger than {most_bytes // 1_000_000} MB.")
    reader = _Reader(most_pixels)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.ProcessingInstructionHandler = refuse_instruction
    parser.buffer_text = True
    try:
        with Path(source).open("rb") as file:
            parser.ParseFile(file)
    except expat.ExpatError as error:
        raise Undecodable(_in_words(error)) from error
    _follow_stylesheet(reader)
    stylesheet = as_written("".join(reader.stylesheet))
    everywhere = min(reader.everywhere, svg_dashes.period_in(stylesheet))
    shadows = max(reader.shadows, shadows_in(stylesheet))
    for element in _in_order(reader.root):
        element.own += shadows * FILTER if element.tag in _TEXTS else 0
        element.own += svg_dashes.shapes_for(element.reach, min(everywhere, element.period))
    drawn = _count_drawn(reader.root)
    if drawn > MAX_DRAWN:
        raise Undecodable(f"Drawing it takes more than {MAX_DRAWN:,} shapes, each counted as often as it is shown.")
    return {"drawn": round(drawn)}


def _in_words(error: expat.ExpatError) -> str:
    reason = expat.errors.messages.get(error.code, "")
    if "amplification" in reason:
        return "Its entities expand each other to far too much text."
    return f"It is not an SVG that can be read: {reason or 'it is damaged'}, in line {error.lineno}."


def _count_numbers(*outlines: str) -> float:
    """What the lines of an outline take beyond those of a simple shape; of more than are drawn only that."""
    most = int(MAX_DRAWN * _NUMBERS_PER_SHAPE) + 1
    numbers = sum(sum(1 for _ in islice(_NUMBER.finditer(one), most)) for one in outlines)
    return max(0.0, numbers / _NUMBERS_PER_SHAPE - 1)


def _cost(tag: str) -> float:
    is_primitive = tag.startswith("fe") and not _PARTS_OF_PRIMITIVES.fullmatch(tag)
    return _COST.get(tag, _COST["filter"] if is_primitive else 1)


def _pixels(address: str, most_pixels: int) -> int:
    """Of a picture that is part of the SVG. Raises Undecodable where there are too many, or it is an SVG itself."""
    from PIL import UnidentifiedImageError

    from qc_core.stores.figures.decoding.pictures import opened

    head, _, body = address.partition(",")
    try:
        encoded = unquote_to_bytes(body)
        content = base64.b64decode(encoded) if head.rstrip().lower().endswith("base64") else encoded
        with opened(io.BytesIO(content), most_pixels) as picture:
            return picture.width * picture.height
    except (binascii.Error, UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return 0  # the browser shows nothing of it, either


def _follow_stylesheet(reader: _Reader) -> None:
    """Add to each element what the rules of the style sheets ask for. Raises Undecodable."""
    rules = list(read_rules("".join(reader.stylesheet)))
    for element in _in_order(reader.root) if rules else ():
        names = {element.tag, f"#{element.id}", *(f".{one}" for one in element.classes)}
        for rule in rules:
            if any(wanted <= names for wanted in rule.names):
                element.links += rule.links
                element.effects += rule.effects


def _count_drawn(root: _Element) -> float:
    """How many shapes there are, each as often as it is shown. Raises Undecodable for one that shows itself again.

    Of elements with the same id the first is meant. Each is worked out once, whatever refers to it, and after what it
    refers to.
    """
    named: dict[str, _Element] = {}
    for element in _in_order(root):
        if element.id:
            named.setdefault(element.id, element)
    worked_out: dict[int, float] = {}
    effects: dict[int, float] = {}
    begun: set[int] = set()
    waiting = [root]
    while waiting:
        element = waiting[-1]
        key = id(element)
        parts = [*element.children, *(named[link] for link in element.links if link in named)]
        if key not in begun:
            begun.add(key)
            if any(id(part) in begun and id(part) not in worked_out for part in parts):
                raise Undecodable("It shows an element within itself, without an end.")
            waiting += [part for part in parts if id(part) not in worked_out]
            continue
        waiting.pop()
        if key not in worked_out:
            worked_out[key] = element.own + sum(worked_out[id(part)] for part in parts)
            inside = max((effects[id(part)] for part in parts), default=0.0)
            effects[key] = inside + element.effects
            if element.effects:  # what a filter blurs is larger than what is in it, and that again
                worked_out[key] += element.effects * (1 + inside / FILTER)
    return worked_out[id(root)]


def _in_order(root: _Element) -> Iterator[_Element]:
    waiting = [root]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += reversed(one.children)
