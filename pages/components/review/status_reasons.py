"""The dialog that explains why a group has its status: the metrics that decide it, each a link, and what is allowed."""

from datetime import datetime
from typing import Any

import streamlit as st

from pages.components import people
from pages.components.review import group_tree
from pages.shell import browser_components
from pages.shell.address import read_review_address
from pages.shell.errors import boundary
from pages.shell.formatting import format_time
from pages.shell.open_review import OpenReview
from pages.shell.portal import now
from pages.shell.session import navigation, reasons, reviews
from qc_core.quality_control.figure_pages import metric_addresses
from qc_core.quality_control.folding import fold, path_text
from qc_core.quality_control.grouping import Group, find_group, group_text, leaf_with, walk
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.position import Position, format_json
from qc_core.quality_control.reasons import Reason, Reasons, find_reasons
from qc_core.quality_control.values.answers import run_value_rule
from qc_core.quality_control.values.lines import summary
from qc_core.references.formula_text import replace_formulas
from qc_core.references.markdown import remove_links

MAX_REASONS = 300
"""Metrics in the list at most; it states how many there are."""
MAX_GROUPS = 500
"""Groups that can be chosen at most."""
_MAX_DESCRIPTION = 200
"""Characters of a description at most."""


def draw(record_id: str) -> None:
    """The dialog, which is empty until somebody asks, as a fragment."""
    st.fragment(_draw, key=reasons.PART)(record_id)


def _draw(record_id: str) -> None:
    wanted = reasons.get_wanted_reasons(record_id)
    with boundary("why this status"):
        browser_components.status_reasons(
            key="status-reasons",
            data=_describe(reviews.get_review(record_id), wanted, now()) if wanted else {"number": 0},
            height=1,
            on_why_change=reasons.build_reasons_callback("status-reasons", record_id),
            on_followed_change=navigation.build_link_callback("status-reasons"),
        )


def _describe(review: OpenReview, wanted: reasons.WantedReasons, at: datetime) -> dict[str, Any]:
    document, root = review.stored.document, review.get_navigator(at).root
    group = find_group(root, wanted.group) or root
    found = find_reasons(document, group.metrics, group_tree.get_drafted(review), at)
    rows = [_describe_reason(review, root, reason) for reason in (*found.decide, *found.allowed)[:MAX_REASONS]]
    return {
        "number": wanted.number,
        "group": group_text(group),
        "groups": _list_groups(root),
        "status": str(found.status or ""),
        "stored": str(group.status or ""),
        "count": len(group.metrics),
        "summary": _summarize(found, len(group.metrics)),
        "rows": rows,
        "left_out": len(found.decide) + len(found.allowed) - len(rows),
    }


def _list_groups(root: Group) -> list[tuple[str, str]]:
    """The groups that can be chosen, all metrics first: each address with the path for people."""
    groups = [group for group in walk(fold(root)) if group.address][:MAX_GROUPS]
    return [("", "All metrics"), *((group_text(group), path_text(group)) for group in groups)]


def _summarize(found: Reasons, total: int) -> str:
    """Such as "3 of 23 metrics are Fail, which decides." """
    number, allowed = len(found.decide), len(found.allowed)
    are = "is" if number == 1 else "are"
    text = f"{number} of {total} {are} {found.status}, and {'that decides' if number == 1 else 'they decide'}."
    if not number:
        text = f"No metric of {total} is Fail or Pending." if found.status else "No metric has a status."
    failures = "1 more Fail is" if allowed == 1 else f"{allowed} more Fails are"
    return f"{text} {failures} allowed, and count{'s' if allowed == 1 else ''} as Pass." if allowed else text


def _describe_reason(review: OpenReview, root: Group, reason: Reason) -> dict[str, Any]:
    document = review.stored.document
    metric, leaf = document.metrics[reason.index], leaf_with(root, reason.index)
    position = Position(group_text(leaf), metric_addresses(document, leaf)[reason.index])
    edit = review.metric_edit(review.key_of(metric)) if reason.is_draft else None
    value = edit.value.value if edit and edit.value else metric.value
    is_rule = run_value_rule(metric.value) is not None
    since, name = reason.since, reason.since.evaluator.strip() if reason.since else ""
    return {
        "name": metric.name,
        "group": path_text(leaf),
        "href": read_review_address().href(position),
        "position": format_json(position),
        "status": str(reason.status),
        "was": "" if not reason.is_draft else str(reason.stored or "no status"),
        "value": summary(value, metric.object_type),
        "rule": str(metric.value["rule"]) if is_rule else "",
        "description": "" if is_rule else _read_description(metric),
        "who": "You, in your draft" if reason.is_draft else people.format_person_in_table(review.record_id, name),
        "since": format_time(since.recorded_time) if since else format_time(edit.edited_at) if edit else "",
        "allowed": reason.allowed,
    }


def _read_description(metric: Metric) -> str:
    """The beginning of a description as one line of plain text."""
    written = (metric.description or "")[: 10 * _MAX_DESCRIPTION]
    return " ".join(replace_formulas(remove_links(written)).split())[:_MAX_DESCRIPTION]
