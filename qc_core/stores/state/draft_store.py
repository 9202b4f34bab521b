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
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Lock

from qc_core.errors import NotAllowed, StoreUnavailable
from qc_core.quality_control.annotating.changes import DraftEntry, Edit
from qc_core.quality_control.annotating.draft_text import About, write_draft
from qc_core.quality_control.annotating.merging import StoredDraft, edits_of
from qc_core.stores.draft_port import UnsubmittedDraft
from qc_core.stores.state.objects import FolderObjects, Objects, ObjectsUnavailableError
from qc_core.stores.state.tab_drafts import MARK, TAB, DraftFolder, DraftsAhead, TabDrafts

_ASIDE = ".unreadable"
_ROOT = "drafts"
_MAX_KNOWN = 2000


class Drafts:
    """The draft store over objects of the portal's own. Only the account that runs the portal can read them."""

    def __init__(self, objects: Objects) -> None:
        """Nothing is made before the first draft is kept: reading changes nothing."""
        self._objects = objects
        self._writing = Lock()
        self._tabs = TabDrafts(objects)
        self._ahead = DraftsAhead()
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
        return self._read_fresh(person, record_id).tabs

    def get_draft(self, person: str, record_id: str) -> StoredDraft:
        """The same as `read`, what cannot be understood, and the marks; each object is read once, and stays.

        Answered, once, by what `read_ahead` read a moment ago.
        """
        ahead = self._ahead.take(_folder_of(person, record_id))
        return ahead if ahead is not None else self._read_fresh(person, record_id)

    def read_ahead(self, person: str, record_ids: Iterable[str]) -> None:
        """Read a person's drafts of several records together, for the `get_draft` of each within half a minute.

        Nothing is read ahead from a disk of this computer, and nothing is raised: who reads one of them meets it again.
        """
        wanted = [_folder_of(person, record_id) for record_id in record_ids]
        if self.is_near or not person.strip() or len(wanted) < 2:
            return
        asked = self._ahead.expect(wanted)
        with suppress(ObjectsUnavailableError):
            found = self._tabs.read_folders(f"{_ROOT}/{person_folder(person)}")
            for folder in wanted:
                self._ahead.put(asked, folder, found.get(folder, DraftFolder()).as_draft())

    def _read_fresh(self, person: str, record_id: str) -> StoredDraft:
        if not person.strip():
            return StoredDraft()
        folder = _folder_of(person, record_id)
        with self._storage_errors("Your draft could not be read"):
            found = self._tabs.read_folders(folder, fresh=True)
        return found.get(folder, DraftFolder()).as_draft()

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
        if not TAB.fullmatch(tab):
            raise StoreUnavailable(f"{tab!r} is not a name of a tab, so the draft was not kept.")
        folder = _folder_of(person, record_id)
        key = f"{folder}/{tab}.json"
        with self._writing, self._changing(folder), self._storage_errors("The draft could not be kept"):
            if not is_known:
                self._set_aside_if_unreadable(key)
            if entries and mark is not None:
                self._objects.write(f"{folder}/kept-{mark}", b"A draft was kept here.\n")
            if entries:
                about = About(person, name, record_id)
                self._objects.write(key, write_draft(entries, about).encode())
            else:
                self._objects.remove(key)

    def forget(self, record_ids: Iterable[str]) -> None:
        """Remove everyone's drafts for these records; the marks stay, as it is on purpose. Raises StoreUnavailable."""
        names = {_digest(record_id) for record_id in record_ids}
        with self._storage_errors(f"Drafts in {self._objects.where} could not be removed"):
            for key in self._objects.keys(_ROOT):
                folder, _, name = key.rpartition("/")
                if key.split("/")[2:3] and key.split("/")[2] in names and not MARK.fullmatch(name):
                    with self._changing(folder):
                        self._objects.remove(key)

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

        They are counted as `list_edits` reads them; an answer of up to `max_age` seconds ago is given again, as long as
        nothing was written here since.
        """
        if not person.strip():
            return {}
        at, known = self._counted.get(person, (0.0, None))
        if known is not None and time.monotonic() - at < max_age:
            return known
        changes, began = self._changes, time.monotonic()
        counts = {record_id: len(edits) for record_id, edits in self.list_edits(person).items()}
        if changes == self._changes:
            if len(self._counted) >= _MAX_KNOWN:
                self._counted.clear()
            self._counted[person] = (began, counts)
        return counts

    def list_edits(self, person: str) -> Mapping[str, Mapping[str, Edit]]:
        """The unsubmitted edits of a person by record id and their keys, where there are any. Raises StoreUnavailable.

        Their drafts are listed by one request; only those that changed since they were last read are read, together.
        """
        if not person.strip():
            return {}
        with self._storage_errors("Your drafts could not be listed"):
            folders = self._tabs.read_folders(f"{_ROOT}/{person_folder(person)}").values()
        edits = {held.record_id: edits_of(held.merge()) for held in folders}
        return {record_id: found for record_id, found in edits.items() if record_id and found}

    @contextmanager
    def _changing(self, folder: str) -> Iterator[None]:
        """What was counted, or read ahead of this folder, is forgotten once it is changed, or that was tried."""
        try:
            yield
        finally:
            self._changes += 1
            self._counted.clear()
            self._ahead.drop(folder)

    def expire(self, before: datetime) -> int:
        """Remove drafts not changed since `before`, each with all its tabs; returns how many objects that were.

        Unreadable ones stay. Raises StoreUnavailable.
        """
        gone = 0
        for folder, held in self._read_all().items():
            times = {
                tab.key: max(entry.edited_at for entry in tab.entries.values()) for tab in held.tabs if tab.entries
            }
            if times and max(times.values()) < before:
                what = "An old draft could not be removed"
                with self._writing, self._changing(folder), self._storage_errors(what):
                    for key in times:
                        self._objects.remove(key)
                gone += len(times)
        return gone

    def _read_all(self) -> dict[str, DraftFolder]:
        """What every tab of everyone holds, by the folder of person and record. Raises StoreUnavailable."""
        with self._storage_errors("The drafts could not be listed"):
            return self._tabs.read_folders(_ROOT)

    def _set_aside_if_unreadable(self, key: str) -> None:
        data = self._objects.read(key)
        if data is not None and self._tabs.parse(key, data).problems:
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


def _describe(folder: str, held: DraftFolder) -> UnsubmittedDraft | None:
    """The draft of one person and record from what their tabs hold; None where nothing in it waits."""
    edits = edits_of(held.merge())
    unreadable = any(tab.problems for tab in held.tabs)
    if not edits and not unreadable:
        return None
    touched = max((entry.edited_at for tab in held.tabs for entry in tab.entries.values()), default=None)
    slug = folder.split("/")[1].rpartition("-")[0] if "/" in folder else ""
    who = next((name for tab in held.tabs if (name := tab.about.name or tab.about.person)), slug)
    return UnsubmittedDraft(who, held.record_id or None, len(edits), touched, unreadable)


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
