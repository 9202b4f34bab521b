"""A change as was → will be, in lines of Markdown: for the review dialog and its conflicts."""

from pages.shell.errors import plain
from pages.shell.formatting import count, describe_future_entry, status_markdown
from pages.shell.portal import now
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.annotating.changes import Change, NotesChange
from qc_core.quality_control.annotating.note_lines import compare_lines
from qc_core.quality_control.curation import objects as curated_objects
from qc_core.quality_control.metric import Fingerprint
from qc_core.quality_control.values.answers import find_contradicting_status
from qc_core.quality_control.values.differences import value_differences

DIFFERENCES_SHOWN = 8


def format_title(name: str, fingerprint: Fingerprint) -> str:
    """A metric's name, and what distinguishes it from others of that name: evaluation or tags, modality and stage."""
    facts = [plain(word) for word in (*fingerprint.group, fingerprint.modality, fingerprint.stage) if word]
    return f"**{plain(name)}** :small[{' · '.join(facts)}]"


def describe_change(change: Change | NotesChange) -> list[str]:
    """The lines of a change, its title first."""
    return _metric_change(change) if isinstance(change, Change) else _notes_change(change)


def _metric_change(change: Change) -> list[str]:
    lines = [format_title(change.metric.name, change.metric.fingerprint)]
    if change.edit.version is not None:
        lines += _new_version(change, change.edit.version.content)
    else:
        lines += _new_value(change)
    if change.was_status == change.will_status:
        lines.append(f"Status: {status_markdown(change.will_status)}, as before")
    else:
        lines.append(f"Status: {status_markdown(change.was_status)} → {status_markdown(change.will_status)}")
    implied = find_contradicting_status(change.will_value, change.will_status)
    if implied is not None:
        lines.append(f"⚠ They differ: the answer means {status_markdown(implied)}.")
    future = describe_future_entry(change.metric.history, now()) if change.edit.rates else ""
    lines += [f"⚠ {plain(future)}"] if future else []
    if change.note:
        lines.append(f"Note: {plain(change.note)}")
    return lines


def _new_value(change: Change) -> list[str]:
    found = value_differences(change.was_value, change.will_value, change.metric.evaluated_assets)
    lines = []
    for one in found[:DIFFERENCES_SHOWN]:
        part = f" · {plain(one.part)}" if one.part else ""
        lines.append(f"Value{part}: {plain(one.was)} → **{plain(one.will)}**")
    if len(found) > DIFFERENCES_SHOWN:
        lines.append(f"and {count(len(found) - DIFFERENCES_SHOWN, 'more difference')}")
    return lines


def _new_version(change: Change, content: JsonValue) -> list[str]:
    curation = change.metric.curation
    if curation is None:
        return ["A new version of a curation."]
    newest = curation.newest
    differing = list(
        curated_objects.difference_lines(curated_objects.differences(newest.content if newest else None, content))
    )
    lines = [f"**Version {len(curation.items) + 1}** is added; earlier versions stay."]
    for name, fact, was, will in differing[:DIFFERENCES_SHOWN]:
        lines.append(
            f"{plain(name)}{' · ' if fact else ''}{plain(fact)}: {plain(was) or '–'} → **{plain(will) or '–'}**"
        )
    more = len(differing) - DIFFERENCES_SHOWN
    return [*lines, f"and {count(more, 'more difference')}"] if more > 0 else lines


def _notes_change(change: NotesChange) -> list[str]:
    return [f"**{plain(change.title)}**", *format_notes_change(change.was, change.will)]


def format_notes_change(was: str | None, will: str | None) -> list[str]:
    """Notes line by line: what is added is marked and bold, what goes is struck out."""
    marked = {"+": ":green[**+ {}**]", "-": ":red[− ~~{}~~]", " ": "{}", "…": ":gray[…]"}
    return [marked[sign].format(plain(line) or "\u00a0") for sign, line in compare_lines(was, will)] or ["unchanged"]
