"""Small objects by key, in a folder or in a bucket: the portal's own state, which containers may share.

The bucket is asked through boto3 itself: s3fs would take boto3 back to an older version (docs/dependencies.md).
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from qc_core.stores.files.atomic import locked, sync_folder, why, write_atomically

log = logging.getLogger("qc_portal")


class ObjectsUnavailableError(Exception):
    """Objects cannot be read or written now; the text is a clause for people that can follow "because".

    `detail` is the reason for the people who run the portal.
    """

    def __init__(self, clause: str, detail: str = "") -> None:
        super().__init__(clause)
        self.detail = detail or clause


class Objects(Protocol):
    """Keys are paths of plain words with `/` between. All methods raise ObjectsUnavailableError."""

    where: str
    check: str
    """What to check where they are not there: a sentence for the reader, "" where it is nothing for them."""
    is_near: bool
    """Whether they are on a disk of this computer, so that listing and reading them costs next to nothing."""

    def read(self, key: str) -> bytes | None:
        """The object, None where there is none."""
        ...

    def read_many(self, keys: Iterable[str]) -> dict[str, bytes | None]:
        """Several objects, in the time of a few where each takes long."""
        ...

    def write(self, key: str, data: bytes) -> None:
        """Replace an object, whole and durably."""
        ...

    def write_where(self, key: str, data: bytes, version: str | None) -> bool:
        """Put the object only where it still is of that version, as `versions` gives it, or is not there for None.

        Whether it was put.
        """
        ...

    def remove(self, key: str) -> None:
        """Take an object away, if it is there."""
        ...

    def versions(self, prefix: str) -> dict[str, str]:
        """The keys of all objects below `prefix`, sorted, each with a version that changes with the object."""
        ...

    def keys(self, prefix: str) -> list[str]:
        """The keys of all objects below `prefix`, sorted; none where nothing is."""
        ...


class FolderObjects:
    """Objects as files, which only the account that runs the portal can read; folders are made when needed."""

    check = "Check the folder that QC_PORTAL_STATE names."
    is_near = True

    def __init__(self, root: Path) -> None:
        self._root = root
        self.where = str(root)

    def read(self, key: str) -> bytes | None:
        """The file's bytes, None where there is none."""
        with _storage_errors():
            try:
                return (self._root / key).read_bytes()
            except FileNotFoundError:
                return None

    def read_many(self, keys: Iterable[str]) -> dict[str, bytes | None]:
        """Each one's bytes, in turn."""
        return {key: self.read(key) for key in keys}

    def write(self, key: str, data: bytes) -> None:
        """Write atomically, one object of a kind at a time; new folders are for this account alone."""
        self._write(key, data)

    def write_where(self, key: str, data: bytes, version: str | None) -> bool:
        """The same where the file is still of that version, compared under the lock that every write takes."""
        return self._write(key, data, lambda: self._version(self._root / key) == version)

    def _write(self, key: str, data: bytes, is_expected: Callable[[], bool] = lambda: True) -> bool:
        path = self._root / key
        with _storage_errors():
            self._root.mkdir(parents=True, exist_ok=True)
            for each in [folder for folder in reversed(path.parents) if folder.is_relative_to(self._root)][1:]:
                if not each.is_dir():
                    each.mkdir(mode=0o700, exist_ok=True)
                    sync_folder(each.parent)
        with locked(self._root / key.partition("/")[0], hint=""):
            with _storage_errors():
                if not is_expected():
                    return False
            write_atomically(path, data, mode=0o600, hint="")
        return True

    def remove(self, key: str) -> None:
        """Remove the file, if it is there."""
        with _storage_errors():
            (self._root / key).unlink(missing_ok=True)

    def keys(self, prefix: str) -> list[str]:
        """The paths of all files below a folder; what is being written does not count."""
        return list(self.versions(prefix))

    def versions(self, prefix: str) -> dict[str, str]:
        """The same, each with the time it was written, its size, and its number on the disk."""
        found: dict[str, str] = {}
        folders = [self._root / prefix]
        with _storage_errors():
            while folders:
                folder = folders.pop()
                try:
                    inside = list(folder.iterdir())
                except FileNotFoundError:
                    continue
                folders += [path for path in inside if path.is_dir()]
                for path in inside:
                    if path.is_file() and not path.name.startswith("."):
                        version = self._version(path)
                        if version is not None:
                            found[path.relative_to(self._root).as_posix()] = version
        return dict(sorted(found.items()))

    @staticmethod
    def _version(path: Path) -> str | None:
        try:
            status = path.stat()
        except FileNotFoundError:
            return None
        return f"{status.st_mtime_ns}-{status.st_size}-{status.st_ino}"


@contextmanager
def _storage_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ObjectsUnavailableError(why(error)) from error


