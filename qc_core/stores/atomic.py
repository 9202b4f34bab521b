"""Writing a file so that it is always whole: the old text or the new one, for every reader and after any crash."""

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from qc_core.errors import StoreUnavailable

DRAFT_KEPT = "Nothing was changed, and your draft is kept."
"""What to tell someone whose submission could not be written."""

_WRITING = ".writing"
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
    return _REASONS.get(error.errno or 0, f"the system says: {error.strerror or error}")


def write_atomically(path: Path, data: bytes, *, mode: int = 0o644, hint: str = DRAFT_KEPT) -> None:
    """Put `data` in the place of the file at `path`, all of it or nothing.

    The permissions of the old file are kept, and its owner, group and access lists where this account may set them;
    a new file gets `mode`. The caller must be the only writer of `path`: what a killed writer left is removed.
    Raises StoreUnavailable with the reason and `hint`.
    """
    try:
        _remove_leftovers(path)
        _replace(path, data, mode)
    except OSError as error:
        raise StoreUnavailable(f"{path} could not be written, because {why(error)}.", hint) from error
    sync_folder(path.parent)


@contextmanager
def locked(path: Path, *, wait: float = 10.0, hint: str = DRAFT_KEPT) -> Iterator[None]:
    """Hold the lock of the file at `path`, which other processes respect; a hidden file beside it carries the lock.

    Raises StoreUnavailable when the lock cannot be made, or is held by another for longer than `wait` seconds.
    """
    from filelock import FileLock, Timeout  # here, because only a write needs it

    try:
        # Whoever may write in the folder may also lock: other accounts open the same lock file later.
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


def writable_file(path: Path, inside: Path, *, hint: str = DRAFT_KEPT) -> Path:
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


def _replace(path: Path, data: bytes, mode: int) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}{_WRITING}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            _dress(descriptor, path, mode)
            os.fsync(descriptor)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _dress(descriptor: int, path: Path, mode: int) -> None:
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


def _remove_leftovers(path: Path) -> None:
    for beside in path.parent.iterdir():
        if beside.name.startswith(f".{path.name}.") and beside.name.endswith(_WRITING):
            beside.unlink(missing_ok=True)
