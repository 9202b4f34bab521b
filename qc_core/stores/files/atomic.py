"""Replace files atomically: every reader, also after a crash, gets either the old or the new text."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from qc_core.errors import StoreUnavailable
from qc_core.stores.files.exchange import exchange
from qc_core.stores.files.half_written import read_whole
from qc_core.stores.files.limited_reading import MAX_DOCUMENT_BYTES, FileTooLargeError
from qc_core.stores.files.temporary_files import remove_leftovers, temporary_next_to

NOTHING_CHANGED = "Nothing was changed."
"""The hint of an error for a file that could not be written, unless the caller gives another."""

_ATTEMPTS = 20
"""How often a file is read again that another program put there meanwhile."""


class _Any(Enum):
    ANY = 0


_ANY = _Any.ANY
"""Whatever version of a file there is, or none."""
_REASONS = {
    errno.EROFS: "it is on a read-only file system",
    errno.EACCES: "this account has no permission there",
    errno.EPERM: "this account has no permission there",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota of this account is used up",
    errno.EFBIG: "the system does not allow a file that large",
    errno.ENOENT: "its folder is gone",
    errno.ENOTDIR: "its folder is gone",
    errno.ENAMETOOLONG: "its path is too long",
    errno.ELOOP: "its path goes in circles through links",
    errno.ESTALE: "the network share was lost",
}


def why(error: OSError) -> str:
    """The reason of an OSError as a clause that can follow "because"."""
    if isinstance(error, FileTooLargeError):
        return str(error)
    return _REASONS.get(error.errno or 0, f"the system reports: {error.strerror or error}")


@dataclass(frozen=True, slots=True)
class FileVersion:
    """Which version of a file this is, as far as the file system knows without reading it."""

    device: int
    inode: int
    size: int
    modified_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> "FileVersion":
        """The version by a stat."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def update_file(
    path: Path,
    change: Callable[[bytes | None], bytes | None],
    *,
    mode: int = 0o644,
    wait: float = 10.0,
    hint: str = NOTHING_CHANGED,
) -> bytes | None:
    """Change a file by a function from its present text to the new one. All changes of files go through here.

    The lock that the portal's other writers respect is held. A program that takes no lock may write the file meanwhile:
    then its text is kept, and `change` is called again with that; also where `change` raises BadRecord for a text that
    may be half written. `change` gets None where there is no file, and gives None to leave all as it is. Gives the text
    that is in the file now, None where there is none.

    Raises StoreUnavailable with the reason and `hint`, and what `change` raises; nothing is written then.
    """
    with locked(path, wait=wait, hint=hint):
        for _ in range(_ATTEMPTS):
            seen, text, new = read_whole(path, lambda: _read_and_change(path, change, hint))
            if new is None or new == text:
                return text
            if _write(path, new, mode, hint, seen):
                return new
    raise StoreUnavailable(f"Another program rewrites {path} again and again.", hint)


def write_atomically(path: Path, data: bytes, *, mode: int = 0o644, hint: str = NOTHING_CHANGED) -> None:
    """Replace the file at `path` by `data`, whatever is there, all of it or nothing.

    The permissions of the old file are kept, and its owner, group and access lists where this account may set them;
    a new file gets `mode`. For files that this writer alone knows; others are changed by `update_file`.
    Raises StoreUnavailable with the reason and `hint`.
    """
    _write(path, data, mode, hint, _ANY)


@contextmanager
def locked(path: Path, *, wait: float = 10.0, hint: str = NOTHING_CHANGED) -> Iterator[None]:
    """Hold the lock of the file at `path`, which other processes respect; a hidden file next to it carries the lock.

    Raises StoreUnavailable when the lock cannot be made, or is held by another for longer than `wait` seconds.
    """
    from filelock import FileLock, Timeout  # here, because only a write needs it

    try:
        # An account that may write in the folder may also lock: other accounts open the same lock file later.
        shared_by = stat.S_IMODE(path.parent.stat().st_mode) & 0o666
        name = path.with_name(f".{path.name}.lock")
        lock = FileLock(name, timeout=wait, mode=shared_by | 0o600, poll_interval=0.01)
        lock.acquire()
    except Timeout as error:
        raise StoreUnavailable(f"Another program is writing {path} and has not finished.", hint) from error
    except OSError as error:
        raise StoreUnavailable(f"{path} could not be locked for writing, because {why(error)}.", hint) from error
    try:
        yield
    finally:
        lock.release()


