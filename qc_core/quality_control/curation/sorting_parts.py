"""Parts of a spike-sorting curation, however each is written: units, groups of them, splits, definitions of labels."""

from collections import Counter
from collections.abc import Iterator

from qc_core.json_document.value import JsonValue

CONTENT = "\0content"
"""Where `entries` puts the value of an entry of an object, when that value is not an object itself."""
_MAX_SIZES = 20


def unit_name(unit: JsonValue) -> str | None:
    """A unit's id as a text; None for what is not an id. Tables turn ids to floats where some are missing: 3.0 is 3."""
    if isinstance(unit, bool) or not isinstance(unit, str | int | float):
        return None
    return str(int(unit)) if isinstance(unit, float) and unit.is_integer() else str(unit)


def label_choices(definitions: JsonValue) -> Iterator[str]:
    """The labels to choose from, a line for each category: "quality: good, noise (one of them)"."""
    for name, definition in label_definitions(definitions):
        only_one = " (one of them)" if definition.get("exclusive") is True else ""
        yield f"{name}: {', '.join(map(str, definition['label_options']))}{only_one}"


def label_definitions(definitions: JsonValue) -> Iterator[tuple[str, dict[str, JsonValue]]]:
    """The valid entries of `label_definitions`: `{name: {…}}`, or a list whose items have a `name`."""
    named: list[tuple[JsonValue, JsonValue]] = []
    if isinstance(definitions, dict):
        named = list(definitions.items())
    elif isinstance(definitions, list):
        named = [(one.get("name") if isinstance(one, dict) else None, one) for one in definitions]
    for name, one in named:
        if isinstance(name, str) and isinstance(one, dict) and isinstance(one.get("label_options"), list):
            yield name, one


def entries(part: JsonValue, key_is: str = "") -> Iterator[tuple[str, JsonValue]]:
    """The items of a list, each with its path; those of an object as a list would have them.

    SpikeInterface takes `{"7": [1, 2]}` for `[{"new_unit_id": "7", "unit_ids": [1, 2]}]`: `key_is` names the key.
    """
    if isinstance(part, list):
        yield from ((f"[{index}]", one) for index, one in enumerate(part))
    elif isinstance(part, dict) and key_is:
        for key, one in part.items():
            yield f"[{key!r}]", {key_is: key, **(one if isinstance(one, dict) else {CONTENT: one})}
    else:
        yield "", part


def first_of(one: JsonValue, keys: tuple[str, ...]) -> JsonValue:
    """The value of the first of these keys that the object has."""
    return next((one[key] for key in keys if one.get(key) is not None), None) if isinstance(one, dict) else None


def units_of(one: JsonValue, keys: tuple[str, ...]) -> list[JsonValue] | None:
    """The units that an item names: a list, or an object that has a list, or a unit, under one of the keys."""
    if isinstance(one, dict):
        one = first_of(one, keys)
        if unit_name(one) is not None:
            return [one]
    return one if isinstance(one, list) else None


def split_sizes(one: JsonValue) -> str | None:
    """How many spikes a split puts into each part: by a list of spikes for each part, or a label for each spike."""
    parts = first_of(one, ("indices", "split_indices", "labels", "split_labels", CONTENT))
    if parts is None:
        return "yes"
    if not isinstance(parts, list) or not parts:
        return None
    if all(isinstance(spikes, list) for spikes in parts):
        sizes = [len(spikes) for spikes in parts]
    elif all(isinstance(label, str | int) for label in parts):
        sizes = list(Counter(parts).values())
    else:
        return None
    more = f" and {len(sizes) - _MAX_SIZES} more parts" if len(sizes) > _MAX_SIZES else ""
    return f"{' + '.join(map(str, sizes[:_MAX_SIZES]))} spikes{more}"
