"""The commands for pipelines as functions: find a record, push to it, report its status, export, check, merge.

For a script or a capsule (docs/for-metric-authors.md); the commands of `python -m qc_core` call these. `settings`
default to those of the environment.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from qc_core.assets.query import AssetQuery
from qc_core.assets.record import AssetRecord
from qc_core.errors import BadRecord, RecordNotFound, SeveralRecords
from qc_core.pipeline.check.checks import check
from qc_core.pipeline.check.findings import CheckedAsset, CheckFinding, CheckReport, Severity
from qc_core.pipeline.export.rows import build_rows
from qc_core.pipeline.export.table import Shape
from qc_core.pipeline.export.writers import Format, open_writer
from qc_core.pipeline.merge.files import Merged, merge_files
from qc_core.pipeline.push.execution import Push
from qc_core.pipeline.push.plan import PushPlan, build_push_plan
from qc_core.pipeline.status.report import EVERYTHING, Selection, StatusReport, report_status
from qc_core.services import build, find_records, now, open_database
from qc_core.settings.model import Settings
from qc_core.stores.figures.kachery_keys import kachery_keys
from qc_core.stores.figures.kachery_upload import KacheryUploads
from qc_core.stores.listing import ListingProblem
from qc_core.stores.results import read_results
from qc_core.stores.state.uploads import is_upload
from qc_core.times import write_time

__all__ = [
    "AssetQuery",
    "CheckFinding",
    "CheckReport",
    "CheckedAsset",
    "ExportCounts",
    "Format",
    "Merged",
    "PushPlan",
    "RecordQuery",
    "Selection",
    "Severity",
    "Shape",
    "StatusReport",
    "check",
    "export",
    "find_id",
    "merge_files",
    "pick",
    "plan_push",
    "push",
    "status",
]


def RecordQuery(  # noqa: N802  # the name that scripts import
    names: Sequence[str] = (), text: str = "", subject: str | None = None, project: str | None = None
) -> AssetQuery:
    """An `AssetQuery` with the arguments of earlier versions."""
    return AssetQuery(
        names=tuple(names),
        text=text,
        subjects=() if subject is None else (subject,),
        projects=() if project is None else (project,),
    )


_NOT_INDEXED = "Is it indexed yet, and is the name right to the letter?"


def find_id(name: str, *, settings: Settings | None = None) -> str:
    """The `_id` of the record of that name in the database; it is not the id that Code Ocean shows.

    Raises RecordNotFound where there is none, SeveralRecords where several share the name, BadSetting without a
    database, and StoreUnavailable.
    """
    return str(pick(name, open_database(_or_environment(settings)).records.get_asset_metadata(name), None).record_id)


def status(
    name_or_path: str | Path,
    *,
    at: datetime | None = None,
    selection: Selection = EVERYTHING,
    record_id: str | None = None,
    settings: Settings | None = None,
) -> StatusReport:
    """The status of a record of the store, or of the results at a path, at an aware time; None is now.

    An existing file or folder is read as results; anything else is a name. `record_id` picks one of several records
    that share the name. Raises RecordNotFound, SeveralRecords, BadRecord or StoreUnavailable.
    """
    if record_id is None and Path(name_or_path).exists():
        return _status_of_results(Path(name_or_path), at or now(), selection)
    services = build(_or_environment(settings))
    records, used = services.records, services.settings
    hint = (
        _NOT_INDEXED if used.database else f"It was searched for in {used.assets}; API_GATEWAY_HOST names a database."
    )
    found = str(pick(str(name_or_path), records.get_asset_metadata(str(name_or_path)), record_id, hint=hint).record_id)
    stored = records.get_fresh(found)
    report = report_status(
        stored.document, name=stored.name, where=f"record {found}", at=at or now(), selection=selection
    )
    return _require_known(report, stored.document.read_only)


def plan_push(
    name: str,
    paths: Sequence[Path],
    *,
    record_id: str | None = None,
    keep_missing: bool = False,
    at: datetime | None = None,
    settings: Settings | None = None,
) -> PushPlan:
    """What `push` would do to the record of that name in the database; nothing is stored or sent.

    Raises what `build_push_plan` does, BadSetting without a database, RecordNotFound or SeveralRecords.
    """
    records = open_database(_or_environment(settings)).records
    record = pick(name, records.get_asset_metadata(name), record_id)
    now_there = records.get_fresh(str(record.record_id)).quality_control
    return build_push_plan(record, now_there, paths, at or now(), keep_missing=keep_missing)


def push(plan: PushPlan, *, report: Callable[[str], None] = print, settings: Settings | None = None) -> None:
    """Execute a plan: store its figures in Kachery, add its metrics to the record, read them back.

    Keys of Kachery are read from the process's environment or AWS Secrets Manager, if there are figures. `report` is
    called with a line for each step done. Raises as `Push.execute` does.
    """
    used = _or_environment(settings)
    database = open_database(used)

    def uploads() -> KacheryUploads:
        return KacheryUploads(used.kachery_gateway, kachery_keys(os.environ), now)

    Push(database.records, database.gateway, uploads, now, report).execute(plan)


@dataclass(frozen=True, slots=True)
class ExportCounts:
    """What an export wrote: records and rows, and which records may match and could not be read, with the reason."""

    records: int
    rows: int
    unread: tuple[ListingProblem, ...]


def export(
    query: AssetQuery,
    file: BinaryIO,
    *,
    form: Format,
    shape: Shape = Shape.METRICS,
    at: datetime | None = None,
    mark: bool = False,
    settings: Settings | None = None,
) -> ExportCounts:
    """Write the metrics of the records that match to an open file, with statuses as of an aware time; None is now.

    Rows are written as they are read, so that memory does not grow with their number. Raises StoreUnavailable.
    """
    records, rows, unread, moment = 0, 0, list[ListingProblem](), at or now()
    out = open_writer(form, shape, file, mark=mark)
    for found in find_records(_or_environment(settings), query):
        if isinstance(found, ListingProblem):
            unread.append(found)
            continue
        if found.document.generation is None and found.quality_control is not None:
            unread.append(ListingProblem(found.name, found.document.read_only or "It is of no known shape."))
            continue
        made = list(build_rows(found, moment))
        out.write(made)
        records, rows = records + 1, rows + sum(len(row.history) if shape is Shape.HISTORY else 1 for row in made)
    out.close()
    return ExportCounts(records, rows, tuple(unread))


def pick(name: str, found: Sequence[AssetRecord], record_id: str | None, *, hint: str = _NOT_INDEXED) -> AssetRecord:
    """The one record of that name, or of those the one with this id.

    Raises RecordNotFound, with the hint where there is none of that name, or SeveralRecords.
    """
    named = [one for one in found if one.record_id is not None and not is_upload(one.record_id)]
    if not named:
        raise RecordNotFound(f"No record has the name {name}.", hint)
    chosen = [one for one in named if record_id in (None, one.record_id)]
    if len(chosen) == 1:
        return chosen[0]
    choice = "\n".join(f"  {_line(one)}" for one in named)
    if not chosen:
        raise RecordNotFound(f"The record {record_id} is none of those with the name {name}:\n{choice}")
    raise SeveralRecords(f"{len(named)} records have the name {name}; say which one by its id:\n{choice}")


def _or_environment(settings: Settings | None) -> Settings:
    return settings or Settings.from_env(os.environ, address="localhost")


def _line(record: AssetRecord) -> str:
    created = f"created {write_time(record.created)[:19]}Z" if record.created else ""
    return "  ".join(filter(None, (record.record_id, record.location, created)))


def _status_of_results(path: Path, at: datetime, selection: Selection) -> StatusReport:
    found = read_results(path)
    if len(found) > 1:
        raise SeveralRecords(f"There are {len(found)} assets in {path}.", "Name the folder of one, or its file.")
    record = found[0].record
    if record is None:
        raise BadRecord(f"{found[0].path} cannot be read. {' '.join(found[0].broken)}", "Write the file again.")
    report = report_status(record.document, name=record.name, where=found[0].path, at=at, selection=selection)
    return _require_known(report, record.document.read_only)


def _require_known(report: StatusReport | None, reason: str | None) -> StatusReport:
    if report is None:
        raise BadRecord(f"It has no status. {reason}", "Write it with aind-data-schema.")
    return report
