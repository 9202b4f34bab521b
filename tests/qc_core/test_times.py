from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.times import parse_time, write_time

JSON_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@pytest.mark.parametrize(
    ("written", "instant", "assumed_utc"),
    [
        ("2025-01-01T00:00:00Z", datetime(2025, 1, 1, tzinfo=UTC), False),
        ("2025-01-01T00:00:00z", datetime(2025, 1, 1, tzinfo=UTC), False),
        ("2025-01-01T00:00:00+00:00", datetime(2025, 1, 1, tzinfo=UTC), False),
        ("2025-01-01T00:00:00-07:00", datetime(2025, 1, 1, 7, tzinfo=UTC), False),
        ("2025-01-01T00:00:00-0700", datetime(2025, 1, 1, 7, tzinfo=UTC), False),
        ("2025-01-01T00:00:00-07", datetime(2025, 1, 1, 7, tzinfo=UTC), False),
        ("2025-06-15 22:43:10.795111+00:00", datetime(2025, 6, 15, 22, 43, 10, 795111, tzinfo=UTC), False),
        ("2025-06-15 22:43:10 UTC", datetime(2025, 6, 15, 22, 43, 10, tzinfo=UTC), False),
        ("2024-09-06T22:14:10.445199", datetime(2024, 9, 6, 22, 14, 10, 445199, tzinfo=UTC), True),
        ("2024-09-06 22:14", datetime(2024, 9, 6, 22, 14, tzinfo=UTC), True),
        ("2025-12-01T10:11:12.123Z", datetime(2025, 12, 1, 10, 11, 12, 123000, tzinfo=UTC), False),
        ("2025-12-01T10:11:12.123456789Z", datetime(2025, 12, 1, 10, 11, 12, 123456, tzinfo=UTC), False),
        ("2022-11-22", datetime(2022, 11, 22, tzinfo=UTC), True),
        ("  2022-11-22  ", datetime(2022, 11, 22, tzinfo=UTC), True),
        (0, datetime(1970, 1, 1, tzinfo=UTC), False),
        (1735689600, datetime(2025, 1, 1, tzinfo=UTC), False),
        (1735689600.5, datetime(2025, 1, 1, 0, 0, 0, 500000, tzinfo=UTC), False),
        (1735689600000, datetime(2025, 1, 1, tzinfo=UTC), False),
        ("1735689600", datetime(2025, 1, 1, tzinfo=UTC), False),
    ],
)
def test_every_form_of_time_seen_in_records_is_read(written: object, instant: datetime, assumed_utc: bool) -> None:
    parsed = parse_time(written)
    assert parsed is not None
    assert parsed.instant == instant
    assert parsed.utc.utcoffset() == timedelta(0)
    assert parsed.assumed_utc is assumed_utc


@pytest.mark.parametrize(
    "written",
    [
        *(None, True, False, "", " ", "soon", "2025", "2025-13-01", "2025-02-30", "2025-01-01T25:00:00Z"),
        *("2025-01-01T00:00:00+24:00", "2025-01-01T00:00:00+07:75", "٢٠٢٥-٠١-٠١", [], {}, ["2025-01-01"]),
        *(float("nan"), float("inf"), 10**400, -(10**18), "9" * 19, "12:00:00", "2025-01-01T00:00:00Z and more"),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
    ],
)
def test_text_that_is_not_a_time_gives_none(written: object) -> None:
    assert parse_time(written) is None


def test_the_offset_a_time_was_written_with_is_kept() -> None:
    parsed = parse_time("2025-04-09T17:25:12-07:00")
    assert parsed is not None
    assert parsed.instant.isoformat() == "2025-04-09T17:25:12-07:00"


def test_a_time_is_written_in_utc_with_six_digits() -> None:
    assert write_time(datetime(2025, 1, 1, 0, 0, 0, 123456, tzinfo=UTC)) == "2025-01-01T00:00:00.123456Z"
    assert write_time(datetime(2025, 1, 1, tzinfo=timezone(timedelta(hours=-7)))) == "2025-01-01T07:00:00.000000Z"
    assert write_time(datetime(987, 1, 1, tzinfo=UTC)) == "0987-01-01T00:00:00.000000Z"


def test_a_time_without_a_zone_is_not_written() -> None:
    with pytest.raises(ValueError, match="zone"):
        write_time(datetime(2025, 1, 1))


@settings(deadline=None, max_examples=200)
@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=ZONES))
def test_written_time_is_read_back_as_the_same_instant(instant: datetime) -> None:
    for written in (write_time(instant), instant.isoformat(), instant.isoformat(sep=" ")):
        parsed = parse_time(written)
        assert parsed is not None
        assert parsed.instant == instant
        assert not parsed.assumed_utc


@settings(deadline=None, max_examples=200)
@given(JSON_SCALARS | st.lists(JSON_SCALARS, max_size=2) | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].{0,20}"))
def test_reading_a_time_never_raises(value: object) -> None:
    parsed = parse_time(value)
    if parsed is not None:
        assert write_time(parsed.instant).endswith("Z")
