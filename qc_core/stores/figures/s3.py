"""Figures in S3: public buckets by their https address, buckets that the settings list by addresses signed for minutes.

A bucket that only a record names is neither read nor signed for. boto3 is imported when the first figure of a listed
bucket is opened.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from qc_core.errors import ReferenceUnreadable, StoreUnavailable
from qc_core.references.kind import is_read_by_scripts, media_type, suffix
from qc_core.references.s3 import S3File, https_address
from qc_core.settings.model import Settings
from qc_core.stores.cache import BoundedCache
from qc_core.stores.figures.copies import FigureCopies
from qc_core.stores.figures.folder import TELL_PIPELINE_AUTHORS
from qc_core.stores.ports import Measured, Redirect

WINDOW = timedelta(minutes=5)
SIGNED_FOR = timedelta(minutes=15)
REMEMBERED = timedelta(minutes=4)
"""Within one window a figure has the same signed address, so that the browser's cache knows it again. It is signed in
the window, and a browser keeps the redirect for `REMEMBERED`, so it is used nine minutes after it was signed at most.
The credentials of a role have at least ten minutes left when boto3 signs with them: no address in use outlives them."""
KEPT_BY_THE_BROWSER = f"private, max-age={int((WINDOW + REMEMBERED).total_seconds())}"
_LOOKED_AT = timedelta(seconds=30)
_BEGINNING_KEPT = timedelta(minutes=30)
_HEADS = 2000
_CHUNK = 1 << 20
_GONE = {"404", "NoSuchKey", "NoSuchBucket", "NotFound"}
_FORBIDDEN = {"403", "AccessDenied", "Forbidden"}


@dataclass(frozen=True, slots=True)
class ObjectHead:
    """What S3 reported of an object: `size` in bytes."""

    etag: str
    at: datetime
    size: int | None


class S3Figures:
    """Figures in S3. Safe for many threads."""

    def __init__(self, settings: Settings, copies: FigureCopies, clock: Callable[[], datetime]) -> None:
        """`clock` gives the aware time, which decides when another address is signed."""
        self._buckets, self._endpoint, self._region = settings.s3_buckets, settings.s3_endpoint, settings.s3_region
        self._copies, self.clock = copies, clock
        self._heads: BoundedCache[S3File, ObjectHead] = BoundedCache(_HEADS)
        self._regions: dict[str, str] = {}
        self._opening = Lock()
        self._session: Any = None
        self._client: Any = None
        self._brief: Any = None
        self._beginnings: BoundedCache[tuple[S3File, int], tuple[datetime, bytes]] = BoundedCache(_HEADS)
        self._silent_until: dict[str, datetime] = {}
        self._credentials: Any = None
        self._config: Any = None
        self._signers: dict[str, Any] = {}
        self._signing = Lock()
        self._addresses: BoundedCache[S3File, tuple[int, str]] = BoundedCache(_HEADS)

    def open(self, file: S3File, *, trusted: bool) -> Redirect:
        """The address for the browser: signed for a listed bucket, if the record is `trusted`; else the public one.

        Raises ReferenceUnreadable when a listed bucket has no such object or refuses it, StoreUnavailable when S3 does
        not answer. Of any other bucket only the browser finds out.
        """
        if not self.may_ask(file, trusted):
            return Redirect(https_address(file, endpoint=self._endpoint), _seconds(REMEMBERED))
        self.head(file)
        return Redirect(self._sign(file), _seconds(REMEMBERED))

    def local_file(self, file: S3File, *, trusted: bool) -> Path:
        """A copy of an object in a listed bucket, kept by its version.

        Raises as `open`, and ReferenceUnreadable for any other bucket, or when it is too large.
        """
        if not self.may_ask(file, trusted):
            raise _build_unlisted_error(file)
        etag = self.head(file).etag
        return self._copies.copy_of(f"{file.identity} {etag}", file.name, lambda: self._chunks(file))

    def first_bytes(self, file: S3File, count: int, *, trusted: bool) -> bytes:
        """The first bytes of an object in a listed bucket, cached for a while; b"" if S3 does not answer at once."""
        if not self.may_ask(file, trusted):
            return b""
        now = self.clock()
        known = self._beginnings.get((file, count))
        if known and timedelta(0) <= now - known[0] < (_BEGINNING_KEPT if known[1] else _LOOKED_AT):
            return known[1]
        if now < self._silent_until.get(file.bucket, now):
            return b""
        try:
            with closing(self.ask(file, "get_object", brief=True, Range=f"bytes=0-{count - 1}")["Body"]) as body:
                answered = bytes(body.read(count))
        except ReferenceUnreadable:
            answered = b""
        except (StoreUnavailable, OSError):
            self._silent_until[file.bucket] = now + _LOOKED_AT
            return b""
        self._beginnings.put((file, count), (now, answered), 1)
        return answered

    def exists(self, file: S3File, *, trusted: bool) -> bool:
        """Whether a listed bucket has such an object, cached for a while; False if S3 does not answer at once."""
        return self.first_bytes(file, 1, trusted=trusted) != b""

    def size(self, file: S3File, *, trusted: bool) -> Measured | None:
        """How large an object in a listed bucket is; None for any other, and for a Zarr, which is no one object.

        Raises as `open`.
        """
        if not self.may_ask(file, trusted) or suffix(file.name) == "zarr":
            return None
        size = self.head(file).size
        return None if size is None else Measured(size)

    def public_address(self, file: S3File, *, trusted: bool) -> str | None:
        """Where a browser finds an object that the portal may not ask for; None for one that it may."""
        return None if self.may_ask(file, trusted) else https_address(file, endpoint=self._endpoint)

    def reach(self, bucket: str) -> None:
        """Check that a listed bucket can be read. Raises StoreUnavailable where it cannot."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            self._get_client().head_bucket(Bucket=bucket)
        except (BotoCoreError, ClientError) as error:
            answer = getattr(error, "response", {}).get("Error", {}).get("Code", "no answer")
            raise StoreUnavailable(
                f"The bucket {bucket} cannot be reached ({answer}).", "Check its name, and the rights of the portal."
            ) from error

    def may_ask(self, file: S3File, trusted: bool) -> bool:
        """Whether it is in a listed bucket, and named by a record that the portal trusts."""
        return trusted and file.bucket in self._buckets

    def head(self, file: S3File) -> ObjectHead:
        """What S3 states of an object in a listed bucket, asked once in a while. Raises as `open`."""
        now = self.clock()
        known = self._heads.get(file)
        if known is None or not timedelta(0) <= now - known.at < _LOOKED_AT:
            answered = self.ask(file, "head_object")
            known = ObjectHead(str(answered["ETag"]), now, answered.get("ContentLength"))
            self._heads.put(file, known, 1)
        return known

    def _chunks(self, file: S3File) -> Iterator[bytes]:
        from botocore.exceptions import BotoCoreError

        body = self.ask(file, "get_object")["Body"]
        try:
            yield from body.iter_chunks(_CHUNK)
        except BotoCoreError as error:
            raise _no_answer(file) from error
        finally:
            body.close()

    def ask(self, file: S3File, what: str, *, brief: bool = False, **more: Any) -> Any:
        """The answer of S3; `brief` uses a short timeout, for what a page does not need."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            client = self._get_client()
            key = {} if "Prefix" in more else {"Key": file.key}
            return getattr(self._brief if brief else client, what)(Bucket=file.bucket, **key, **more)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in _GONE:
                raise ReferenceUnreadable(
                    f"The figure {file.name} is not in the bucket {file.bucket}: {file.key} is missing.",
                    TELL_PIPELINE_AUTHORS,
                ) from error
            if code in _FORBIDDEN:
                raise ReferenceUnreadable(
                    f"The bucket {file.bucket} does not give {file.key} to the portal: it is missing, or not allowed.",
                    "Ask the administrators of this portal whether it may read that bucket.",
                ) from error
            raise _no_answer(file, code) from error
        except BotoCoreError as error:
            raise _no_answer(file) from error

    def _get_client(self) -> Any:
        with self._opening:
            if self._client is None:
                self._open_client()
            return self._client

    def _open_client(self) -> None:
        import boto3
        from botocore import UNSIGNED
        from botocore.config import Config

        self._session = boto3.session.Session()
        self._credentials = self._session.get_credentials()
        self._config = config = Config(
            signature_version="s3v4" if self._credentials else UNSIGNED,
            connect_timeout=4,
            read_timeout=10,
            retries={"total_max_attempts": 2},
            max_pool_connections=40,
            s3={
                "addressing_style": "path" if self._endpoint else "virtual",
                "us_east_1_regional_endpoint": "regional",
            },
        )
        about = {"region_name": self._region, "endpoint_url": self._endpoint or None}
        hasty = config.merge(Config(connect_timeout=2, read_timeout=3, retries={"total_max_attempts": 1}))
        self._brief = self._session.client("s3", config=hasty, **about)
        self._client = self._session.client("s3", config=config, **about)

    def _region_of(self, bucket: str) -> str:
        """A bucket's own region, which its signed addresses must name; asked once."""
        if bucket not in self._regions:
            from botocore.exceptions import BotoCoreError, ClientError

            answered: Any = {}
            try:
                answered = self._get_client().head_bucket(Bucket=bucket)
            except ClientError as error:  # a bucket answers with its region also to those who may not read it
                answered = error.response
            except BotoCoreError as error:
                raise StoreUnavailable(f"S3 did not report the region of the bucket {bucket}.", "Try again.") from error
            region_of_bucket = answered.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("x-amz-bucket-region")
            self._regions[bucket] = str(region_of_bucket or self._region)
        return self._regions[bucket]

    def _sign(self, file: S3File) -> str:
        """The address for this window; the plain one where the portal has no credentials to sign with.

        boto3 signs as of now, which makes each address another: so the address of a window is kept.
        """
        region = self._region_of(file.bucket)
        if self._credentials is None:
            return https_address(file, region=region, endpoint=self._endpoint)
        window = int(self.clock().timestamp() // WINDOW.total_seconds())
        with self._signing:  # two requests at once get the same address
            kept = self._addresses.get(file)
            if kept is None or kept[0] != window:
                kept = (window, self._presign(file, region))
                self._addresses.put(file, kept, 1)
        return kept[1]

    def _presign(self, file: S3File, region: str) -> str:
        """An address signed now, for `SIGNED_FOR`.

        S3 is asked to answer with a media type, since pipelines often store none, and browsers draw no SVG without one;
        and that the browser need not ask again while it is given this address.
        """
        from botocore.exceptions import BotoCoreError

        answer = {"ResponseContentType": media_type(file.name), "ResponseCacheControl": KEPT_BY_THE_BROWSER}
        try:
            return str(
                self._client_of(region).generate_presigned_url(
                    "get_object",
                    Params={"Bucket": file.bucket, "Key": file.key, **answer},
                    ExpiresIn=_seconds(SIGNED_FOR),
                )
            )
        except BotoCoreError as error:
            raise StoreUnavailable("The portal's AWS credentials could not be renewed.", "Try again.") from error

    def _client_of(self, region: str) -> Any:
        """A client that signs for a region."""
        if region not in self._signers:
            self._signers[region] = self._session.client(
                "s3", region_name=region, endpoint_url=self._endpoint or None, config=self._config
            )
        return self._signers[region]


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def _no_answer(file: S3File, code: str = "") -> StoreUnavailable:
    why = f" ({code})" if code else ""
    return StoreUnavailable(f"S3 did not deliver {file.key} from the bucket {file.bucket}{why}.", "Try again.")


def _build_unlisted_error(file: S3File) -> ReferenceUnreadable:
    listed = "The administrators of this portal can list the bucket in QC_PORTAL_S3_BUCKETS."
    if is_read_by_scripts(file.name):
        return ReferenceUnreadable(
            f"The portal would have to read {file.name} from the bucket {file.bucket} to show it here, and may not.",
            f"If the bucket is public, it opens in a tab of its own. {listed}",
        )
    return ReferenceUnreadable(
        f"The bucket {file.bucket} did not give {file.name} to your browser: it is missing there, or not public.",
        f"The portal itself may not read that bucket. {listed}",
    )
