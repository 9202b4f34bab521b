"""Drafts in a folder: one small file per person, record and tab.

`<state>/drafts/<person>/<record>/<tab>.json`; only its tab writes a file, so no lock is needed across processes.
"""

import hashlib
import re
import shutil
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Lock

from qc_core.errors import StoreUnavailable
from qc_core.quality_control.changes import DraftEntry
from qc_core.quality_control.draft_text import read_draft, write_draft
from qc_core.stores.atomic import sync_folder, why, write_atomically

_TAB = re.compile(r"[a-z0-9-]{1,64}")
_HINT = "What you changed is only on this page so far. Check the folder that QC_PORTAL_STATE names."
_ASIDE = ".unreadable"


class FolderDrafts:
    """The draft store in the folder of the portal's state. Only the account that runs the portal can read it."""

    def __init__(self, state: Path) -> None:
        """`state` is made when the first draft is kept, not before: looking changes nothing."""
        self._drafts = state / "drafts"
        self._writing = Lock()

    def read(self, person: str, record_id: str) -> Mapping[str, Mapping[str, DraftEntry]]:
        """What every tab of this person holds for a record. What cannot be understood is left out: see `problems`.

        Raises StoreUnavailable when a file cannot be opened: to edit without it could undo what it holds.
        """
        return {tab: entries for tab, (entries, _) in self._read(person, record_id).items() if entries}

    def problems(self, person: str, record_id: str) -> tuple[str, ...]:
        """Sentences about drafts of this person and record that cannot be understood; their files stay."""
        return tuple(problem for _, problems in self._read(person, record_id).values() for problem in problems)

    def write(self, person: str, record_id: str, tab: str, entries: Mapping[str, DraftEntry]) -> None:
        """Replace what one tab holds, durably; nothing is stored for no entries.

        A file that could not be understood is set aside, not overwritten. Raises StoreUnavailable.
        """
        if not _TAB.fullmatch(tab):
            raise StoreUnavailable(f"{tab!r} is no name of a tab, so the draft was not kept.", _HINT)
        folder = self._folder(person, record_id)
        file = folder / f"{tab}.json"
        with self._writing:
            try:
                _set_aside_if_unreadable(file)
                if not entries:
                    file.unlink(missing_ok=True)
                    return
                self._make(folder)
            except OSError as error:
                raise StoreUnavailable(f"The draft could not be kept, because {why(error)}.", _HINT) from error
            write_atomically(file, write_draft(entries).encode(), mode=0o600, hint=_HINT)

    def forget(self, record_ids: Iterable[str]) -> None:
        """Remove everyone's drafts for these records. Raises StoreUnavailable."""
        names = {_digest(record_id) for record_id in record_ids}
        try:
            for person in _inside(self._drafts):
                for record in _inside(person):
                    if record.name in names:
                        shutil.rmtree(record)
        except OSError as error:
            raise StoreUnavailable(f"Drafts in {self._drafts} could not be removed, because {why(error)}.") from error

    def _read(self, person: str, record_id: str) -> dict[str, tuple[Mapping[str, DraftEntry], tuple[str, ...]]]:
        found: dict[str, tuple[Mapping[str, DraftEntry], tuple[str, ...]]] = {}
        try:
            for file in _inside(self._folder(person, record_id)):
                if file.suffix == ".json" and _TAB.fullmatch(file.stem):
                    draft = _understood(file)
                    if draft:
                        found[file.stem] = draft
        except OSError as error:
            raise StoreUnavailable(
                f"Your draft could not be read, because {why(error)}.", "Check the folder that QC_PORTAL_STATE names."
            ) from error
        return found

    def _folder(self, person: str, record_id: str) -> Path:
        return self._drafts / f"{_slug(person)}-{_digest(person)}" / _digest(record_id)

    def _make(self, folder: Path) -> None:
        self._drafts.parent.mkdir(parents=True, exist_ok=True)
        for each in (self._drafts, folder.parent, folder):
            if not each.is_dir():
                each.mkdir(mode=0o700, exist_ok=True)
                sync_folder(each.parent)


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except FileNotFoundError:
        return []


def _understood(file: Path) -> tuple[Mapping[str, DraftEntry], tuple[str, ...]] | None:
    """The entries of a draft file and what is wrong with it; None where it is gone."""
    try:
        return read_draft(file.read_bytes().decode())
    except UnicodeDecodeError:
        return {}, (f"The draft {file} is not text.",)
    except FileNotFoundError:
        return None


def _set_aside_if_unreadable(file: Path) -> None:
    draft = _understood(file)
    if draft and draft[1]:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
        file.replace(file.with_name(f"{file.stem}.{digest}{_ASIDE}"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _slug(person: str) -> str:
    """The readable part of a folder's name, for whoever looks into the state folder."""
    plain = unicodedata.normalize("NFKD", person).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:32] or "someone"
