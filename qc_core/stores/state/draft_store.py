"""Drafts: one small object per person, record and tab, in the folder or the bucket of the portal's state.

`drafts/<person>/<record>/<tab>.json`; only its tab writes an object, so no lock is needed across processes. Next to
them `kept-<mark>` stays when a tab's object goes, because all of it was undone or submitted: an open page that finds no
mark which it saw before knows that the stored draft was removed, and writes what it holds again.
"""

import hashlib
import re
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from qc_core.errors import NotAllowed, StoreUnavailable
from qc_core.quality_control.annotating.changes import DraftEntry
from qc_core.quality_control.annotating.draft_text import About, read_about, read_draft, write_draft
from qc_core.quality_control.annotating.merging import StoredDraft, edits_of, merge
from qc_core.stores.ports import UnsubmittedDraft
from qc_core.stores.state.objects import FolderObjects, Objects, ObjectsUnavailableError

_TAB = re.compile(r"[a-z0-9-]{1,64}")
_MARK = re.compile(r"kept-([0-9a-f]{1,32})")
_ASIDE = ".unreadable"
_ROOT = "drafts"
_MAX_KNOWN = 2000


class _TabDraft(NamedTuple):
    """What one tab holds: the key of its object, whose it is, and its entries."""

    key: str
    about: About
    entries: Mapping[str, DraftEntry]
    unreadable: bool


class Drafts:
    """The draft store over objects of the portal's own. Only the account that runs the portal can read them."""

    def __init__(self, objects: Objects) -> None:
        """Nothing is made before the first draft is kept: reading changes nothing."""
        self._objects = objects
        self._writing = Lock()
        self._listed: dict[str, tuple[str, str, Mapping[str, DraftEntry]]] = {}
        self._counted: dict[str, tuple[float, Mapping[str, int]]] = {}
        self._changes = 0

    @property
    def is_near(self) -> bool:
        """Whether drafts are on a disk of this computer."""
        return self._objects.is_near

    def read(self, person: str, record_id: str) -> Mapping[str, Mapping[str, DraftEntry]]:
        """What every tab of this person holds for a record. What cannot be understood is left out: see `get_draft`.

        Raises StoreUnavailable when an object cannot be read: to edit without it could undo what it holds.
        """
        return self.get_draft(person, record_id).tabs

    def get_draft(self, person: str, record_id: str) -> StoredDraft:
        """The same as `read`, what cannot be understood, and the marks; each object is read once, and stays."""
        if not person.strip():
            return StoredDraft()
        held: dict[str, tuple[Mapping[str, DraftEntry], tuple[str, ...]]] = {}
        marks: set[str] = set()
        with self._storage_errors("Your draft could not be read"):
            for key in self._objects.keys(_folder_of(person, record_id)):
                name = key.rpartition("/")[2]
                mark, tab = _MARK.fullmatch(name), name.removesuffix(".json")
                if mark:
                    marks.add(mark[1])
                elif name.endswith(".json") and _TAB.fullmatch(tab):
                    draft = self._parse(key)
                    if draft:
                        held[tab] = draft
        tabs = {tab: entries for tab, (entries, _) in held.items() if entries}
        problems = tuple(problem for _, found in held.values() for problem in found)
        return StoredDraft(tabs, problems, frozenset(marks))

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
        """Replace what one tab holds, durably; nothing is stored for no entries.

        `name` is the person's, stored with their key for the list of unsubmitted drafts; `mark`, in hexadecimal digits,
        is left next to the entries. An object that could not be understood is set aside, not overwritten; with
        `is_known` it was read or written before, and is not read for that. Raises
        StoreUnavailable, and NotAllowed for a guest.
        """
        if not person.strip():
            raise NotAllowed(
                "The portal does not know who you are, so nothing is kept as a draft.", "Log in, or enter your name."
            )
        if not _TAB.fullmatch(tab):
            raise StoreUnavailable(f"{tab!r} is not a name of a tab, so the draft was not kept.")
        key = f"{_folder_of(person, record_id)}/{tab}.json"
        with self._writing, self._storage_errors("The draft could not be kept"):
            if not is_known:
                self._set_aside_if_unreadable(key)
            if entries and mark is not None:
                self._objects.write(f"{_folder_of(person, record_id)}/kept-{mark}", b"A draft was kept here.\n")
            if entries:
                about = About(person, name, record_id)
                self._objects.write(key, write_draft(entries, about).encode())
            else:
                self._objects.remove(key)
            self._forget_counts()

    def forget(self, record_ids: Iterable[str]) -> None:
        """Remove everyone's drafts for these records; the marks stay, as it is on purpose. Raises StoreUnavailable."""
        names = {_digest(record_id) for record_id in record_ids}
        with self._storage_errors(f"Drafts in {self._objects.where} could not be removed"):
            for key in self._objects.keys(_ROOT):
                if key.split("/")[2:3] and key.split("/")[2] in names and not _MARK.fullmatch(key.rpartition("/")[2]):
                    self._objects.remove(key)
            self._forget_counts()

    def list_unsubmitted(self) -> tuple[UnsubmittedDraft, ...]:
        """All drafts of all people with changes in them, the ones untouched for longest first. StoreUnavailable.

        A draft is that of all tabs: what one of them submitted or undid counts as gone, though another still holds it.
        """
        of_guests = f"{_ROOT}/{person_folder('')}/"  # written by earlier versions of the portal, and nobody's
        folders = {folder: held for folder, held in self._read_all().items() if not f"{folder}/".startswith(of_guests)}
        found = [_describe(folder, held) for folder, held in folders.items()]
        return tuple(
            sorted((one for one in found if one), key=lambda one: one.touched_at.timestamp() if one.touched_at else 0)
        )

    def count_changes(self, person: str, max_age: float = 0.0) -> Mapping[str, int]:
        """The number of unsubmitted changes of a person by record id, where there are any. Raises StoreUnavailable.

        Their drafts are listed by one request; only those that changed since they were last read are read. An answer of
        up to `max_age` seconds ago is given again, as long as nothing was written here since.
        """
        if not person.strip():
            return {}
        at, known = self._counted.get(person, (0.0, None))
        if known is not None and time.monotonic() - at < max_age:
            return known
        changes, began = self._changes, time.monotonic()
        counts = self._count_changes(person)
        if changes == self._changes:
            if len(self._counted) >= _MAX_KNOWN:
                self._counted.clear()
            self._counted[person] = (began, counts)
        return counts

    def _count_changes(self, person: str) -> Mapping[str, int]:
        found: dict[str, dict[str, Mapping[str, DraftEntry]]] = {}
        with self._storage_errors("Your drafts could not be listed"):
            for key, version in self._objects.versions(f"{_ROOT}/{person_folder(person)}").items():
                if key.endswith(".json"):
                    record_id, entries = self._get_parsed(key, version)
                    found.setdefault(record_id, {})[key] = entries
        counts = {record_id: len(edits_of(merge(tabs))) for record_id, tabs in found.items()}
        return {record_id: number for record_id, number in counts.items() if record_id and number}

    def _forget_counts(self) -> None:
        self._changes += 1
        self._counted.clear()

    def _get_parsed(self, key: str, version: str) -> tuple[str, Mapping[str, DraftEntry]]:
        known = self._listed.get(key)
        if known is None or known[0] != version:
            text = (self._objects.read(key) or b"").decode("utf-8", "replace")
            if len(self._listed) >= _MAX_KNOWN:
                self._listed.clear()
            known = self._listed[key] = (version, read_about(text).record_id, read_draft(text)[0])
        return known[1], known[2]

    def expire(self, before: datetime) -> int:
        """Remove drafts not changed since `before`, each with all its tabs; returns how many objects that were.

        Unreadable ones stay. Raises StoreUnavailable.
        """
        gone = 0
        for held in self._read_all().values():
            times = {one.key: max(entry.edited_at for entry in one.entries.values()) for one in held if one.entries}
            if times and max(times.values()) < before:
                with self._writing, self._storage_errors("An old draft could not be removed"):
                    for key in times:
                        self._objects.remove(key)
                    self._forget_counts()
                gone += len(times)
        return gone

    def _read_all(self) -> dict[str, list["_TabDraft"]]:
        """What every tab of everyone holds, by the folder of person and record. Raises StoreUnavailable."""
        with self._storage_errors("The drafts could not be listed"):
            keys = [key for key in self._objects.keys(_ROOT) if key.endswith(".json")]
        found: dict[str, list[_TabDraft]] = {}
        for key in keys:
            with self._storage_errors("A draft could not be read"):
                data = self._objects.read(key)
            if data is not None:
                text = data.decode("utf-8", "replace")
                entries, problems = read_draft(text)
                found.setdefault(key.rpartition("/")[0], []).append(
                    _TabDraft(key, read_about(text), entries, bool(problems))
                )
        return found

    def _parse(self, key: str) -> tuple[Mapping[str, DraftEntry], tuple[str, ...]] | None:
        """The entries of a draft, and what is wrong with it; None if it does not exist any more."""
        data = self._objects.read(key)
        if data is None:
            return None
        try:
            return read_draft(data.decode())
        except UnicodeDecodeError:
            return {}, (f"The draft {self._objects.where}/{key} is not text.",)

    def _set_aside_if_unreadable(self, key: str) -> None:
        draft = self._parse(key)
        data = self._objects.read(key) if draft and draft[1] else None
        if data is not None:
            digest = hashlib.sha256(data).hexdigest()[:12]
            self._objects.write(f"{key.removesuffix('.json')}.{digest}{_ASIDE}", data)
            self._objects.remove(key)

    @contextmanager
    def _storage_errors(self, what: str) -> Iterator[None]:
        try:
            yield
        except ObjectsUnavailableError as error:
            raise StoreUnavailable(f"{what}, because {error}.", self._objects.check) from error
        except StoreUnavailable as error:  # of one whole write
            raise StoreUnavailable(error.message, self._objects.check) from error


