"""The review dialog: every change as was → will be; single ones can be taken out; exactly what is left is submitted."""

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.components import people
from pages.shell import browser_components, login, meters
from pages.shell.errors import boundary, plain, plain_lines
from pages.shell.formatting import (
    count,
    describe_future_entry,
    describe_future_signature,
    format_clock_time,
    format_time,
    status_markdown,
)
from pages.shell.open_review import OpenReview
from pages.shell.portal import now, person_name
from pages.shell.session import reviews
from qc_core.errors import StoreUnavailable
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.annotating import rebase
from qc_core.quality_control.annotating.changes import Change, ChangeSet, Conflict, MetricEdit, NotesChange, NotesEdit
from qc_core.quality_control.annotating.editing import see
from qc_core.quality_control.annotating.note_lines import changed_lines
from qc_core.quality_control.curation import objects as curated_objects
from qc_core.quality_control.metric import Fingerprint, Metric
from qc_core.quality_control.status import Generation
from qc_core.quality_control.values.answers import contradicting_status, summary
from qc_core.quality_control.values.value_differences import value_differences
from qc_core.reviewing import Submission

DIFFERENCES_SHOWN = 8
SENDING = (
    "Sending. Your draft is kept until the record shows your changes. Over a slow database this can take some minutes; "
    "nothing is sent twice."
)


def open_dialog(record_id: str) -> None:
    """Open the dialog; when it closes, the page is drawn again with what was submitted."""
    reviews.request_submission(record_id, None)
    st.dialog("Review and submit", width="large", on_dismiss=st.rerun)(_dialog)(record_id)


def resume_submission(record_id: str) -> None:
    """Send what a click in the dialog asked for, where the page was drawn anew before the dialog could; and tell it."""
    sending = reviews.get_requested_submission(record_id)
    if sending is not None:
        with st.spinner(SENDING, show_time=True):
            reviews.submit(record_id, sending)
        outcome = reviews.get_review(record_id).outcome
        if outcome is not None:
            _outcome(outcome)


def _dialog(record_id: str) -> None:
    with boundary("the review of your changes"):
        told = st.empty()  # what became of the last try is gone as soon as the next begins
        above = st.container()
        sending = reviews.get_requested_submission(record_id)
        if sending is not None:
            _send(record_id, sending, above)
        opened = reviews.get_review(record_id)
        opened.in_dialog = True
        below = st.container() if opened.outcome is None else st.empty()  # so is what was sent
        if opened.outcome is not None:
            with told.container():
                _outcome(opened.outcome)
                browser_components.dialog_focus(key="dialog-focus", data={"outcome": opened.submissions}, height=1)
        with above:
            changes = _as_of_now(opened)
        if changes is not None:
            with below if opened.outcome is None else below.container():
                _what_is_left(opened, changes)


def _what_is_left(opened: OpenReview, changes: ChangeSet) -> None:
    outcome = opened.outcome
    if changes.conflicts:
        _conflicts(opened, changes.conflicts)
    if changes.changes:
        _changes(opened, changes)
    elif not changes.conflicts and outcome is None:
        st.info("There is nothing to submit.")
    if outcome is not None and outcome.failure is not None:
        login.draw_login_for_review(opened)
    if not changes.changes and not changes.conflicts and st.button("Close", type="primary"):
        st.rerun()


def _send(record_id: str, sending: ChangeSet, above: DeltaGenerator) -> None:
    """Send what the click asked for, in sight: over a slow database that takes a while. Then the dialog begins anew."""
    with st.container():
        _changes(reviews.get_review(record_id), sending, sending_now=True)
    with above, st.spinner(SENDING, show_time=True):
        reviews.submit(record_id, sending)
    st.rerun(scope="fragment")


def _as_of_now(opened: OpenReview) -> ChangeSet | None:
    """The draft against the record, read anew; None where that cannot be read, which is told."""
    try:
        with st.spinner("Reading the record as it is now.", show_time=True):
            return opened.fresh_change_set()
    except StoreUnavailable as error:
        meters.count_error(type(error).__name__)
        st.error(f"{plain(error.message)}\n\nYour draft is kept. Try again in a moment.", icon="⚠️")
        st.button("Try again", key="review-again", icon=":material/refresh:")  # which draws the dialog anew
        return None


def _changes(opened: OpenReview, changes: ChangeSet, *, sending_now: bool = False) -> None:
    going = [change for change in changes.changes if change.key not in opened.left_out]
    for number, change in enumerate(changes.changes):
        goes = change in going
        with st.container(border=True, key=f"qc-change-{number}"), boundary("one of your changes"):
            with st.container(horizontal=True, vertical_alignment="top", gap="small", wrap=False):
                lines = _metric_change(change) if isinstance(change, Change) else _notes_change(change)
                st.markdown("  \n".join(lines if goes else lines[:1]), width="stretch")
                st.button(
                    "Leave out" if goes else "Include",
                    key=f"out-{change.key}",
                    type="tertiary",
                    disabled=sending_now,
                    on_click=opened.leave_out,
                    args=(change.key, goes),
                )
            if not goes:
                st.caption("Not submitted now: it stays in your draft.")
    if going:
        st.markdown(
            f"Signed as **{people.format_person(opened.record_id, person_name())}**, with the time of submitting."
        )
    st.button(
        f"Submit {count(len(going), 'change')}",
        type="primary",
        key="submit",
        disabled=sending_now or not going,
        on_click=None if sending_now else reviews.request_submission,  # a double click sends once
        args=(opened.record_id, replace(changes, changes=tuple(going))),
    )


