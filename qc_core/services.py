"""What the pages work with. The only file that picks concrete stores."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Event, Thread

from qc_core.demo import working_copy
from qc_core.errors import StoreUnavailable
from qc_core.settings import Database, Settings
from qc_core.stores.conversions import Conversions
from qc_core.stores.drafts import Drafts
from qc_core.stores.figure_copies import FigureCopies
from qc_core.stores.figures import Figures
from qc_core.stores.figures_kachery import KacheryFigures
from qc_core.stores.figures_s3 import S3Figures
from qc_core.stores.folder import FolderStore
from qc_core.stores.loans import Loans
from qc_core.stores.objects import BucketObjects, FolderObjects
from qc_core.stores.ports import DraftStore, FigureStore, RecordStore, ValueLog
from qc_core.stores.submission_log import SubmissionLog

log = logging.getLogger("qc_portal")


@dataclass(frozen=True, slots=True)
class Services:
    """The settings, the stores, and the clock; `settings.assets` is the folder that is really open."""

    settings: Settings
    records: RecordStore
    drafts: DraftStore
    figures: FigureStore
    log: ValueLog
    conversions: Conversions
    loans: Loans
    clock: Callable[[], datetime]


def now() -> datetime:
    """The aware time."""
    return datetime.now(UTC)


def build(settings: Settings, *, clock: Callable[[], datetime] = now) -> Services:
    """The stores for these settings; makes the working copy of the demo where no assets are set.

    Raises StoreUnavailable when that cannot be made.
    """
    own = BucketObjects(settings.bucket) if settings.bucket else FolderObjects(settings.state)
    copies = FigureCopies(settings.state / "figures")
    hosted = S3Figures(settings, copies, clock), KacheryFigures(settings, copies, clock)
    records: RecordStore
    if settings.database is not None:
        records = _in_database(settings.database, clock)
        figures = Figures(records, *hosted)
    else:
        settings = replace(settings, assets=working_copy(settings))
        records = folder = FolderStore(settings.assets, clock)
        figures = Figures(records, *hosted, folder_of=folder.folder_of)
    return Services(
        settings=settings,
        records=records,
        drafts=Drafts(own),
        figures=figures,
        log=SubmissionLog(own),
        conversions=Conversions(settings.state / "converted"),
        loans=Loans(settings.state, clock),
        clock=clock,
    )


def keep_drafts_tidy(services: Services, *, every: float = 3600.0) -> Event | None:
    """Where drafts expire, remove the old ones now and then, on a thread of its own; None where they never do.

    The thread ends once the event that is given back is set, or with the process.
    """
    limit = services.settings.drafts_expire_after
    if limit is None:
        return None
    enough = Event()

    def tidy() -> None:
        while True:
            try:
                gone = services.drafts.expire(services.clock() - limit)
                log.info("%d expired drafts were removed", gone)
            except StoreUnavailable as error:
                log.warning("expired drafts could not be removed: %s", error)
            if enough.wait(every):
                return

    Thread(target=tidy, name="expired drafts", daemon=True).start()
    return enough


def _in_database(database: Database, clock: Callable[[], datetime]) -> RecordStore:
    # requests, the client and boto3 cost a second of start-up: only who opens a database pays for them.
    from qc_core.stores.docdb import DocDbStore
    from qc_core.stores.docdb_gateway import Gateway
    from qc_core.stores.docdb_validation import Validator

    return DocDbStore(Gateway(database), clock, Validator())
