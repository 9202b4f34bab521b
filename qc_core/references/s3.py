"""Objects in S3 buckets as records name them: `s3://bucket/key`, and paths under a record's `location`."""

import re
from dataclasses import dataclass
from urllib.parse import quote

_SCHEME = "s3://"
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_MAX_KEY_BYTES = 1024
"""Bytes, the limit of S3 itself."""


@dataclass(frozen=True, slots=True)
class S3File:
    """An object in a bucket. Its key is as S3 knows it: nothing in it is encoded, and nothing was decoded."""

    bucket: str
    key: str

    @property
    def name(self) -> str:
        """The last part of its key."""
        return self.key.rpartition("/")[2]

    @property
    def identity(self) -> str:
        """What its short name in our addresses is made of; never the same as that of another kind of file."""
        return f"{_SCHEME}{self.bucket}/{self.key}"


def is_s3(text: str) -> bool:
    """Whether a text means to be an S3 address."""
    return text[: len(_SCHEME)].lower() == _SCHEME


def read_s3(text: str) -> S3File | str:
    """The object that `s3://bucket/key` names, or a sentence with the reason why it names none.

    A key with a step `.` or `..` is refused: browsers take such steps out of an address, and would ask for another.
    """
    bucket, _, key = text[len(_SCHEME) :].partition("/")
    if not is_bucket(bucket):
        return "It names no bucket that there could be."
    if not key or key.endswith("/"):
        return "It names a folder of a bucket, and no file in it."
    if _UNREADABLE.search(key):
        return "It holds control characters."
    if len(key.encode("utf-8")) > _MAX_KEY_BYTES:
        return "It is longer than the name of an object can be."
    if {".", ".."} & set(key.split("/")):
        return "It leads out of its folder (“..”)."
    return S3File(bucket, key)


def is_bucket(text: str) -> bool:
    """Whether a text can be the name of a bucket (the rules of S3)."""
    return _BUCKET.fullmatch(text) is not None and ".." not in text and not text.replace(".", "").isdigit()


def is_location(location: str | None) -> bool:
    """Whether a record's `location` is `s3://bucket` or `s3://bucket/prefix`."""
    return location is not None and under_location(location, "file") is not None


def under_location(location: str | None, path: str) -> S3File | None:
    """The object at a relative path of an asset whose record has this `location`; None where that is none in S3."""
    if location is None or not is_s3(location):
        return None
    found = read_s3(f"{location.rstrip('/')}/{path}")
    return found if isinstance(found, S3File) else None


def https_address(file: S3File, *, region: str | None = None, endpoint: str | None = None) -> str:
    """The address of an object, encoded once, step by step; it opens without more where the bucket is public.

    `endpoint` is the address of another server that speaks S3. A bucket with a dot in its name cannot be in the
    name of the host, whose certificate has one level only; neither can one on another server.
    """
    key = quote(file.key, safe="/")
    if endpoint:
        return f"{endpoint.rstrip('/')}/{file.bucket}/{key}"
    host = f"s3.{region}.amazonaws.com" if region else "s3.amazonaws.com"
    return f"https://{host}/{file.bucket}/{key}" if "." in file.bucket else f"https://{file.bucket}.{host}/{key}"
