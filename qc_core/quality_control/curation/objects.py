"""The objects of a version of a curation (units, cells, event traces), and the differences between two versions."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from qc_core.json_document import Set, apply
from qc_core.json_document.value import JsonPath, JsonValue, get_at, same_value
from qc_core.quality_control.curation.cluster_tables import Rows, read_clusters
from qc_core.quality_control.curation.sorting_curations import read_sorting
from qc_core.quality_control.curation.sorting_parts import label_choices, unit_name
from qc_core.references.kind import FigureKind, kind_of
from qc_core.references.locations import Locations
from qc_core.references.reference import File, Pair, PlainText, parse

LARGEST_NUMBER = 2**53 - 1
"""Beyond it, a browser's numbers are not exact."""
_MAX_FACTS = 200
_FEW_FACTS = 30
_FEW_NESTED_FACTS = 12
"""How many different facts objects have at most: all of them, those that share few, those that are objects again."""
_MAX_CHARACTERS = 1000
"""Characters of a fact in a comparison, and of a reference."""
_MAX_PARTS = 10
_WHOLE = "(the whole)"


@dataclass(frozen=True, slots=True)
class CuratedObject:
    """One object of a version. `facts` are its values by name; `reference` is its own figure.

    `path` is its path in the version, None if its facts are gathered from several parts.
    """

    key: str
    facts: Mapping[str, JsonValue]
    reference: str | None = None
    path: JsonPath | None = None


@dataclass(frozen=True, slots=True)
class CuratedContent:
    """The content of a version: its objects in order, and the values that concern all of them, by name.

    `form` is the name of the form, for forms of spike sorting. `not_understood` are the parts that are in none of the
    other fields, as stored, by path; only forms of spike sorting have such parts.
    """

    objects: tuple[CuratedObject, ...]
    form: str = ""
    whole: Mapping[str, JsonValue] = field(default_factory=dict)
    not_understood: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ObjectDifference:
    """An object that differs between two versions; a side is None if it is not in that version."""

    key: str
    was: Mapping[str, JsonValue] | None
    will: Mapping[str, JsonValue] | None


def objects(content: JsonValue) -> tuple[CuratedObject, ...] | None:
    """The objects of a version in its order, None where it is not a list of objects in any form that is known."""
    found = read(content)
    return found.objects if found else None


def read(content: JsonValue) -> CuratedContent | None:
    """The objects of a version, None where it is not a list of objects in any form that is known. Never raises.

    Forms: `{id: {…}}`, or a list of objects, each of which may also be the reference of its figure alone
    (`{"0": "plots/0.png"}`); those of spike sorting (`sorting_curations`); tables of clusters (`cluster_tables`).
    """
    sorting = read_sorting(content)
    if sorting:
        units = tuple(CuratedObject(unit, facts) for unit, facts in sorting.units.items())
        return CuratedContent(units, sorting.form, sorting.whole, sorting.not_understood)
    if isinstance(content, dict) and _are_objects(content):
        return CuratedContent(tuple(_object(key, one, (key,)) for key, one in content.items()))
    if isinstance(content, list) and all(isinstance(one, dict) or _names_figure(one) for one in content):
        return CuratedContent(tuple(_object(_name(one, index), one, (index,)) for index, one in enumerate(content)))
    clusters = read_clusters(content)
    return CuratedContent(tuple(_clusters(content, clusters))) if clusters else None


def describe_whole(whole: Mapping[str, JsonValue]) -> Iterator[str]:
    """The values that concern all objects, as lines of text; splits are listed by unit instead."""
    for index, part in whole.items():
        match index.rpartition(".")[2]:
            case "label_definitions":
                yield "Labels to choose from: " + "; ".join(label_choices(part))
            case "labelChoices":
                yield f"Labels to choose from: {fact_text(part)}"
            case "isClosed":
                yield "Closed: it should not be changed any more." if part is True else f"{index}: {fact_text(part)}"


def not_understood_line(parts: Mapping[str, JsonValue]) -> str:
    """The parts of a version that are not understood, on one line: "Not understood: merges[1] = 5"."""
    texts = [f"{index} = {_shorten(json.dumps(part), 60)}" for index, part in islice(parts.items(), _MAX_PARTS)]
    more = f"; and {len(parts) - _MAX_PARTS} more" if len(parts) > _MAX_PARTS else ""
    return f"Not understood: {'; '.join(texts)}{more}"


def column_names(found: tuple[CuratedObject, ...]) -> tuple[str, ...]:
    """The names of all facts, in the order in which they first occur."""
    return tuple(dict.fromkeys(name for one in found for name in one.facts))


def column_cells(found: tuple[CuratedObject, ...], name: str) -> list[JsonValue]:
    """A column of a table: numbers if all values are numbers, so that they sort as such, else texts."""
    facts = [one.facts.get(name) for one in found]
    numbers = [fact for fact in facts if fact is not None]
    return facts if numbers and all(map(_is_plain_number, numbers)) else [fact_text(fact) for fact in facts]


def _is_plain_number(fact: JsonValue) -> bool:
    return isinstance(fact, int | float) and not isinstance(fact, bool) and abs(fact) <= LARGEST_NUMBER


def replace_object(content: JsonValue, path: JsonPath, value: JsonValue) -> JsonValue:
    """A version with another value for one object; the old version is not changed."""
    return apply(content, (Set(path, value),))


def reference_path(content: JsonValue, one: CuratedObject) -> JsonPath | None:
    """The path of the reference of an object in its version; None if it has none."""
    if one.reference is None or one.path is None:
        return None
    return one.path if isinstance(get_at(content, one.path), str) else (*one.path, "reference")


