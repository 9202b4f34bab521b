"""The status that a metric's value implies, and the value to store for an answer.

`editor` gives the kind of a value. An answer given to `apply_answer` consists of plain Python values, and of
`TextAnswer` for an entry that a person wants stored as a text.
"""

import math
from collections.abc import Sequence
from itertools import zip_longest

from qc_core.json_document import differences, parse, splice
from qc_core.json_document.value import JsonValue, is_unset, same_value
from qc_core.quality_control.status import Status, roll_up
from qc_core.quality_control.values.editor_kinds import (
    ChoiceEditor,
    ChoicesEditor,
    CurationEditor,
    Editor,
    EncodedEditor,
    JsonEditor,
    JsonView,
    ListEditor,
    MultiAssetEditor,
    NumberEditor,
    RuleEditor,
    TableEditor,
    TextEditor,
    UnsetEditor,
    YesNoEditor,
)
from qc_core.quality_control.values.editors import as_one_of_several, editor, is_scalar, scalar_key
from qc_core.quality_control.values.lines import summary
from qc_core.quality_control.values.rules import NoRuleResult, RuleResult, run_rule
from qc_core.quality_control.values.typed_entry import TextAnswer, as_text, read_together, read_typed

__all__ = ["apply_answer", "automatic_status", "editor", "find_contradicting_status", "run_value_rule", "summary"]


def automatic_status(value: JsonValue) -> Status | None:
    """The status that a dropdown, checkbox or rule implies; None where none is (docs/formats.md#custom-values).

    Unset is Pending. Among several chosen, Fail comes before Pending before Pass; Pass needs that all are Pass.
    A rule that holds is Pass, one that does not is Fail; one that gives no verdict implies nothing.
    """
    match editor(value):
        case RuleEditor(rule=rule):
            return rule_status(run_rule(rule, value["value"]))
        case EncodedEditor(inner) | (ChoiceEditor() as inner) | (ChoicesEditor() as inner):
            return _find_implied_status(inner)
    return None


def find_contradicting_status(value: JsonValue, status: Status | None) -> Status | None:
    """The status that a value implies, if it differs from `status`; None if they agree or the value implies none.

    A dropdown or checkbox in which nothing is chosen was not answered, so it contradicts nothing.
    """
    kind = editor(value)
    inner = kind.inner if isinstance(kind, EncodedEditor) else kind
    if isinstance(inner, ChoiceEditor | ChoicesEditor) and inner.chosen in (None, ()):
        return None
    implied = automatic_status(value)
    return None if implied == status else implied


def run_value_rule(value: JsonValue) -> RuleResult | NoRuleResult | None:
    """The result of a rule-based value's rule; None if the value has no rule."""
    kind = editor(value)
    return run_rule(kind.rule, value["value"]) if isinstance(kind, RuleEditor) else None


def rule_status(result: RuleResult | NoRuleResult) -> Status | None:
    """The status that a rule's result implies; None if it has no result."""
    if isinstance(result, NoRuleResult):
        return None
    return Status.PASS if result.holds else Status.FAIL


def _find_implied_status(kind: ChoiceEditor | ChoicesEditor) -> Status | None:
    one = () if kind.chosen is None else (kind.chosen,)
    chosen_ones = (*kind.chosen, *kind.not_options) if isinstance(kind, ChoicesEditor) else one
    if kind.statuses is None:
        return None
    if not chosen_ones:
        return Status.PENDING
    by_option = {scalar_key(option): status for option, status in zip(kind.options, kind.statuses, strict=True)}
    implied = [by_option.get(scalar_key(item)) if is_scalar(item) else None for item in chosen_ones]
    rolled = roll_up(implied)
    return None if rolled is Status.PASS and None in implied else rolled


def apply_answer(original: JsonValue, kind: Editor, answer: JsonValue) -> JsonValue:
    """The value to store for an answer, in the form of the original; the original itself if nothing changed.

    `kind` is `editor(original)`. The object of a dropdown, checkbox or rule keeps everything but its inner `value`;
    integers stay integers if the answer is whole, floats stay floats.
    """
    match kind:
        case NumberEditor(integer=integer):
            wanted = _number(answer, integer)
        case TextEditor() | YesNoEditor() | JsonEditor():
            wanted = as_text(answer)
        case UnsetEditor():
            wanted = None if is_unset(answer) else read_together([answer])[0]
        case ListEditor():
            wanted = _list(kind, answer)
        case TableEditor():
            wanted = _table(original, kind, answer)
        case ChoiceEditor():
            wanted = _choice(original, kind, answer)
        case ChoicesEditor():
            wanted = _choices(original, kind, answer)
        case EncodedEditor(inner):
            wanted = _encode(original, inner, answer)
        case RuleEditor(inner):
            wanted = {**original, "value": apply_answer(original["value"], inner, answer)}
        case MultiAssetEditor():
            wanted = _for_each_asset(original, kind, answer)
        case JsonView() | CurationEditor():
            return original
    return original if same_value(original, wanted) else wanted


