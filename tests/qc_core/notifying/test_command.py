"""`notify` as cron runs it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from qc_core.__main__ import main
from tests.fakes.mail_server import MailServer
from tests.fakes.webhook_receiver import WebhookReceiver
from tests.qc_core.notifying.cron import ADA, Cron


def test_the_command_notifies_all_addresses_and_reports_each(
    cron: Cron, mail: MailServer, receiver: WebhookReceiver, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    cron.now = datetime.now(UTC)
    cron.add("Drift")
    cron.subscribe(f"{ADA} at-once", f"{receiver.address}?key=hidden at-once")
    for name, value in cron.environment.items():
        monkeypatch.setenv(name, value)
    assert main(["notify", "--dry-run"]) == 0
    assert "became Pending" in capsys.readouterr().out and mail.mails == []
    assert main(["notify"]) == 0
    output = capsys.readouterr().out
    assert output.splitlines()[0] == f"{ADA}: sent: 1 Pending" and output.splitlines()[1].endswith(": 1 sent")
    assert "hidden" not in output
    assert main(["notify", "--to", ADA]) == 0
    assert capsys.readouterr().out == f"{ADA}: nothing new\n"
    assert main(["notify", "--to", "eve@example.org"]) == 1
    receiver.status, cron.now = 500, datetime.now(UTC)
    cron.add("Noise")
    assert main(["notify"]) == 1, "what could not be sent"
    assert len(mail.mails) == 2


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("QC_PORTAL_URL", "cannot link to the portal"),
        ("QC_PORTAL_SMTP", "Mail cannot be sent"),
        ("QC_PORTAL_MAIL_FROM", "Mail cannot be sent"),
        ("QC_PORTAL_WEBHOOK_SECRET", "cannot be signed"),
    ],
)
def test_missing_setting_is_named_before_anything_is_sent(
    cron: Cron, mail: MailServer, monkeypatch: pytest.MonkeyPatch, capsys: Any, missing: str, message: str
) -> None:
    cron.subscribe(f"{ADA} at-once", "https://hooks.example.org at-once")
    for name, value in cron.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv(missing)
    assert main(["notify"]) == 1
    assert message in capsys.readouterr().err and mail.mails == []


def test_nobody_is_notified_unless_the_settings_say_so(
    cron: Cron, monkeypatch: pytest.MonkeyPatch, capsys: Any, tmp_path: Path
) -> None:
    for name, value in cron.environment.items():
        monkeypatch.setenv(name, value)
    assert main(["notify"]) == 0
    assert capsys.readouterr().out == "QC_PORTAL_NOTIFY names nobody.\n" and not (tmp_path / "state").exists()
    monkeypatch.setenv("QC_PORTAL_NOTIFY", f"{ADA} daily projekt=Typo")
    assert main(["notify"]) == 1
    assert "'projekt'" in capsys.readouterr().err
