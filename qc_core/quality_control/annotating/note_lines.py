"""Write and read notes on metrics as lines of the record's notes: no generation of the schema has notes on a metric."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher
from typing import Literal

from qc_core.json_document.value import JsonPath
from qc_core.quality_control.annotating.reasons import split_note
from qc_core.times import parse_time

RECORD_NOTES: JsonPath = ("notes",)
"""The path of a record's own notes."""


_LINE = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d) UTC · (.*)", re.DOTALL)
_MINUTE = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note on a metric, read from its line; `at` is to the minute."""

    at: datetime
    person: str
    metric_name: str
    note: str

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons that the note begins with."""
        return split_note(self.note)[0]

    @property
    def text(self) -> str:
        """The note without its reasons."""
        return split_note(self.note)[1]


def notes_path(metric_path: JsonPath) -> JsonPath:
    """The path of the notes that hold notes on a metric: those of its v1 evaluation, or of the v2 record."""
    return (*metric_path[:2], "notes") if metric_path[0] == "evaluations" else RECORD_NOTES


def note_line(timestamp: str, person: str, metric_name: str, note: str) -> str:
    """One line of notes: `2026-11-22 14:02 UTC · Ada Lovelace · Probe A drift: the text`.

    `timestamp` is that of the signature, as `write_time` writes it.
    """
    at = parse_time(timestamp)
    when = _minute(at.utc) if at else timestamp
    return f"{when} · {one_line(person)}{_mark(metric_name)}{one_line(note)}"


def read_line(line: str, metric_names: Iterable[str]) -> NoteLine | None:
    """The note in a line that `note_line` wrote about one of these metrics; None for any other line.

    `2026-11-22 14:02 UTC · Ada · drift: odd` gives `NoteLine(2026-11-22 14:02, "Ada", "drift", "odd")` where a metric
    is called "drift".
    """
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    try:
        at = datetime.strptime(found[1], _MINUTE).replace(tzinfo=UTC)
    except ValueError:
        return None
    rest = found[2]
    # Names may hold each other, and colons: the first position counts, and there the longest name.
    positions = [(rest.find(mark), -len(mark), name) for name in metric_names if (mark := _mark(name)) in rest]
    if not positions:
        return None
    position, length, name = min(positions)
    return NoteLine(at, rest[:position], name, rest[position - length :])


def mentions(line: str, metric_name: str) -> bool:
    """Whether a line may be a note on a metric of that name: a quick test, before `read_line`."""
    return _mark(metric_name) in line


def _mark(metric_name: str) -> str:
    return f" · {one_line(metric_name)}: "


def one_line(text: str) -> str:
    """A text with its line breaks folded to spaces."""
    return " ".join(line.strip() for line in text.splitlines() if line.strip())


def with_lines(notes: str | None, lines: list[str]) -> str | None:
    """Notes with lines added at their end, each on its own; None for nothing at all."""
    return "\n".join([notes.rstrip("\n"), *lines] if notes and lines else lines) or notes


LineSign = Literal["+", "-", " ", "…"]


def compare_lines(was: str | None, will: str | None) -> Iterator[tuple[LineSign, str]]:
    """The difference of two notes for people: lines that are added or removed, and the lines next to them.

    "…" replaces the lines between, which stay. Nothing where all lines stay.
    """
    before, after = (was or "").splitlines(), (will or "").splitlines()
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes() if before != after else []
    for number, (kind, start, end, begin, stop) in enumerate(blocks):
        if kind == "equal":
            neighbours = {start} if number else set()
            neighbours |= {end - 1} if number + 1 < len(blocks) else set()
            # One line that is not next to a change represents all of them.
            for at in sorted(neighbours | {min(start + len(neighbours & {start}), end - 1)}):
                yield (" ", before[at]) if at in neighbours else ("…", "")
        else:
            yield from (("-", line) for line in before[start:end])
            yield from (("+", line) for line in after[begin:stop])


def _minute(at: datetime) -> str:
    return f"{at.strftime(_MINUTE)} UTC"
