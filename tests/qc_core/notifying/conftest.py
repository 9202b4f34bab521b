"""A mail server, a receiver of webhooks, and cron."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.mail_server import MailServer
from tests.fakes.webhook_receiver import SECRET, WebhookReceiver
from tests.qc_core.notifying.cron import Cron


@pytest.fixture
def mail() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.stop()


@pytest.fixture
def receiver() -> Iterator[WebhookReceiver]:
    server = WebhookReceiver()
    yield server
    server.stop()


@pytest.fixture
def cron(tmp_path: Path, mail: MailServer) -> Cron:
    (tmp_path / "assets").mkdir()
    return Cron(
        tmp_path / "assets",
        {
            "QC_PORTAL_ASSETS": str(tmp_path / "assets"),
            "QC_PORTAL_STATE": str(tmp_path / "state"),
            "QC_PORTAL_URL": "https://qc.example.org/",
            "QC_PORTAL_SMTP": f"smtp+plain://127.0.0.1:{mail.port}",
            "QC_PORTAL_MAIL_FROM": "qc@example.org",
            "QC_PORTAL_WEBHOOK_SECRET": SECRET,
        },
    )
