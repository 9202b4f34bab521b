"""The notes of the record and, in v1, of each evaluation: read and edited, folded away until wanted."""

from dataclasses import dataclass

import streamlit as st

from pages.shell.errors import format_hidden_label, plain, plain_lines
from pages.shell.portal import now
from pages.shell.session import navigation, reviews, widget_state
from qc_core.json_document.value import JsonPath
from qc_core.quality_control.annotating import editing
from qc_core.stores.ports import StoredRecord


@dataclass(frozen=True, slots=True)
class _Field:
    """The notes of the record or of one evaluation; `anchor` is the name of their evaluation, "" for those of the
    record."""

    path: JsonPath
    title: str
    anchor: str
    text: str | None


def draw(stored: StoredRecord, *, annotatable: bool) -> None:
    """A button with the number of notes, and all of them behind it."""
    st.fragment(_notes, key="notes")(stored, annotatable)


def _notes(stored: StoredRecord, annotatable: bool) -> None:
    document, opened = stored.document, reviews.get_review(stored.record_id)
    fields = [_Field(("notes",), "Notes of the record", "", document.notes)]
    fields += [
        _Field((*one.path, "notes"), f"Notes of {one.name}", one.name, one.notes) for one in document.evaluations
    ]
    written = sum(1 for one in fields if one.text)
    drafted = sum(1 for one in fields if opened.notes_edit(editing.notes_key(one.path)))
    label = f"Notes ({written})" + (f", {drafted} changed" if drafted else "")
    popover = st.popover(label, icon=":material/notes:", type="tertiary", key="notes", on_change="rerun")
    with popover:
        # A record can have dozens of evaluations: their fields are drawn only when wanted.
        for one in fields if popover.open else ():
            st.fragment(_one, key=f"notes-{editing.notes_key(one.path)}")(stored.record_id, one, annotatable)


def _one(record_id: str, one: _Field, annotatable: bool) -> None:
    opened, key = reviews.get_review(record_id), editing.notes_key(one.path)
    if not annotatable:
        st.markdown(f"**{plain(one.title)}**\n\n{plain_lines(one.text or 'none')}")
        return
    edit = opened.notes_edit(key)
    widget = opened.widget_name(key)

    def keep_text() -> None:
        current = reviews.get_review(record_id)
        wanted, before = str(widget_state.get_value(widget) or ""), current.notes_edit(key)
        if current.widget_name(key) == widget:  # else a page sent it that had the field before its reset
            reviews.keep_edit(record_id, key, editing.with_notes(before, one.path, one.anchor, one.text, wanted, now()))
            navigation.redraw(record_id, f"notes-{key}")

    shown = edit.wanted if edit else one.text
    st.markdown(f"**{plain(one.title)}**")  # a label would read the name of an evaluation as Markdown
    st.text_area(
        format_hidden_label(one.title),
        value=shown or "",
        key=widget,
        on_change=keep_text,
        height=100,
        placeholder="No notes yet",
        label_visibility="collapsed",
    )
