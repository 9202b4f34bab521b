"""Runs notifications as cron would, over a folder of assets, at a time that a test moves on."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from qc_core.notifying.making import make_notifier
from qc_core.notifying.run import Notifier, Report, notify
from qc_core.services import build
from qc_core.settings.model import Settings
from qc_core.settings.notifications import Subscription
from tests.fakes.assets import Asset, document, made, metric
from tests.fakes.mail_server import MailServer

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
ADA = "ada@example.org"


@dataclass
class Cron:
    """Runs the command as cron would, at a time that a test moves on, over a folder of assets."""

    folder: Path
    environment: dict[str, str]
    now: datetime = START

    def subscribe(self, *entries: str) -> "Cron":
        self.environment["QC_PORTAL_NOTIFY"] = " | ".join(entries)
        return self

    def run(self, address: str, **more: str) -> Report:
        notifier, subscriptions = self.open(**more)
        return notify(notifier, address, [one for one in subscriptions if one.address == address])

    def open(self, **more: str) -> tuple[Notifier, tuple[Subscription, ...]]:
        """The notifier of the settings as they are now, and the subscriptions."""
        settings = Settings.from_env(self.environment | more, address="localhost")
        services = build(settings, clock=lambda: self.now)
        return make_notifier(services, settings, wait=5, is_preview=False), settings.subscriptions

    def add(
        self, name: str, status: str = "Pending", *, age: timedelta = timedelta(hours=1), people: Any = None
    ) -> Asset:
        entry = {"object_type": "QC status", "evaluator": "Pipeline", "status": status}
        of = metric(name, status_history=[entry | {"timestamp": (self.now - age).isoformat()}])
        return made(document(of, key_experimenters=people), self.folder)


def bodies(mail: MailServer) -> list[str]:
    return [one.get_body(("plain",)).get_content() for _, one in mail.mails]


class Killed(BaseException):
    """Ends a run in the middle, as a signal would."""


def raise_killed(*_: object) -> Any:
    raise Killed
