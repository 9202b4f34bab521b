"""From a derived asset to the names of those it was made from (docs/formats.md#derived-and-raw)."""

from collections.abc import Mapping

from qc_core.assets.names import parse_name
from qc_core.json_document.value import JsonValue


def source_names(data_description: Mapping[str, JsonValue] | None, name: str) -> tuple[str, ...]:
    """The names of an asset's sources, which may themselves be derived; () for a raw asset.

    `source_data` (v2) first, else `input_data_name` (v1), else the one in the asset's own name. Nothing promises
    that a record of such a name exists, or only one.
    """
    description = data_description or {}
    for key in ("source_data", "input_data_name"):
        names = _names(description.get(key))
        if names:
            return names
    input_name = parse_name(name).input_name
    return (input_name,) if input_name else ()


def _names(value: JsonValue) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(item for item in items if isinstance(item, str) and item.strip()))
