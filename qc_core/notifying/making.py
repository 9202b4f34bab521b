"""Build a notifier from the settings, with its source of events and its senders of messages."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

from qc_core.assets.metrics import MetricQuery
from qc_core.assets.queue import QueueQuery
from qc_core.errors import BadSetting
from qc_core.notifying.events import list_events
from qc_core.notifying.run import Found, Notifier
from qc_core.quality_control.status import Status
from qc_core.services import Services
from qc_core.settings.model import Settings
from qc_core.stores.messages.mail import MailSender
from qc_core.stores.messages.outcome import Outcome
from qc_core.stores.messages.webhook import send_webhook
from qc_core.stores.state.notified import NotifiedStore

_STEP = 0.5
_OPEN = (str(Status.FAIL), str(Status.PENDING))


def make_notifier(services: Services, settings: Settings, *, wait: float, is_preview: bool) -> Notifier:
    """The notifier; for a preview also where nothing could be sent. Raises BadSetting.

    `wait` is for how many seconds, in all, metrics are waited for that are still being read.
    """
    portal = settings.portal_address or settings.own_origin
    if portal is None:
        raise BadSetting("Messages cannot link to the portal.", "Set QC_PORTAL_URL to its address.")
    if not is_preview:
        _check_sending(settings)
    end = time.monotonic() + wait
    return Notifier(
        store=NotifiedStore(services.objects),
        find=lambda query: _find(services, query, timedelta(days=settings.overdue_days), end),
        send_mail=_make_mail(settings),
        send_webhook=send_webhook,
        clock=services.clock,
        portal=portal,
        sender=settings.mail_from or "",
        secret=settings.webhook_secret or "",
        hour=settings.notify_hour,
    )


def _check_sending(settings: Settings) -> None:
    server = settings.mail_server
    if any(not one.is_webhook for one in settings.subscriptions) and not (server and settings.mail_from):
        raise BadSetting("Mail cannot be sent.", "Set QC_PORTAL_SMTP and QC_PORTAL_MAIL_FROM.")
    if server and settings.mail_user and not (server.tls or server.starttls):
        raise BadSetting("QC_PORTAL_SMTP_USER would be sent in plain text.", "Write smtps:// or smtp:// as server.")
    if any(one.is_webhook for one in settings.subscriptions) and settings.webhook_secret is None:
        raise BadSetting("Webhooks cannot be signed.", "Set QC_PORTAL_WEBHOOK_SECRET.")


def _make_mail(settings: Settings) -> Callable[[EmailMessage, str], Outcome]:
    if settings.mail_server is None or settings.mail_from is None:
        return _refuse
    return MailSender(settings.mail_server, settings.mail_from, settings.mail_user, settings.mail_password).send


def _refuse(mail: EmailMessage, receiver: str) -> Outcome:
    return Outcome.REFUSED


def _find(services: Services, query: QueueQuery, overdue: timedelta, end: float) -> Found:
    """The events of a query, waiting for metrics that are still being read. Raises StoreUnavailable."""
    assets = replace(query.metrics.assets, statuses=_OPEN)
    asked = MetricQuery(assets, statuses=_OPEN)
    while (page := services.metrics.find_metrics(asked)).reading and time.monotonic() < end:
        time.sleep(_STEP)
    wanted = replace(query.metrics, statuses=_OPEN)
    events = list_events((row for row in page.rows if wanted.matches(row)), services.clock(), overdue)
    return Found(events, settled=not page.reading and page.error is None)
