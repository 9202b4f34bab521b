"""What the pages work with. The only file that picks concrete stores."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from qc_core.demo import working_copy
from qc_core.settings import Database, Settings
from qc_core.stores.drafts import Drafts, FolderDrafts
from qc_core.stores.figures import FolderFigures, NoFigures
from qc_core.stores.folder import FolderStore
from qc_core.stores.objects import BucketObjects
from qc_core.stores.ports import DraftStore, FigureStore, RecordStore


@dataclass(frozen=True, slots=True)
class Services:
    """The settings, the stores, and the clock; `settings.assets` is the folder that is really open."""

    settings: Settings
    records: RecordStore
    drafts: DraftStore
    figures: FigureStore
    clock: Callable[[], datetime]


def now() -> datetime:
    """The aware time."""
    return datetime.now(UTC)


def build(settings: Settings, *, clock: Callable[[], datetime] = now) -> Services:
    """The stores for these settings; makes the working copy of the demo where no assets are set.

    Raises StoreUnavailable when that cannot be made.
    """
    if settings.database is not None:
        return Services(settings, _in_database(settings.database, clock), _drafts(settings), NoFigures(), clock)
    settings = replace(settings, assets=working_copy(settings))
    records = FolderStore(settings.assets, clock)
    return Services(settings, records, _drafts(settings), FolderFigures(records), clock)


def _in_database(database: Database, clock: Callable[[], datetime]) -> RecordStore:
    # requests, the client and boto3 cost a second of start-up: only who opens a database pays for them.
    from qc_core.stores.docdb import DocDbStore
    from qc_core.stores.docdb_gateway import Gateway
    from qc_core.stores.docdb_validation import Validator

    return DocDbStore(Gateway(database), clock, Validator())


def _drafts(settings: Settings) -> DraftStore:
    return Drafts(BucketObjects(settings.bucket)) if settings.bucket else FolderDrafts(settings.state)
