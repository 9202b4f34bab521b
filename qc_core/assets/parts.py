"""Look up values in the parts of a record, even if they are missing, null or of the wrong type."""

from collections.abc import Mapping

from qc_core.json_document.value import JsonValue
from qc_core.times import ParsedTime, parse_time

KeyPath = tuple[str, ...]
"""Keys from the top of the record, e.g. `("subject", "subject_details", "genotype")`."""


class Parts:
    """The parts of one record. Each lookup tries several paths and gives the first value found.

    A value that cannot be read is reported in `problems`, once, as a sentence; nothing here raises.
    """

    def __init__(self, parts: Mapping[str, JsonValue]) -> None:
        """Take the top-level keys of a record; nothing is read yet."""
        self._parts = parts
        self.problems: list[str] = []

    def part(self, key: str) -> Mapping[str, JsonValue]:
        """One part of the record, {} where it is missing or no object."""
        value = self._value((key,))
        return value if isinstance(value, Mapping) else {}

    def text(self, *paths: KeyPath) -> str | None:
        """A text; a number, as some records have for `subject_id`, is taken as text."""
        for path in paths:
            value = self._value(path)
            if isinstance(value, str):
                if value.strip():
                    return _drawable(value)
            elif isinstance(value, int) and not isinstance(value, bool) and value.bit_length() < 128:
                return str(value)
            elif value is not None:
                self._wrong(path, value, "a text")
        return None

    def time(self, *paths: KeyPath) -> ParsedTime | None:
        """A time in any form that `qc_core.times` reads."""
        for path in paths:
            value = self._value(path)
            if value is None or value == "":
                continue
            parsed = parse_time(value)
            if parsed:
                return parsed
            self._wrong(path, value, "a time")
        return None

    def identifier(self, key: str) -> str | None:
        """A record's id: a text, or an object id as MongoDB writes it in JSON."""
        value = self._value((key,))
        if isinstance(value, Mapping):
            return self.text((key, "$oid"))
        return self.text((key,))

    def people(self, *paths: KeyPath) -> tuple[str, ...]:
        """Names of people: texts or objects with a name, in a list or alone."""
        for path in paths:
            names = [self._name(path, item, ("full_name", "name")) for item in self._items(path)]
            found = tuple(name for name in names if name)
            if found:
                return found
        return ()

    def modalities(self, *paths: KeyPath) -> tuple[tuple[str, str], ...]:
        """Modalities as (name, abbreviation); older records have one alone, or a bare text."""
        for path in paths:
            pairs = [self._modality(path, item) for item in self._items(path)]
            found = tuple(dict.fromkeys(pair for pair in pairs if any(pair)))
            if found:
                return found
        return ()

    def _modality(self, path: KeyPath, item: JsonValue) -> tuple[str, str]:
        if isinstance(item, Mapping):
            name, abbreviation = item.get("name"), item.get("abbreviation")
            return (
                _drawable(name) if isinstance(name, str) else "",
                _drawable(abbreviation) if isinstance(abbreviation, str) else "",
            )
        return (self._name(path, item, ()), "")

    def _name(self, path: KeyPath, item: JsonValue, keys: tuple[str, ...]) -> str:
        if isinstance(item, Mapping):
            item = next((item[key] for key in keys if item.get(key)), None)
        if isinstance(item, str):
            return _drawable(item)
        if item is not None:
            self._wrong(path, item, "a name")
        return ""

    def _items(self, path: KeyPath) -> list[JsonValue]:
        value = self._value(path)
        if value is None:
            return []
        return value if isinstance(value, list) else [value]

    def _value(self, path: KeyPath) -> JsonValue:
        value: JsonValue = self._parts
        for depth, key in enumerate(path):
            if value is None:
                return None
            if not isinstance(value, Mapping):
                self._wrong(path[:depth], value, "an object")
                return None
            value = value.get(key)
        return value

    def _wrong(self, path: KeyPath, value: JsonValue, wanted: str) -> None:
        shown = f"“{_drawable(value[:40])}”" if isinstance(value, str) else _TYPES.get(type(value), "something else")
        sentence = f"{'.'.join(path)} should be {wanted}, but is {shown}."
        if sentence not in self.problems:
            self.problems.append(sentence)


def _drawable(text: str) -> str:
    """The text without surrounding spaces and lone surrogates, which a page cannot show."""
    return text.strip().encode("utf-8", "replace").decode("utf-8")


_TYPES = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
