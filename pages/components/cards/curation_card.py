"""A curation on its card: the newest version as a table, each object's figure, and ways to make the next version.

A change makes a draft of the next version; what is stored stays as it is.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages.components.cards import unit_list, value_editor
from pages.components.cards.card import CardContext, objects_part
from pages.components.figure import figure_view
from pages.shell.errors import plain
from pages.shell.formatting import count, format_time
from pages.shell.key_registry import KEYS
from pages.shell.portal import now
from pages.shell.session import navigation, reviews, widget_state
from qc_core.json_document.value import JsonPath, JsonValue, value_at
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.curation import objects as curated_objects
from qc_core.quality_control.curation.objects import CuratedContent, CuratedObject
from qc_core.quality_control.curation.unit_editing import read_units
from qc_core.quality_control.curation.versions import Curation
from qc_core.quality_control.values.answers import apply_answer
from qc_core.quality_control.values.editor_kinds import JsonEditor, JsonView
from qc_core.quality_control.values.editors import editor
from qc_core.quality_control.values.json_entry import BadEntry, format_json

TABLE_HEIGHT = 250
NEXT_KEY, PREVIOUS_KEY = KEYS["nextObject"].keys[0], KEYS["previousObject"].keys[0]


def draw(card: CardContext) -> None:
    """The newest version, or the draft of the next one, and what can be done with it."""
    curation = card.metric.curation
    if curation is None:
        st.caption("This metric is marked as a curation, but holds none.")
        return
    content = _content(card) if curation.items or curation.read_only is None else card.metric.value
    found = curated_objects.read(content)
    _draw_heading(card, curation, found)
    units = None if card.disabled or curation.read_only else read_units(content)
    if found:
        if units and units.units:
            unit_list.draw(card, units, lambda: _content(card), lambda after: _keep(card, after))
        elif found.objects:
            _objects(card, content, found.objects)
        _whole_facts(card, content, found)
    elif content is not None:
        st.json(content, expanded=1) if isinstance(content, dict | list) else st.code(str(content), wrap_lines=True)
        st.caption("This is not a list of objects in a form that the portal knows, so it is shown as JSON.")
    if not card.disabled and curation.read_only is None:
        if content is not None:
            unit_list.draw_clear(card, lambda: _content(card), lambda after: _keep(card, after))
        with st.expander("Edit the whole version as JSON", icon=":material/data_object:"):
            _whole(card, content)


def _content(card: CardContext) -> JsonValue:
    """The version of the draft, else the newest stored one, as of now; for callbacks."""
    curation, edit = card.metric.curation, card.edit
    if edit and edit.version:
        return edit.version.content
    return curation.newest.content if curation and curation.newest else None


def _draw_heading(card: CardContext, curation: Curation, found: CuratedContent | None) -> None:
    newest, edit = curation.newest, card.edit
    size = f" · {count(len(found.objects), 'object')}" if found else ""
    if found and found.form:
        size = f" · {plain(found.form)}{size}"
    kind = f"{plain(curation.kind)} · " if curation.kind else ""
    if edit and edit.version:
        st.markdown(f":small[{kind}:primary[**Version {len(curation.items) + 1}, your draft**]{size}]")
    elif newest is None:
        st.markdown(f":small[{kind}No version yet.]")
    else:
        who = f" by {plain(newest.curator)}" if newest.curator.strip() else ""
        when = f", {plain(format_time(newest.timestamp))}" if newest.timestamp else ""
        st.markdown(f":small[{kind}**Version {newest.number} of {len(curation.items)}**{who}{when}{size}]")
    problem = newest.problem if newest and not (edit and edit.version) else None
    for sentence in (problem, curation.read_only):
        if sentence:
            st.caption(f"⚠ {plain(sentence)}")


def _whole_facts(card: CardContext, content: JsonValue, found: CuratedContent) -> None:
    """What a curation of spike sorting holds about the whole, and the parts of it that are not understood."""
    for line in curated_objects.describe_whole(found.whole):
        st.markdown(f":small[{plain(line)}]")
    if not found.not_understood:
        return
    st.caption(f"⚠ {plain(curated_objects.not_understood_line(found.not_understood))}")
    if card.disabled:  # else the field below the table shows it
        with st.expander("The whole version as JSON", icon=":material/data_object:"):
            st.json(content, expanded=1)


def _objects(card: CardContext, content: JsonValue, found: tuple[CuratedObject, ...]) -> None:
    table, figure = st.columns([5, 7], gap="small") if card.wide else (st.container(), st.container())
    with table:
        at = _table(card, found)
        _steps(card, found, at)
    if at is None:
        return
    one = found[at]
    with table:
        facts = value_at(content, one.path) if one.path is not None else None
        if not card.disabled and one.path is not None and isinstance(facts, dict):
            _one_object(card, one.path, facts, one.key)
    with figure, st.container(key=f"qc-object-{card.metric.key}", gap="xsmall"):
        if one.reference:
            ahead = found[at + 1].reference if at + 1 < len(found) else None
            figure_view.draw_object(
                one.reference, reviews.get_review(card.record_id).stored, f"object-{card.metric.key}", ahead
            )
        elif any(other.reference for other in found):
            st.caption("This object has no figure.")


def _table(card: CardContext, found: tuple[CuratedObject, ...]) -> int | None:
    """Draw the table. Returns the index of the selected row, from the session, since a button may have selected it."""
    key = _table_key(card)
    at = widget_state.get_selected_row(key)
    at = at if at is not None and at < len(found) else None
    if _get_selected_row(key) != at:
        widget_state.set_value(key, {"selection": {"rows": [] if at is None else [at], "columns": [], "cells": []}})

    def select_row() -> None:
        widget_state.select_row(key, _get_selected_row(key))
        _redraw_with_shortcuts(card)

    names = sorted(
        curated_objects.column_names(found), key=lambda name: name == "reference"
    )  # that one is seen as a figure
    rows = {"object": [curated_objects.fact_text(one.key) for one in found]}
    rows |= {curated_objects.fact_text(name): curated_objects.column_cells(found, name) for name in names}
    st.dataframe(
        rows,
        key=key,
        height=min(TABLE_HEIGHT, 35 * (len(found) + 1) + 3),
        hide_index=True,
        on_select=select_row,
        selection_mode="single-row",
        alt=f"Objects of {card.metric.name}",
    )
    return at


def _steps(card: CardContext, found: tuple[CuratedObject, ...], at: int | None) -> None:
    """Previous and next object; their keys work on the card that was used last."""
    keys = widget_state.has_shortcuts(card.part)

    def step(by: int) -> Callable[[], None]:
        def select_row() -> None:
            to = 0 if at is None else min(max(at + by, 0), len(found) - 1)
            widget_state.select_row(_table_key(card), to)
            _redraw_with_shortcuts(card)

        return select_row

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Previous",
            key=f"{card.name}-previous",
            on_click=step(-1),
            shortcut=PREVIOUS_KEY if keys else None,
            disabled=at is None or at == 0,
        )
        st.button(
            "Next",
            key=f"{card.name}-next",
            on_click=step(1),
            shortcut=NEXT_KEY if keys else None,
            disabled=at is not None and at == len(found) - 1,
        )
        chosen = f"**{plain(found[at].key)}** · {at + 1} of {len(found)}" if at is not None else "Choose a row"
        st.markdown(f":small[{chosen}]")


def _redraw_with_shortcuts(card: CardContext) -> None:
    """From a callback, as its last step: keys go to this card from now on."""
    navigation.redraw(card.record_id, *{card.part, widget_state.take_shortcuts(card.part)})


def _one_object(card: CardContext, path: JsonPath, facts: dict[str, JsonValue], name: str) -> None:
    """The facts of the selected object, to be edited; its figure stays."""
    own = {key: fact for key, fact in facts.items() if key != "reference"}
    resets = _objects_name(card)
    widget = f"{card.name}-{resets}-{'/'.join(map(str, path))}"
    fresh = editor(own) if own else JsonEditor(own, 'It has no facts yet. For example: {"label": "good"}')
    kind = reviews.get_mounted_editor(card.record_id, widget, fresh)

    def keep_answer() -> None:
        if _objects_name(card) != resets:  # sent by a page that had the fields as they were before
            return
        base = value_at(_content(card), path)
        before = {key: fact for key, fact in base.items() if key != "reference"}
        answer = value_editor.read_answer(kind, widget)
        after = answer if isinstance(answer, BadEntry) else apply_answer(before, editor(before), answer)
        if isinstance(after, dict):
            figure = {"reference": base["reference"]} if "reference" in base else {}
            _keep(card, curated_objects.replace_object(_content(card), path, figure | after))
        else:
            card.redraw()

    st.markdown(f":small[Facts about **{plain(name)}**]")
    value_editor.draw(kind, f"Object {name} of {card.metric.name}", widget, keep_answer, disabled=False)


def _objects_name(card: CardContext) -> str:
    """The name of the fields of the objects, another one after each reset."""
    return reviews.get_review(card.record_id).widget_name(objects_part(card.metric))


def _whole(card: CardContext, content: JsonValue) -> None:
    """The whole version as JSON; the field is a new one for each draft, so that it never holds an older one.

    Over a slow network a page sends the field of an older draft once more, with what it was drawn with. Streamlit,
    which has forgotten that field, takes this for a change: it is none.
    """
    if isinstance(editor(content), JsonView):
        st.caption("It is too large to be edited here.")
        return
    kind = JsonEditor({} if content is None else content, "The next version. The stored ones stay as they are.")
    widget = f"{card.name}-whole-{_digest(kind.value)}"

    def keep_answer() -> None:
        answer = value_editor.read_answer(kind, widget)
        if isinstance(answer, BadEntry):
            card.redraw()
        elif _digest(answer) != _digest(kind.value):
            reviews.get_review(card.record_id).reset_card(objects_part(card.metric))
            _keep(card, answer)
        elif _digest(_content(card)) == _digest(content):  # else it is the field of an older draft
            card.redraw()

    value_editor.draw(kind, f"Next version of {card.metric.name}", widget, keep_answer, disabled=False)


def _digest(content: JsonValue) -> str:
    return hashlib.sha256(format_json(content).encode()).hexdigest()[:12]


def _keep(card: CardContext, content: JsonValue) -> None:
    card.keep(editing.with_version(card.edit, card.metric, card.generation, content, now()))


def _table_key(card: CardContext) -> str:
    return f"{card.name}-objects"


def _get_selected_row(key: str) -> int | None:
    """The row that the table itself has selected."""
    state: Mapping[str, Any] = widget_state.get_value(key) or {}
    rows = state.get("selection", {}).get("rows", [])
    return rows[0] if rows else None
