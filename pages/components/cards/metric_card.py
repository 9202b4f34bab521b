"""One metric's card: what it is, its value in an editor, its status in one click, a note, its history."""

import json
from datetime import datetime

import streamlit as st

from pages.components import markdown, people
from pages.components.cards import (
    column_search,
    comparison,
    curation_card,
    curation_history,
    entry_type,
    further_keys,
    metric_history,
    reasons,
    value_editor,
    value_lock,
)
from pages.components.cards.card import CardContext, card_part, list_facts
from pages.shell.errors import boundary, format_hidden_label, plain
from pages.shell.formatting import (
    describe_future_entry,
    format_asset_link,
    format_status,
    format_time,
    status_markdown,
)
from pages.shell.portal import now
from pages.shell.session import page_permissions, reviews, widget_state
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.annotating.changes import MetricEdit
from qc_core.quality_control.duplicates import describe_duplicate
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.rollup import describe_allowed_failure
from qc_core.quality_control.status import Generation, Status, latest
from qc_core.quality_control.values.answers import (
    apply_answer,
    editor,
    find_contradicting_status,
    rule_status,
    run_value_rule,
)
from qc_core.quality_control.values.editor_kinds import CurationEditor
from qc_core.quality_control.values.editors import is_multi_asset
from qc_core.quality_control.values.json_entry import BadEntry
from qc_core.quality_control.values.lines import summary
from qc_core.quality_control.values.rules import NoRuleResult
from qc_core.quality_control.values.typed_entry import entries_as_texts, has_open_type, list_typed_entries
from qc_core.stores.ports import StoredRecord

CHOICES = [Status.PASS, Status.FAIL, Status.PENDING]


def draw(
    stored: StoredRecord,
    metric: Metric,
    at: datetime,
    *,
    annotatable: bool,
    wide: bool = False,
    shared: frozenset[str] = frozenset(),
) -> None:
    """The card, as a fragment of its own: a change on it redraws it and the bar, and nothing else.

    The facts in `shared` are shown above all cards, and not on this one.
    """
    st.fragment(_card, key=card_part(metric))(stored, metric, at, annotatable, wide, shared)


def _card(
    stored: StoredRecord, metric: Metric, at: datetime, annotatable: bool, wide: bool, shared: frozenset[str]
) -> None:
    generation = stored.document.generation or Generation.V2
    opened = reviews.get_review(stored.record_id)
    card = CardContext(
        record_id=stored.record_id,
        metric=metric,
        generation=generation,
        stored=latest(metric.history, generation, at),
        key=opened.key_of(metric),
        name=opened.widget_name(metric.key),
        disabled=not annotatable or metric.read_only is not None,
        wide=wide,
    )
    with st.container(border=True, key=f"qc-card-{metric.key}", gap="xsmall"), boundary(f"the metric {metric.name}"):
        _words(card, shared)
        if metric.key in stored.document.duplicates:
            st.caption(plain(describe_duplicate(stored.document, metric, at)))
        _description(card)
        _special_status(stored, metric, at)
        if opened.is_conflict(card.key):
            st.caption("⚠ **Someone else changed this metric while you worked.** Decide under “Review and submit”.")
        _value(card)
        comparison.draw(card)
        _status(card)
        _rule(card)
        if not card.disabled:
            reasons.draw_note(card)
        _foot(card)


def _words(card: CardContext, shared: frozenset[str]) -> None:
    """Name, value, facts and status: all that a closed card shows."""
    metric, stored, edit = card.metric, card.stored, card.edit
    facts = [plain(fact) for fact in list_facts(metric) if fact not in shared]
    value = plain(summary(edit.value.value if edit and edit.value else metric.value, metric.object_type))
    who = (
        f"by {people.format_person(card.record_id, stored.evaluator)}, " if stored and stored.evaluator.strip() else ""
    )
    signed = f" :small[{who}{plain(format_time(stored.recorded_time))}]" if stored else ""
    note = "".join(f"  \n:small[“{plain(text)}”]" for text in metric_history.get_current_notes(card))
    status = _describe_status(edit, stored.status if stored else None)
    about = f":small[{' · '.join(facts)}]  \n" if facts else ""
    st.markdown(f"**{plain(metric.name)}** *{value}*  \n{about}{status}{signed}{note}")


