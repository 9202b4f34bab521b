"""Read and write times, for all of the package."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from qc_core.json_document.value import JsonValue

_TIME = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
    r"(?:[Tt_ ]\s*(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]+))?)?"
    r"\s*(?:(?P<utc>[Zz])|(?:UTC\s*)?(?P<sign>[+-])(?P<zone_hours>[0-9]{2}):?(?P<zone_minutes>[0-9]{2})?|UTC)?)?"
)
_NUMBER = re.compile(r"[+-]?[0-9]{9,20}(?:\.[0-9]{1,20})?")
"""A number in a text; a shorter one would rather be a year or a date without dashes."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST_IN_SECONDS = 2e10
"""Beyond this an epoch number is in milliseconds: the rule of pydantic, which the schema reads times with."""


@dataclass(frozen=True, slots=True)
class ParsedTime:
    """A time as read: `instant` is aware and keeps the offset it was written with.

    `assumed_utc` is True for a time that was written without a zone and taken as UTC.
    """

    instant: datetime
    assumed_utc: bool

    @property
    def utc(self) -> datetime:
        """The same instant in UTC."""
        return self.instant.astimezone(UTC)

    @property
    def recorded(self) -> datetime:
        """The time in UTC, or without a zone (naive) where none was written."""
        return self.instant.replace(tzinfo=None) if self.assumed_utc else self.utc


def parse_time(value: JsonValue) -> ParsedTime | None:
    """Read a time in any form seen in records (docs/formats.md#times), or None where it is none; never raises.

    `T` or a space between date and time; `Z`, an offset or no zone (then UTC is assumed and flagged); a date
    alone is its midnight; digits after the microsecond are cut off; numbers are seconds (or, when very large,
    milliseconds) since 1970.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_epoch(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if _NUMBER.fullmatch(text):
        return _from_epoch(float(text))
    matched = _TIME.fullmatch(text)
    return _from_parts(matched) if matched else None


def write_time(instant: datetime) -> str:
    """Write an aware time as `2025-01-01T00:00:00.123456Z`, always in UTC and with six digits.

    Raises ValueError for a time without a zone: guessing one here would store a wrong instant.
    """
    if instant.utcoffset() is None:
        raise ValueError("A time without a zone cannot be written.")
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def write_recorded_time(instant: datetime) -> str:
    """Write an aware time as `write_time` does, and one without a zone without one: `2025-01-01T00:00:00.123456`."""
    return write_time(instant) if instant.utcoffset() is not None else instant.isoformat(timespec="microseconds")


def _from_epoch(number: float) -> ParsedTime | None:
    try:
        if abs(number) > _LARGEST_IN_SECONDS:
            return ParsedTime(_EPOCH + timedelta(milliseconds=number), assumed_utc=False)
        return ParsedTime(_EPOCH + timedelta(seconds=number), assumed_utc=False)
    except (OverflowError, ValueError):  # beyond the years 1 to 9999, NaN, infinity
        return None


def _from_parts(matched: re.Match[str]) -> ParsedTime | None:
    year, month, day, hour, minute, second = (
        int(matched[part] or 0) for part in ("year", "month", "day", "hour", "minute", "second")
    )
    microsecond = int((matched["fraction"] or "")[:6].ljust(6, "0"))
    try:
        zone = _zone(matched)
        instant = datetime(year, month, day, hour, minute, second, microsecond, tzinfo=zone or UTC)
        # The first and last hours of the calendar may have no UTC form: such a time could not be compared.
        instant.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return ParsedTime(instant, assumed_utc=zone is None)


def _zone(matched: re.Match[str]) -> tzinfo | None:
    if matched["sign"]:
        hours, minutes = int(matched["zone_hours"]), int(matched["zone_minutes"] or 0)
        if minutes > 59:
            raise ValueError("an offset has at most 59 minutes")
        offset = timedelta(hours=hours, minutes=minutes)
        if not offset:
            return UTC
        return timezone(-offset if matched["sign"] == "-" else offset)
    return UTC if matched["utc"] or matched[0].endswith("UTC") else None
