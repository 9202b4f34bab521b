"""The health checks of the page `/status`, of `/readyz`, and of `python -m qc_core doctor`.

Each check asks a service when it runs, and changes nothing.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from qc_core.assets.query import AssetQuery
from qc_core.errors import QcError, StoreUnavailable
from qc_core.identity.permissions import Refused, local_person, who_may_annotate
from qc_core.services import Services
from qc_core.stores.reachable import ask_aws_identity, login_name, login_provider, writable_folder
from qc_core.stores.state.objects import ObjectsUnavailableError


class State(StrEnum):
    """The state of one thing that is checked."""

    WELL = "well"
    DOUBT = "doubt"
    TROUBLE = "trouble"
    NOT_USED = "not used"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: its state in a sentence, and the `seconds` that took.

    `meaning` is what trouble, or a doubt, means for the reader, "" where there is none.
    """

    what: str
    state: State
    words: str
    meaning: str = ""
    seconds: float = 0.0

    @property
    def well(self) -> bool:
        """Whether nothing is wrong; what is unused or in doubt counts as well."""
        return self.state is not State.TROUBLE

    def line(self) -> str:
        """As a terminal shows it."""
        sign = {State.WELL: "ok  ", State.DOUBT: "note", State.TROUBLE: "FAIL", State.NOT_USED: "-   "}[self.state]
        took = f" ({self.seconds:.2f} s)" if self.state is not State.NOT_USED else ""
        return f"{sign} {self.what}: {self.words}{took}" + (f"\n     {self.meaning}" if self.meaning else "")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Nothing that has to be repaired, but worth knowing; `meaning` is for the reader."""

    words: str
    meaning: str


ExaminePart = Callable[[Services], str | Doubt | None]
"""Gives a sentence where all is well, None where it is not used; raises QcError where something is wrong."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to check; `meaning` is what its trouble means for the reader, `unused` why it may not be used."""

    what: str
    examine_part: ExaminePart
    meaning: str
    unused: str = ""

    def run(self, services: Services) -> Finding:
        """Check it now."""
        begun = time.monotonic()
        try:
            words = self.examine_part(services)
        except QcError as error:
            return Finding(self.what, State.TROUBLE, str(error), self.meaning, time.monotonic() - begun)
        if words is None:
            return Finding(self.what, State.NOT_USED, self.unused)
        seconds = time.monotonic() - begun
        if isinstance(words, Doubt):
            return Finding(self.what, State.DOUBT, words.words, words.meaning, seconds)
        return Finding(self.what, State.WELL, words, seconds=seconds)


def make_finding(what: str, well: bool, words: str) -> Finding:
    """A finding of a yes or no."""
    return Finding(what, State.WELL if well else State.TROUBLE, words)


def _records(services: Services) -> str:
    index, database = services.index.query(AssetQuery(limit=0)), services.settings.database
    if index.error:
        raise index.error
    if database and index.reading and not index.result.known:
        raise StoreUnavailable(
            f"The database behind {database.host} has not answered yet.",
            "Check again in half a minute: if it does not answer, the reason is known by then.",
        )
    broken = f", {len(index.problems)} cannot be read" if index.problems else ""
    where = f"the database behind {database.host}" if database else str(services.settings.assets)
    reading = ", still being read" if index.reading else ""
    number = index.result.known
    return f"{number:,} asset{'' if number == 1 else 's'}{broken}, in {where}{reading}."


def _check_annotating(services: Services) -> str | Doubt | None:
    settings = services.settings
    if settings.read_only:
        return None
    found = who_may_annotate(settings, local_person(settings, login_name()), services.clock())
    refusal = found.reason if isinstance(found, Refused) else _no_credentials(services)
    if refusal:
        return Doubt(refusal, "Nobody can annotate here. Everything can be viewed.")
    return str(found)


def _no_credentials(services: Services) -> str | None:
    if services.settings.database is None:
        return None
    from qc_core.stores.docdb.gateway import Gateway  # heavy, and only who opens a database needs it

    return Gateway(services.settings.database).cannot_write()


def _credentials(services: Services) -> str | Doubt | None:
    if services.settings.database is None:
        return None
    refusal = _no_credentials(services)
    if refusal:
        return Doubt(refusal, "Nothing can be submitted. Everything can be viewed.")
    if not ask_aws_identity():
        return Doubt(
            "AWS credentials are present but untested: AWS did not answer.",
            "The first submission shows whether they work; if they do not, its draft is kept.",
        )
    return (
        "AWS accepts the credentials. Only a write shows whether they may write to the database (doctor --write-test)."
    )


def _state(services: Services) -> str:
    folder, bucket = services.settings.state, services.settings.bucket
    if bucket:
        try:
            services.objects.read("health")
        except ObjectsUnavailableError as error:
            raise StoreUnavailable(f"{bucket} cannot be read. {error.detail}.") from error
        return f"{bucket} can be read."
    return _room(folder)


def _copies(services: Services) -> str | None:
    settings = services.settings
    return _room(settings.copies) if settings.bucket or settings.scratch else None


def _room(folder: Path) -> str:
    free = writable_folder(folder)
    return f"{folder} can be written; {free / 1e9:,.1f} GB are free."


def _s3(services: Services) -> str | None:
    buckets = sorted(services.settings.s3_buckets)
    for bucket in buckets:
        services.hosted.s3.reach(bucket)
    return f"{', '.join(buckets)} can be reached." if buckets else None


def _kachery(services: Services) -> str | Doubt:
    try:
        services.hosted.kachery.reach()
    except QcError as error:
        if services.settings.names_kachery:
            raise
        return Doubt(
            str(error), "Of the figures in Kachery (sha1://…), only those cached here are shown. Everything else works."
        )
    return f"{services.settings.kachery_gateway} answers."


def _login(services: Services) -> str | None:
    address = services.settings.oidc_metadata_url
    if address is None:
        return None
    login_provider(address)
    return f"{address} answers."


RECORDS = Check(
    "Records", _records, "Assets cannot be listed or opened, and nothing can be submitted. Drafts are kept."
)
CREDENTIALS = Check(
    "Credentials", _credentials, "Nothing can be submitted. Drafts are kept.", "Records come from a folder."
)
ANNOTATING = Check(
    "Annotating",
    _check_annotating,
    "Nobody can annotate here.",
    "This portal is set to read-only (QC_PORTAL_READ_ONLY).",
)
STATE = Check("State", _state, "Changes cannot be kept as drafts, so do not start to annotate now.")
COPIES = Check(
    "Copies",
    _copies,
    "Figures that the portal itself reads or converts (PDF, TIFF, tables) cannot be shown. Everything else works.",
    "Copies of figures are kept in the folder of the state.",
)
CHECKS = (
    RECORDS,
    ANNOTATING,
    CREDENTIALS,
    STATE,
    COPIES,
    Check(
        "S3", _s3, "Figures in those buckets cannot be shown. Everything else works.", "No bucket is listed to be read."
    ),
    Check("Kachery", _kachery, "Figures in Kachery cannot be shown, except those cached here. Everything else works."),
    Check(
        "Login provider",
        _login,
        "Nobody can log in. People who are logged in can continue.",
        "This portal has no login.",
    ),
)
"""In the order of what matters to the reader."""


def examine(services: Services, checks: tuple[Check, ...] = CHECKS) -> Iterator[Finding]:
    """Run all checks at once, and give each finding, in order, as soon as it is available."""
    with ThreadPoolExecutor(max_workers=len(checks), thread_name_prefix="health") as pool:
        yield from pool.map(lambda check: check.run(services), checks)
