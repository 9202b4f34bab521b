"""Keep a person's edits of one record as a draft."""

from collections.abc import Mapping
from dataclasses import replace

from qc_core.quality_control.annotating.changes import DraftEntry, Edit
from qc_core.quality_control.annotating.editing import after
from qc_core.quality_control.annotating.merging import HeldDraft
from qc_core.stores.ports import DraftStore
from qc_core.stores.state.drafts import write_tab


def save(
    drafts: DraftStore,
    *,
    person_key: str,
    record_id: str,
    tab: str,
    entries: Mapping[str, DraftEntry],
    person_name: str = "",
    held: HeldDraft | None = None,
    mark: str | None = None,
) -> dict[str, Edit]:
    """Keep what changed just now (edits, and tombstones of those undone) in this tab's draft.

    Only this tab's own draft is written; there, what is saved now counts as newer than what other tabs hold.
    `held` is the draft as it is stored, where it was just read; `mark` is left beside what is written. Gives the edits
    of all tabs as they then are. Raises StoreUnavailable, and NotAllowed for a guest.
    """
    tabs = (held or drafts.look(person_key, record_id)).tabs
    mine = dict(tabs.get(tab, {}))
    for key, entry in entries.items():
        others = [held[key].edited_at for name, held in tabs.items() if name != tab and key in held]
        mine[key] = replace(entry, edited_at=after(max(others), entry.edited_at)) if others else entry
    return write_tab(drafts, tabs, person_key, record_id, tab, mine, name=person_name, mark=mark)