def _number(answer: JsonValue, integer: bool) -> JsonValue:
    """A number in the type stored there; what is not a number (None, a text) stays what it is."""
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return answer
    if isinstance(answer, float) and not math.isfinite(answer):
        return None  # a blank cell, to a table of numbers
    if not integer:
        return float(answer)
    return int(answer) if answer == int(answer) else answer


def _list(kind: ListEditor, answer: Sequence[JsonValue]) -> list[JsonValue]:
    if not kind.items:
        return read_together([item for item in answer if not is_unset(item)])
    if kind.item_kind == "text":
        return [as_text(item) for item in answer if item is not None]
    numbers = [_cell(item, kind.items, index) for index, item in enumerate(answer)]
    return [item for item in numbers if item is not None]


def _table(original: JsonValue, kind: TableEditor, answer: Sequence[Sequence[JsonValue]]) -> JsonValue:
    before = list(zip(*kind.rows, strict=True))
    columns: dict[str, JsonValue] = {}
    for position, name in enumerate(kind.columns):
        cells = _column([row[position] for row in answer], before[position])
        columns[name] = (cells or before[position])[0] if kind.form == "scalars" else cells
    if kind.form == "records":  # each row keeps the order of its keys
        names = [original[row] if row < len(original) else kind.columns for row in range(len(answer))]
        return [{name: columns[name][row] for name in ordered} for row, ordered in enumerate(names)]
    return columns


def _column(answers: Sequence[JsonValue], before: Sequence[JsonValue]) -> list[JsonValue]:
    """The cells of one column; if all were empty, the entries determine its type."""
    if all(cell is None for cell in before):
        blank = [None if is_unset(one) or (isinstance(one, float) and math.isnan(one)) else one for one in answers]
        return read_together(blank)
    return [_cell(as_text(one), before, index) for index, one in enumerate(answers)]


def _cell(answer: JsonValue, before: Sequence[JsonValue], index: int) -> JsonValue:
    """One cell of a column (or list): the same object if it is equal, else a number in the type stored there.

    A column that was all integers stays so; elsewhere the cell at that position decides.
    """
    if index < len(before) and same_value(answer, before[index]):
        return before[index]
    held = [cell for cell in before if cell is not None]
    if isinstance(answer, str) and held and not any(isinstance(cell, str) for cell in held):
        answer = read_typed(answer)
    if index < len(before) and before[index] is not None:
        integer = isinstance(before[index], int)
    else:
        integer = bool(held) and all(isinstance(cell, int) for cell in held)
    return _number(answer, integer)


def _choice(original: dict[str, JsonValue], kind: ChoiceEditor, answer: JsonValue) -> JsonValue:
    if answer is None:  # whether it was stored as null or "", it stays so
        return original if kind.chosen is None else {**original, "value": ""}
    return {**original, "value": answer}


def _choices(original: dict[str, JsonValue], kind: ChoicesEditor, answer: Sequence[JsonValue]) -> JsonValue:
    """Ticking the same set in another order is no change; a changed set is stored in option order."""
    if _all_among(answer, kind.chosen) and _all_among(kind.chosen, answer):
        return original
    wanted = {scalar_key(one) for one in answer}
    return {**original, "value": [option for option in kind.options if scalar_key(option) in wanted]}


def _encode(original: str, inner: ChoiceEditor | ChoicesEditor, answer: JsonValue) -> JsonValue:
    """JSON text stays JSON text; all of it but the answer stays as it was written."""
    before = parse(original.encode(), what="It")
    return splice(original.encode(), differences((), before, apply_answer(before, inner, answer))).decode()


def _for_each_asset(
    original: dict[str, JsonValue], kind: MultiAssetEditor, answer: Sequence[JsonValue]
) -> dict[str, JsonValue]:
    """As many values as are stored, and further ones up to the last that is set."""
    stored = original["values"]
    are_texts = any(isinstance(one, str) and one for one in stored)
    wanted: list[JsonValue] = []
    for inner, before, entered in zip_longest(kind.inner, stored, answer):
        whole = as_one_of_several(original, before)
        if are_texts and isinstance(inner, UnsetEditor) and isinstance(entered, str) and entered:
            entered = TextAnswer(entered)
        after = apply_answer(whole, inner, entered)
        wanted.append(after if whole is before else after["value"])
    while len(wanted) > len(stored) and is_unset(wanted[-1]):
        wanted.pop()
    return {**original, "values": wanted}


def _all_among(some: Sequence[JsonValue], others: Sequence[JsonValue]) -> bool:
    """Whether each of some options is among others; options are scalars."""
    return {scalar_key(item) for item in some} <= {scalar_key(other) for other in others}
