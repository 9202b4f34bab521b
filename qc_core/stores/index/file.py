"""The index in a file: one row an asset, in SQLite, written by one process and read by all.

Each write raises a number, `seq`, that its rows get: a reader asks for the rows whose number is larger than the last
one that it saw. A deleted asset keeps its row, marked, so that readers learn of it.
"""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any

import msgspec

from qc_core.assets.index import AssetSummary
from qc_core.assets.query import AssetQuery
from qc_core.stores.index.column_rows import column_row
from qc_core.stores.index.lines import IndexedLine, storable, storable_text
from qc_core.stores.index.schema import COLUMNS, open_file, sqlite_errors
from qc_core.stores.listing import ListingProblem

_CHUNK = 50_000
_AT_ONCE = 500
_FEW = 3
_FIELDS = ", ".join(COLUMNS)
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(AssetSummary).decode


@dataclass(frozen=True, slots=True)
class FileState:
    """How complete and fresh the file is.

    seq: the number of the last write.
    read_at: when it was last refreshed without an error; None before that.
    all_read_at: when all records were last read or compared; None as long as the first reading is not done.
    building_after: the key that the first reading has come to; "" where none has begun.
    total: about how many records there are, None where that is not known.
    newest: all changes up to this time, as written, were read.
    error: why the last attempt failed, with a hint, or None.
    tables_at: when the oldest table was written that the index began with; None where it began with none.
    identity: what no other file has, and no copy of this one that is written to.
    """

    seq: int = 0
    read_at: datetime | None = None
    all_read_at: datetime | None = None
    building_after: str = ""
    total: int | None = None
    newest: str = ""
    error: tuple[str, str] | None = None
    tables_at: datetime | None = None
    identity: str = ""


