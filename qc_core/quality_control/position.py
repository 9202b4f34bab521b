"""A position within a review, in its one form: as a value, as parameters of a URL, and as JSON for the browser."""

from collections.abc import Mapping
from dataclasses import dataclass

from qc_core.json_document.value import JsonValue


@dataclass(frozen=True, slots=True)
class Position:
    """A group and a metric of it, named by meaning and never by an index.

    `group` is an address such as `probe=A/type=drift` (`grouping.address_text`), "" for the whole tree. `metric` is a
    name such as `Drift` or, for the second of that name in the group, `Drift~2` (`figure_pages.metric_address`), "" for
    none. A position that was read need not exist in a document: `navigation.Navigator.resolve` looks for it.
    """

    group: str = ""
    metric: str = ""


def read_query(parameters: Mapping[str, str]) -> Position:
    """The position in the parameters of a URL; others are ignored.

    `{"name": "a", "group": "probe=A", "metric": "Drift"}` gives `Position("probe=A", "Drift")`.
    """
    return Position(parameters.get("group", ""), parameters.get("metric", ""))


def format_query(position: Position) -> dict[str, str]:
    """The parameters of a URL for a position, the empty ones left out: `{"group": "probe=A/type=drift"}`."""
    return {key: value for key, value in (("group", position.group), ("metric", position.metric)) if value}


def read_json(value: object) -> Position:
    """The position that the browser sent; what is not text, or missing, counts as empty."""
    if not isinstance(value, Mapping):
        return Position()
    group, metric = value.get("group"), value.get("metric")
    return Position(group if isinstance(group, str) else "", metric if isinstance(metric, str) else "")


def format_json(position: Position) -> dict[str, JsonValue]:
    """A position as the browser gets it, and sends it: `{"group": "probe=A", "metric": "Drift"}`."""
    return {"group": position.group, "metric": position.metric}
