"""Parts of an object in a listed bucket, or of the objects of a Zarr: by requests for a range, without a copy.

Each key is that of the reference, or below it; no other is asked for, whatever the files name.
"""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

from qc_core.errors import ReferenceUnreadable, StoreUnavailable
from qc_core.references.kind import suffix
from qc_core.references.s3 import S3File
from qc_core.stores.figures.s3 import S3Figures
from qc_core.stores.parts import HostedParts, is_inside

ZARR_METADATA = ("zarr.json", ".zarray", ".zgroup", ".zattrs")
"""What a Zarr has at its top: its version is that of the first that is there."""
KEPT_FOR = timedelta(minutes=15)
"""For which slices of a Zarr in S3 are shown without another look at it, since its chunks change by themselves."""
_MOST_NAMES = 1000


def open_parts(figures: S3Figures, file: S3File, *, trusted: bool) -> HostedParts:
    """An object, or the objects of a Zarr, in a listed bucket if the record is `trusted`.

    Raises ReferenceUnreadable for any other bucket and what is missing, StoreUnavailable when S3 does not answer.
    """
    if not figures.may_ask(file, trusted):
        raise ReferenceUnreadable(
            f"The portal may not read the bucket {file.bucket}, so it shows no slices of {file.name}.",
            "The administrators of this portal can list the bucket in QC_PORTAL_S3_BUCKETS.",
        )
    if suffix(file.name) == "zarr":
        return _open_zarr(figures, file)
    head = figures.head(file)
    if head.size is None:
        raise StoreUnavailable(f"S3 did not report the size of {file.key} in the bucket {file.bucket}.", "Try again.")

    def read(key: str, start: int, length: int | None) -> bytes | None:
        return None if key else _read(figures, file, start, length, IfMatch=head.etag)

    return HostedParts(file.name, f"{file.identity} {head.etag}", head.size, read, lambda _: [])


def _open_zarr(figures: S3Figures, file: S3File) -> HostedParts:
    def at(key: str) -> S3File:
        if not is_inside(key):
            raise ReferenceUnreadable(f"Nothing outside {file.name} is read.")
        return replace(file, key=f"{file.key.rstrip('/')}/{key}")

    def read(key: str, start: int, length: int | None) -> bytes | None:
        try:
            return _read(figures, at(key), start, length)
        except ReferenceUnreadable:  # missing, or, where the portal may not list the bucket, perhaps so
            return None

    def list_names(key: str) -> list[str]:
        prefix = f"{at(key).key}/" if key else f"{file.key.rstrip('/')}/"
        try:
            answered = figures.ask(file, "list_objects_v2", Prefix=prefix, Delimiter="/", MaxKeys=_MOST_NAMES)
        except ReferenceUnreadable:  # a bucket may be read and not listed
            return []
        keys = [one["Key"] for one in answered.get("Contents", ())]
        folders = [one["Prefix"] for one in answered.get("CommonPrefixes", ())]
        names = {str(one).removeprefix(prefix).rstrip("/") for one in (*keys, *folders)}
        return sorted(names - {""})

    window = int(figures.clock().timestamp() // KEPT_FOR.total_seconds())
    missing: ReferenceUnreadable | None = None
    for name in ZARR_METADATA:
        try:
            etag = figures.head(at(name)).etag
        except ReferenceUnreadable as error:
            missing = missing or error
            continue
        return HostedParts(file.name, f"{file.identity} {etag} {window}", None, read, list_names)
    raise ReferenceUnreadable(
        f"There is no Zarr at {file.key} in the bucket {file.bucket}: it has no metadata that the portal may read.",
        "Tell the people who run the pipeline that wrote the record.",
    ) from missing


def _read(figures: S3Figures, file: S3File, start: int, length: int | None, **more: Any) -> bytes:
    if length is not None and length <= 0:
        return b""
    wanted = f"bytes={start}" if start < 0 else f"bytes={start}-{'' if length is None else start + length - 1}"
    try:
        with closing(figures.ask(file, "get_object", Range=wanted, **more)["Body"]) as body:
            return bytes(body.read(length))
    except OSError as error:
        raise StoreUnavailable(f"S3 did not deliver {file.key} from the bucket {file.bucket}.", "Try again.") from error
