"""Draws the editor of a value, and reads back what the person entered: one branch a kind of editor."""

import json
from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.components.cards import value_table
from pages.shell.errors import format_hidden_label, plain
from pages.shell.formatting import format_asset_link
from pages.shell.session import widget_state
from qc_core.json_document.value import JsonValue, same_value
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
from qc_core.quality_control.values.editors import scalar_key
from qc_core.quality_control.values.json_entry import BadEntry, format_json, read_entry
from qc_core.quality_control.values.lines import summary
from qc_core.quality_control.values.typed_entry import TextAnswer, read_typed

LONG_TEXT = 60
MOST_CHIPS = 4
"""Options that are shown side by side, each one click away; more are in a list that opens."""
YES_NO = {True: "Yes", False: "No", None: "No value"}


def draw(kind: Editor, label: str, key: str, on_change: Callable[[], None], *, disabled: bool, find: str = "") -> None:
    """The widget for a value of this kind, showing the value it holds. `key` names the widget.

    Of a wide table it has the first columns whose names contain `find`.
    """
    match kind:
        case EncodedEditor(inner) | RuleEditor(inner):
            draw(inner, label, key, on_change, disabled=disabled, find=find)
        case MultiAssetEditor(several, assets):
            for index, (inner, asset) in enumerate(zip(several, assets, strict=True)):
                name = format_asset_link(asset) if asset else f"value {index + 1}, no asset named"
                st.markdown(f":small[{name}]")
                draw(inner, f"{label}, {asset or index + 1}", _nth(key, index), on_change, disabled=disabled, find=find)
        case CurationEditor():
            pass  # `curation_card` draws it: it is far more than a field
        case ListEditor() | TableEditor():
            value_table.draw(kind, label, key, on_change, disabled=disabled, find=find)
        case JsonView():
            _json_view(kind)
        case _:
            _field(kind, label, on_change, key=key, disabled=disabled, label_visibility="collapsed")


def has_wide_table(kind: Editor) -> bool:
    """Whether an editor has a table of which not all columns are shown at once."""
    match kind:
        case EncodedEditor(inner) | RuleEditor(inner):
            return has_wide_table(inner)
        case MultiAssetEditor(several, _):
            return any(map(has_wide_table, several))
        case TableEditor():
            return value_table.is_wide(kind)
    return False


def _field(kind: Editor, label: str, on_change: Callable[[], None], **common: Any) -> None:
    common["on_change"] = on_change
    label = format_hidden_label(label)
    match kind:
        case NumberEditor(value, integer):
            _number(value, integer, label, common)
        case TextEditor(value):
            if len(value) > LONG_TEXT or "\n" in value:
                st.text_area(label, value=value, placeholder="empty text", **common)
            else:
                st.text_input(label, value=value, placeholder="empty text", live=True, **common)
        case UnsetEditor():
            st.text_input(label, value=None, placeholder="no value: type to set one", live=True, **common)
        case YesNoEditor(value):
            st.segmented_control(
                label,
                list(YES_NO),
                default=value,
                format_func=YES_NO.__getitem__,
                required=True,
                width="stretch",
                **common,
            )
        case ChoiceEditor():
            _choice(kind, label, common)
        case ChoicesEditor():
            _choices(kind, label, common)
        case JsonEditor():
            _json(kind, label, common)


def read_answer(kind: Editor, key: str, *, as_text: bool | None = None) -> JsonValue:
    """The answer in the widget, in the form that `answers.apply_answer` takes; a BadEntry if it is not a value.

    `as_text` is the choice of what an entry is that reads as a number or as yes or no, None where none was made.
    """
    entered = widget_state.get_value(key)
    match kind:
        case EncodedEditor(inner) | RuleEditor(inner):
            return read_answer(inner, key, as_text=as_text)
        case MultiAssetEditor(several):
            answers = [read_answer(inner, _nth(key, index), as_text=as_text) for index, inner in enumerate(several)]
            return next((one for one in answers if isinstance(one, BadEntry)), answers)
        case NumberEditor(value):
            return widget_state.get_last_number(key, value)
        case JsonEditor(value):
            return _json_answer(value, key, entered)
        case ChoiceEditor(options=options):
            return None if entered is None or entered < 0 else options[entered]
        case ChoicesEditor(options=options):
            return [options[index] for index in entered]
        case ListEditor() | TableEditor():
            return value_table.read_answer(kind, entered, as_text=bool(as_text))
        case TextEditor() | UnsetEditor() if isinstance(entered, str) and entered and as_text is not None:
            return TextAnswer(entered) if as_text else read_typed(entered)
    return entered


