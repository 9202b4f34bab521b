"""What a version of a curation says of each object (unit, cell, event trace), and how two versions differ."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from qc_core.json_text import Set, apply
from qc_core.json_value import JsonPath, JsonValue, same_value

LARGEST_NUMBER = 2**53 - 1
"""Beyond it, a browser's numbers are not exact."""


@dataclass(frozen=True, slots=True)
class CuratedObject:
    """One object of a version. `facts` is what is said of it, by name; `reference` its own figure.

    `path` is where it stands in the version, None where what is said of it is gathered from several places.
    """

    key: str
    facts: Mapping[str, JsonValue]
    reference: str | None = None
    path: JsonPath | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """An object of which two versions say different things; a side is None where it is not in that version."""

    key: str
    was: Mapping[str, JsonValue] | None
    will: Mapping[str, JsonValue] | None


def objects(content: JsonValue) -> tuple[CuratedObject, ...] | None:
    """The objects of a version in its order, None where it is no list of objects in any form that is known.

    Forms: `{id: {…}}`; a list of objects; SpikeInterface's curation (formats 1 and 2); SortingView's
    `{labelsByUnit, mergeGroups}`. Never raises.
    """
    if isinstance(content, list) and content and all(isinstance(one, dict) for one in content):
        return tuple(_object(_name(one, place), one, (place,)) for place, one in enumerate(content))
    if not isinstance(content, dict) or not content:
        return None
    if isinstance(content.get("labelsByUnit"), dict):
        return _of_sortingview(content)
    if "format_version" in content:
        return _of_spikeinterface(content)
    if not any(isinstance(one, dict) for one in content.values()):
        return None
    return tuple(_object(key, one, (key,)) for key, one in content.items())


def columns(found: tuple[CuratedObject, ...]) -> tuple[str, ...]:
    """The names of all facts, in the order in which they first occur."""
    return tuple(dict.fromkeys(name for one in found for name in one.facts))


def cells(found: tuple[CuratedObject, ...], name: str) -> list[JsonValue]:
    """A column of a table: numbers where all that is said is numbers, so that they sort as such, else texts."""
    said = [one.facts.get(name) for one in found]
    numbers = [fact for fact in said if fact is not None]
    return said if numbers and all(map(_is_plain_number, numbers)) else [fact_text(fact) for fact in said]


def _is_plain_number(fact: JsonValue) -> bool:
    return isinstance(fact, int | float) and not isinstance(fact, bool) and abs(fact) <= LARGEST_NUMBER


def with_object(content: JsonValue, path: JsonPath, said: JsonValue) -> JsonValue:
    """A version in which something else is said of one object; the old version stays as it is."""
    return apply(content, (Set(path, said),))


def references(content: JsonValue) -> Iterator[str]:
    """The references that the objects of a version name."""
    for one in objects(content) or ():
        if one.reference:
            yield one.reference


def differences(one: JsonValue, other: JsonValue) -> tuple[Difference, ...]:
    """What two versions say differently, object by object; a version of no known form is one object, "all"."""
    before, after = _by_key(one), _by_key(other)
    keys = dict.fromkeys([*before, *after])
    return tuple(
        Difference(key, before.get(key), after.get(key))
        for key in keys
        if not same_value(before.get(key), after.get(key))
    )


def lines(found: tuple[Difference, ...]) -> Iterator[tuple[str, str, str, str]]:
    """Differences fact by fact, as texts: the object, the fact, as it was, as it will be."""
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
                yield one.key, name, fact_text(was.get(name)), fact_text(will.get(name))


def _all_facts(facts: Mapping[str, JsonValue]) -> str:
    return ", ".join(f"{name}: {fact_text(fact)}" for name, fact in facts.items()) or "there"


def fact_text(value: JsonValue) -> str:
    """A fact in a cell of a table: texts and numbers as they are, lists of them with commas, else JSON.

    Half characters, which no browser can be sent, become question marks.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, list) and value and all(isinstance(one, str | int | float) for one in value):
        value = ", ".join(str(one) for one in value)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return json.dumps(value, ensure_ascii=True)


def _by_key(content: JsonValue) -> dict[str, Mapping[str, JsonValue]]:
    found = objects(content)
    if found is None:
        return {} if content is None else {"all": {"value": content}}
    told: dict[str, Mapping[str, JsonValue]] = {}
    for one in found:
        key = one.key
        while key in told:  # a list may name two objects alike
            key += "′"
        told[key] = one.facts
    return told


def _object(key: str, said: JsonValue, path: JsonPath) -> CuratedObject:
    if not isinstance(said, dict):
        return CuratedObject(key, {"value": said}, None, path)
    reference = said.get("reference")
    return CuratedObject(key, said, reference if isinstance(reference, str) and reference else None, path)


def _name(said: dict[str, JsonValue], place: int) -> str:
    named = next((said[key] for key in ("id", "unit_id", "name") if isinstance(said.get(key), str | int)), place + 1)
    return str(named)


@dataclass(slots=True)
class _Units:
    """What is said of units in several places, gathered."""

    facts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def say(self, unit: JsonValue, name: str, fact: JsonValue) -> None:
        if isinstance(unit, str | int):
            self.facts.setdefault(str(unit), {})[name] = fact

    def know(self, units: JsonValue) -> None:
        for unit in units if isinstance(units, list) else []:
            if isinstance(unit, str | int):
                self.facts.setdefault(str(unit), {})

    def merge(self, groups: JsonValue) -> None:
        for group in groups if isinstance(groups, list) else []:
            named = group.get("unit_ids") if isinstance(group, dict) else group
            units: list[JsonValue] = named if isinstance(named, list) else []
            for unit in units:
                self.say(unit, "merged with", [other for other in units if other != unit])

    def gathered(self) -> tuple[CuratedObject, ...]:
        return tuple(CuratedObject(unit, facts) for unit, facts in self.facts.items())


def _of_sortingview(content: dict[str, JsonValue]) -> tuple[CuratedObject, ...]:
    units = _Units()
    for unit, labels in content["labelsByUnit"].items():
        units.say(unit, "labels", labels)
    units.merge(content.get("mergeGroups"))
    return units.gathered()


def _of_spikeinterface(content: dict[str, JsonValue]) -> tuple[CuratedObject, ...]:
    units = _Units()
    units.know(content.get("unit_ids"))
    manual, splits = content.get("manual_labels"), content.get("splits")
    for said in manual if isinstance(manual, list) else []:
        if isinstance(said, dict):
            labels = said.get("labels")
            facts: dict[str, JsonValue] = labels if isinstance(labels, dict) else said
            for name, fact in facts.items():
                if name != "unit_id":
                    units.say(said.get("unit_id"), name, fact)
    for removed in (content.get("removed"), content.get("removed_units")):
        for unit in removed if isinstance(removed, list) else []:
            units.say(unit, "removed", "yes")
    for groups in (content.get("merges"), content.get("merge_unit_groups")):
        units.merge(groups)
    for split in splits if isinstance(splits, list) else []:
        if isinstance(split, dict):
            units.say(split.get("unit_id"), "split", "yes")
    return units.gathered()