@dataclass(slots=True)
class BucketObjects:
    """Objects in an S3 bucket, below `s3://bucket/prefix`. Time-outs and a few tries are boto3's own.

    While the bucket fails each question is asked once and briefly: somebody waits for each. It is logged when it
    begins to fail, and when it is well again.
    """

    where: str
    check = ""
    is_near = False
    _lock: Lock = field(default_factory=Lock)
    _client: Any = None
    _fails: bool = False

    def read(self, key: str) -> bytes | None:
        """The object's bytes, None where there is none."""
        with self._asked() as client:
            try:
                return bytes(client.get_object(Bucket=self._bucket, Key=self._key(key))["Body"].read())
            except client.exceptions.NoSuchKey:
                return None

    def read_many(self, keys: Iterable[str]) -> dict[str, bytes | None]:
        """Each one's bytes, some at a time: S3 gives one object a request. After an error no more are asked for."""
        wanted = list(keys)
        if len(wanted) < 2:
            return {key: self.read(key) for key in wanted}
        pool = ThreadPoolExecutor(min(_AT_ONCE, len(wanted)), thread_name_prefix="objects")
        try:
            return dict(zip(wanted, pool.map(self.read, wanted), strict=True))
        finally:
            pool.shutdown(cancel_futures=True)

    def write(self, key: str, data: bytes) -> None:
        """Put the object: in a bucket that is whole or not at all."""
        with self._asked() as client:
            client.put_object(Bucket=self._bucket, Key=self._key(key), Body=data)

    def write_where(self, key: str, data: bytes, version: str | None) -> bool:
        """Put the object only where it still is of that version, as `versions` gives it, or is not there for None.

        Whether it was put.
        """
        condition = {"IfNoneMatch": "*"} if version is None else {"IfMatch": version}
        with self._asked() as client:
            try:
                client.put_object(Bucket=self._bucket, Key=self._key(key), Body=data, **condition)
            except client.exceptions.ClientError as error:
                if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") not in _NOT_AS_EXPECTED:
                    raise
                return False
            return True

    def remove(self, key: str) -> None:
        """Delete the object, if it is there."""
        with self._asked() as client:
            client.delete_object(Bucket=self._bucket, Key=self._key(key))

    def keys(self, prefix: str) -> list[str]:
        """The keys below `prefix`."""
        return list(self.versions(prefix))

    def versions(self, prefix: str) -> dict[str, str]:
        """The keys below `prefix`, asked page by page, each with the tag that S3 gives to its content."""
        start = self._key("")
        with self._asked() as client:
            pages = client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=self._key(f"{prefix}/")
            )
            items = [item for page in pages for item in page.get("Contents", [])]
        return dict(sorted((item["Key"].removeprefix(start), item["ETag"]) for item in items))

    @property
    def _bucket(self) -> str:
        return self.where.removeprefix("s3://").partition("/")[0]

    def _key(self, key: str) -> str:
        prefix = self.where.removeprefix("s3://").partition("/")[2]
        return f"{prefix}/{key}" if prefix else key

    @contextmanager
    def _asked(self) -> Iterator[Any]:
        """The client; after an error a new one is made, as credentials may have been renewed."""
        import boto3
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            with self._lock:
                if self._client is None:
                    waits = _BRIEFLY if self._fails else _PATIENTLY
                    self._client = boto3.session.Session().client("s3", config=Config(**waits))
                client, briefly = self._client, self._fails
            yield client
        except ClientError as error:
            status = error.response.get("Error", {})
            raise self._report_failure(
                "refuses access", f"S3 answers {status.get('Code')}: {status.get('Message')}"
            ) from error
        except BotoCoreError as error:
            raise self._report_failure("does not answer", f"S3 cannot be asked: {str(error).rstrip('.')}") from error
        else:
            if briefly:
                with self._lock:
                    fails, self._client, self._fails = self._fails, None, False
                if fails:
                    log.info("%s can be used again", self.where)

    def _report_failure(self, clause: str, detail: str) -> ObjectsUnavailableError:
        with self._lock:
            failed, self._client, self._fails = self._fails, None, True
        if not failed:
            log.warning("%s cannot be used: %s", self.where, detail)
        return ObjectsUnavailableError(f"the portal's own storage {clause}", detail)


_AT_ONCE = 10
"""Objects that are read at the same time: as many connections as boto3 keeps."""
_NOT_AS_EXPECTED = (404, 409, 412)
"""What S3 answers where a condition does not hold, or another one writes at the same moment."""
_PATIENTLY: dict[str, Any] = {
    "connect_timeout": 3,
    "read_timeout": 8,
    "retries": {"mode": "standard", "max_attempts": 3},
}
_BRIEFLY: dict[str, Any] = {"connect_timeout": 1, "read_timeout": 4, "retries": {"max_attempts": 0}}
