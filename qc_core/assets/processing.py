"""When an asset was last processed, and its id in Code Ocean, in either generation (docs/formats.md#the-record)."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from qc_core.json_document.value import JsonValue
from qc_core.times import parse_time

_CODE_OCEAN = "Code Ocean"


def find_processing_end(processing: Mapping[str, JsonValue]) -> datetime | None:
    """When the last process ended, or began where no end is known; None where there is no time that can be read.

    `{"data_processes": [{"end_date_time": "2025-07-02T13:42:36Z"}]}`, in v1 below `processing_pipeline`.
    """
    pipeline = processing.get("processing_pipeline")
    nested = pipeline.get("data_processes") if isinstance(pipeline, Mapping) else None
    times = [time for processes in (processing.get("data_processes"), nested) for time in _times(processes)]
    return max(times, default=None)


def _times(processes: JsonValue) -> Iterator[datetime]:
    for process in processes if isinstance(processes, list) else []:
        if isinstance(process, Mapping):
            known = (parse_time(process.get(key)) for key in ("end_date_time", "start_date_time"))
            yield from [time.instant for time in known if time is not None][:1]


def code_ocean_id(record: Mapping[str, JsonValue]) -> str | None:
    """The first id that a record gives under "Code Ocean".

    v2: `other_identifiers`, v1: `external_links`; `{"Code Ocean": ["…"]}`, in older records `[{"Code Ocean": "…"}]`.
    """
    for key in ("other_identifiers", "external_links"):
        links = record.get(key)
        for one in links if isinstance(links, list) else [links]:
            ids = one.get(_CODE_OCEAN) if isinstance(one, Mapping) else None
            for found in ids if isinstance(ids, list) else [ids]:
                if isinstance(found, str) and found.strip():
                    return found.strip().encode("utf-8", "replace").decode("utf-8")
    return None
