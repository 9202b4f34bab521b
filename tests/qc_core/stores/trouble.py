"""Stores that fail, or die, at a chosen step of their writing."""

from typing import Any

from qc_core.stores.folder.store import FolderStore
from qc_core.stores.state.draft_store import FolderDrafts
from tests.qc_core.stores.reviewers import Reviewer


class CrashError(Exception):
    """The process died."""


class Trouble:
    """Counts the steps that write, and does something before or after one of them."""

    def __init__(self, step: Any = -1, error: Any = CrashError) -> None:
        self.step, self.error, self.taken = step, error, 0

    def disturb(self, write: Any) -> None:
        self._reach()
        write()
        self._reach()

    def _reach(self) -> None:
        self.taken += 1
        if self.taken - 1 == self.step:
            raise self.error("as the test wants it")


class TroubledStore(FolderStore):
    trouble = Trouble()

    def submit(self, record_id: str, patch: Any) -> None:
        self.trouble.disturb(lambda: super(TroubledStore, self).submit(record_id, patch))


class TroubledDrafts(FolderDrafts):
    trouble = Trouble()

    def write(self, *what: Any, **more: Any) -> None:
        self.trouble.disturb(lambda: super(TroubledDrafts, self).write(*what, **more))


def with_trouble(stored: Any, trouble: Any, name: str = "Ada Lovelace", tab: str = "tab-1") -> Any:
    """A reviewer whose submission (not their edits) meets trouble."""
    ada = Reviewer(
        stored, name, tab, TroubledStore(stored.assets, stored.clock, walk_every=0), TroubledDrafts(stored.state)
    )
    ada.store.trouble = ada.drafts.trouble = Trouble()  # type: ignore[attr-defined]  # of the two classes above

    def meet() -> None:
        ada.store.trouble = ada.drafts.trouble = trouble  # type: ignore[attr-defined]  # of the two classes above

    return ada, meet
