"""The conflicts in the review dialog: three versions of a metric or of notes, and the choice between them."""

import streamlit as st

from pages.components import people
from pages.components.review import change_text
from pages.shell.errors import boundary, plain, plain_lines
from pages.shell.formatting import format_time, status_markdown
from pages.shell.open_review import OpenReview
from pages.shell.portal import now
from pages.shell.session import reviews
from qc_core.quality_control.annotating import rebase
from qc_core.quality_control.annotating.changes import Conflict, MetricEdit, NotesEdit
from qc_core.quality_control.annotating.editing import observe_metric
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.status import Generation
from qc_core.quality_control.values.answers import summary


def draw(opened: OpenReview, conflicts: tuple[Conflict, ...]) -> None:
    """One box for each conflict: its three versions, and the buttons to decide."""
    for number, conflict in enumerate(conflicts):
        with st.container(border=True, key=f"qc-conflict-{number}"), boundary("a conflict"):
            st.markdown(f"⚠ {_about(conflict)}: someone else changed this while you worked.")
            st.caption(plain(conflict.reason))
            versions = st.columns(3)
            for column, (heading, lines) in zip(versions, _three_versions(opened, conflict), strict=True):
                column.markdown(f"{heading}\n\n" + "  \n".join(line for line in lines if line))
            versions[1].button(
                "Take theirs",
                key=f"theirs-{conflict.key}",
                on_click=reviews.discard_edit,  # type: ignore[arg-type]  # Streamlit ignores what a callback returns
                args=(opened.record_id, conflict.key),
            )
            if conflict.metric is not None or isinstance(conflict.edit, NotesEdit):
                versions[2].button(
                    "Keep mine",
                    key=f"mine-{conflict.key}",
                    on_click=reviews.keep_mine,
                    args=(opened.record_id, conflict),
                )


def _about(conflict: Conflict) -> str:
    if isinstance(conflict.edit, NotesEdit):
        return f"**Notes of {plain(conflict.edit.anchor)}**" if conflict.edit.anchor else "**Notes of the record**"
    return change_text.format_title(conflict.edit.fingerprint.name, conflict.edit.fingerprint)


def _three_versions(opened: OpenReview, conflict: Conflict) -> list[tuple[str, list[str]]]:
    edit = conflict.edit
    by = f"by {people.format_person(opened.record_id, conflict.by)}" if conflict.by else ""
    when = f", {format_time(conflict.when)}" if conflict.when else ""
    theirs = f"**As it is now** :small[{by}{when}]"
    if isinstance(edit, MetricEdit):
        metric = conflict.metric
        kind = metric.object_type if metric else None
        is_now = [plain(summary(metric.value, kind)), status_markdown(opened.status_now(metric))] if metric else []
        return [
            ("**As you saw it**", [plain(summary(edit.seen.value, kind)), status_markdown(edit.seen.status)]),
            (theirs, is_now or ["removed"]),
            ("**Yours**", _yours(opened, edit, metric)),
        ]
    return [
        ("**As you saw it**", [plain_lines(edit.seen or "none")]),
        (theirs, change_text.format_notes_change(edit.seen, conflict.notes_now)),
        ("**Yours**", change_text.format_notes_change(edit.seen, edit.wanted)),
    ]


def _yours(opened: OpenReview, edit: MetricEdit, metric: Metric | None) -> list[str]:
    """The result of "Keep mine" on the current metric; for a removed metric, the draft."""
    mine: MetricEdit | None = edit
    if metric is not None:
        mine = rebase.rebase_edit(
            edit, observe_metric(metric, opened.stored.document.generation or Generation.V2, now())
        )
    kept = ":small[as it is now]"
    value, status = (mine.value, mine.status) if mine else (None, None)
    kind = metric.object_type if metric else None
    lines = [plain(summary(value.value, kind))] if value is not None else []
    if value is None and metric is not None:
        lines.append(f"{plain(summary(metric.value, kind))} {kept}")
    if mine and mine.version is not None:
        lines[-1:] = ["a new version of yours"]
    if status is not None:
        lines.append(status_markdown(status))
    elif metric is not None:
        lines.append(f"{status_markdown(opened.status_now(metric))} {kept}")
    return [*lines, f"Note: {plain(edit.note)}" if edit.note else ""]
