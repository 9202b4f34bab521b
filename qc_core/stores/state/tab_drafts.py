"""The drafts of tabs as they are stored: read together, and only where they changed since they were last read."""

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

from qc_core.quality_control.annotating.changes import DraftEntry
from qc_core.quality_control.annotating.draft_text import About, read_about, read_draft
from qc_core.quality_control.annotating.merging import StoredDraft, merge
from qc_core.stores.cache import BoundedCache
from qc_core.stores.state.objects import Objects

TAB = re.compile(r"[a-z0-9-]{1,64}")
MARK = re.compile(r"kept-([0-9a-f]{1,32})")
_MAX_KNOWN = 2000
_AHEAD_KEPT = 30.0
"""Seconds for which a draft that was read ahead is given."""


class TabDraft(NamedTuple):
    """What one tab holds: the key of its object, whose it is, its entries, and what is wrong with it."""

    key: str
    about: About
    entries: Mapping[str, DraftEntry]
    problems: tuple[str, ...]


@dataclass(slots=True)
class DraftFolder:
    """What the folder of one person and record holds."""

    tabs: list[TabDraft] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)

    @property
    def record_id(self) -> str:
        """The id of the record, "" where nothing states it."""
        return next((tab.about.record_id for tab in self.tabs if tab.about.record_id), "")

    def merge(self) -> dict[str, DraftEntry]:
        """The entries of all tabs merged."""
        return merge({tab.key: tab.entries for tab in self.tabs})

    def as_draft(self) -> StoredDraft:
        """The same as a draft: of objects with the name of a tab."""
        of_tabs = {name: tab for tab in self.tabs if TAB.fullmatch(name := _name(tab.key).removesuffix(".json"))}
        entries = {name: tab.entries for name, tab in of_tabs.items() if tab.entries}
        problems = tuple(problem for tab in of_tabs.values() for problem in tab.problems)
        return StoredDraft(entries, problems, frozenset(self.marks))


class TabDrafts:
    """The drafts of tabs in the state, by the folder of person and record."""

    def __init__(self, objects: Objects) -> None:
        """Nothing is asked before the first read."""
        self._objects = objects
        self._known: BoundedCache[str, tuple[str, TabDraft]] = BoundedCache(_MAX_KNOWN)

    def read_folders(self, root: str, *, fresh: bool = False) -> dict[str, DraftFolder]:
        """The folders below `root`, or `root` itself, that hold anything. Raises ObjectsUnavailableError.

        They are listed by one request, and what changed since it was last read is read together; with `fresh` all is.
        """
        versions = self._objects.versions(root)
        drafts = {key: version for key, version in versions.items() if key.endswith(".json")}
        known = {} if fresh else {key: draft for key in drafts if (draft := self._get_known(key, drafts[key]))}
        for key, data in self._objects.read_many([key for key in drafts if key not in known]).items():
            if data is not None:
                known[key] = self.parse(key, data)
                self._known.put(key, (drafts[key], known[key]), 1)
        found: dict[str, DraftFolder] = {}
        for key in versions:
            folder = found.setdefault(key.rpartition("/")[0], DraftFolder())
            if key in known:
                folder.tabs.append(known[key])
            elif mark := MARK.fullmatch(_name(key)):
                folder.marks.add(mark[1])
        return found

    def parse(self, key: str, data: bytes) -> TabDraft:
        """What an object holds. One that is not text holds nothing, and that is its problem."""
        text = data.decode("utf-8", "replace")
        about = read_about(text)
        if text.encode() != data:
            return TabDraft(key, about, {}, (f"The draft {self._objects.where}/{key} is not text.",))
        return TabDraft(key, about, *read_draft(text))

    def _get_known(self, key: str, version: str) -> TabDraft | None:
        known = self._known.get(key)
        return known[1] if known is not None and known[0] == version else None


class DraftsAhead:
    """Drafts that were read for who is about to ask for them: each is given once, within half a minute."""

    def __init__(self) -> None:
        """Nothing was read yet."""
        self._lock = Lock()
        self._held: dict[str, _Ahead] = {}

    def expect(self, folders: Iterable[str]) -> "_Ahead":
        """Begin to read the drafts of these folders; what is returned goes to `put`."""
        now = time.monotonic()
        expected = _Ahead(now + _AHEAD_KEPT)
        with self._lock:
            recent = {folder: ahead for folder, ahead in self._held.items() if ahead.until > now}
            self._held = recent | dict.fromkeys(folders, expected)
        return expected

    def put(self, expected: "_Ahead", folder: str, draft: StoredDraft) -> None:
        """Keep a draft, unless it was dropped, or somebody else began to read it, since it was expected."""
        with self._lock:
            if self._held.get(folder) is expected:
                self._held[folder] = _Ahead(expected.until, draft)

    def take(self, folder: str) -> StoredDraft | None:
        """The draft of a folder, which is then given to nobody else; None where it was not read ahead."""
        with self._lock:
            ahead = self._held.pop(folder, None)
        return ahead.draft if ahead is not None and time.monotonic() < ahead.until else None

    def drop(self, folder: str) -> None:
        """The draft of a folder changes: what was read of it, or is being read, is not given."""
        with self._lock:
            self._held.pop(folder, None)


@dataclass(frozen=True, slots=True, eq=False)
class _Ahead:
    """A draft, None while it is being read, that is given until a moment (monotonic)."""

    until: float
    draft: StoredDraft | None = None


def _name(key: str) -> str:
    return key.rpartition("/")[2]