class IndexFile:
    """An open index file. Safe for many threads; each method raises StoreUnavailable or BrokenIndexError."""

    def __init__(self, path: Path) -> None:
        """Opens the file, and makes it where there is none that can be used."""
        self.path = path
        self._lock = RLock()
        self._connection = open_file(path)
        self._opened = _inode(path)

    def is_current(self) -> bool:
        """Whether the path still leads to this file."""
        return _inode(self.path) == self._opened

    def close(self) -> None:
        """Close it; nothing can be asked afterwards."""
        with self._lock:
            self._connection.close()

    # Reading

    def state(self) -> FileState:
        """How complete and fresh it is."""
        with self._reading() as connection:
            held = dict(connection.execute("SELECT key, value FROM meta").fetchall())
        if "error" in held:
            held["error"] = msgspec.json.decode(held["error"]) if held["error"] else None
        with sqlite_errors():
            return msgspec.convert(held, FileState, strict=False)

    def data_version(self) -> int:
        """A number that is another once another connection has written."""
        with self._reading() as connection:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

    def rows_after(self, seq: int) -> Iterator[list[Any]]:
        """What the columns need of the rows that were written since, in parts: the values of `ColumnRow`s."""
        with self._reading() as connection:
            # By `row` a few changes would be looked for in the whole table.
            since, values = ("WHERE seq > ? ORDER BY seq", (seq,)) if seq else ("ORDER BY row", ())
            cursor = connection.execute(f"SELECT row, {_FIELDS} FROM assets {since}", values)
            while some := cursor.fetchmany(_CHUNK):
                yield some  # tuples in the order of the fields: naming them takes as long as reading them

    def summaries(self, rows: Sequence[int]) -> list[AssetSummary]:
        """The summaries of rows, in the order given."""
        found: dict[int, AssetSummary] = {}
        with self._reading() as connection:
            for some in _parts(rows):
                sql = f"SELECT row, line FROM assets WHERE row IN ({_marks(some)})"
                found |= {row: _decode(line) for row, line in connection.execute(sql, some)}
        return [found[row] for row in rows if row in found]

    def find_keys(self, name: str) -> tuple[str, ...]:
        """The keys of up to `_FEW` assets with this name, sorted."""
        with self._reading() as connection:
            found = connection.execute("SELECT key FROM assets WHERE name = ? ORDER BY key LIMIT ?", (name, _FEW))
            return tuple(key for (key,) in found)

    def find_rows(self, query: AssetQuery) -> set[int] | None:
        """The rows with one of the query's `ids`, of its `names` and of its `sources`; None where it names none."""
        found: set[int] | None = None
        asked = {
            "SELECT row FROM assets WHERE key IN": query.ids,
            "SELECT row FROM assets WHERE name IN": query.names,
            "SELECT row FROM sources WHERE source IN": query.sources,
        }
        with self._reading() as connection:
            for sql, values in asked.items():
                if values:
                    texts = [storable_text(value) for value in values]
                    rows = {
                        row for some in _parts(texts) for (row,) in connection.execute(f"{sql} ({_marks(some)})", some)
                    }
                    found = rows if found is None else found & rows
        return found

    def find_shared_names(self, names: Iterable[str]) -> frozenset[str]:
        """Those of the names that several assets have."""
        shared: set[str] = set()
        with self._reading() as connection:
            for some in _parts(sorted(set(names))):
                where = f"name IN ({_marks(some)}) AND NOT deleted"
                sql = f"SELECT name FROM assets WHERE {where} GROUP BY name HAVING COUNT(*) > 1"
                shared |= {name for (name,) in connection.execute(sql, some)}
        return frozenset(shared)

    def problems(self) -> tuple[ListingProblem, ...]:
        """The records that cannot be listed."""
        with self._reading() as connection:
            found = connection.execute("SELECT place, reason, hint FROM problems ORDER BY key LIMIT 1000").fetchall()
        return tuple(ListingProblem(*one) for one in found)

    def versions(self, after: str, up_to: str | None) -> dict[str, str]:
        """When the records were last changed whose key is larger than `after`, up to another one or to the end."""
        end, values = ("AND key <= ?", (after, up_to)) if up_to is not None else ("", (after,))
        sql = f"SELECT key, modified FROM assets WHERE NOT deleted AND key > ? {end}"
        with self._reading() as connection:
            return dict(connection.execute(sql, values).fetchall())

    def keys_due(self, at: datetime) -> list[str]:
        """The records of which a status entry has come to count."""
        with self._reading() as connection:
            sql = "SELECT key FROM assets WHERE until IS NOT NULL AND until <= ? AND NOT deleted"
            return [key for (key,) in connection.execute(sql, (_text_of(at),))]

    def seqs(self, keys: Sequence[str]) -> dict[str, int]:
        """The numbers of the writes that the lines of these records come from."""
        found: dict[str, int] = {}
        with self._reading() as connection:
            for some in _parts(keys):
                found |= dict(connection.execute(f"SELECT key, seq FROM assets WHERE key IN ({_marks(some)})", some))
        return found

    def metrics(self, seqs: Mapping[str, int]) -> dict[str, bytes]:
        """The kept metrics of records, where they were read for that line of theirs."""
        found: dict[str, bytes] = {}
        with self._reading() as connection:
            for some in _parts(list(seqs)):
                sql = f"SELECT key, seq, rows FROM metrics WHERE key IN ({_marks(some)})"
                found |= {key: rows for key, seq, rows in connection.execute(sql, some) if seq == seqs[key]}
        return found

    # Writing

    def put_metrics(self, metrics: Iterable[tuple[str, int, bytes]]) -> None:
        """Keep metrics by key, with the number of the line that they belong to."""
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO metrics VALUES (?, ?, ?)", metrics)

    def put(self, lines: Sequence[IndexedLine], *, keep_for: float = 0.0, **state: Any) -> None:
        """Keep lines, and fields of the state, in one step.

        A line that was kept with `keep_for` is replaced within these seconds only by one of a later change: who
        read the record before this process wrote it may put it later.
        """
        with self._writing() as connection:
            seq = self._next_seq(connection)
            for line in lines:
                self._put_line(connection, seq, line, keep_for)
            self._put_state(connection, {**state, "seq": seq})

    def put_state(self, **state: Any) -> None:
        """Keep fields of the state."""
        with self._writing() as connection:
            self._put_state(connection, state)

    def remove(self, keys: Iterable[str]) -> None:
        """Mark records as deleted."""
        with self._writing() as connection:
            seq = self._next_seq(connection)
            for some in _parts(list(keys)):
                marks = _marks(some)
                connection.execute(f"UPDATE assets SET deleted = 1, seq = ? WHERE key IN ({marks})", (seq, *some))
                connection.execute(f"DELETE FROM problems WHERE key IN ({marks})", some)
            self._put_state(connection, {"seq": seq})

    def _put_line(self, connection: sqlite3.Connection, seq: int, line: IndexedLine, keep_for: float) -> None:
        if line.summary is None:
            problem = line.problem or ListingProblem(line.key, "")
            texts = [storable_text(text) for text in (line.key, problem.where, problem.reason, problem.hint)]
            connection.execute("INSERT OR REPLACE INTO problems VALUES (?, ?, ?, ?)", texts)
            return
        summary = storable(line.summary)
        key, text, now = storable_text(line.key), _encode(summary), time.time()
        sql = "SELECT row, modified, kept_until, deleted, line FROM assets WHERE key = ?"
        held = connection.execute(sql, (key,)).fetchone()
        if held and held[2] > now and line.modified <= held[1] and not keep_for:
            return
        if held and (held[1], held[3], held[4]) == (line.modified, 0, text) and not keep_for:
            return
        until = _text_of(line.until) if line.until else None
        columns = column_row(held[0] if held else 0, summary)[1:]
        values = (seq, line.modified, until, now + keep_for if keep_for else 0, *columns, text)
        if held:
            names = ", ".join(f"{name} = ?" for name in ("seq", "modified", "until", "kept_until", *COLUMNS, "line"))
            connection.execute(f"UPDATE assets SET {names} WHERE row = ?", (*values, held[0]))
            earlier = _decode(held[4]).sources
            if earlier != summary.sources:
                pairs = [(source, held[0]) for source in earlier]
                connection.executemany("DELETE FROM sources WHERE source = ? AND row = ?", pairs)
            row = held[0]
        else:
            fields = f"key, seq, modified, until, kept_until, {_FIELDS}, line"
            marks = _marks(values)
            row = connection.execute(f"INSERT INTO assets ({fields}) VALUES (?, {marks})", (key, *values)).lastrowid
        for source in summary.sources:
            connection.execute("INSERT OR IGNORE INTO sources VALUES (?, ?)", (source, row))

    def _next_seq(self, connection: sqlite3.Connection) -> int:
        held = connection.execute("SELECT value FROM meta WHERE key = 'seq'").fetchone()
        return 1 + (held[0] if held else 0)

    def _put_state(self, connection: sqlite3.Connection, state: dict[str, Any]) -> None:
        for key, value in state.items():
            if key == "error":
                value = _encode(value) if value else None
            elif isinstance(value, datetime):
                value = value.isoformat()
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, sqlite_errors():
            yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, sqlite_errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _text_of(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def _parts(values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    return (tuple(values[start : start + _AT_ONCE]) for start in range(0, len(values), _AT_ONCE))


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
