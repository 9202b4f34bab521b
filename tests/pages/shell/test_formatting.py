"""How times, statuses and texts read on the screen."""

from datetime import UTC, datetime, timedelta, timezone

from pages.shell.errors import BREAK, plain
from pages.shell.formatting import count, format_clock_time, format_local_time, format_time, status_markdown
from qc_core.quality_control.status import Status

SEATTLE = timezone(timedelta(hours=-7))
THEN = datetime(2025, 4, 9, 17, 25, tzinfo=SEATTLE)


def test_time_is_shown_in_utc() -> None:
    assert format_time(THEN) == "2025-04-10 00:25 UTC"
    assert format_clock_time(THEN) == "00:25 UTC"
    assert format_time(None) == "time not readable"


def test_moment_without_a_zone_is_not_called_utc() -> None:
    assert format_time(datetime(2025, 4, 9, 17, 25)) == "2025-04-09 17:25 (zone not recorded)"


def test_acquisition_time_is_shown_in_its_own_zone() -> None:
    assert format_local_time(THEN, zone_assumed=False) == "2025-04-09 17:25 −07:00"
    assert format_local_time(datetime(2025, 4, 9, tzinfo=UTC), zone_assumed=False) == "2025-04-09 00:00 UTC"
    assert (
        format_local_time(datetime(2025, 4, 9, tzinfo=UTC), zone_assumed=True) == "2025-04-09 00:00 (zone not recorded)"
    )


def test_a_status_is_never_shown_by_colour_alone() -> None:
    for status in Status:
        assert str(status) in status_markdown(status)
        assert ":material/" in status_markdown(status)
    assert "No status" in status_markdown(None)


def test_counts_have_their_noun() -> None:
    assert [count(n, "metric") for n in (0, 1, 2, 3084)] == ["0 metrics", "1 metric", "2 metrics", "3,084 metrics"]


def test_text_from_records_means_nothing_to_markdown() -> None:
    hostile = "a_b*c*[x](javascript:1) <b> `q` $m$ :red[x] # h | ~~s~~ \\ &amp;\n- new"
    escaped = plain(hostile)
    assert "\n" not in escaped
    unescaped = "".join(c for i, c in enumerate(escaped) if c != "\\" or escaped[i - 1 : i] == "\\")
    assert "javascript" in unescaped
    escaped = escaped.replace(BREAK, "")
    for sign in "*[]()<>`$:#|~&":
        position = escaped.find(sign)
        assert position < 0 or escaped[position - 1] == "\\"