def writable_file(path: Path, inside: Path, *, hint: str = NOTHING_CHANGED) -> Path:
    """The real file behind `path`, which may be a link as long as it stays inside the folder `inside`.

    Raises StoreUnavailable when it does not, or leads nowhere.
    """
    try:
        real, home = path.resolve(strict=True), inside.resolve(strict=True)
    except RuntimeError as error:
        raise StoreUnavailable(f"{path} is a link that goes in circles.", hint) from error
    except OSError as error:
        raise StoreUnavailable(f"{path} could not be found, because {why(error)}.", hint) from error
    if not real.is_relative_to(home):
        raise StoreUnavailable(f"{path} is a link to a file outside its asset, which is never written.", hint)
    return real


def sync_folder(folder: Path) -> None:
    """Make what was made or renamed in a folder last through a power cut, where the file system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _read_and_change(
    path: Path, change: Callable[[bytes | None], bytes | None], hint: str
) -> tuple[FileVersion | None, bytes | None, bytes | None]:
    """The version and the text of a file, and the text that it is to have."""
    try:
        seen, text = _read(path)
    except OSError as error:
        raise StoreUnavailable(f"{path} cannot be read, because {why(error)}.", hint) from error
    return seen, text, change(text)


def _read(path: Path) -> tuple[FileVersion | None, bytes | None]:
    """The text of a file and its version, both None where there is no file. Raises OSError."""
    try:
        with path.open("rb") as file:
            seen = FileVersion.of(os.fstat(file.fileno()))
            if seen.size > MAX_DOCUMENT_BYTES:
                raise FileTooLargeError(MAX_DOCUMENT_BYTES)
            return seen, file.read()
    except FileNotFoundError:
        return None, None


def _write(path: Path, data: bytes, mode: int, hint: str, seen: FileVersion | _Any | None) -> bool:
    """Replace the version `seen` of a file by `data`; False, and nothing is changed, where that is gone."""
    try:
        remove_leftovers(path)
        with temporary_next_to(path) as (temporary, descriptor):
            with open(descriptor, "wb", closefd=False) as file:
                file.write(data)
            _copy_attributes(descriptor, path, mode)
            os.fsync(descriptor)
            if not _put(temporary, path, seen):
                return False
    except OSError as error:
        raise StoreUnavailable(f"{path} could not be written, because {why(error)}.", hint) from error
    sync_folder(path.parent)
    return True


def _put(temporary: Path, path: Path, seen: FileVersion | _Any | None) -> bool:
    """Rename the new file to its final name, on condition that `seen` is what is there.

    Between the check of the old file and the rename another program could put a file there, which the rename would
    destroy. So the two are exchanged, where the system can: then what was there is in hand, and goes back where it is
    another than `seen`. Elsewhere the time between check and rename remains, some microseconds.
    """
    if seen is _ANY:
        temporary.replace(path)
        return True
    if _version(path) != seen:
        return False
    if seen is None:
        return _link(temporary, path)
    ours = _version(temporary)
    try:
        exchanged = exchange(temporary, path)
    except FileNotFoundError:
        return False
    if not exchanged:
        temporary.replace(path)
        return True
    if _version(temporary) == seen:
        temporary.unlink()
        return True
    _put_back(temporary, path, ours)
    return False


def _put_back(temporary: Path, path: Path, placed: FileVersion | None) -> None:
    """Restore another program's file, now replaced by `placed`, and likewise any newer one."""
    for _ in range(_ATTEMPTS):
        newer = _version(temporary)
        exchange(temporary, path)
        if _version(temporary) == placed:
            temporary.unlink()
            return
        placed = newer


def _link(temporary: Path, path: Path) -> bool:
    """Give a new file its name, unless there is a file by now."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        temporary.replace(path)
    return True


def _version(path: Path) -> FileVersion | None:
    try:
        return FileVersion.of(path.stat())
    except FileNotFoundError:
        return None


def _copy_attributes(descriptor: int, path: Path, mode: int) -> None:
    """Give the new file the permissions, owner, group and extended attributes of the one it replaces."""
    try:
        old = path.stat()
    except FileNotFoundError:
        os.fchmod(descriptor, mode)
        return
    new = os.fstat(descriptor)
    for owner, group in ((-1, old.st_gid), (old.st_uid, -1)):
        if (group not in (-1, new.st_gid)) or (owner not in (-1, new.st_uid)):
            with suppress(PermissionError):
                os.fchown(descriptor, owner, group)
    if hasattr(os, "listxattr"):  # Linux; access lists are extended attributes there
        with suppress(OSError):
            for name in os.listxattr(path):
                with suppress(OSError):
                    os.setxattr(descriptor, name, os.getxattr(path, name))
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
