"""The part of the table of settings that is about notifications: who is notified of what, by mail or by webhook."""

from qc_core.settings import environment as env
from qc_core.settings import notifications
from qc_core.settings.setting import Setting

_GROUP = "Notifications"

NOTIFY_SETTINGS: tuple[Setting, ...] = (
    Setting(
        variable="QC_PORTAL_NOTIFY",
        field="subscriptions",
        group=_GROUP,
        description=(
            "who is notified of what by `python -m qc_core notify`: `ADDRESS daily QUERY` or `ADDRESS at-once QUERY`, "
            "with bars between them; an address is a mailbox or an https address (docs/notifications.md)"
        ),
        default="nobody",
        example="ada@example.org daily person=Ada Lovelace",
        read=notifications.read_subscriptions,
    ),
    Setting(
        variable="QC_PORTAL_NOTIFY_HOUR",
        field="notify_hour",
        group=_GROUP,
        description="the hour of the day, in UTC, from which on daily messages are sent",
        default="`6`",
        example="14",
        read=notifications.read_hour,
    ),
    Setting(
        variable="QC_PORTAL_OVERDUE_DAYS",
        field="overdue_days",
        group=_GROUP,
        description="after how many days of being Pending a metric is reported as overdue",
        default="`14`",
        example="30",
        read=notifications.read_overdue,
    ),
    Setting(
        variable="QC_PORTAL_URL",
        field="portal_address",
        group=_GROUP,
        description="the portal's own address, for links in messages",
        default="that of `QC_PORTAL_OIDC_REDIRECT`",
        example="https://qc.example.org",
        read=notifications.read_portal_address,
    ),
    Setting(
        variable="QC_PORTAL_SMTP",
        field="mail_server",
        group=_GROUP,
        description=(
            "the server that takes mail: `smtps://host` (TLS), `smtp://host` (STARTTLS), or `smtp+plain://host` for a "
            "relay without TLS, with a port behind a colon where it is not 465, 587 or 25"
        ),
        default="none",
        example="smtp://mail.example.org",
        read=notifications.read_mail_server,
    ),
    Setting(
        variable="QC_PORTAL_SMTP_USER",
        field="mail_user",
        group=_GROUP,
        description="the user to log in there as; never without TLS",
        default="no login",
        example="qc-portal",
        read=env.text,
    ),
    Setting(
        variable="QC_PORTAL_SMTP_PASSWORD",
        field="mail_password",
        group=_GROUP,
        description="the password that goes with it",
        default="no login",
        secret=True,
        read=env.text,
    ),
    Setting(
        variable="QC_PORTAL_MAIL_FROM",
        field="mail_from",
        group=_GROUP,
        description="the mailbox that mail is from",
        default="none",
        example="qc@example.org",
        read=notifications.read_sender,
    ),
    Setting(
        variable="QC_PORTAL_WEBHOOK_SECRET",
        field="webhook_secret",
        group=_GROUP,
        description="signs what is sent to webhooks, at least 32 letters made at random",
        default="none",
        secret=True,
        read=notifications.read_secret,
    ),
)
