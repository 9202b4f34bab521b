"""The port of the drafts: the protocol that their stores implement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from qc_core.quality_control.annotating.changes import DraftEntry, Edit
from qc_core.quality_control.annotating.merging import StoredDraft


@dataclass(frozen=True, slots=True)
class UnsubmittedDraft:
    """A person's draft that was never submitted: whose, of which record (None where an old draft does not say).

    `touched_at` is the time of its newest edit; `unreadable`: whether it cannot be understood as a whole.
    """

    person: str
    record_id: str | None
    changes: int
    touched_at: datetime | None
    unreadable: bool


class DraftStore(Protocol):
    """Where drafts are: one object per person, record and tab; only that tab writes it.

    A guest has the key "" and no drafts: nothing is read or listed for that key, and to write raises NotAllowed.
    """

    @property
    def is_near(self) -> bool:
        """Whether reads are so cheap that each write may be preceded by one."""
        ...

    def read(self, person: str, record_id: str) -> Mapping[str, Mapping[str, DraftEntry]]:
        """What every tab of this person holds for a record: tab -> edit key -> entry. Raises StoreUnavailable."""
        ...

    def get_draft(self, person: str, record_id: str) -> StoredDraft:
        """The same, with what is there and cannot be understood, and the marks. Raises StoreUnavailable."""
        ...

    def read_ahead(self, person: str, record_ids: Sequence[str]) -> None:
        """Read these drafts together, where reading one takes long; `get_draft` is answered by that, soon and once."""
        ...

    def write(
        self,
        person: str,
        record_id: str,
        tab: str,
        entries: Mapping[str, DraftEntry],
        *,
        name: str = "",
        mark: str | None = None,
        is_known: bool = False,
    ) -> None:
        """Replace what one tab holds, durably, before returning. Nothing is stored for no entries.

        `person` is the key of a person, `name` what others know them by; `mark` is left next to it. With
        `is_known` this tab's entries were read or written before: then nothing is read. Raises
        StoreUnavailable when the draft could not be kept, NotAllowed for a guest.
        """
        ...

    def list_unsubmitted(self) -> tuple[UnsubmittedDraft, ...]:
        """The drafts of all people, those untouched for longest first. Raises StoreUnavailable."""
        ...

    def count_changes(self, person: str, max_age: float = 0.0) -> Mapping[str, int]:
        """Count one person's changes by record id, as of `max_age` seconds ago or a later write. StoreUnavailable."""
        ...

    def list_edits(self, person: str) -> Mapping[str, Mapping[str, Edit]]:
        """One person's unsubmitted edits by record id and their keys, read together. Raises StoreUnavailable."""
        ...

    def expire(self, before: datetime) -> int:
        """Remove the drafts that nobody touched since; how many. Raises StoreUnavailable."""
        ...
