"""Edit a spike-sorting curation unit by unit: labels, merges, removed units; and begin an empty version.

The forms that can be edited are those of `sorting_curations` whose parts are lists, as SpikeInterface writes them, and
SortingView's. Everything that an edit does not concern stays as it is::

    {"format_version": "2", "unit_ids": [1, 2, 3], "manual_labels": [{"unit_id": 3, "labels": {"quality": ["noise"]}}],
     "label_definitions": {"quality": {"label_options": ["good", "noise"], "exclusive": True}}, "merges": []}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from qc_core.json_document.value import JsonValue
from qc_core.quality_control.curation.sorting_parts import label_definitions, unit_name

MOST_UNITS = 5000
_PARTS = ("manual_labels", "merges", "merge_unit_groups", "removed", "removed_units")
_EMPTIED = {**dict.fromkeys((*_PARTS, "splits", "split_units", "mergeGroups"), list), "labelsByUnit": dict}
"""What an empty version has for each part that people make."""
LABELS = "labels"
"""The one category of SortingView, whose labels have none."""


@dataclass(frozen=True, slots=True)
class LabelCategory:
    """A category of labels, with the labels to choose from; of an `exclusive` one a unit has one label at most."""

    name: str
    options: tuple[str, ...]
    exclusive: bool


@dataclass(frozen=True, slots=True)
class EditableUnit:
    """A unit: its labels by category, the number of the merge that it is in (from 1), and whether it is removed."""

    name: str
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    merge: int | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class EditableUnits:
    """The units of a curation in their order, the categories of labels, and whether its form can remove units."""

    units: tuple[EditableUnit, ...]
    categories: tuple[LabelCategory, ...]
    can_remove: bool = True


@dataclass(frozen=True, slots=True)
class UnitEdit:
    """One action on units, by their names.

    `label` toggles `label` in `category` for the units; `merge` puts them into one merge; `unmerge` takes them out of
    theirs; `remove` and `restore` remove them from the sorting, and take that back.
    """

    kind: Literal["label", "merge", "unmerge", "remove", "restore"]
    units: tuple[str, ...]
    category: str = ""
    label: str = ""


def read_units(content: JsonValue) -> EditableUnits | None:
    """The units of a version, None if it is in no form that can be edited unit by unit, or is too large."""
    if not isinstance(content, dict) or "curation_steps" in content:
        return None
    if "labelsByUnit" in content or "mergeGroups" in content:
        return _read_sortingview(content)
    names = content.get("unit_ids")
    if not isinstance(names, list) or len(names) > MOST_UNITS or not _distinct(names):
        return None
    labelled = _lists(content, "manual_labels")
    merges, removed = _lists(content, *_merge_keys(content)), _lists(content, *_get_removed_keys(content))
    if labelled is None or merges is None or removed is None:
        return None
    labels = {unit_name(one.get("unit_id")): _labels(one) or {} for one in labelled if isinstance(one, dict)}
    categories = tuple(
        LabelCategory(name, tuple(map(str, one["label_options"])), one.get("exclusive") is True)
        for name, one in label_definitions(content.get("label_definitions"))
    )
    return _table([str(unit_name(one)) for one in names], labels, merges, removed, categories)


def apply_edit(content: JsonValue, edit: UnitEdit) -> JsonValue:
    """A version after an action; names that are not a unit of it are ignored. The given version is not changed.

    A version that `read_units` does not read is given back as it is.
    """
    table = read_units(content)
    if table is None:
        return content
    wanted = set(edit.units)
    units = tuple(unit.name for unit in table.units if unit.name in wanted)
    if not units:
        return content
    match edit.kind:
        case "label":
            return _with_label(content, table, units, edit)
        case "merge":
            return _with_merge(content, units) if len(units) > 1 else content
        case "unmerge":
            return _without_merges(content, units)
        case "remove" | "restore":
            return _with_removed(content, units, removed=edit.kind == "remove")


def empty_version(content: JsonValue) -> JsonValue:
    """A version of the same form in which no unit has a label, a merge or a mark: its units and labels to choose from
    stay."""
    if not isinstance(content, dict):
        return {}
    if read_units(content) is None:
        return {}
    kept = {key: value for key, value in content.items() if key not in ("isClosed", "curation_steps")}
    return {key: _EMPTIED[key]() if key in _EMPTIED else value for key, value in kept.items()}


def _read_sortingview(content: dict[str, JsonValue]) -> EditableUnits | None:
    by_unit, groups = content.get("labelsByUnit") or {}, _lists(content, "mergeGroups")
    if not isinstance(by_unit, dict) or groups is None or len(by_unit) > MOST_UNITS:
        return None
    if not all(isinstance(one, list) for one in by_unit.values()):
        return None
    merged = [str(unit_name(one)) for group in groups if isinstance(group, list) for one in group]
    names = list(dict.fromkeys([*by_unit, *merged]))
    chosen = [str(label) for labels in by_unit.values() for label in labels]
    choices = content.get("labelChoices")
    options = tuple(dict.fromkeys([*(map(str, choices) if isinstance(choices, list) else ()), *chosen]))
    categories = (LabelCategory(LABELS, options, exclusive=False),) if options else ()
    labels: dict[str | None, dict[str, tuple[str, ...]]] = {
        name: {LABELS: tuple(map(str, one))} for name, one in by_unit.items()
    }
    return replace(_table(names, labels, groups, [], categories), can_remove=False)


def _table(
    names: Sequence[str],
    labels: Mapping[str | None, Mapping[str, tuple[str, ...]]],
    merges: Sequence[JsonValue],
    removed: Sequence[JsonValue],
    categories: tuple[LabelCategory, ...],
) -> EditableUnits:
    merge_of = {unit_name(unit): number for number, one in enumerate(merges, 1) for unit in _members(one)}
    gone = {unit_name(unit) for unit in removed}
    units = (EditableUnit(name, labels.get(name, {}), merge_of.get(name), name in gone) for name in names)
    return EditableUnits(tuple(units), categories)


def _with_label(content: JsonValue, table: EditableUnits, units: tuple[str, ...], edit: UnitEdit) -> JsonValue:
    category = next((one for one in table.categories if one.name == edit.category), None)
    if category is None or edit.label not in category.options:
        return content
    by_name = {unit.name: unit for unit in table.units}
    # For several units it is one decision: all get the label, unless all have it.
    has_all = all(edit.label in by_name[name].labels.get(category.name, ()) for name in units)
    for name in units:
        others = () if category.exclusive else by_name[name].labels.get(category.name, ())
        kept = [label for label in others if label != edit.label]
        content = _set_labels(content, name, category.name, kept if has_all else [*kept, edit.label])
    return content


def _set_labels(content: JsonValue, name: str, category: str, labels: list[str]) -> JsonValue:
    if "labelsByUnit" in content or "mergeGroups" in content:
        return {**content, "labelsByUnit": {**(content.get("labelsByUnit") or {}), name: labels}}
    entries = list(content.get("manual_labels") or [])
    index = next((n for n, one in enumerate(entries) if unit_name(one.get("unit_id")) == name), None)
    if index is None:
        flat = any("labels" not in one for one in entries)  # as the entries next to it are
        entry: dict[str, JsonValue] = {"unit_id": _as_stored(content, name)} | ({} if flat else {"labels": {}})
        entries.append(entry)
        index = len(entries) - 1
    entry = dict(entries[index])
    inside = dict(entry["labels"]) if isinstance(entry.get("labels"), dict) else entry
    if labels:
        inside[category] = labels
    else:
        inside.pop(category, None)
    entries[index] = entry | {"labels": inside} if inside is not entry else entry
    if not _labels(entries[index]):
        del entries[index]
    return {**content, "manual_labels": entries}


def _with_merge(content: JsonValue, units: tuple[str, ...]) -> JsonValue:
    """A unit is in one merge at most: the merges of those that are merged become one."""
    (key,) = _merge_keys(content)
    groups = list(content.get(key) or [])
    touched = [one for one in groups if {unit_name(unit) for unit in _members(one)} & set(units)]
    members = dict.fromkeys(str(unit_name(unit)) for one in touched for unit in _members(one))
    merged = [_as_stored(content, name) for name in dict.fromkeys([*members, *units])]
    kept = [one for one in groups if one not in touched]
    return {**content, key: [*kept, merged if key != "merges" else {"unit_ids": merged}]}


def _without_merges(content: JsonValue, units: tuple[str, ...]) -> JsonValue:
    (key,) = _merge_keys(content)
    left: list[JsonValue] = []
    for one in content.get(key) or []:
        members = [unit for unit in _members(one) if unit_name(unit) not in units]
        if len(members) == len(_members(one)):
            left.append(one)
        elif len(members) > 1:
            left.append({**one, "unit_ids": members} if isinstance(one, dict) else members)
    return {**content, key: left}


def _with_removed(content: JsonValue, units: tuple[str, ...], *, removed: bool) -> JsonValue:
    if "labelsByUnit" in content or "mergeGroups" in content:
        return content  # it has no such part
    (key,) = _get_removed_keys(content)
    kept = [unit for unit in content.get(key) or [] if unit_name(unit) not in units]
    return {**content, key: [*kept, *(_as_stored(content, name) for name in units)] if removed else kept}


def _merge_keys(content: JsonValue) -> tuple[str]:
    if "labelsByUnit" in content or "mergeGroups" in content:
        return ("mergeGroups",)
    return ("merge_unit_groups",) if "merge_unit_groups" in content else ("merges",)


def _get_removed_keys(content: JsonValue) -> tuple[str]:
    return ("removed_units",) if "removed_units" in content else ("removed",)


def _lists(content: dict[str, JsonValue], key: str) -> list[JsonValue] | None:
    """The list under a key, empty where it is absent; None where it is in a form that is not edited."""
    part = content.get(key)
    if part is None:
        return []
    return part if isinstance(part, list) and all(_is_item(one, key) for one in part) else None


def _is_item(one: JsonValue, key: str) -> bool:
    if key == "manual_labels":
        return isinstance(one, dict) and unit_name(one.get("unit_id")) is not None and _labels(one) is not None
    if key in ("removed", "removed_units"):
        return unit_name(one) is not None
    return bool(_members(one)) and all(unit_name(unit) is not None for unit in _members(one))


def _members(one: JsonValue) -> list[JsonValue]:
    units = one.get("unit_ids") if isinstance(one, dict) else one
    return units if isinstance(units, list) else []


def _labels(one: dict[str, JsonValue]) -> dict[str, tuple[str, ...]] | None:
    """The labels of an entry by category, None where they are not lists."""
    inside = one["labels"] if isinstance(one.get("labels"), dict) else one
    found = {key: labels for key, labels in inside.items() if key != "unit_id"}
    if not all(isinstance(labels, list) for labels in found.values()):
        return None
    return {key: tuple(map(str, labels)) for key, labels in found.items() if labels}


def _distinct(names: list[JsonValue]) -> bool:
    found = [unit_name(one) for one in names]
    return None not in found and len(set(found)) == len(found)


def _as_stored(content: JsonValue, name: str) -> JsonValue:
    """A unit's id as the version writes it: a number, or a text."""
    ids = content.get("unit_ids")
    if not isinstance(ids, list):  # SortingView has none, and numbers in its merges
        return int(name) if name.isdecimal() else name
    return next((one for one in ids if unit_name(one) == name), name)
