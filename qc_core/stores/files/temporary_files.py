"""Temporary files next to the written file, each locked by its writer; those of dead processes are removed."""

import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SUFFIX = ".writing"
_OLD = 86_400.0
"""Seconds after which a left-over is removed where it is not known whether its writer lives: on a file system without
locks, or where it is not the writer's own file but what was exchanged with it."""


@contextmanager
def temporary_next_to(path: Path) -> Iterator[tuple[Path, int]]:
    """A new, empty file next to `path`, only for this account, and its descriptor; removed at the end if it is there.

    Its name is `.<name>.<random>-<inode>.writing`: what is under that name with another inode was exchanged with it,
    and is left alone here. The lock on it ends with the process, however that ends. Raises OSError.
    """
    temporary, descriptor = _create_locked(path)
    try:
        yield temporary, descriptor
    finally:
        with suppress(OSError):
            if _is_same_file(temporary, descriptor):
                temporary.unlink(missing_ok=True)
        os.close(descriptor)


def remove_leftovers(path: Path) -> None:
    """Remove the temporary files next to `path` whose writers are dead. Raises OSError."""
    for target in path.parent.iterdir():
        if target.name.startswith(f".{path.name}.") and target.name.endswith(SUFFIX):
            _remove_if_dead(target)


def _create_locked(path: Path) -> tuple[Path, int]:
    while True:
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}{SUFFIX}")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with suppress(OSError):  # no locks here: then its age decides
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _is_same_file(temporary, descriptor):
            name = f"{temporary.name.removesuffix(SUFFIX)}-{os.fstat(descriptor).st_ino}{SUFFIX}"
            return temporary.rename(temporary.with_name(name)), descriptor
        os.close(descriptor)  # somebody removed it before it was locked


def _remove_if_dead(leftover: Path) -> None:
    try:
        descriptor = os.open(leftover, os.O_WRONLY | os.O_NOFOLLOW)
    except OSError:
        return  # another account's, or just gone
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # its writer lives
    except OSError:
        if _is_old(descriptor):
            leftover.unlink(missing_ok=True)
    else:
        if _is_same_file(leftover, descriptor) and (_is_own(leftover, descriptor) or _is_old(descriptor)):
            leftover.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def _is_own(leftover: Path, descriptor: int) -> bool:
    """Whether a leftover is the writer's own file: one whose name has no inode yet was never exchanged."""
    _, _, inode = leftover.name.removesuffix(SUFFIX).rpartition(".")[2].partition("-")
    return inode in ("", str(os.fstat(descriptor).st_ino))


def _is_old(descriptor: int) -> bool:
    """Whether it is a day since the file was made, or got its name (which the change time shows, not the other)."""
    return time.time() - os.fstat(descriptor).st_ctime > _OLD


def _is_same_file(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(follow_symlinks=False), os.fstat(descriptor))
    except FileNotFoundError:
        return False