class FolderDrafts(Drafts):
    """The draft store in the folder of the portal's state."""

    def __init__(self, state: Path) -> None:
        """`state` is made when the first draft is kept, not before."""
        super().__init__(FolderObjects(state))


def _describe(folder: str, held: list[_TabDraft]) -> UnsubmittedDraft | None:
    """The draft of one person and record from what their tabs hold; None where nothing in it waits."""
    edits = edits_of(merge({one.key: one.entries for one in held}))
    unreadable = any(one.unreadable for one in held)
    if not edits and not unreadable:
        return None
    touched = max((entry.edited_at for one in held for entry in one.entries.values()), default=None)
    slug = folder.split("/")[1].rpartition("-")[0] if "/" in folder else ""
    who = next((name for one in held if (name := one.about.name or one.about.person)), slug)
    record_id = next((one.about.record_id for one in held if one.about.record_id), None)
    return UnsubmittedDraft(who, record_id, len(edits), touched, unreadable)


def _folder_of(person: str, record_id: str) -> str:
    return f"{_ROOT}/{person_folder(person)}/{_digest(record_id)}"


def person_folder(person: str) -> str:
    """The name of a person's folder in the state, the same for each of their keys: a readable part and a digest."""
    return f"{_slug(person)}-{_digest(person)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _slug(person: str) -> str:
    """The readable part of a folder's name, for administrators who read the state folder."""
    plain = unicodedata.normalize("NFKD", person).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:32] or "someone"
