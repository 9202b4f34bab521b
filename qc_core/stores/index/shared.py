"""An index that several containers share: one of them reads the database, the others start from its copy in a bucket.

The one that does has a lease: a small object that is written on condition that it is as it was read, and that runs out.
Next to it lies the copy of the whole file, compressed; a process that adopts it reads the changes since by itself.
"""

import gzip
import json
import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from qc_core.stores.index.schema import BrokenIndexError, check_file, remove_file, renew_identity, sqlite_errors
from qc_core.stores.state.objects import BucketObjects, ObjectsUnavailableError

log = logging.getLogger("qc_portal")
_LEASE = timedelta(minutes=5)
"""For how long a lease is taken; it is renewed long before."""


class SharedCopy:
    """The copy of one index in a bucket, and the lease on it, as one process has them."""

    def __init__(self, objects: BucketObjects, path: Path, clock: Callable[[], datetime]) -> None:
        """`path` is that of the file on this computer; its name is that of the objects below `index/`."""
        self._objects, self._path, self._clock = objects, path, clock
        self._copy, self._lease = f"index/{path.name}.gz", f"index/{path.name}.lease"
        self._holder = uuid4().hex
        self._until: datetime | None = None

    def hold(self) -> bool:
        """Take the lease, or renew it; whether this process has it. A bucket that fails gives it to nobody."""
        now = self._clock()
        if self._until is not None and now < self._until - _LEASE / 2:
            return True
        until = now + _LEASE
        try:
            version = self._objects.versions("index").get(self._lease)
            held = json.loads(self._objects.read(self._lease) or b"{}") if version else {}
            is_free = not held or held["holder"] == self._holder or datetime.fromisoformat(held["until"]) < now
            wanted = json.dumps({"holder": self._holder, "until": until.isoformat()}).encode()
            is_ours = is_free and self._objects.write_where(self._lease, wanted, version)
        except (ObjectsUnavailableError, ValueError, KeyError, TypeError) as error:
            log.warning("the lease of the index of assets cannot be read or written: %s", error)
            is_ours = False
        self._until = until if is_ours else None
        return is_ours

    def adopt(self) -> bool:
        """Replace the file by the copy, where it is another than the one that was adopted last.

        Whether it was. What cannot be read or used is left alone.
        """
        try:
            version = self._objects.versions("index").get(self._copy)
            if version is None or version == self._read_adopted():
                return False
            data = self._objects.read(self._copy)
        except ObjectsUnavailableError as error:
            log.warning("the copy of the index of assets cannot be read: %s", error.detail)
            return False
        if data is None:
            return False
        with tempfile.TemporaryDirectory(dir=self._path.parent) as made:
            fresh = Path(made) / self._path.name
            try:
                fresh.write_bytes(gzip.decompress(data))
                fresh.chmod(0o600)
                check_file(fresh)
                renew_identity(fresh)
            except (OSError, EOFError, BrokenIndexError) as error:
                log.warning("the copy of the index of assets cannot be used: %s", error)
                return False
            remove_file(self._path)
            fresh.replace(self._path)
        self._note(version)
        return True

    def publish(self) -> None:
        """Put a copy of the file into the bucket. That this fails only costs the others time."""
        with tempfile.TemporaryDirectory(dir=self._path.parent) as made:
            whole, packed = Path(made) / "whole", Path(made) / "packed"
            try:
                with sqlite_errors(), closing(sqlite3.connect(self._path)) as connection:
                    connection.execute("VACUUM INTO ?", (str(whole),))
                with whole.open("rb") as source, gzip.open(packed, "wb", compresslevel=1) as target:
                    shutil.copyfileobj(source, target, 1 << 20)
                self._objects.write(self._copy, packed.read_bytes())
                self._note(self._objects.versions("index").get(self._copy, ""))
            except (OSError, ObjectsUnavailableError) as error:
                log.warning("the index of assets could not be copied to the bucket: %s", error)

    def _read_adopted(self) -> str | None:
        with suppress(OSError):
            return Path(f"{self._path}.copy").read_text("utf-8") if self._path.exists() else None
        return None

    def _note(self, version: str) -> None:
        with suppress(OSError):
            Path(f"{self._path}.copy").write_text(version, "utf-8")
