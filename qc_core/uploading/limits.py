"""How many files, and bytes, Streamlit's own upload route may hold in memory: for one session and for the process."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from qc_core.errors import QcError


class TooManyUploadsError(QcError):
    """There is no room for another upload now."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is held in memory: a number of files, and their bytes together."""

    files: int = 0
    size: int = 0

    def __add__(self, other: "Held") -> "Held":
        return Held(self.files + other.files, self.size + other.size)

    def exceeds(self, limit: "Held") -> bool:
        """Whether it is more than the limit, in either way."""
        return self.files > limit.files or self.size > limit.size


@dataclass(slots=True)
class UploadLimits:
    """Counts uploads on their way, and decides whether there is room for one more. Used by one thread alone.

    one: the most bytes of one request, in bytes.
    session: the most that one session may hold.
    process: the most that all sessions together may hold.
    """

    one: int
    session: Held
    process: Held
    _files: Counter[str] = field(default_factory=Counter)
    _bytes: Counter[str] = field(default_factory=Counter)

    def begin(self, session: str, announced: int | None, stored: Mapping[str, Held]) -> int:
        """Reserve room for an upload of a session; gives the bytes reserved, for `end`.

        `announced` is its length by the request, None where it names none: then the most is reserved. `stored`
        is what the sessions hold already. Raises TooManyUploadsError where it does not fit.
        """
        size = self.one if announced is None else announced
        if size > self.one:
            raise TooManyUploadsError(f"The file is larger than {self.one // 1_000_000} MB.", "Send a smaller record.")
        new, nothing = Held(1, size), Held()
        own = stored.get(session, nothing) + Held(self._files[session], self._bytes[session]) + new
        if own.exceeds(self.session):
            raise TooManyUploadsError("This page holds too many uploaded files.", "Reload the page, and try again.")
        everyone = sum(stored.values(), Held(self._files.total(), self._bytes.total())) + new
        if everyone.exceeds(self.process):
            raise TooManyUploadsError("The portal holds too many uploaded files.", "Try again in a few minutes.")
        self._files[session] += 1
        self._bytes[session] += size
        return size

    def end(self, session: str, reserved: int) -> None:
        """Give back what `begin` reserved: the upload is stored by now, or failed."""
        self._files[session] -= 1
        self._bytes[session] -= reserved
        if self._files[session] <= 0:
            del self._files[session], self._bytes[session]
