"""Parse the name of an asset (docs/formats.md#names)."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_DATETIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{2}-[0-9]{2}-[0-9]{2}"
_DERIVED = re.compile(rf"(?P<input>.+?_{_DATETIME})_(?P<process_name>.+?)_{_DATETIME}")
_DATED = re.compile(rf"(?P<before>.+?)_(?P<datetime>{_DATETIME})")
_DIGITS = re.compile(r"[0-9]{3,}")
_MAX_CHARACTERS = 1000
"""Beyond this a text is not a name, and matching it would take long."""

_PLATFORMS = frozenset(
    [
        *("bci", "behavior", "behavior-videos", "confocal", "ecephys", "exaspim", "fib", "fip", "fmost", "hcr", "hsfp"),
        *("icephys", "isi", "ispim", "merfish", "mesospim", "motor-observatory", "mri", "multiplane-ophys", "ophys"),
        *("pophys", "single-plane-ophys", "slap", "slap2", "smartspim", "spim", "test"),
    ]
)
"""Platforms and modalities that v1 raw names begin with, in lower case."""


class NameKind(StrEnum):
    """Which of the patterns a name follows."""

    RAW = "raw"
    DERIVED = "derived"
    ANALYSIS = "analysis"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ParsedName:
    """The parts of an asset's name, None where it has none.

    `acquired` is naive: names hold the local time of the rig, without its zone. `input_name` is the asset that
    a derived one was made from.
    """

    kind: NameKind
    subject_id: str | None = None
    platform: str | None = None
    acquired: datetime | None = None
    process_name: str | None = None
    input_name: str | None = None


def parse_name(name: str) -> ParsedName:
    """Read an asset's name; never raises. A name that follows no pattern is of kind OTHER.

    An analysis has the shape of a v1 raw name: `<word>_<word>_<time>`. It is raw if the second word is a number
    (a subject) or the first a known platform.
    """
    if len(name) > _MAX_CHARACTERS:
        return ParsedName(NameKind.OTHER)
    derived = _DERIVED.match(name)
    if derived:
        source = parse_name(derived["input"])
        return ParsedName(
            NameKind.DERIVED,
            subject_id=source.subject_id,
            platform=source.platform,
            acquired=source.acquired,
            process_name=derived["process_name"],
            input_name=derived["input"],
        )
    dated = _DATED.fullmatch(name)
    return _parse_dated(dated["before"], dated["datetime"]) if dated else ParsedName(NameKind.OTHER)


def _parse_dated(before: str, written: str) -> ParsedName:
    first, _, rest = before.partition("_")
    if not rest:
        return ParsedName(NameKind.RAW, subject_id=before, acquired=_naive(written))
    if first.lower() in _PLATFORMS or _DIGITS.fullmatch(rest):
        return ParsedName(NameKind.RAW, subject_id=rest, platform=first, acquired=_naive(written))
    return ParsedName(NameKind.ANALYSIS)


def _naive(written: str) -> datetime | None:
    try:
        return datetime.strptime(written, "%Y-%m-%d_%H-%M-%S")
    except ValueError:
        return None
