"""The grid that this tab judges in: which one it is, and the verdicts and steps that the browser asks for."""

from urllib.parse import urlencode

import streamlit as st

from pages.shell import open_grid
from pages.shell.open_grid import Changed, OpenGrid
from pages.shell.open_review import OpenReview
from pages.shell.portal import list_reasons, now, person_key
from pages.shell.session import page_permissions, queues, reviews, widget_state
from qc_core.assets.grid import (
    GridStep,
    Verdicts,
    build_reasons,
    build_verdicts,
    format_grid_query,
    name_tile,
    read_steps,
)
from qc_core.assets.metrics import MetricQuery, MetricRow
from qc_core.errors import QcError
from qc_core.identity.permissions import Refused
from qc_core.quality_control.annotating.changes import DraftEntry
from qc_core.quality_control.status import Status

STEPS = "grid-steps"
"""The name under which the browser's steps are confirmed."""


def open_grid_of(query: MetricQuery) -> OpenGrid:
    """The grid of a query as this tab has it open, compared with the index and the drafts. Raises StoreUnavailable."""
    text = urlencode(format_grid_query(query))
    opened = _get_open(text)
    submissions = reviews.count_submissions()
    if opened is None:
        opened = st.session_state["qc-grid"] = open_grid.load(text, person_key(), submissions)
        return opened
    if opened.submissions != submissions:
        opened.check_submitted(submissions)
    else:
        open_grid.read_drafts(opened)
        opened.refresh()
    return opened


def _get_open(text: str) -> OpenGrid | None:
    opened: OpenGrid | None = st.session_state.get("qc-grid")
    return opened if opened is not None and (opened.text, opened.owner) == (text, person_key()) else None


def get_confirmed() -> tuple[str, int]:
    """The sitting of the browser whose steps were taken last, and the number of the last one."""
    sitting, number = widget_state.get_confirmed(STEPS) or ("", 0)
    return str(sitting), int(number)


def apply_steps(text: str, sent: object) -> None:
    """In a callback: take the steps that the browser asks for in the grid of that query."""
    sitting, number, steps = read_steps(sent, *get_confirmed())
    widget_state.set_confirmed(STEPS, (sitting, number))
    opened = _get_open(text)
    if opened is None:
        return
    opened.refused, opened.unsaved = {}, ""
    queues.clear_outcomes()
    decided = tuple(tile for step in steps for tile in step.tiles)
    reviews.read_ahead(opened.group_tiles(decided))
    for step in steps:
        if step.command in ("undo", "redo"):
            _move(opened, back=step.command == "undo")
        else:
            _decide(opened, step)
    reviews.close_reviews()  # none of them is on screen: what is opened next is read again


def _decide(opened: OpenGrid, step: GridStep) -> None:
    """Give tiles a verdict: in each record's draft in one step, in all of them in one undo."""
    changed: dict[tuple[str, str], tuple[DraftEntry | None, DraftEntry | None]] = {}
    for record_id, rows in opened.group_tiles(step.tiles).items():
        try:
            changed.update(_decide_in(opened, record_id, rows, step))
        except QcError as error:
            opened.refused.update({name_tile(row): f"{error.message} {error.hint}".strip() for row in rows})
    opened.record_step(changed)


def _decide_in(opened: OpenGrid, record_id: str, rows: list[MetricRow], step: GridStep) -> Changed:
    review = reviews.get_review(record_id)
    may = page_permissions.may_annotate_record(review.stored)
    if isinstance(may, Refused) and not review.draft.may_store(may):
        opened.refused.update({name_tile(row): may.reason for row in rows})
        return {}
    verdicts = _build(review, rows, step)
    opened.refused.update(verdicts.refused)
    before = {key: review.draft.entries.get(key) for key in verdicts.edits}
    if verdicts.edits:
        review.keep_all(verdicts.edits, may)
        for key in verdicts.edits:
            review.reset_card(review.part_of(key))
    _take_over(opened, record_id)
    return {(record_id, key): (entry, review.draft.entries.get(key)) for key, entry in before.items()}


def _build(review: OpenReview, rows: list[MetricRow], step: GridStep) -> Verdicts:
    document, edits = review.stored.document, review.edits
    if step.command == "reason":
        return build_reasons(document, rows, edits, review.key_of, list_reasons, step.reason, now())
    only_left = step.command == "rest"
    status = Status.PASS if only_left else Status(step.command)
    return build_verdicts(document, rows, edits, review.key_of, status, now(), only_left=only_left)


def _move(opened: OpenGrid, *, back: bool) -> None:
    """Undo the last step that changes anything, or take it again, in all its records."""
    while records := opened.list_step(back=back):
        reviews.read_ahead(records)
        try:
            found = {record_id: reviews.get_review(record_id).draft.entries for record_id in records}
        except QcError as error:
            opened.unsaved = f"Nothing was undone. {error.message} {error.hint}".strip()
            return
        entries = {(one, key): entry for one, of_record in found.items() for key, entry in of_record.items()}
        written = opened.take_step(entries, back=back)
        for record_id in records:
            _keep(opened, record_id, {key: entry for (one, key), entry in written.items() if one == record_id})
        if written:
            return


def _keep(opened: OpenGrid, record_id: str, entries: dict[str, DraftEntry]) -> None:
    review = reviews.get_review(record_id)
    if entries:
        review.draft.keep_entries(entries, page_permissions.may_annotate_record(review.stored))
        for key in entries:
            review.reset_card(review.part_of(key))
    _take_over(opened, record_id)


def _take_over(opened: OpenGrid, record_id: str) -> None:
    draft = reviews.get_review(record_id).draft
    opened.use_draft(record_id, draft.edits)
    if draft.trouble is not None:
        opened.unsaved = f"{draft.trouble.message} {draft.trouble.hint}".strip()
