"""The metadata of an asset, read from `metadata.nd.json` or from its separate files.

Records are never complete and mix both generations (docs/formats.md#the-record): every key is tested on its own, an
explicit null equals a missing key, and what cannot be read is a sentence in `problems`, never an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from qc_core.assets.names import NameKind, ParsedName, parse_name
from qc_core.assets.parts import Parts
from qc_core.assets.processing import code_ocean_id, find_processing_end
from qc_core.assets.source import source_names
from qc_core.json_document.value import JsonValue
from qc_core.times import ParsedTime

FIELDS: tuple[tuple[str, ...], ...] = (
    *((key,) for key in ("name", "location", "_created", "created", "_last_modified", "last_modified")),
    *(("data_description", key) for key in ("name", "subject_id", "project_name", "modalities", "modality")),
    *(
        ("data_description", key)
        for key in ("data_level", "process_name", "source_data", "input_data_name", "platform")
    ),
    *(("processing", "data_processes", key) for key in ("start_date_time", "end_date_time")),
    *(("processing", "processing_pipeline", "data_processes", key) for key in ("start_date_time", "end_date_time")),
    *(("external_links",), ("other_identifiers",)),
    *(("subject", "subject_id"), ("subject", "genotype"), ("subject", "subject_details", "genotype")),
    *(("acquisition", key) for key in ("acquisition_start_time", "session_start_time", "acquisition_end_time")),
    *(("acquisition", key) for key in ("session_end_time", "experimenters", "experimenter_full_name", "instrument_id")),
    *(("session", key) for key in ("session_start_time", "session_end_time", "experimenter_full_name", "rig_id")),
    *(("instrument", "instrument_id"), ("rig", "rig_id")),
)
"""All fields that `read_record` uses, besides `_id`: the fields that a store reads for it."""
_DATA_LEVELS = {"raw data": "raw", "derived data": "derived"}
"""Old spellings of `data_level`."""

_ZONE_ASSUMED = "The acquisition time was written without a zone and is taken as UTC."
_TIME_FROM_NAME = "The record gives no acquisition time; the one in the asset's name is shown, which has no zone."
_ASSUMPTIONS = (_ZONE_ASSUMED, _TIME_FROM_NAME)


@dataclass(frozen=True, slots=True)
class AssetRecord:
    """What is known of an asset; None or () where the record has no value.

    `modalities` are (name, abbreviation), either may be "". `acquisition_time` keeps the offset it was written
    with; `acquisition_time_assumed` marks one that was written without a zone and is taken as UTC.
    `source_names` are the assets that this one was made from. `platform` is its abbreviation, else its name;
    `processed_at` is when its last process ended. `problems` are sentences for people.
    """

    name: str
    record_id: str | None
    location: str | None
    subject_id: str | None
    genotype: str | None
    project: str | None
    modalities: tuple[tuple[str, str], ...]
    data_level: str | None
    process_name: str | None
    source_names: tuple[str, ...]
    acquisition_time: datetime | None
    acquisition_time_assumed: bool
    acquisition_end: datetime | None
    experimenters: tuple[str, ...]
    instrument: str | None
    created: datetime | None
    last_modified: datetime | None
    problems: tuple[str, ...]
    platform: str | None = None
    code_ocean_id: str | None = None
    processed_at: datetime | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """Those of the problems that only report an assumption: a time without a zone."""
        return tuple(problem for problem in self.problems if problem in _ASSUMPTIONS)

    @property
    def modality_labels(self) -> tuple[str, ...]:
        """The modalities in short: the abbreviation, else the name."""
        return tuple(abbreviation or name for name, abbreviation in self.modalities)


def read_record(parts: Mapping[str, JsonValue], *, folder_name: str) -> AssetRecord:
    """Read whatever there is of a record; never raises.

    `parts` holds the top-level keys of a `metadata.nd.json`, or separate files under their names without
    `.json`. `folder_name` names the asset where the record does not.
    """
    read = Parts(parts)
    name = read.text(("name",), ("data_description", "name")) or folder_name
    parsed = parse_name(name)
    acquired = _acquisition_time(read, parsed)
    return AssetRecord(
        name=name,
        record_id=read.identifier("_id"),
        location=read.text(("location",)),
        subject_id=read.text(("subject", "subject_id"), ("data_description", "subject_id")) or parsed.subject_id,
        genotype=read.text(("subject", "subject_details", "genotype"), ("subject", "genotype")),
        project=read.text(("data_description", "project_name")),
        modalities=read.modalities(("data_description", "modalities"), ("data_description", "modality")),
        data_level=_data_level(read, parsed),
        process_name=_process_name(read, parsed),
        source_names=source_names(read.part("data_description"), name),
        acquisition_time=acquired.instant if acquired else None,
        acquisition_time_assumed=acquired.assumed_utc if acquired else False,
        acquisition_end=_instant(
            read.time(
                ("acquisition", "acquisition_end_time"),
                ("acquisition", "session_end_time"),
                ("session", "session_end_time"),
            )
        ),
        experimenters=read.people(
            ("acquisition", "experimenters"),
            ("acquisition", "experimenter_full_name"),
            ("session", "experimenter_full_name"),
        ),
        instrument=read.text(
            ("instrument", "instrument_id"),
            ("rig", "rig_id"),
            ("acquisition", "instrument_id"),
            ("session", "rig_id"),
        ),
        created=_instant(read.time(("_created",), ("created",))),
        last_modified=_instant(read.time(("_last_modified",), ("last_modified",))),
        platform=_platform(read, parsed),
        code_ocean_id=code_ocean_id(parts),
        processed_at=find_processing_end(read.part("processing")),
        problems=tuple(read.problems),
    )


def _platform(read: Parts, parsed: ParsedName) -> str | None:
    """The platform of the first generation, in short; the second has none but in names of the old form."""
    stored = read.modalities(("data_description", "platform"))
    return next((abbreviation or name for name, abbreviation in stored), None) or parsed.platform


def _acquisition_time(read: Parts, parsed: ParsedName) -> ParsedTime | None:
    """The start of the acquisition, else the time in the asset's name, which has no zone."""
    found = read.time(
        ("acquisition", "acquisition_start_time"),
        ("acquisition", "session_start_time"),
        ("session", "session_start_time"),
    )
    if found:
        if found.assumed_utc:
            read.problems.append(_ZONE_ASSUMED)
        return found
    if parsed.acquired is None:
        return None
    read.problems.append(_TIME_FROM_NAME)
    return ParsedTime(parsed.acquired.replace(tzinfo=UTC), assumed_utc=True)


def _instant(time: ParsedTime | None) -> datetime | None:
    return time.instant if time else None


def _data_level(read: Parts, parsed: ParsedName) -> str | None:
    stored = read.text(("data_description", "data_level"))
    if stored:
        return _DATA_LEVELS.get(stored.lower(), stored)
    return parsed.kind.value if parsed.kind in (NameKind.RAW, NameKind.DERIVED) else None


def _process_name(read: Parts, parsed: ParsedName) -> str | None:
    """The process a derived asset comes from; real records hold the word "None" where a pipeline had none."""
    stored = read.text(("data_description", "process_name"))
    return stored if stored and stored != "None" else parsed.process_name