def _description(card: CardContext) -> None:
    metric = card.metric
    for problem in metric.problems:
        st.caption(f"⚠ {plain(problem)}")
    if metric.read_only:
        st.caption(f"Cannot be annotated: {plain(metric.read_only)}")
    if metric.description:
        markdown.draw(metric.description)
    if metric.evaluated_assets and not is_multi_asset(metric.value, metric.evaluated_assets):
        links = [f":small[{format_asset_link(asset)}]" for asset in metric.evaluated_assets]
        st.markdown("  \n".join([":small[Depends on]", *links]))


def _describe_status(edit: MetricEdit | None, stored: Status | None) -> str:
    """The status as Markdown: that of the draft with the stored one, such as "Pass (draft), was Pending"."""
    if edit is None or edit.status is None or edit.status is stored:
        return status_markdown(stored)
    return f"{status_markdown(edit.status)} (draft), was {stored or 'without status'}"


def _special_status(stored: StoredRecord, metric: Metric, at: datetime) -> None:
    """Remarks on the status: an entry in the future, an allowed failure."""
    future = describe_future_entry(metric.history, at)
    if future:
        st.caption(f"⚠ {plain(future)}")
    allowed = describe_allowed_failure(stored.document, metric, at)
    if allowed:
        st.caption(plain(allowed))


def _value(card: CardContext) -> None:
    metric, edit = card.metric, card.edit
    shown = edit.value.value if edit and edit.value else metric.value
    widget = f"{card.name}-value"
    fresh = editor(shown, metric.object_type, metric.evaluated_assets)
    if isinstance(fresh, CurationEditor):
        curation_card.draw(card)
        return
    kind = reviews.get_mounted_editor(card.record_id, value_editor.get_first_key(fresh, widget), fresh)

    type_key = f"{card.name}-entry-type"

    def keep_answer() -> None:
        stored_kind = editor(metric.value, metric.object_type, metric.evaluated_assets)
        as_text = entry_type.is_text_chosen(type_key) if has_open_type(stored_kind) else None
        answer = value_editor.read_answer(kind, widget, as_text=as_text)
        if isinstance(answer, BadEntry):  # the card reports what is wrong, and keeps showing what was typed
            card.redraw()
        else:
            value = apply_answer(metric.value, stored_kind, answer)
            if as_text:  # also what was a number already when this field was drawn
                value = entries_as_texts(metric.value, stored_kind, value)
            card.keep(editing.with_value(card.edit, metric, card.generation, value, now()))

    label = f"Value of {metric.name}"
    locked = value_lock.draw(card)
    find = column_search.draw(card) if value_editor.has_wide_table(kind) else ""
    value_editor.draw(kind, label, widget, keep_answer, disabled=card.disabled or locked, find=find)
    stored_kind = editor(metric.value, metric.object_type, metric.evaluated_assets)
    entries = list_typed_entries(metric.value, stored_kind, shown) if edit and edit.value else []
    entry_type.draw(entries, label, type_key, keep_answer, disabled=card.disabled or locked)
    further_keys.draw(shown, fresh)


def _status(card: CardContext) -> None:
    edit, widget = card.edit, f"{card.name}-status"
    widget_state.set_value(widget, edit.status if edit and edit.status else card.stored.status if card.stored else None)

    def keep_status() -> None:
        status = widget_state.get_value(widget)
        if status is None:  # a second click on the chosen one: it stays chosen
            card.redraw()
        else:
            edit = editing.with_status(card.edit, card.metric, card.generation, status, now())
            card.keep(edit, decides=status is not Status.PENDING, is_verdict=True)

    st.segmented_control(
        format_hidden_label(f"Status of {card.metric.name}"),
        CHOICES,
        format_func=format_status,
        key=widget,
        on_change=keep_status,
        disabled=card.disabled,
        label_visibility="collapsed",
        width="stretch",
    )


