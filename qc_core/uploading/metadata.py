"""A test record that somebody uploads: checked, with what is odd about it, before it is kept for a day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from itertools import islice
from urllib.parse import urlencode

from qc_core.assets.record import read_record
from qc_core.errors import BadRecord, QcError
from qc_core.json_document import parse
from qc_core.json_document.value import JsonValue
from qc_core.pipeline.check.checks import check_document
from qc_core.quality_control import document
from qc_core.references.s3 import is_location
from qc_core.services import Services

MAX_BYTES = 5_000_000
MAX_METRICS = 20_000
MAX_PROBLEMS = 1000
"""How much of a record is checked, and how many of its problems are listed."""
_MAX_NAME_CHARACTERS = 300
_MAX_DEPTH = 100
_QC = "quality_control"


class NotARecordError(BadRecord):
    """It is JSON, but no record that could be shown."""


class TooLargeError(BadRecord):
    """It is larger than the limit."""

    def __init__(self) -> None:
        super().__init__("The record is larger than 5 MB.", "Leave out what the portal does not need.")


class EndedError(QcError):
    """The sender of the record has disconnected, so that nobody waits for its check."""

    def __init__(self) -> None:
        super().__init__("The check was ended, because the connection was closed.", "Send the record again.")


@dataclass(frozen=True, slots=True)
class Checked:
    """A record that can be shown, with sentences about what is odd in it."""

    name: str
    record: Mapping[str, JsonValue]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredUpload:
    """A record that is kept for a day: its address, as a path on the portal, and what is odd in it."""

    record_id: str
    name: str
    link: str
    problems: tuple[str, ...]


def keep(services: Services, body: bytes, by: str, is_gone: Callable[[], bool] = lambda: False) -> StoredUpload:
    """Check a record and keep it, for a person who may upload (`identity.may_upload`, or a token); `by` identifies
    them.

    `is_gone` is called repeatedly; once it returns True, EndedError is raised and nothing is kept. Raises
    TooLargeError, BadRecord or NotARecordError, as `checked` does, and StoreUnavailable.
    """
    if len(body) > MAX_BYTES:
        raise TooLargeError
    record = check_metadata(body, services.clock(), is_gone)
    record_id = services.uploads.put(record.name, record.record, by)
    alone = services.records.find_ids(record.name)[:1] == (record_id,)
    link = urlencode({"name": record.name} if alone else {"id": record_id})
    return StoredUpload(record_id, record.name, f"/view?{link}", record.problems)


def check_metadata(body: bytes, at: datetime, is_gone: Callable[[], bool] = lambda: False) -> Checked:
    """What a body holds, with at most MAX_PROBLEMS problems. Takes time in proportion to its size.

    Raises BadRecord if it is not JSON, NotARecordError if it is not a record with metrics, EndedError as `keep` does.
    """

    def step() -> None:
        if is_gone():
            raise EndedError

    step()
    raw = parse(body, what="The body")
    if _is_deeper(raw, _MAX_DEPTH):
        raise NotARecordError("The record is nested too deeply to be shown.", "Check what wrote it.")
    if not isinstance(raw, dict):
        raise NotARecordError("The record is not an object.", 'Send {"name": …, "quality_control": {…}}.')
    name = raw.get("name")
    if isinstance(name, str) and _is_lone_surrogate_in_name(body, name):
        raise NotARecordError(
            f"The name of the record, {name}, holds half of a character (a lone surrogate).",
            "Give it a name that is whole text.",
        )
    if not isinstance(name, str) or not name.strip() or len(name) > _MAX_NAME_CHARACTERS:
        raise NotARecordError(
            "The record has no name.", f"Give it a name of at most {_MAX_NAME_CHARACTERS} characters."
        )
    if not isinstance(raw.get(_QC), dict):
        raise NotARecordError("The record has no quality control.", f"Send it under the key {_QC}, as an object.")
    if _metric_count(raw[_QC]) > MAX_METRICS:
        raise NotARecordError(f"The record has more than {MAX_METRICS} metrics.", "Send a part of them to try it.")
    quality_control = document.read(raw[_QC])
    if quality_control.generation is None:
        why = quality_control.read_only or "It is of no known shape."
        raise NotARecordError(f"The quality control cannot be shown: {why}", "Write it with aind-data-schema.")
    asset = read_record(raw, folder_name=name)
    nowhere = None if is_location(asset.location) else "the record does not state where its asset is (location)."
    found = check_document(raw[_QC], quality_control, lambda _path: nowhere, at, step)
    problems = [f"{one.place}: {one.what} {one.do}" for one in islice(found, MAX_PROBLEMS + 1)]
    if len(problems) > MAX_PROBLEMS:
        problems[MAX_PROBLEMS:] = [f"There are more problems than these {MAX_PROBLEMS}, which are not listed."]
    return Checked(name, raw, tuple(dict.fromkeys((*asset.problems, *problems))))


def _is_lone_surrogate_in_name(body: bytes, name: str) -> bool:
    """Whether the name is written with a lone surrogate, which `parse` has spelled out."""
    if "\\ud" not in name:
        return False
    raw = parse(body, what="The body", keep_lone_surrogates=True)
    return isinstance(raw, dict) and raw.get("name") != name


def _metric_count(quality_control: JsonValue) -> int:
    """How many metrics and evaluations a raw document lists."""
    if not isinstance(quality_control, dict):
        return 0
    evaluations = quality_control.get("evaluations")
    held = [one for one in evaluations if isinstance(one, dict)] if isinstance(evaluations, list) else []
    lists = [quality_control.get("metrics"), evaluations]
    lists += [one.get(key) for one in held for key in ("metrics", "qc_metrics")]
    return sum(len(one) for one in lists if isinstance(one, list | dict))


def _is_deeper(value: JsonValue, most: int) -> bool:
    """Whether lists and objects are nested more than so many deep; without recursion of its own."""
    level: list[JsonValue] = [value]
    for _ in range(most):
        level = [inside for one in level for inside in _inside(one)]
    return bool(level)


def _inside(value: JsonValue) -> Iterable[JsonValue]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def is_one_of(token: str, tokens: Iterable[str]) -> bool:
    """Whether a token is among these; takes as long whether it is or not."""
    same = [compare_digest(token.encode("utf-8", "replace"), one.encode()) for one in tokens]
    return any(same)
