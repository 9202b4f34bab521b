"""The history of one metric on its card: each status with the notes that came with it."""

import streamlit as st

from pages.components import people
from pages.components.cards.card import CardContext
from pages.shell.errors import plain
from pages.shell.formatting import count, format_time, status_markdown
from pages.shell.session import reviews
from qc_core.quality_control.annotating.metric_notes import MetricNote, find_notes


def get_current_notes(card: CardContext) -> list[str]:
    """The submitted notes that came with the status that the record has now."""
    notes = find_notes(reviews.get_review(card.record_id).stored.document, card.metric)
    return [note.line.note for note in notes if card.stored is not None and note.entry is card.stored]


def draw(card: CardContext) -> None:
    """All status entries with their notes, the newest-listed first, in one element: a card is drawn often."""
    lines = []
    notes = find_notes(reviews.get_review(card.record_id).stored.document, card.metric)
    history = card.metric.history
    for number, entry in reversed(list(enumerate(history))):
        who = people.format_person(card.record_id, entry.evaluator) if entry.evaluator.strip() else "No name recorded"
        was = f"{history[number - 1].word or 'no status'} → " if number else ""
        lines.append(f"{was}{status_markdown(entry.status)} · {who} · {plain(format_time(entry.recorded_time))}")
        lines += [_describe_note(card, note) for note in notes if note.entry is entry]
    lines += [_describe_note(card, note) for note in notes if note.entry is None]
    st.markdown("  \n".join(lines) or "No status has been recorded.")


def _describe_note(card: CardContext, note: MetricNote) -> str:
    others = count(note.shared_with, "other metric")
    doubt = f" (or on {others} of this name)" if note.shared_with else ""
    who = people.format_person(card.record_id, note.line.person)
    return f":small[“{plain(note.line.note)}” · {who} · {plain(format_time(note.line.at))}{doubt}]"
