"""Curations of spike sorting, in the forms that SpikeInterface and SortingView write: unit by unit.

A form is recognised by its own keys, whether or not it gives a `format_version`. Sources: SpikeInterface's
`curation_model.py` (`CurationModel` 1 and 2, the short forms that it converts, and `SequentialCuration`), and the
curation of SortingView and FigURL, which SpikeInterface calls version 0. For example::

    {"format_version": "2", "unit_ids": [1, 2, 3], "manual_labels": [{"unit_id": 3, "labels": {"quality": ["noise"]}}],
     "merges": [{"unit_ids": [1, 2], "new_unit_id": 7}], "splits": {"3": [[0, 4], [1, 2]]}, "removed": []}
    {"labelsByUnit": {"1": ["accept"]}, "mergeGroups": [[2, 3]], "isClosed": true}
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from qc_core.json_document.value import JsonValue
from qc_core.quality_control.curation.sorting_parts import (
    CONTENT,
    entries,
    first_of,
    label_definitions,
    split_sizes,
    unit_name,
    units_of,
)

_SORTINGVIEW: Mapping[str, type | tuple[type, ...]] = {"labelsByUnit": dict, "mergeGroups": list}
_DISTINCT: Mapping[str, type | tuple[type, ...]] = {
    **_SORTINGVIEW,
    "unit_ids": list,
    "label_definitions": (dict, list),
    "manual_labels": (dict, list),
    "merge_unit_groups": (dict, list),
    "removed_units": list,
    "split_units": (dict, list),
    "curation_steps": list,
}
"""Keys that only such a curation has, with the types of their values."""
MAX_LISTED = 100
"""Units of one merge of which each states all others; a list for each of a thousand would have a million entries."""
_REMOVED = ("unit_ids", "unit_id")
_MERGED = ("unit_ids", "merge_unit_group", CONTENT)
_MERGED_INTO = ("new_unit_id", "merge_new_unit_id")
_SPLIT = (
    *("unit_id", "mode", "indices", "labels", "new_unit_ids", CONTENT),
    *("split_mode", "split_indices", "split_labels", "split_new_unit_ids"),
)
"""Keys of the items of a curation, also as the first drafts of version 2 spelled them."""


@dataclass(frozen=True, slots=True)
class SortingCuration:
    """A curation of spike sorting as read.

    `form` is the name of the form, `units` are the facts about each unit by its id. `whole` are the values for all
    units: the labels to choose from, and the splits as stored. `not_understood` are the other parts as stored, by path
    ("merges[1]").
    """

    form: str
    units: Mapping[str, Mapping[str, JsonValue]]
    whole: Mapping[str, JsonValue]
    not_understood: Mapping[str, JsonValue]


def read_sorting(content: JsonValue) -> SortingCuration | None:
    """The curation in a version, None where it has not the keys of one. Never raises.

    `{"curation": {…}}`, as FigURL sends it, is the curation inside.
    """
    if isinstance(content, dict) and content.keys() == {"curation"}:
        content = content["curation"]
    if not isinstance(content, dict) or not _is_sorting(content):
        return None
    found = _Units()
    found.read(content)
    return SortingCuration(_form(content), found.facts, found.whole, found.not_understood)


def _is_sorting(content: dict[str, JsonValue]) -> bool:
    if any(isinstance(content.get(key), kinds) for key, kinds in _DISTINCT.items()):
        return True
    known = content.keys() & _READERS.keys()
    if "format_version" in content:
        return len(known) > 1
    # `merges` or `removed` alone might as well be the names of two objects, which are not lists.
    return bool(known) and known == content.keys() and any(_is_lists(content[key]) for key in known)


def _is_lists(value: JsonValue) -> bool:
    if isinstance(value, dict):
        return bool(value) and all(isinstance(one, list) for one in value.values())
    return isinstance(value, list)


def _form(content: dict[str, JsonValue]) -> str:
    if not _SORTINGVIEW.keys().isdisjoint(content):
        return "SortingView"
    version = content.get("format_version")
    return f"SpikeInterface {version}" if isinstance(version, str | int) else "SpikeInterface"


@dataclass(slots=True)
class _Units:
    """The facts about units, gathered from all parts. `step` names the step of a sequence."""

    facts: dict[str, dict[str, JsonValue]] = field(default_factory=dict)
    whole: dict[str, JsonValue] = field(default_factory=dict)
    not_understood: dict[str, JsonValue] = field(default_factory=dict)
    step: str = ""
    prefix: str = ""

    def read(self, content: dict[str, JsonValue]) -> None:
        """Read all parts; a part that is null, an empty list or an empty object is skipped."""
        for key in ("unit_ids", *(key for key in content if key != "unit_ids")):
            part = content.get(key)
            if part is None or part == [] or part == {}:
                continue
            reader = _READERS.get(key)
            if reader is None:
                self.leave(key, part)
            else:
                reader(self, key, part)

    def leave(self, key_path: str, part: JsonValue) -> None:
        """Keep a part that is not understood."""
        if isinstance(part, dict):
            part = part.get(CONTENT, part)
        self.not_understood[f"{self.prefix}{key_path}"] = part

    def leave_others(self, key_path: str, one: JsonValue, known: tuple[str, ...]) -> None:
        """Keep the keys of an item that are not known."""
        for key, part in one.items() if isinstance(one, dict) else ():
            if key not in known:
                self.leave(f"{key_path}.{key}", part)

    def add_fact(self, unit: JsonValue, name: str, fact: JsonValue) -> bool:
        """Add a fact about a unit, numbered if the name has another value already; False if `unit` is not a unit."""
        key = unit_name(unit)
        if key is None:
            return False
        facts = self.facts.setdefault(key, {})
        key_path, number = f"{name}{self.step}", 1
        while key_path in facts and facts[key_path] != fact:
            number += 1
            key_path = f"{name}{self.step} ({number})"
        facts[key_path] = fact
        return True

    def of_whole(self, key: str, part: JsonValue) -> None:
        self.whole[f"{self.prefix}{key}"] = part

    def definitions(self, key: str, part: JsonValue) -> None:
        size = len(part) if isinstance(part, dict | list) else -1
        if len(list(label_definitions(part))) == size:
            self.of_whole(key, part)
        else:
            self.leave(key, part)

    def unit_ids(self, key: str, part: JsonValue) -> None:
        for key_path, unit in entries(part):
            name = unit_name(unit)
            if name is None:
                self.leave(f"{key}{key_path}", unit)
            else:
                self.facts.setdefault(name, {})

    def labels_by_unit(self, key: str, part: JsonValue) -> None:
        if isinstance(part, dict):
            for unit, labels in part.items():
                self.add_fact(unit, "labels", labels)
        else:
            self.leave(key, part)

    def manual_labels(self, key: str, part: JsonValue) -> None:
        for key_path, labelled in entries(part, "unit_id"):
            if not isinstance(labelled, dict) or not self._label(labelled):
                self.leave(f"{key}{key_path}", labelled)

    def _label(self, labelled: dict[str, JsonValue]) -> bool:
        """Categories are in `labels` or next to `unit_id`; labels of no category are called "labels"."""
        name = unit_name(labelled.get("unit_id"))
        if name is None:
            return False
        self.facts.setdefault(name, {})
        for key, labels in labelled.items():
            if key == "labels" and isinstance(labels, dict):
                for category, chosen in labels.items():
                    self.add_fact(name, category, chosen)
            elif key != "unit_id":
                self.add_fact(name, "labels" if key == CONTENT else key, labels)
        return True

    def read_removed(self, key: str, part: JsonValue) -> None:
        for key_path, one in entries(part):
            units = units_of(one, _REMOVED) if isinstance(one, dict) else [one]
            if not units or not all(self.add_fact(unit, "removed", "yes") for unit in units):
                self.leave(f"{key}{key_path}", one)
            else:
                self.leave_others(f"{key}{key_path}", one, _REMOVED)

    def merges(self, key: str, part: JsonValue) -> None:
        for key_path, one in entries(part, "new_unit_id"):
            units = units_of(one, _MERGED)
            if units is None or len(units) < 2 or any(unit_name(unit) is None for unit in units):
                self.leave(f"{key}{key_path}", one)
                continue
            self.leave_others(f"{key}{key_path}", one, (*_MERGED, *_MERGED_INTO))
            new = first_of(one, _MERGED_INTO)
            if len(units) > MAX_LISTED:  # which ones they are is in the part itself
                self.of_whole(key, part)
            for unit in units:
                is_listed = len(units) <= MAX_LISTED
                others = [other for other in units if other != unit] if is_listed else f"{len(units) - 1:,} other units"
                self.add_fact(unit, "merged with", others)
                if new is not None:
                    self.add_fact(unit, "merged into", new)

    def splits(self, key: str, part: JsonValue) -> None:
        for key_path, one in entries(part, "unit_id"):
            split = split_sizes(one)
            if split is None or not isinstance(one, dict) or not self.add_fact(one.get("unit_id"), "split", split):
                self.leave(f"{key}{key_path}", one)
                continue
            self.leave_others(f"{key}{key_path}", one, _SPLIT)
            new = first_of(one, ("new_unit_ids", "split_new_unit_ids"))
            if new is not None:
                self.add_fact(one["unit_id"], "split into", new)
        self.of_whole(key, part)  # the table counts the spikes; which ones they are is only in the part itself

    def steps(self, key: str, part: JsonValue) -> None:
        if not isinstance(part, list) or self.prefix:  # a sequence in a sequence is none that is known
            self.leave(key, part)
            return
        for number, step in enumerate(part):
            if isinstance(step, dict):
                self.step = f" (step {number + 1})" if number else ""
                self.prefix = f"{key}[{number}]."
                self.read(step)
                self.step = self.prefix = ""
            else:
                self.leave(f"{key}[{number}]", step)


_READERS: Mapping[str, Callable[[_Units, str, JsonValue], None]] = {
    "format_version": _Units.of_whole,
    "supported_versions": _Units.of_whole,
    "isClosed": _Units.of_whole,
    "labelChoices": _Units.of_whole,
    "label_definitions": _Units.definitions,
    "unit_ids": _Units.unit_ids,
    "labelsByUnit": _Units.labels_by_unit,
    "manual_labels": _Units.manual_labels,
    "mergeGroups": _Units.merges,
    "merge_unit_groups": _Units.merges,
    "merges": _Units.merges,
    "removed": _Units.read_removed,
    "removed_units": _Units.read_removed,
    "removes": _Units.read_removed,
    "split_units": _Units.splits,
    "splits": _Units.splits,
    "curation_steps": _Units.steps,
}
"""Every key that is known, and what reads it."""
