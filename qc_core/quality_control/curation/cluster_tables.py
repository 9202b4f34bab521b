"""Tables of clusters as Phy and Kilosort export them (`cluster_group.tsv`, `cluster_info.tsv`), turned to JSON.

Their first column is `cluster_id`, the others are facts such as `group` and `KSLabel`. pandas turns such a table to
rows, to columns, or to an object for each column by row, and one column is often written as one object::

    [{"cluster_id": 0, "group": "good", "KSLabel": "mua"}]
    {"cluster_id": [0, 1], "group": ["good", "mua"]}
    {"group": {"0": "good", "1": "mua"}, "KSLabel": {"0": "mua"}}
    {"0": "good", "1": "mua"}
"""

from collections.abc import Mapping

from qc_core.json_document.value import JsonValue
from qc_core.quality_control.curation.sorting_parts import unit_name

_IDS = ("cluster_id", "unit_id", "id")
_GROUPS = {"good", "mua", "noise", "unsorted"}
"""What Phy calls a cluster."""
_COLUMNS = {
    *("group", "KSLabel", "Amplitude", "ContamPct", "amp", "ch", "depth", "fr", "n_spikes", "sh", "quality", "label"),
    *("channel_group", "si_unit_id", "bc_unitType", "unit_type"),
}
"""Names of columns in those files."""
Rows = Mapping[str, Mapping[str, JsonValue]]
"""Facts by the cluster's id."""


def read_clusters(content: JsonValue) -> Rows | None:
    """The facts about each cluster of a table, None where it is none of these but the list of rows. Never raises."""
    if isinstance(content, list):
        return _with_heading(content)
    if not isinstance(content, dict) or not content:
        return None
    if all(isinstance(one, list) for one in content.values()):
        return _of_columns(content)
    if all(isinstance(one, dict) and _are_scalars(list(one.values())) for one in content.values()):
        return _by_column(content)
    return _of_one_column(content)


def _with_heading(content: list[JsonValue]) -> Rows | None:
    """A list of rows, the first of which has the names: `[["cluster_id", "group"], [0, "good"]]`."""
    names = content[0] if content else None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names) or names[:1] != ["cluster_id"]:
        return None
    rows = content[1:]
    if not all(isinstance(row, list) and len(row) == len(names) for row in rows):
        return None
    return _of_columns({name: [row[column] for row in rows] for column, name in enumerate(names)})


def _of_columns(content: dict[str, JsonValue]) -> Rows | None:
    ids = next((key for key in _IDS if key in content), None)
    if ids is None or len({len(column) for column in content.values()}) > 1 or len(set(content) - {ids}) < 1:
        return None
    names = [unit_name(one) for one in content[ids]]
    if None in names or len(set(names)) < len(names):
        return None
    others = [name for name in content if name != ids]
    return {str(unit): {name: content[name][row] for name in others} for row, unit in enumerate(names)}


def _by_column(content: dict[str, JsonValue]) -> Rows | None:
    """Columns that are objects by row; one of them may have the ids, else the rows are called by them."""
    columns = {_column(key): column for key, column in content.items()}
    if len(columns) < len(content):
        return None
    rows = list(dict.fromkeys(row for column in columns.values() for row in column))
    ids = next((key for key in _IDS if key in columns), None)
    if ids is None:
        named = columns.keys() <= _COLUMNS and all(row.isascii() and row.isdigit() for row in rows)
        return {row: _row(columns, row) for row in rows} if named else None
    others = {name: column for name, column in columns.items() if name != ids}
    names = [unit_name(columns[ids].get(row)) for row in rows]
    if not others or None in names or len(set(names)) < len(names):
        return None
    return {str(unit): _row(others, row) for unit, row in zip(names, rows, strict=True)}


def _row(columns: dict[str, JsonValue], row: str) -> dict[str, JsonValue]:
    return {name: column[row] for name, column in columns.items() if row in column}


def _column(key: str) -> str:
    """The name of a column that is called by its file: `cluster_KSLabel.tsv`."""
    name = key.removesuffix(".tsv").removesuffix(".csv")
    return name.removeprefix("cluster_") if name != "cluster_id" else name


def _of_one_column(content: dict[str, JsonValue]) -> Rows | None:
    """An object from each cluster's id to its group."""
    facts = list(content.values())
    if not all(key.isascii() and key.isdigit() for key in content) or not _are_scalars(facts):
        return None
    given = [fact for fact in facts if fact is not None and fact != ""]
    groups = all(isinstance(fact, str) and fact.casefold() in _GROUPS for fact in given)
    name = "group" if given and groups else "value"
    return {unit: {} if fact is None else {name: fact} for unit, fact in content.items()}


def _are_scalars(values: list[JsonValue]) -> bool:
    return not any(isinstance(one, list | dict) for one in values)
