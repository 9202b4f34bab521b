"""The one family of errors: each states what happened (`message`) and what to do next (`hint`).

QcError
├── BadSetting          an environment variable cannot be used
├── BadRecord           a document cannot be read as quality control, or as JSON
├── RecordNotFound      nothing is stored under that name or id
├── SeveralRecords      more than one record has that name
├── StoreUnavailable    the folder or database cannot be read or written now
│   └── StoreSlow       it has not answered yet, and is still asked
├── StoreFault          the store did what it must never do: an administrator has to check it
├── ConditionFailed     the record changed between reading and writing
├── ReferenceUnreadable a figure cannot be found or may not be shown
│   └── TooCostly       it exists, but to show it would take too much: it can be downloaded
├── TooBusy             too much is asked for at once
└── NotAllowed          this person may not do that
"""

from copy import copy
from typing import Self


class QcError(Exception):
    """An error made for people: `message` states what happened, `hint` what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def with_hint(self, hint: str) -> Self:
        """A copy of this error, of the same type and with the same message, with another hint."""
        changed = copy(self)
        changed.hint = hint
        return changed

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class BadSetting(QcError):
    """An environment variable holds something the portal cannot use."""


class BadRecord(QcError):
    """A document is not JSON, or not quality control in any known shape."""


class RecordNotFound(QcError):
    """Nothing is stored under the name or id that was asked for."""


class SeveralRecords(QcError):
    """More than one record has the name: the message lists their ids."""


class StoreUnavailable(QcError):
    """The store of records or drafts cannot be read or written now."""


class StoreSlow(StoreUnavailable):
    """The store has not answered yet; it is still asked, so asking once more waits for the same answer."""


class StoreFault(QcError):
    """The store did what it must never do, such as ignoring conditions: an administrator has to check it first."""


class ConditionFailed(QcError):
    """The record no longer holds what the patch was made against; nothing was written."""


class ReferenceUnreadable(QcError):
    """A reference leads to nothing that can, or may, be shown."""


class TooCostly(ReferenceUnreadable):
    """A figure exists, but to show it would hang the browser or use up its memory; it can still be downloaded."""


class TooBusy(QcError):
    """More is asked for, by this person or by all, than can be done soon; the same request may succeed later."""


class NotAllowed(QcError):
    """This person may not do what was asked."""
