"""What a message states, and its three forms. The golden mails are rewritten with `GOLDEN=1`, and then looked at."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from qc_core.assets.metrics import MetricQuery, MetricRow
from qc_core.assets.query import AssetQuery
from qc_core.assets.queue import QueueQuery
from qc_core.notifying.digest import MAX_ITEMS, Digest, build_digest, clean
from qc_core.notifying.events import Event, Kind, list_events, select_unreported
from qc_core.notifying.mail_text import build_mail, format_html, format_text
from qc_core.notifying.webhook_body import format_body
from tests.qc_core.assets.test_queue import row

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PORTAL = "https://qc.example.org"
QUERY = QueueQuery(MetricQuery(AssetQuery(projects=("Learning mFISH",), people=("Ada Lovelace <ada@example.org>",))))
HOSTILE = '<img src=x onerror=alert(1)> "&\u202e\n\nTo: eve@example.org\x00'


def event(kind: Kind, asset: str, metric: str, **more: Any) -> Event:
    found = row(asset, metric, changed_at=AT - timedelta(hours=3))
    known = replace(found.asset, subject_id="731015", project="Learning mFISH")
    return Event(kind, structs.replace(found, asset=known, **more))


def digest(*events: Event, notice: str = "") -> Digest:
    return build_digest(events, [QUERY], AT, PORTAL, notice)


USUAL = (
    event(Kind.PENDING, "ecephys_731015_2026-03-01_10-00-00", "Drift, probe A"),
    event(Kind.FAIL, "ecephys_731015_2026-03-01_10-00-00", "Noise < 10 µV"),
    event(Kind.OVERDUE, "behavior_731015_2026-02-01_09-00-00", "Dropped frames", changed_at=AT - timedelta(days=20)),
)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("usual", digest(*USUAL)),
        ("hostile", digest(event(Kind.FAIL, HOSTILE, HOSTILE))),
    ],
)
def test_mails_are_as_they_were_looked_at(name: str, made: Digest) -> None:
    folder = Path(__file__).parent / "golden"
    for suffix, text in ((".txt", format_text(made)), (".html", format_html(made))):
        path = folder / f"{name}{suffix}"
        if os.environ.get("GOLDEN"):
            path.write_text(text, "utf-8")
        assert path.read_text("utf-8") == text


def test_a_mail_is_whole_in_seven_bits_and_names_its_digest() -> None:
    mail = build_mail(digest(*USUAL), "qc@example.org", "ada@example.org", "abc")
    assert mail["Subject"] == "QC: 1 Fail, 1 Overdue, 1 Pending"
    assert (mail["To"], mail["Message-ID"]) == ("ada@example.org", "<abc@example.org>")
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert mail.as_bytes().isascii() and b"\n" not in mail.as_bytes().replace(b"\r\n", b"")


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))


@settings(deadline=None, max_examples=60)
@given(st.text(), st.text(), st.text())
def test_no_text_of_a_record_becomes_markup_a_line_or_another_link(asset: str, metric: str, project: str) -> None:
    made = digest(event(Kind.FAIL, asset, metric))
    made = replace(
        made, assets=tuple(replace(one, project=clean(project)) for one in made.assets), notice=clean(metric)
    )
    tags = Tags()
    tags.feed(format_html(made))
    usual = "html head meta title style body main h1 h2 p div ul li a span br"
    assert {tag for tag, _ in tags.tags} <= set(usual.split())
    links = [attributes["href"] for tag, attributes in tags.tags if tag == "a"]
    assert len(links) == 3 and all(link and link.startswith(f"{PORTAL}/") for link in links)
    assert not any("on" in name[:2] for _, attributes in tags.tags for name in attributes)
    mail = build_mail(made, "qc@example.org", "ada@example.org", "abc")
    names = "Subject From To Date Message-ID Auto-Submitted Content-Type MIME-Version"
    assert sorted(mail.keys()) == sorted(names.split())
    json.loads(format_body(made, "abc"))
    assert len(clean(metric).splitlines()) <= 1


def test_a_message_names_statuses_and_no_value_note_or_reference() -> None:
    made = digest(event(Kind.FAIL, "asset", "Drift", number=1234.5, reference="secret.png", tags=("probe:hidden",)))
    for text in (format_text(made), format_html(made), format_body(made, "1")):
        assert "1234" not in text and "secret" not in text and "hidden" not in text
        assert "Drift" in text and f"{PORTAL}/view?id=" in text


def test_a_long_message_lists_what_failed_first_and_counts_the_rest() -> None:
    pending = [event(Kind.PENDING, "asset", f"metric {n}") for n in range(MAX_ITEMS + 7)]
    made = digest(*pending, event(Kind.FAIL, "other", "Noise"))
    assert made.assets[0].name == "other" and made.more == 8
    assert sum(len(asset.items) for asset in made.assets) == MAX_ITEMS
    assert "And 8 more metrics" in format_text(made) and "And 8 more metrics" in format_html(made)
    assert dict(made.counts) == {"Fail": 1, "Pending": MAX_ITEMS + 7}
    assert f"{PORTAL}/queue?project=Learning+mFISH&person=" in format_text(made)


def rows() -> tuple[MetricRow, ...]:
    old = AT - timedelta(days=15)
    return (
        row("a", "new", changed_at=AT),
        row("a", "old", changed_at=old),
        row("a", "undated", changed_at=None),
        row("b", "failed", status="Fail", changed_at=old),
        row("b", "passed", status="Pass", changed_at=AT),
    )


def test_events_are_what_is_open_and_what_is_overdue() -> None:
    found = [(one.kind.value, one.metric.name) for one in list_events(rows(), AT, timedelta(days=14))]
    assert found == [
        ("Pending", "new"),
        ("Pending", "old"),
        ("Overdue", "old"),
        ("Pending", "undated"),
        ("Fail", "failed"),
    ]


def test_an_event_is_new_once_and_again_when_its_status_was_set_again() -> None:
    events = list_events(rows(), AT, timedelta(days=14))
    fresh = select_unreported([*events, *events], frozenset())
    assert [(one.kind.value, one.metric.name) for one in fresh] == [
        *(("Pending", "new"), ("Overdue", "old"), ("Pending", "undated"), ("Fail", "failed"))
    ]
    known = frozenset(one.key for one in events)
    assert select_unreported(events, known) == []
    again = list_events([row("b", "failed", status="Fail", changed_at=AT)], AT, timedelta(days=14))
    assert len(select_unreported(again, known)) == 1