def _title(name: str, fingerprint: Fingerprint) -> str:
    """A metric's name, and what tells it from others of that name: its evaluation or tags, modality and stage."""
    facts = [plain(word) for word in (*fingerprint.group, fingerprint.modality, fingerprint.stage) if word]
    return f"**{plain(name)}** :small[{' · '.join(facts)}]"


def _metric_change(change: Change) -> list[str]:
    lines = [_title(change.metric.name, change.metric.fingerprint)]
    if change.edit.version is not None:
        lines += _new_version(change, change.edit.version.content)
    else:
        lines += _new_value(change)
    if change.was_status == change.will_status:
        lines.append(f"Status: {status_markdown(change.will_status)}, as before")
    else:
        lines.append(f"Status: {status_markdown(change.was_status)} → {status_markdown(change.will_status)}")
    implied = contradicting_status(change.will_value, change.will_status)
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
        place = f" · {plain(one.place)}" if one.place else ""
        lines.append(f"Value{place}: {plain(one.was)} → **{plain(one.will)}**")
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
    return [f"**{plain(change.title)}**", *_notes_lines(change.was, change.will)]


def _notes_lines(was: str | None, will: str | None) -> list[str]:
    """Notes line by line: what is added is marked and bold, what goes is struck out."""
    marked = {"+": ":green[**+ {}**]", "-": ":red[− ~~{}~~]", " ": "{}", "…": ":gray[…]"}
    return [marked[sign].format(plain(line) or "\u00a0") for sign, line in changed_lines(was, will)] or ["unchanged"]


def _outcome(outcome: Submission) -> None:
    if outcome.failure is not None:
        st.error(f"{plain(outcome.failure.message)}\n\n{plain(outcome.failure.hint)}", icon="⚠️")
    if outcome.landed:
        when = f", {format_clock_time(outcome.signed_at)}" if outcome.signed_at else ""
        st.success(f"Submitted by {plain(person_name())}{when}. Read back from the record:", icon="✔️")
        st.markdown("\n".join(f"- {_read_back(change, outcome)}" for change in outcome.landed))
    if outcome.landed_before:
        before = count(len(outcome.landed_before), "change")
        st.info(f"Already in the record, so not sent twice: {before} of this draft.")
    if outcome.differ:
        st.warning(f"{count(len(outcome.differ), 'change')} changed in another of your tabs: please check again below.")


def _read_back(change: Change | NotesChange, outcome: Submission) -> str:
    if isinstance(change, NotesChange):
        return f"**{plain(change.title)}**: {plain(change.will or 'none')}"
    said = summary(change.will_value, change.metric.object_type)
    if change.edit.version is not None and change.metric.curation:
        said = f"version {len(change.metric.curation.items) + 1} added"
    words = [f"{_title(change.metric.name, change.metric.fingerprint)}: {plain(said)}"]
    entry = outcome.as_read_back.get(change.key)
    if entry is not None:  # of a note alone, nothing was rated, so nothing was signed as a status
        words.append(status_markdown(entry.status))
        words += describe_future_signature(entry, now())
    if change.note:
        words.append(f"note added: {plain(change.note)}")
    return ", ".join(words)


def _conflicts(opened: OpenReview, conflicts: tuple[Conflict, ...]) -> None:
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
                on_click=reviews.discard_edit,
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
    return _title(conflict.edit.fingerprint.name, conflict.edit.fingerprint)


def _three_versions(opened: OpenReview, conflict: Conflict) -> list[tuple[str, list[str]]]:
    edit = conflict.edit
    by = f"by {people.format_person(opened.record_id, conflict.by)}" if conflict.by else ""
    when = f", {format_time(conflict.when)}" if conflict.when else ""
    theirs = f"**As it is now** :small[{by}{when}]"
    if isinstance(edit, MetricEdit):
        metric = conflict.metric
        kind = metric.object_type if metric else None
        now_says = [plain(summary(metric.value, kind)), status_markdown(opened.status_now(metric))] if metric else []
        return [
            ("**As you saw it**", [plain(summary(edit.seen.value, kind)), status_markdown(edit.seen.status)]),
            (theirs, now_says or ["removed"]),
            ("**Yours**", _yours(opened, edit, metric)),
        ]
    return [
        ("**As you saw it**", [plain_lines(edit.seen or "none")]),
        (theirs, _notes_lines(edit.seen, conflict.notes_now)),
        ("**Yours**", _notes_lines(edit.seen, edit.wanted)),
    ]


def _yours(opened: OpenReview, edit: MetricEdit, metric: Metric | None) -> list[str]:
    """What "Keep mine" would write upon the metric as it is now; of one that is gone, what the draft says."""
    mine: MetricEdit | None = edit
    if metric is not None:
        mine = rebase.made_anew(edit, see(metric, opened.stored.document.generation or Generation.V2, now()))
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