def get_first_key(kind: Editor, key: str) -> str:
    """The key of the first widget of an editor whose key is `key`."""
    return _nth(key, 0) if isinstance(kind, MultiAssetEditor) else key


def _nth(key: str, index: int) -> str:
    return f"{key}-{index}"


def _number(value: int | float, integer: bool, label: str, common: dict[str, Any]) -> None:
    widget_state.set_initial_value(common["key"], value)
    # "%g" without digits shows a number as it is; the default would round 0.004 to 0.00.
    number = st.number_input(label, value=None, step=_step(value, integer), format="%d" if integer else "%g", **common)
    if number is None:  # with a value to begin with, Streamlit would bring that one back without a word
        st.caption(f"Empty: the value stays {plain(summary(widget_state.get_last_number(common['key'], value)))}.")


def _json_view(kind: JsonView) -> None:
    if isinstance(kind.value, list | dict):
        st.json(kind.value, expanded=1)
    else:
        st.code(json.dumps(kind.value, ensure_ascii=True), language="json", wrap_lines=True)
    st.caption(plain(kind.why))


def _json(kind: JsonEditor, label: str, common: dict[str, Any]) -> None:
    key: str = common["key"]
    begun = widget_state.get_initial_text(key, format_json(kind.value))
    lines = begun.count("\n") + 1
    text = st.text_area(label, value=begun, height=min(max(lines, 2), 18) * 18 + 36, **common)
    found = read_entry(text, kind.value)
    if isinstance(found, BadEntry):
        st.error(f"Not saved yet. {plain(found.sentence)}", icon=":material/edit_note:")
    else:
        st.caption(plain(kind.why))


def _json_answer(original: JsonValue, key: str, entered: JsonValue) -> JsonValue:
    text = str(entered)
    found = read_entry(text, original)
    if isinstance(found, BadEntry):
        widget_state.store_unfinished_text(key, text)
        return found
    widget_state.discard_unfinished_text(key)
    return found.value


def _choice(kind: ChoiceEditor, label: str, common: dict[str, Any]) -> None:
    indexes = [-1, *range(len(kind.options))]
    at = next((index for index, option in enumerate(kind.options) if same_value(option, kind.chosen)), -1)
    words = {-1: "None chosen"} | {n: _option(option, kind.statuses, n) for n, option in enumerate(kind.options)}
    if not kind.fits:
        _misfit(kind.chosen)
        # Nothing is selected, so that choosing "none" is a choice too, and drawing changes nothing.
        st.selectbox(label, indexes, index=None, format_func=words.__getitem__, placeholder="Choose…", **common)
    elif len(kind.options) <= MOST_CHIPS:  # a second click on the chosen one takes it back
        chips = _chips(words)
        st.pills(label, indexes[1:], default=at if at >= 0 else None, format_func=chips.__getitem__, **common)
    else:
        st.selectbox(label, indexes, index=at + 1, format_func=words.__getitem__, **common)


def _choices(kind: ChoicesEditor, label: str, common: dict[str, Any]) -> None:
    held = {scalar_key(one) for one in kind.chosen}
    chosen = [n for n, option in enumerate(kind.options) if scalar_key(option) in held]
    words = {index: _option(option, kind.statuses, index) for index, option in enumerate(kind.options)}
    if kind.not_options:
        st.caption(f"{len(kind.chosen)} of {len(kind.options)} chosen.")
        _misfit(*kind.not_options)
    if len(kind.options) <= MOST_CHIPS:
        st.pills(
            label,
            range(len(kind.options)),
            selection_mode="multi",
            default=chosen,
            format_func=_chips(words).__getitem__,
            **common,
        )
        return
    st.multiselect(
        label,
        range(len(kind.options)),
        default=chosen,
        format_func=words.__getitem__,
        placeholder="None chosen",
        select_all=False,
        **common,
    )


def _chips(words: dict[int, str]) -> dict[int, str]:
    """The labels of chips, escaped: unlike the labels of a list, they are Markdown."""
    return {index: plain(text) for index, text in words.items()}


def _option(option: JsonValue, statuses: tuple[Any, ...] | None, index: int) -> str:
    status = statuses[index] if statuses and index < len(statuses) else None
    return f"{option}  →  {status}" if status else str(option)


def _step(value: int | float, integer: bool) -> int | float:
    """The step of a number field: one unit of the last digit that is shown."""
    if integer:
        return 1
    digits = repr(float(value)).partition(".")[2]
    return 10.0 ** -len(digits) if digits.isdigit() and len(digits) <= 6 else 0.01


def _misfit(*stored: JsonValue) -> None:
    values = ", ".join(f"**{plain(json.dumps(one, ensure_ascii=False))}**" for one in stored)
    st.caption(f"Stored: {values}. Not among the options.")
