"""Notifying by mail, with a real mail server: each event once, to whom the settings name."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qc_core.notifying.run import CLAIM_HOLDS, Report, notify
from tests.fakes.mail_server import MailServer
from tests.fakes.webhook_receiver import WebhookReceiver
from tests.qc_core.notifying.cron import ADA, START, Cron, Killed, bodies


def test_each_event_is_in_one_message_to_one_address(cron: Cron, mail: MailServer) -> None:
    cron.subscribe(f"{ADA} at-once stage=Raw data", f"{ADA} at-once")
    cron.add("Drift")
    cron.add("Noise", "Fail")
    cron.add("Power", "Pass")
    assert cron.run(ADA) == Report("sent: 1 Fail, 1 Pending")
    assert cron.run(ADA) == Report("nothing new")
    cron.add("Units")
    assert cron.run(ADA) == Report("sent: 1 Pending")
    assert [receiver for receiver, _ in mail.mails] == [ADA, ADA]
    first, second = bodies(mail)
    assert "Drift" in first and "Noise" in first and "Power" not in first
    assert "Units" in second and "Drift" not in second


def test_only_what_is_recent_or_overdue_is_reported_to_a_new_address(cron: Cron, mail: MailServer) -> None:
    cron.subscribe(f"{ADA} at-once")
    cron.add("Long ago", "Fail", age=timedelta(days=300))
    cron.add("A week", age=timedelta(days=7))
    cron.add("Overdue", age=timedelta(days=15))
    cron.add("New")
    assert cron.run(ADA) == Report("sent: 1 Overdue, 1 Pending")
    cron.now += timedelta(days=8)
    assert cron.run(ADA) == Report("sent: 1 Overdue"), "a week and eight days"
    assert "A week" in bodies(mail)[1]


def test_what_was_out_of_reach_for_a_while_is_not_sent_again(cron: Cron, mail: MailServer) -> None:
    cron.subscribe(f"{ADA} at-once")
    cron.add("Long ago", "Fail", age=timedelta(days=300))
    written = cron.add("Drift")
    assert cron.run(ADA) == Report("sent: 1 Pending")
    away = cron.folder.rename(cron.folder.with_name("not mounted"))
    cron.folder.mkdir()
    assert cron.run(ADA) == Report("nothing new")
    cron.folder.rmdir()
    away.rename(cron.folder)
    assert cron.run(ADA) == Report("nothing new")
    text = written.file.read_text()
    written.file.write_text(text[:50])
    assert cron.run(ADA) == Report("nothing new")
    written.file.write_text(text)
    assert cron.run(ADA) == Report("nothing new")
    cron.add("Noise")
    assert cron.run(ADA) == Report("sent: 1 Pending")


def test_a_daily_message_is_sent_once_a_day_from_its_hour_on(cron: Cron, mail: MailServer) -> None:
    cron.subscribe(f"{ADA} daily")
    cron.environment["QC_PORTAL_NOTIFY_HOUR"] = "14"
    cron.add("Drift")
    assert cron.run(ADA).text == "nothing new"
    cron.now = START.replace(hour=14)
    assert cron.run(ADA).text == "sent: 1 Pending"
    cron.add("Noise")
    assert cron.run(ADA).text == "nothing new"
    cron.now = START.replace(hour=13) + timedelta(days=1)
    assert cron.run(ADA).text == "nothing new"
    cron.now += timedelta(hours=2)
    assert cron.run(ADA).text == "sent: 1 Pending"
    assert "Noise" in bodies(mail)[1] and "Drift" not in bodies(mail)[1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("person=Ada Lovelace", ["Drift"]),
        ("person=ada", []),
        ("key_experimenter=Grace Hopper", ["Noise"]),
        ("metric=Noise&metric=Power", ["Noise"]),
        ("project=Nobody's", []),
        ("tag=probe:A&q=rif", ["Drift"]),
        ("", ["Drift", "Noise"]),
    ],
)
def test_an_address_gets_what_its_query_asks_for(cron: Cron, mail: MailServer, query: str, found: list[str]) -> None:
    cron.subscribe(f"{ADA} at-once {query}")
    cron.add("Drift", people=["ada lovelace"])
    cron.add("Noise", "Fail", people=["Grace Hopper"])
    cron.run(ADA)
    text = "\n".join(bodies(mail))
    assert [name for name in ("Drift", "Noise") if f": {name}" in text] == found


def test_a_mail_that_was_refused_is_sent_with_the_next_run(cron: Cron, mail: MailServer) -> None:
    cron.subscribe(f"{ADA} daily")
    cron.add("Drift")
    mail.refuse = "451 later"
    assert cron.run(ADA) == Report("not sent; it is tried again", failed=True)
    assert cron.run(ADA, QC_PORTAL_SMTP="smtp+plain://127.0.0.1:9").failed
    mail.refuse = ""
    cron.add("Noise")
    assert cron.run(ADA).text == "sent: 2 Pending"
    assert len(mail.mails) == 1


def test_a_mail_of_which_nobody_knows_is_not_repeated_and_the_next_one_says_so(cron: Cron, mail: MailServer) -> None:
    cron.subscribe(f"{ADA} at-once")
    cron.add("Drift")
    mail.hang_up = True
    assert cron.run(ADA).failed
    mail.hang_up = False
    assert cron.run(ADA).text == "nothing new"
    cron.add("Noise")
    cron.run(ADA)
    assert len(mail.mails) == 2
    assert "2026-03-02 12:00 UTC may not have reached you" in bodies(mail)[1] and "Drift" not in bodies(mail)[1]
    cron.add("Units")
    cron.run(ADA)
    assert "may not have reached you" not in bodies(mail)[2]


@pytest.mark.parametrize("is_sent", [False, True])
def test_a_run_that_is_killed_while_sending_neither_repeats_nor_loses_another(
    cron: Cron, mail: MailServer, monkeypatch: pytest.MonkeyPatch, is_sent: bool
) -> None:
    cron.subscribe(f"{ADA} at-once")
    cron.add("Drift")
    whole, subscriptions = cron.open()

    def send(*what: Any) -> Any:
        if is_sent:
            whole.send_mail(*what)
        raise Killed

    with pytest.raises(Killed):
        notify(replace(whole, send_mail=send), ADA, subscriptions)
    cron.add("Noise")
    assert cron.run(ADA).text == "another run is sending to it", "nobody knows yet that it was killed"
    cron.now += CLAIM_HOLDS
    assert cron.run(ADA).text == "sent: 1 Pending"
    assert "Noise" in bodies(mail)[-1] and "may not have reached you" in bodies(mail)[-1]
    assert len(mail.mails) == 1 + is_sent


def test_one_of_two_simultaneous_runs_sends(cron: Cron, mail: MailServer) -> None:
    cron.subscribe(f"{ADA} at-once")
    cron.add("Drift")
    notifier, subscriptions = cron.open()
    reports: list[Report | None] = []

    def find(query: Any) -> Any:
        if not reports:
            reports.append(None)
            reports[0] = cron.run(ADA)
        return notifier.find(query)

    assert notify(replace(notifier, find=find), ADA, subscriptions).text == "another run is sending to it"
    assert reports == [Report("sent: 1 Pending")] and len(mail.mails) == 1


def test_sent_events_are_stored_without_the_address(cron: Cron) -> None:
    cron.subscribe(f"{ADA} at-once")
    cron.add("Drift")
    cron.run(ADA)
    state = Path(cron.environment["QC_PORTAL_STATE"])
    [kept] = state.glob("notified/*.json")
    assert ADA not in kept.read_text() and "Drift" not in kept.read_text() and ADA not in kept.name
    kept.write_text("{}{")
    with pytest.raises(Exception, match="cannot be read"):
        cron.run(ADA)


def test_an_address_is_never_taken_from_data(cron: Cron, mail: MailServer, receiver: WebhookReceiver) -> None:
    cron.subscribe(f"{ADA} at-once")
    cron.add(receiver.address, people=[receiver.address, "eve@example.org"])
    cron.run(ADA)
    assert [to for to, _ in mail.mails] == [ADA] and receiver.attempts == []
