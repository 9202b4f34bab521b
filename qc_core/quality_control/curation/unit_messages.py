"""Actions on units as the browser sends them: validated here, and each applied once.

The browser sends all that was not confirmed, numbered within one sitting::

    {"sitting": "8", "edits": [{"number": 1, "kind": "label", "units": ["7"], "category": "quality", "label": "good"}]}
"""

from collections.abc import Iterable
from dataclasses import dataclass

from qc_core.json_document.value import JsonValue
from qc_core.quality_control.curation.unit_editing import MOST_UNITS, UnitEdit, apply_edit

_KINDS = ("label", "merge", "unmerge", "remove", "restore")
_MOST_EDITS = 10_000


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The sitting whose actions were applied last, and the number of the last one of them."""

    sitting: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class NumberedEdit:
    """An action with its number within its sitting."""

    number: int
    edit: UnitEdit


def read_edits(sent: object) -> tuple[str, tuple[NumberedEdit, ...]]:
    """The sitting and its actions; what is not an action is left out. Never raises."""
    if (
        not isinstance(sent, dict)
        or not isinstance(sent.get("sitting"), str)
        or not isinstance(sent.get("edits"), list)
    ):
        return "", ()
    return sent["sitting"], tuple(_read_all(sent["edits"][:_MOST_EDITS]))


def apply_edits(content: JsonValue, sent: object, confirmed: Confirmed) -> tuple[JsonValue, Confirmed]:
    """A version after all actions that were not applied before, and what is confirmed then."""
    sitting, edits = read_edits(sent)
    done = confirmed.number if sitting == confirmed.sitting else 0
    for one in sorted(edits, key=lambda edit: edit.number):
        if one.number > done:
            content, done = apply_edit(content, one.edit), one.number
    return content, Confirmed(sitting, done) if sitting else confirmed


def _read_all(edits: Iterable[object]) -> Iterable[NumberedEdit]:
    for one in edits:
        if not isinstance(one, dict):
            continue
        number, kind, units = one.get("number"), one.get("kind"), one.get("units")
        category, label = one.get("category", ""), one.get("label", "")
        if not isinstance(number, int) or kind not in _KINDS or not isinstance(units, list) or len(units) > MOST_UNITS:
            continue
        if all(isinstance(text, str) for text in (*units, category, label)):
            yield NumberedEdit(number, UnitEdit(kind, tuple(units), category, label))
