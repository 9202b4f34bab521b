"""Personal state of a page, such as skipped metrics: `people/<person>/<name>.json` in the portal's state.

Nothing in it is work that could be lost; drafts are kept apart (draft_store.py).
"""

import json

from qc_core.errors import NotAllowed, StoreUnavailable
from qc_core.json_document.value import JsonValue
from qc_core.stores.state.draft_store import person_folder
from qc_core.stores.state.objects import Objects, ObjectsUnavailableError


class PersonalState:
    """Small JSON values by person and name. A guest has the key "" and none: nothing is read or kept for that key."""

    def __init__(self, objects: Objects) -> None:
        """Nothing is made before the first value is kept."""
        self._objects = objects

    def read(self, person: str, name: str) -> JsonValue:
        """The value of that name, None where there is none or it cannot be understood. Raises StoreUnavailable."""
        if not person.strip():
            return None
        try:
            data = self._objects.read(_key(person, name))
            value: JsonValue = json.loads(data) if data else None
        except ObjectsUnavailableError as error:
            raise StoreUnavailable(f"Your settings could not be read, because {error}.", self._objects.check) from error
        except ValueError:
            return None
        return value

    def write(self, person: str, name: str, value: JsonValue) -> None:
        """Keep a value, instead of an earlier one. Raises StoreUnavailable, and NotAllowed for a guest."""
        if not person.strip():
            raise NotAllowed("The portal does not know who you are, so nothing is kept.", "Log in, or enter your name.")
        try:
            self._objects.write(_key(person, name), json.dumps(value).encode())
        except ObjectsUnavailableError as error:
            raise StoreUnavailable(f"Your settings could not be kept, because {error}.", self._objects.check) from error


def _key(person: str, name: str) -> str:
    return f"people/{person_folder(person)}/{name}.json"
