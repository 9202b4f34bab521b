"""Who wrote which notes, and when: from the lines of notes on metrics, and from what the portal logged.

The formats keep the text of notes and nothing about it. A note on a metric is a line with person and time; of any
other text only the log of submissions has these, so for the rest they are not recorded.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from qc_core.quality_control.annotating.note_lines import note_line, read_line
from qc_core.quality_control.document import QualityControl
from qc_core.times import parse_time


@dataclass(frozen=True, slots=True)
class LoggedNote:
    """A change of notes in a submission: what was there, and what was wanted there.

    `whose` is a metric's name, with what was noted on it in `will`; or the title of notes, such as "Notes of the
    record". `landed`: whether it was read back from the record; without, only the record itself can show that.
    """

    whose: str
    evaluator: str
    timestamp: str
    was: str | None
    will: str | None
    on_metric: bool = False
    landed: bool = False


@dataclass(frozen=True, slots=True)
class NoteEvent:
    """One change of notes for the history; `who` and `at` are "" and None where neither was recorded.

    `was_known` is whether `was`, the text before, is known.
    """

    whose: str
    who: str
    at: datetime | None
    was: str | None
    will: str | None
    on_metric: bool
    was_known: bool = True


def note_events(document: QualityControl, logged: Iterable[LoggedNote]) -> tuple[NoteEvent, ...]:
    """All changes of notes that are known, and one without a time for each text of which it is not known who wrote it.

    They come in no order.
    """
    texts = {"Notes of the record": document.notes}
    texts |= {f"Notes of {each.name}": each.notes for each in document.evaluations}
    names = tuple({metric.name for metric in document.metrics})
    lines = [line for text in texts.values() for line in (text or "").split("\n")]
    on_metrics = {line: found for line in lines if (found := read_line(line, names)) is not None}
    by_hand = {title: _by_hand(text, names) for title, text in texts.items()}
    known = [note for note in _once(logged) if note.landed or _is_in_record(note, on_metrics, by_hand, names)]
    brought = {(note.whose, note.will) for note in known if note.landed}
    known = [note for note in known if note.landed or (note.whose, note.will) not in brought]
    logged_lines = {_line(note) for note in known if note.on_metric}
    explained = {(note.whose, _by_hand(note.will, names)) for note in known if not note.on_metric}
    return (
        *(_event(note) for note in known),
        *(
            NoteEvent(each.metric_name, each.person, each.at, None, each.note, on_metric=True)
            for line, each in on_metrics.items()
            if line not in logged_lines
        ),
        *(
            NoteEvent(title, "", None, None, text, on_metric=False, was_known=False)
            for title, text in by_hand.items()
            if text and (title, text) not in explained
        ),
    )


def _once(logged: Iterable[LoggedNote]) -> Iterable[LoggedNote]:
    """The logged changes without duplicates: each is logged before it is sent, and again once it is read back."""
    found: dict[tuple[str, str, str], LoggedNote] = {}
    for note in logged:
        key = (note.whose, note.evaluator, note.timestamp)
        found[key] = replace(note, landed=note.landed or (key in found and found[key].landed))
    return found.values()


def _is_in_record(
    note: LoggedNote, on_metrics: Collection[str], by_hand: Mapping[str, str], names: tuple[str, ...]
) -> bool:
    """Whether what was sent is in the record as it is now."""
    return _line(note) in on_metrics if note.on_metric else by_hand.get(note.whose) == _by_hand(note.will, names)


def _by_hand(text: str | None, names: tuple[str, ...]) -> str:
    """The notes without the lines that belong to notes on metrics."""
    return "\n".join(line for line in (text or "").split("\n") if read_line(line, names) is None).strip()


def _line(note: LoggedNote) -> str:
    return note_line(note.timestamp, note.evaluator, note.whose, note.will or "")


def _event(note: LoggedNote) -> NoteEvent:
    at = parse_time(note.timestamp)
    return NoteEvent(note.whose, note.evaluator, at.utc if at else None, note.was, note.will, note.on_metric)