def _rule(card: CardContext) -> None:
    """The status that the rule of a rule-based value gives now, marked where it differs from the stored one."""
    edit = card.edit
    result = run_value_rule(edit.value.value if edit and edit.value else card.metric.value)
    if result is None:
        _contradiction(card, edit)
        return
    rule = plain(str(card.metric.value["rule"]))
    taken = _describe_entry(card, edit)
    if isinstance(result, NoRuleResult):
        st.markdown(f":small[{taken}Rule: “{rule}”  \n{plain(result.reason)} So it sets no status.]")
        return
    now_gives, status = rule_status(result), edit.status if edit and edit.status else None
    shown = status or (card.stored.status if card.stored else None)
    words = f":small[{taken}Rule: **{rule}** gives {status_markdown(now_gives)} now.]"
    if now_gives != shown:
        words += f"  \n:small[⚠ **They differ:** {_name_source(shown, chosen=status is not None)}.]"
    st.markdown(words)


def _contradiction(card: CardContext, edit: MetricEdit | None) -> None:
    """Mark a status that contradicts the chosen option."""
    value = edit.value.value if edit and edit.value else card.metric.value
    chosen = edit.status if edit and edit.status else None
    shown = chosen or (card.stored.status if card.stored else None)
    implied = find_contradicting_status(value, shown)
    if implied is not None:
        source = _name_source(shown, chosen=chosen is not None)
        st.markdown(f":small[⚠ **They differ:** the answer means {status_markdown(implied)}, but {source}.]")


def _name_source(status: Status | None, *, chosen: bool) -> str:
    return f"you chose {status_markdown(status)}" if chosen else f"{status_markdown(status)} is stored"


def _describe_entry(card: CardContext, edit: MetricEdit | None) -> str:
    """For a rule without a stored value: the type in which the entry is stored."""
    if edit is None or edit.value is None or card.metric.value["value"] is not None:
        return ""
    entered = edit.value.value["value"]
    kind = "a text" if isinstance(entered, str) else "yes or no" if isinstance(entered, bool) else "a number"
    return f"{plain(json.dumps(entered, ensure_ascii=False))} is read as {kind}.  \n"


def _foot(card: CardContext) -> None:
    """The history and the changes of the draft, in a line that is always drawn, so that a new draft moves nothing."""
    name = f"qc-foot-{card.metric.key}"
    with st.container(key=name, horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        label = f"History ({len(card.metric.history)})"
        history = st.popover(label, type="tertiary", key=f"{card.name}-history", on_change="rerun")
        with history:
            if history.open:  # nobody opens most of them: they are built when wanted
                metric_history.draw(card)
                if card.metric.curation:
                    curation_history.draw(card, card.metric.curation)
        if card.edit is None:
            return
        st.markdown(f":small[:primary[● {plain(_what_changed(card, card.edit))}]]", width="stretch")
        if page_permissions.get_refusal(reviews.get_review(card.record_id).stored) is None:
            st.button("Undo", key=f"{card.name}-undo", type="tertiary", on_click=_undo, args=(card,))


def _undo(card: CardContext) -> None:
    reviews.get_review(card.record_id).reset_card(card.metric.key)
    reviews.keep_edit(card.record_id, card.key, None)
    card.redraw()


def _what_changed(card: CardContext, edit: MetricEdit) -> str:
    metric = card.metric
    # The status comes first, since the line may be cut.
    parts = editing.describe_edit(edit, metric.value, len(metric.curation.items) if metric.curation else 0)
    draft = reviews.get_review(card.record_id).draft
    kept = "Saved as draft" if card.key not in draft.unsaved else "Saving" if draft.is_waiting else "Not saved"
    return f"{kept}: {', '.join(parts)}"
