"""The services that pages and commands use; the only module that picks concrete stores."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from qc_core.assets.query import AssetQuery
from qc_core.demo import prepare_working_copy
from qc_core.errors import BadSetting, StoreUnavailable
from qc_core.settings.model import Database, Settings
from qc_core.stores.draft_port import DraftStore
from qc_core.stores.figures.conversions import Conversions
from qc_core.stores.figures.copies import FigureCopies
from qc_core.stores.figures.fair_pool import DECODING, FETCHING, LISTING, FairPool
from qc_core.stores.figures.kachery import KacheryFigures
from qc_core.stores.figures.s3 import S3Figures
from qc_core.stores.figures.store import Figures
from qc_core.stores.figures.tokens import FigureTokens
from qc_core.stores.folder.metrics import open_metrics as open_folder_metrics
from qc_core.stores.folder.store import FolderStore
from qc_core.stores.index.file import FileState, IndexFile
from qc_core.stores.index.listed import ListedIndex
from qc_core.stores.index.process import IndexProcess, keep_fresh
from qc_core.stores.index.shared import SharedCopy
from qc_core.stores.index.stored import StoredIndex
from qc_core.stores.metrics_in_background import MetricsInBackground
from qc_core.stores.ports import AssetIndex, FigureStore, MetricIndex, RecordStore, ValueLog
from qc_core.stores.reachable import folder_to_write
from qc_core.stores.record_query import Found, find_listed_records
from qc_core.stores.state.draft_store import Drafts
from qc_core.stores.state.ended_logins import EndedLogins
from qc_core.stores.state.objects import BucketObjects, FolderObjects, Objects
from qc_core.stores.state.personal import PersonalState
from qc_core.stores.state.saved_views import SavedViews
from qc_core.stores.state.submission_log import SubmissionLog
from qc_core.stores.state.uploads import Uploads, WithUploads, is_upload
from qc_core.stores.timed import MeasuredIndex, MeasuredRecords, Observe, ObserveRequest, no_measure, no_request_measure

if TYPE_CHECKING:
    from qc_core.stores.docdb.gateway import Gateway
    from qc_core.stores.docdb.store import DocDbStore

log = logging.getLogger("qc_portal")

WALK_TIMEOUT = 2.0
"""Seconds that a page waits for the walk of a folder, before it shows what was seen of it before."""


@dataclass(frozen=True, slots=True)
class HostedFigures:
    """The stores of hosted figures, for the health checks."""

    s3: S3Figures
    kachery: KacheryFigures


@dataclass(frozen=True, slots=True)
class Services:
    """The settings, the stores, the pools of threads, and the clock; `settings.assets` is the folder that is open."""

    settings: Settings
    records: RecordStore
    index: AssetIndex
    stored_index: "StoredIndex | None"
    metrics: MetricIndex
    metrics_in_background: MetricsInBackground
    drafts: DraftStore
    personal: PersonalState
    figures: FigureStore
    log: ValueLog
    conversions: Conversions
    fetching: FairPool
    decoding: FairPool
    listing: FairPool
    figure_tokens: FigureTokens
    uploads: Uploads
    ended_logins: EndedLogins
    views: SavedViews
    objects: Objects
    hosted: HostedFigures
    clock: Callable[[], datetime]


def now() -> datetime:
    """The aware time."""
    return datetime.now(UTC)


def build(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = now,
    observe: Observe = no_measure,
    observe_request: ObserveRequest = no_request_measure,
) -> Services:
    """The stores for these settings; makes the working copy of the demo where no assets are set.

    `observe` is called with the time of each call to the record store, `observe_request` with that of each request to
    the database's gateway. Raises StoreUnavailable when the working copy cannot be made.
    """
    settings = _with_copies_next_to_a_bucket(settings)
    objects = BucketObjects(settings.bucket) if settings.bucket else FolderObjects(settings.state)
    copies = FigureCopies(settings.copies / "figures")
    hosted = HostedFigures(S3Figures(settings, copies, clock), KacheryFigures(settings, copies, clock))
    uploads = Uploads(objects, clock)
    folder: FolderStore | None = None
    real: RecordStore
    found: AssetIndex
    stored: StoredIndex | None = None
    if settings.database is not None:
        database = _in_database(settings.database, clock, observe_request)
        real = database.records
        found = stored = _open_index(settings, settings.database, database, clock)
    else:
        settings = replace(settings, assets=prepare_working_copy(settings))
        real = folder = FolderStore(settings.assets, clock, timeout=WALK_TIMEOUT, memory=objects)
        found = ListedIndex(folder.read_listing)
    records = WithUploads(MeasuredRecords(real, observe), uploads)

    def folder_of(record_id: str) -> Path | None:
        return None if is_upload(record_id) or folder is None else folder.folder_of(record_id)

    index = MeasuredIndex(found, observe)
    metrics: MetricIndex
    if stored is not None:
        metrics = _open_metrics(stored, index, database, clock)
    else:
        assert folder is not None
        metrics = open_folder_metrics(partial(_index_folder, settings), settings.assets, folder, index, clock)
    return Services(
        settings=settings,
        records=records,
        index=index,
        stored_index=stored,
        metrics=metrics,
        metrics_in_background=MetricsInBackground(metrics, clock),
        drafts=Drafts(objects),
        personal=PersonalState(objects),
        figures=Figures(records, hosted.s3, hosted.kachery, folder_of=folder_of),
        log=SubmissionLog(objects),
        conversions=Conversions(settings.copies / "converted"),
        fetching=FairPool("fetching", FETCHING),
        decoding=FairPool("decoding", DECODING),
        listing=FairPool("listing", LISTING, makes="list"),
        figure_tokens=FigureTokens(settings.state, clock, secret=settings.oidc_cookie_secret),
        uploads=uploads,
        ended_logins=EndedLogins(objects, clock),
        views=SavedViews(objects, clock),
        objects=objects,
        hosted=hosted,
        clock=clock,
    )


@dataclass(frozen=True, slots=True)
class OpenDatabase:
    """The database of the settings: its records, and its gateway for what goes beyond them."""

    gateway: "Gateway"
    records: "DocDbStore"


def open_database(settings: Settings, *, clock: Callable[[], datetime] = now) -> OpenDatabase:
    """The database that the settings name, and nothing else. Raises BadSetting where they name none."""
    if settings.database is None:
        raise BadSetting("No database is set.", "Set API_GATEWAY_HOST, such as to api.allenneuraldynamics.org.")
    return _in_database(settings.database, clock)


def find_records(settings: Settings, query: AssetQuery, *, clock: Callable[[], datetime] = now) -> Iterator[Found]:
    """The records that match, of the folder or database that the settings name; uploaded ones are none of them.

    Raises StoreUnavailable.
    """
    if settings.database is not None:
        from qc_core.stores.docdb.query import database_records

        database = open_database(settings, clock=clock)
        return database_records(database.gateway, database.records, query, clock())
    folder = prepare_working_copy(_with_copies_next_to_a_bucket(settings))
    store = FolderStore(folder, clock)
    return find_listed_records(store.read_listing(), store.get_fresh, query)


def start_indexing(services: Services) -> IndexProcess | None:
    """Start the process that keeps the index of a database fresh; None for a folder. It ends with this process."""
    if services.stored_index is None:
        return None
    process = IndexProcess(services.stored_index.path)
    services.stored_index.leave_to(process.is_running)
    process.start()
    return process


def refresh_index(
    settings: Settings, file: Path | None, stopped: Event, *, once: bool, clock: Callable[[], datetime] = now
) -> FileState:
    """Bring the index of the database up to date: once, or every so often until `stopped`. How it is then.

    Raises BadSetting where no database is set, StoreUnavailable.
    """
    from qc_core.stores.docdb.open_index import index_path, make_refresher

    database = open_database(settings, clock=clock)
    path = file or index_path(_index_folder(settings), database.gateway.database)
    keep_fresh(
        path,
        lambda opened: make_refresher(opened, database.gateway, clock, settings.asset_tables),
        settings.index_every.total_seconds(),
        stopped,
        once=once,
        shared=SharedCopy(BucketObjects(settings.bucket), path, clock) if settings.bucket else None,
    )
    opened = IndexFile(path)
    try:
        return opened.state()
    finally:
        opened.close()


def keep_tidy(services: Services, *, every: float = 3600.0) -> Event:
    """Remove old test records and expired drafts at intervals, on a background thread.

    The thread ends once the event that is given back is set, or with the process.
    """
    limit = services.settings.drafts_expire_after
    enough = Event()

    def tidy() -> None:
        while True:
            try:
                services.uploads.tidy()
                if limit is not None:
                    gone = services.drafts.expire(services.clock() - limit)
                    log.info("%d expired drafts were removed", gone)
            except StoreUnavailable as error:
                log.warning("what is too old could not be removed: %s", error)
            if enough.wait(every):
                return

    Thread(target=tidy, name="tidy", daemon=True).start()
    return enough


def _with_copies_next_to_a_bucket(settings: Settings) -> Settings:
    """The settings with a folder on this computer for copies of figures and the demo, also without a writable home."""
    if settings.bucket is None or settings.scratch is not None:
        return settings
    folder = folder_to_write(settings.state)
    is_demo = settings.assets == settings.state / "demo"
    return replace(settings, state=folder, assets=folder / "demo" if is_demo else settings.assets)


def _open_index(
    settings: Settings, database: Database, opened: OpenDatabase, clock: Callable[[], datetime]
) -> StoredIndex:
    from qc_core.stores.docdb.open_index import index_path, open_index

    path = index_path(_index_folder(settings), database)
    index = open_index(
        path, opened.gateway, clock, every=settings.index_every.total_seconds(), tables=settings.asset_tables
    )
    opened.records.on_written = index.note_written
    opened.records.find_known_ids = index.find_known_ids
    return index


def _open_metrics(
    stored: StoredIndex, index: AssetIndex, opened: OpenDatabase, clock: Callable[[], datetime]
) -> MetricIndex:
    from qc_core.stores.docdb.open_index import open_metrics

    return open_metrics(stored.path, index, opened.gateway, clock)


def _index_folder(settings: Settings) -> Path:
    return folder_to_write(settings.copies if settings.bucket else settings.state)


def _in_database(
    database: Database, clock: Callable[[], datetime], observe: ObserveRequest = no_request_measure
) -> OpenDatabase:
    # requests, the client and boto3 cost a second of start-up: only who opens a database pays for them.
    from qc_core.stores.docdb.gateway import Gateway
    from qc_core.stores.docdb.store import DocDbStore
    from qc_core.stores.docdb.validation import Validator

    gateway = Gateway(database, observe=observe)
    return OpenDatabase(gateway, DocDbStore(gateway, clock, Validator()))
