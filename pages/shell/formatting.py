"""How times, statuses and counts read on the screen."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from pages.shell.address import ReviewAddress
from pages.shell.errors import plain
from qc_core.quality_control.status import Status, StatusEntry, is_future, is_signed_ahead

_SIGNS = {
    Status.PASS: (":material/check_circle:", "green"),
    Status.FAIL: (":material/cancel:", "red"),
    Status.PENDING: (":material/schedule:", "orange"),
}


def format_status(status: Status | None) -> str:
    """A status as icon and word, for a choice."""
    return f"{_SIGNS[status][0]} {status}" if status else "– No status"


def status_markdown(status: Status | None) -> str:
    """A status as icon, colour and word, for Markdown."""
    return f":{_SIGNS[status][1]}[**{format_status(status)}**]" if status else ":gray[– No status]"


def format_time(time: datetime | None) -> str:
    """A time in UTC to the minute: "2025-04-09 17:25 UTC"; a naive one as it is, with "(zone not recorded)"."""
    if time is not None and time.utcoffset() is None:
        return format_local_time(time, zone_assumed=True)
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if time else "time not readable"


def describe_future_entry(history: Sequence[StatusEntry], at: datetime) -> str:
    """The warning for a metric with an entry later than `at`; "" if it has none."""
    later = [entry for entry in history if is_future(entry, at)]
    if not later:
        return ""
    if is_signed_ahead(history, at):
        return (
            f"Signed {format_exact_time(history[-1].timestamp)}, right after an entry in the future. It counts here "
            "now; other programs count it from that time on."
        )
    last = max(later, key=lambda entry: entry.timestamp or at)
    who = f" by {last.evaluator.strip()}" if last.evaluator.strip() else ""
    return (
        f"An entry is in the future: {last.word or 'no status'}{who}, {format_exact_time(last.timestamp)}. The clock "
        "that wrote it was ahead, or it is local time written as UTC. What you submit is signed right after it: it "
        "counts here at once, in other programs from that time on."
    )


def describe_future_signature(entry: StatusEntry, at: datetime) -> list[str]:
    """The warning for a signature in the future, as Markdown; empty for any other."""
    if not is_future(entry, at):
        return []
    when = plain(format_exact_time(entry.timestamp))
    return [f"signed {when}, right after an entry in the future (it counts here now, in other programs from then on)"]


def format_exact_time(time: datetime | None) -> str:
    """A time in UTC to the second: "2025-04-09 17:25:03 UTC"."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if time else "time not readable"


def format_clock_time(time: datetime) -> str:
    """The time of day in UTC: "14:02 UTC"."""
    return f"{time.astimezone(UTC):%H:%M} UTC"


def format_age(time: datetime, now: datetime) -> str:
    """How long ago: "40 seconds ago", "3 minutes ago", "2 hours ago", "5 days ago"."""
    return f"{format_duration(now - time)} ago"


def format_duration(duration: timedelta) -> str:
    """How long, in the largest unit that fits: "40 seconds", "3 minutes", "2 hours", "5 days"; 0 for a negative one."""
    seconds = max(0, int(duration.total_seconds()))
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return count(seconds // size, unit)
    return count(seconds, "second")


def format_local_time(time: datetime, *, zone_assumed: bool) -> str:
    """A time with the offset it was written with: "2025-04-09 17:25 −07:00"; without one, "(zone not recorded)"."""
    if zone_assumed:
        return f"{time:%Y-%m-%d %H:%M} (zone not recorded)"
    offset = f"{time:%z}"
    zone = "UTC" if offset in {"+0000", ""} else f"{offset[:3]}:{offset[3:5]}".replace("-", "−")
    return f"{time:%Y-%m-%d %H:%M} {zone}"


def format_asset_link(name: str) -> str:
    """An asset's name as a link to its own review, for Markdown; it opens in a tab of its own."""
    return f"[{plain(name)}]({ReviewAddress(name=name).href()})"


def count(number: int, thing: str) -> str:
    """A number with its noun: "1 metric", "182 metrics"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
