"""The tables of an index file, and how one is opened: a file of another version, or a broken one, is created again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from filelock import FileLock

from qc_core.errors import StoreUnavailable

VERSION = 4
"""Raised whenever the same records would give other lines."""
COLUMNS = (
    *("deleted", "name", "subject", "project", "modality", "platform", "level", "instrument", "experimenter"),
    *("key_experimenter", "status", "pending", "metrics", "acquired", "changed"),
)
"""The fields of a `ColumnRow` after its row."""
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
_TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE assets (
    row INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL, modified TEXT NOT NULL, until TEXT,
    kept_until REAL NOT NULL DEFAULT 0, {", ".join(COLUMNS)}, line BLOB NOT NULL
);
CREATE INDEX assets_by_seq ON assets (seq);
CREATE INDEX assets_by_name ON assets (name);
CREATE INDEX assets_until ON assets (until) WHERE until IS NOT NULL;
CREATE TABLE sources (source TEXT, row INTEGER, PRIMARY KEY (source, row)) WITHOUT ROWID;
CREATE TABLE problems (key TEXT PRIMARY KEY, place TEXT NOT NULL, reason TEXT NOT NULL, hint TEXT NOT NULL);
CREATE TABLE metrics (key TEXT PRIMARY KEY, seq INTEGER NOT NULL, rows BLOB NOT NULL);
PRAGMA user_version = {VERSION};
"""


_NEW_IDENTITY = "INSERT OR REPLACE INTO meta VALUES ('identity', hex(randomblob(8)));"


class BrokenIndexError(Exception):
    """The file is not an index that can be used: it is to be made again."""


@contextmanager
def sqlite_errors() -> Iterator[None]:
    """Raises BrokenIndexError for a file that is broken, StoreUnavailable where it cannot be read or written now."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _BROKEN or not isinstance(error, sqlite3.OperationalError):
            raise BrokenIndexError(str(error)) from error
        raise StoreUnavailable(
            f"The index of assets cannot be used: {error}.",
            "Check the disk, and the folder that QC_PORTAL_STATE names.",
        ) from error


def open_file(path: Path) -> sqlite3.Connection:
    """A connection to the index at a path, which is made where there is none that can be used. Raises StoreUnavailable.

    Several processes may open it at once.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(f"{path}.opening", timeout=30, mode=0o600):
            try:
                return _connect(path)
            except BrokenIndexError:
                remove_file(path)
                return _connect(path)
    except (OSError, BrokenIndexError) as error:
        raise StoreUnavailable(
            f"The index of assets cannot be kept at {path}: {error}.", "Check the folder that QC_PORTAL_STATE names."
        ) from error


def check_file(path: Path) -> None:
    """Raises BrokenIndexError where the file is not a whole index of this version, or StoreUnavailable."""
    with sqlite_errors(), closing(sqlite3.connect(path)) as connection:
        if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            raise BrokenIndexError("it is of another version")
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise BrokenIndexError("it is damaged")


def renew_identity(path: Path) -> None:
    """Make a copy another file than the one it was made from, since what is written to each differs from now on."""
    with sqlite_errors(), closing(sqlite3.connect(path)) as connection:
        connection.executescript(_NEW_IDENTITY)


def remove_file(path: Path) -> None:
    """Remove an index; who has it open notices that it was replaced."""
    for name in (path, f"{path}-wal", f"{path}-shm", f"{path}.columns"):
        with suppress(FileNotFoundError):
            Path(name).unlink()


def _connect(path: Path) -> sqlite3.Connection:
    is_new = not path.exists()
    with sqlite_errors():
        connection = sqlite3.connect(path, timeout=20, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            if is_new:
                path.chmod(0o600)
                connection.executescript(f"BEGIN; {_TABLES} {_NEW_IDENTITY} COMMIT;")
            elif connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                raise BrokenIndexError("it is of another version")
        except BaseException:
            connection.close()
            raise
        return connection
