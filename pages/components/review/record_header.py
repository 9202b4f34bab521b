"""The header of a review: the record, its status, its notes, its history and its problems."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.components.review import arrange, asset_history, external_links, notes
from pages.shell import browser_components
from pages.shell.errors import boundary, plain
from pages.shell.formatting import count, format_local_time
from pages.shell.links import link_assets, link_project, link_subject
from pages.shell.open_review import OpenReview
from pages.shell.portal import now
from pages.shell.session import matrix_request, reasons, reviews
from qc_core.assets.query import AssetQuery
from qc_core.quality_control.position import Position
from qc_core.quality_control.rollup import count_document, document_review_status
from qc_core.quality_control.status_matrix import MatrixCell, build_matrix
from qc_core.stores.ports import StoredRecord

MAX_NAMES = 3
"""Key experimenters that are named in the header."""


def draw(review: OpenReview, *, annotatable: bool) -> DeltaGenerator:
    """Name, subject, project, time, modalities, status and counts; below, folded: notes and problems.

    Returns the container for links to other assets, which `asset_links` draws once the rest of the page is there.
    """
    stored = review.stored
    document, asset = stored.document, stored.asset
    sentences = [problem.sentence for problem in document.problems]
    problems = tuple(dict.fromkeys((*stored.problems, *asset.problems, *sentences)))
    with st.container(key="qc-record", horizontal=True, vertical_alignment="center", gap="small"):
        st.fragment(_draw_status, key="record-status")(stored.record_id)
        links = st.container(key="qc-asset-links", horizontal=True, vertical_alignment="center", width="content")
        notes.draw(stored, annotatable=annotatable)
        asset_history.draw(stored)
        if document.metrics:
            arrange.draw(stored.record_id)
        external_links.draw(stored)
        if problems:
            label, icon = _name_problems(len(problems), len(asset.notes))
            with st.popover(label, icon=icon, type="tertiary"):
                st.markdown("\n".join(f"- {plain(problem)}" for problem in problems))
    return links


def _draw_status(record_id: str) -> None:
    """The name with the status. The matrix is built when its panel is opened, and sent with that drawing."""
    with boundary("the status of this asset"):
        at, review = now(), reviews.get_review(record_id)
        document = review.stored.document
        status = document_review_status(document, at)
        key = "record-header"
        browser_components.record_header(
            key=key,
            data={
                "name": review.stored.name,
                "status": str(status) if status else "",
                "record": review.draft.name,
                "count": len(document.metrics),
                "counts": count_document(document, at).as_list(),
                "facts": _facts(review.stored),
                "matrix": _describe_matrix(review, at) if matrix_request.take_matrix_request() else None,
            },
            on_why_change=reasons.build_reasons_callback(key, record_id),
            on_about_change=matrix_request.request_matrix,
        )


def _describe_matrix(review: OpenReview, at: datetime) -> dict[str, Any]:
    """The status by modality and stage, and by tag; each cell leads to its metrics."""
    matrix = build_matrix(review.stored.document, at)

    def describe(cell: MatrixCell | None) -> dict[str, Any] | None:
        if cell is None:
            return None
        arrangement = replace(review.address.arrangement, conditions=cell.conditions)
        there = replace(review.address, arrangement=arrangement, position=Position())
        return {
            "status": str(cell.status or ""),
            "text": f"{cell.counts.pending} of {cell.total} left" if cell.counts.pending else f"{cell.total}",
            "href": there.href() if cell.conditions else "",
        }

    return {
        "stages": matrix.stages,
        "rows": [[modality, [describe(cell) for cell in cells]] for modality, cells in matrix.rows],
        "tags": [[tag, describe(cell)] for tag, cell in matrix.tags],
    }


def _name_problems(number: int, notes: int) -> tuple[str, str]:
    """The label and icon of the button, such as "2 problems, 1 note"; `notes` of the problems are only notes."""
    counts = ((number - notes, "problem"), (notes, "note"))
    label = ", ".join(count(found, thing) for found, thing in counts if found)
    return label, ":material/warning:" if number > notes else ":material/info:"


def _facts(stored: StoredRecord) -> list[dict[str, str]]:
    asset = stored.asset
    time = asset.acquisition_time
    labels = asset.modality_labels or tuple(dict.fromkeys(metric.modality.label for metric in stored.document.metrics))
    when = format_local_time(time, zone_assumed=asset.acquisition_time_assumed) if time else ""
    return [
        {"text": f"subject {asset.subject_id}", "href": link_subject(asset.subject_id)}
        if asset.subject_id
        else {"text": "no subject recorded", "href": ""},
        {"text": asset.project, "href": link_project(asset.project)}
        if asset.project
        else {"text": "no project recorded", "href": ""},
        {"text": when or "no acquisition time recorded", "href": ""},
        {"text": ", ".join(labels) or "no modality recorded", "href": ""},
        *_key_experimenters(stored.document.key_experimenters),
    ]


def _key_experimenters(names: tuple[str, ...]) -> list[dict[str, str]]:
    """Who is responsible for the quality control, as a link to all assets that one of them is responsible for."""
    if not names:
        return []
    shown = names if len(names) <= MAX_NAMES + 1 else (*names[:MAX_NAMES], f"{len(names) - MAX_NAMES} more")
    text = f"key experimenter{'s' if len(names) > 1 else ''} {', '.join(shown)}"
    return [{"text": text, "href": link_assets(AssetQuery(people=names))}]
