"""The drafts of all people that were never submitted: whose, of which record, how many changes, since when."""

from datetime import datetime

import streamlit as st

from pages.shell.address import ReviewAddress
from pages.shell.errors import plain
from pages.shell.formatting import count, format_age, format_time
from pages.shell.portal import now, person, services
from qc_core.assets.query import AssetQuery
from qc_core.identity.permissions import may_see_waiting
from qc_core.stores.draft_port import UnsubmittedDraft

_SHOWN = 500


def draw() -> None:
    """The list, the oldest first; nothing can be changed here. Raises StoreUnavailable."""
    st.title("Unsubmitted drafts", anchor=False)
    settings = services().settings
    refused = may_see_waiting(person(), settings, now())
    if refused is not None:
        whom = "people who may annotate" if settings.administrators is None else "the administrators of this portal"
        st.info(f"Unsubmitted drafts are shown to {whom}. {plain(refused.reason)}")
        return
    limit = settings.drafts_expire_after
    st.markdown(
        "Changes that were made but not submitted. Only their owner can open them, under their own name. "
        + (f"A draft that is not changed for {count(limit.days, 'day')} is removed." if limit else "They never expire.")
    )
    drafts = services().drafts.list_unsubmitted()
    if not drafts:
        st.info("There are no unsubmitted drafts: every change has been submitted or undone.")
        return
    ids = tuple(draft.record_id for draft in drafts if draft.record_id)
    found = services().index.query(AssetQuery(ids=ids)).result.rows if ids else ()
    names = {asset.record_id: asset.name for asset in found}
    at = now()
    st.table([_row(draft, names, at) for draft in drafts[:_SHOWN]])
    st.caption(count(len(drafts), "draft") + (f", the {_SHOWN} oldest shown" if len(drafts) > _SHOWN else ""))


def _row(draft: UnsubmittedDraft, names: dict[str, str], at: datetime) -> dict[str, str]:
    record = "not known"
    if draft.record_id:
        link = ReviewAddress(record_id=draft.record_id).href()
        record = f"[{plain(names.get(draft.record_id, draft.record_id))}]({link})"
    touched = (
        f"{format_time(draft.touched_at)}, {format_age(draft.touched_at, at)}" if draft.touched_at else "not known"
    )
    changes = count(draft.changes, "change") + (", partly unreadable" if draft.unreadable else "")
    return {"Who": plain(draft.person), "Record": record, "Changes": changes, "Last changed": touched}
