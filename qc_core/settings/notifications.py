"""Who is notified of what: `ADDRESS daily|at-once QUERY`, with `|` between two, and the server that sends mail.

For example::

    ada@example.org daily person=Ada Lovelace |
    ephys@example.org daily project=Learning mFISH |
    https://hooks.example.org/qc at-once project=Learning mFISH&stage=Raw data
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from qc_core.errors import BadSetting
from qc_core.mail_address import fault_of
from qc_core.settings.environment import text
from qc_core.settings.origins import is_loopback
from qc_core.settings.setting import Environment

FREQUENCIES = ("daily", "at-once")
MAX_SUBSCRIPTIONS = 500
_SHORTEST_SECRET = 32
_PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}


@dataclass(frozen=True, slots=True)
class Subscription:
    """One address, a mail address or that of a webhook, and what it is sent: the query of a queue, such as its address
    has it behind `?`, as pairs. `daily` is once a day, else at every run.
    """

    address: str
    daily: bool
    query: tuple[tuple[str, str], ...]

    @property
    def is_webhook(self) -> bool:
        """Whether a web address is notified, and not a mailbox."""
        return "://" in self.address


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes mail. `tls` from the first byte; `starttls` before anything is sent; neither: plain text."""

    host: str
    port: int
    tls: bool
    starttls: bool


def read_subscriptions(environment: Environment, name: str) -> tuple[Subscription, ...]:
    """The subscriptions that a variable holds. Raises BadSetting that says which cannot be used, and why."""
    entries = [entry for entry in environment.get(name, "").split("|") if entry.strip()]
    if len(entries) > MAX_SUBSCRIPTIONS:
        raise BadSetting(f"{name} has {len(entries)} entries.", f"At most {MAX_SUBSCRIPTIONS} are read.")
    return tuple(_read(entry.strip(), name) for entry in entries)


def _read(entry: str, name: str) -> Subscription:
    address, *rest = entry.split(None, 2)
    if not rest or rest[0] not in FREQUENCIES:
        raise BadSetting(
            f"{name} holds {entry!r}.", "Write ADDRESS daily QUERY, or ADDRESS at-once QUERY, with | between two."
        )
    fault = _fault_of_webhook(address) if "://" in address else _fault_of_mailbox(address)
    if fault:
        raise BadSetting(f"The address {address!r} in {name} cannot be used: {fault}.", "Correct it, or take it out.")
    pairs = parse_qsl(rest[1].removeprefix("?"), keep_blank_values=True) if len(rest) > 1 else []
    if len(rest) > 1 and not (pairs and all(all(pair) for pair in pairs)):
        raise BadSetting(f"{name} holds the query {rest[1]!r}.", "Write it as key=value, with & between two.")
    return Subscription(address, rest[0] == "daily", tuple(pairs))


def _fault_of_mailbox(address: str) -> str | None:
    if not address.isascii() or set(address) & set('<>()[],;:\\"'):
        return "it is not a plain address"
    return fault_of(address)


def _fault_of_webhook(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        return "it is not a web address"
    if not parts.hostname or "@" in parts.netloc or not address.isascii() or not address.isprintable():
        return "it is not a web address without a name and password"
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname)):
        return None
    return "it does not begin with https://"


def read_mail_server(environment: Environment, name: str) -> MailServer | None:
    """`smtps://host`, `smtp://host` (STARTTLS) or `smtp+plain://host`, with a port where it is not the usual one."""
    value = text(environment, name)
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        host, port, scheme = parts.hostname, parts.port, parts.scheme
    except ValueError:
        host, port, scheme = None, None, ""
    if not host or scheme not in _PORTS or parts.path.strip("/") or parts.query or "@" in parts.netloc:
        raise BadSetting(f"{name} is {value!r}.", "Set it to smtps://host, smtp://host or smtp+plain://host.")
    return MailServer(host, port or _PORTS[scheme], tls=scheme == "smtps", starttls=scheme == "smtp")


def read_sender(environment: Environment, name: str) -> str | None:
    """The mailbox that mail is from."""
    value = text(environment, name)
    fault = _fault_of_mailbox(value) if value else None
    if fault:
        raise BadSetting(f"{name} is {value!r}: {fault}.", "Set it to an address such as qc@example.org.")
    return value


def read_portal_address(environment: Environment, name: str) -> str | None:
    """The address of the portal, without a slash at its end."""
    value = text(environment, name)
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
        usable = usable and not (parts.query or parts.fragment) and value.isprintable() and " " not in value
    except ValueError:
        usable = False
    if not usable:
        raise BadSetting(f"{name} is {value!r}.", "Set it to the portal's address, such as https://qc.example.org.")
    return value.rstrip("/")


def read_secret(environment: Environment, name: str) -> str | None:
    """A secret that is long enough. Errors do not show it."""
    value = text(environment, name)
    if value is not None and len(value) < _SHORTEST_SECRET:
        raise BadSetting(
            f"{name} is shorter than {_SHORTEST_SECRET} letters.",
            'Make one: python -c "import secrets; print(secrets.token_hex(32))".',
        )
    return value


def read_hour(environment: Environment, name: str) -> int:
    """An hour of the day."""
    value = text(environment, name) or "6"
    if not (value.isascii() and value.isdigit() and int(value) < 24):
        raise BadSetting(f"{name} is {value!r}.", "Set it to an hour from 0 to 23.")
    return int(value)


def read_overdue(environment: Environment, name: str) -> int:
    """After how many days a metric is overdue."""
    value = text(environment, name) or "14"
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 10_000):
        raise BadSetting(f"{name} is {value!r}.", "Set it to a number of days.")
    return int(value)