def references(content: JsonValue) -> Iterator[str]:
    """The references of the objects of a version."""
    for one in objects(content) or ():
        if one.reference:
            yield one.reference


def differences(one: JsonValue, other: JsonValue) -> tuple[ObjectDifference, ...]:
    """The differences between two versions, by object; a version of unknown form is one object, "all"."""
    before, after = _by_key(one), _by_key(other)
    keys = dict.fromkeys([*before, *after])
    return tuple(
        ObjectDifference(key, before.get(key), after.get(key))
        for key in keys
        if not same_value(before.get(key), after.get(key))
    )


def difference_lines(found: tuple[ObjectDifference, ...]) -> Iterator[tuple[str, str, str, str]]:
    """Differences by fact, as texts: the object, the fact, its old and its new value."""
    for one in found:
        was, will = one.was, one.will
        if was is None or will is None:
            yield (
                one.key,
                "",
                "not there" if was is None else _all_facts(was),
                "gone" if will is None else _all_facts(will),
            )
            continue
        for name in dict.fromkeys([*was, *will]):
            if not same_value(was.get(name), will.get(name)):
                yield one.key, name, _shorten(fact_text(was.get(name))), _shorten(fact_text(will.get(name)))


def _all_facts(facts: Mapping[str, JsonValue]) -> str:
    return ", ".join(f"{name}: {fact_text(fact)}" for name, fact in facts.items()) or "there"


def fact_text(value: JsonValue) -> str:
    """A fact in a cell of a table: texts and numbers as they are, lists of them with commas, else JSON.

    Lone surrogates, which cannot be sent to a browser, become question marks.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, list) and value and all(isinstance(one, str | int | float) for one in value):
        value = ", ".join(str(one) for one in value)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return json.dumps(value, ensure_ascii=True)


def _shorten(text: str, longest: int = _MAX_CHARACTERS) -> str:
    """A text that a cell can show: the spikes of a split may be many thousands."""
    return text if len(text) <= longest else f"{text[:longest]}…"


def _by_key(content: JsonValue) -> dict[str, Mapping[str, JsonValue]]:
    found = read(content)
    if found is None:
        return {} if content is None else {"all": {"value": content}}
    by_key: dict[str, Mapping[str, JsonValue]] = {}
    for one in found.objects:
        key = one.key
        while key in by_key:  # two objects of a list may share a name
            key += "′"
        by_key[key] = one.facts
    whole = {**found.whole, **found.not_understood}
    return by_key | {_WHOLE: whole} if whole else by_key


def _object(key: str, value: JsonValue, path: JsonPath) -> CuratedObject:
    if isinstance(value, dict):
        reference = value.get("reference")
        return CuratedObject(key, value, reference if isinstance(reference, str) and reference else None, path)
    if _names_figure(value):
        return CuratedObject(key, {"reference": value}, value, path)
    return CuratedObject(key, {} if value is None else {"value": value}, None, path)


def _name(value: JsonValue, index: int) -> str:
    keys = ("id", "unit_id", "cluster_id", "name") if isinstance(value, dict) else ()
    return next((name for key in keys if (name := unit_name(value.get(key))) is not None), str(index + 1))


def _clusters(content: JsonValue, clusters: Rows) -> Iterator[CuratedObject]:
    """The objects of a table. One with an entry of its own in the version (`{"0": "good"}`) has that path."""
    for unit, facts in clusters.items():
        own = isinstance(content, dict) and unit in content
        yield CuratedObject(unit, facts, None, (unit,) if own else None)


def _are_objects(content: dict[str, JsonValue]) -> bool:
    """Whether the entries of a version are objects, and not the parts of one document."""
    described = sum(isinstance(one, dict) for one in content.values())
    figures = sum(_names_figure(one) for one in content.values())
    blank = sum(one is None or one == "" for one in content.values())
    if not content:
        return True
    if described:
        return 2 * (described + figures + blank) >= len(content) and not _are_sections(content)
    if "reference" in content:  # one object, which has a figure
        return False
    return figures > 0 and (figures + blank == len(content) or 2 * figures > len(content) > 2)


def _are_sections(content: dict[str, JsonValue]) -> bool:
    """Whether entries are too different, or too large, to be objects of one kind with facts in common."""
    entries = [one for one in content.values() if isinstance(one, dict)]
    names = set[str]().union(*entries)
    if any(map(_is_collection, entries)):
        return len(names) > _FEW_NESTED_FACTS or len({frozenset(one) for one in entries}) > 1
    few_in_common = 2 * sum(map(len, entries)) <= len(names) * len(entries)
    return len(names) > _MAX_FACTS or (len(names) > _FEW_FACTS and few_in_common)


def _is_collection(entry: dict[str, JsonValue]) -> bool:
    """Whether an entry holds objects of one kind itself, as `{"channel_0": {"x": 1}, "channel_1": {"x": 2}}`."""
    inside = list(entry.values())
    if len(inside) < 2 or not all(isinstance(one, dict) and one for one in inside):
        return False
    return bool(set(inside[0]).intersection(*inside[1:]))


def _names_figure(value: JsonValue) -> bool:
    """Whether an object is only the reference of its figure."""
    if not isinstance(value, str) or len(value) > _MAX_CHARACTERS:
        return False
    found = parse(value)
    if isinstance(found, PlainText) and ";" in value:  # it may be the name of one figure: the page knows which exist
        found = parse(value, Locations(semicolon_names=frozenset({value.strip()})))
    if isinstance(found, File):
        return kind_of(found) is not FigureKind.OTHER
    return isinstance(found, Pair) or (isinstance(found, PlainText) and found.link is not None)
