"""Saved views: lists of assets that a person keeps by a name of their own, one small object each.

`views/<person>/<name>.json`, both as digests: so two tabs that save different views at once lose neither. A guest has
the key "" and no views.
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from qc_core.errors import NotAllowed, StoreUnavailable
from qc_core.stores.state.objects import Objects, ObjectsUnavailableError

MAX_VIEWS = 100
MAX_NAME_LENGTH = 80
MAX_QUERY_LENGTH = 4_000
CACHED_FOR = timedelta(seconds=15)
"""For so long the views of a person are not listed again: each drawing of the list would ask a bucket."""
_ROOT = "views"
_MAX_PERSONS = 1_000


@dataclass(frozen=True, slots=True)
class SavedView:
    """A list of assets by name; `query` are the parameters of its address, encoded: `pending=1&sort=name`."""

    name: str
    query: str


class SavedViews:
    """The saved views of all persons. Safe for many threads."""

    def __init__(self, objects: Objects, clock: Callable[[], datetime]) -> None:
        self._objects, self._clock = objects, clock
        self._listed: dict[str, tuple[datetime, tuple[SavedView, ...]]] = {}

    def read(self, person: str) -> tuple[SavedView, ...]:
        """The views of a person by name, as they were some seconds ago at most; none for a guest.

        An object that cannot be understood is left out. Raises StoreUnavailable.
        """
        if not person.strip():
            return ()
        at, views = self._listed.get(person, (None, ()))
        if at is None or not at <= self._clock() < at + CACHED_FOR:
            with _storage_errors("Your saved views could not be read"):
                keys = self._objects.keys(_folder(person))[:MAX_VIEWS]
                found = [_parse(self._objects.read(key)) for key in keys if key.endswith(".json")]
            views = tuple(sorted((view for view in found if view), key=lambda view: view.name.casefold()))
            if len(self._listed) >= _MAX_PERSONS:
                self._listed.clear()
            self._listed[person] = (self._clock(), views)
        return views

    def save(self, person: str, name: str, query: str) -> SavedView:
        """Keep a view, instead of one of that name. Raises NotAllowed or StoreUnavailable."""
        if not person.strip():
            raise NotAllowed(
                "The portal does not know who you are, so no view is kept.", "Log in, or bookmark this page."
            )
        view = SavedView(_clean_name(name), query)
        if len(query) > MAX_QUERY_LENGTH:
            raise NotAllowed("This list has too many conditions to be kept.", "Remove some of its filters.")
        self._listed.pop(person, None)
        others = [one for one in self.read(person) if one.name != view.name]
        if len(others) >= MAX_VIEWS:
            raise NotAllowed(f"You have {MAX_VIEWS} saved views already.", "Delete one first.")
        with _storage_errors("The view could not be saved"):
            text = json.dumps({"name": view.name, "query": view.query})
            self._objects.write(_key(person, view.name), text.encode())
        self._listed.pop(person, None)
        return view

    def rename(self, person: str, name: str, new_name: str) -> None:
        """Give a view another name, that no other has yet; nothing happens where it is gone.

        Raises NotAllowed or StoreUnavailable.
        """
        new_name = _clean_name(new_name)
        self._listed.pop(person, None)
        views = {view.name: view for view in self.read(person)}
        if name not in views or name == new_name:
            return
        if new_name in views:
            raise NotAllowed(f"You have a view named {new_name} already.", "Choose another name.")
        with _storage_errors("The view could not be renamed"):
            text = json.dumps({"name": new_name, "query": views[name].query})
            self._objects.write(_key(person, new_name), text.encode())
            self._objects.remove(_key(person, name))
        self._listed.pop(person, None)

    def delete(self, person: str, name: str) -> None:
        """Remove a view, if it is there. Raises StoreUnavailable."""
        if not person.strip():
            return
        with _storage_errors("The view could not be deleted"):
            self._objects.remove(_key(person, name))
        self._listed.pop(person, None)


def _clean_name(name: str) -> str:
    """The name on one line, without invisible characters. Raises NotAllowed for one that is empty or too long."""
    shown = (letter for letter in name if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    cleaned = " ".join("".join(shown).split())
    if not cleaned:
        raise NotAllowed("A view needs a name.", "Write one, such as Mine, pending.")
    if len(cleaned) > MAX_NAME_LENGTH:
        raise NotAllowed(f"A name has at most {MAX_NAME_LENGTH} characters.", "Choose a shorter one.")
    return cleaned


def _parse(data: bytes | None) -> SavedView | None:
    try:
        stored = json.loads(data or b"")
        name, query = stored["name"], stored["query"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return SavedView(name, query) if isinstance(name, str) and isinstance(query, str) and name else None


def _key(person: str, name: str) -> str:
    return f"{_folder(person)}/{_digest(name)}.json"


def _folder(person: str) -> str:
    return f"{_ROOT}/{_digest(person)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


@contextmanager
def _storage_errors(what: str) -> Iterator[None]:
    try:
        yield
    except ObjectsUnavailableError as error:
        raise StoreUnavailable(f"{what}, because {error}.", "Try again later.") from error
    except StoreUnavailable as error:  # of one whole write
        raise StoreUnavailable(f"{what}: {error.message}", error.hint) from error
