"""Notify one address: at most one new message in a run, without anything that was sent before.

A run reads what the address was notified of, claims what is new by a conditional write, sends it, and writes the
outcome. If it is killed before that, its claim remains. The mail of such a claim counts as sent, since its outcome is
unknown, and the next mail states that; a webhook gets the same delivery again, under the same id.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import msgspec

from qc_core.assets.queue import QueueQuery, format_queue_query
from qc_core.notifying.digest import Digest, build_digest
from qc_core.notifying.events import Event, select_unreported
from qc_core.notifying.mail_text import build_mail
from qc_core.notifying.queries import read_query
from qc_core.notifying.webhook_body import format_body, sign
from qc_core.settings.notifications import Subscription
from qc_core.stores.messages.outcome import Outcome
from qc_core.stores.state.notified import Claim, Delivery, Notified, NotifiedStore

CLAIM_HOLDS = timedelta(minutes=15)
"""After that a claim is that of a run that was killed: no attempt takes so long."""
RETRIED_FOR = timedelta(days=1)
MAX_KNOWN = 200_000
"""Events that are remembered for an address; beyond it only those that still hold.

What no longer holds is remembered as well: it may only be out of reach for a while, with a share that is not mounted or
a file that is half written, and would be sent again.
"""


@dataclass(frozen=True, slots=True)
class Found:
    """The events of a query. `settled` as long as none is still to be read."""

    events: Sequence[Event]
    settled: bool = True


@dataclass(frozen=True, slots=True)
class Notifier:
    """What notifying needs: where events are found, and how messages leave.

    `portal` is its address, `sender` the mailbox that mail is from, `hour` that of daily messages in UTC.
    """

    store: NotifiedStore
    find: Callable[[QueueQuery], Found]
    send_mail: Callable[[EmailMessage, str], Outcome]
    send_webhook: Callable[[str, bytes, dict[str, str]], Outcome]
    clock: Callable[[], datetime]
    portal: str
    sender: str = ""
    secret: str = ""
    hour: int = 6


class _AnotherRunError(Exception):
    """Another run changed what the address was notified of."""


@dataclass(slots=True)
class _Held:
    """What an address was notified of, at the version that this run knows."""

    store: NotifiedStore
    address: str
    state: Notified
    version: str | None

    def write(self, **changes: Any) -> None:
        """Raises _AnotherRunError where another run was first, and StoreUnavailable."""
        state = msgspec.structs.replace(self.state, **changes)
        version = self.store.write(self.address, state, self.version)
        if version is None:
            raise _AnotherRunError
        self.state, self.version = state, version


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did for an address; `failed` where something could not be sent."""

    text: str
    failed: bool = False


def notify(notifier: Notifier, address: str, subscriptions: Sequence[Subscription]) -> Report:
    """Send what is new to an address. Raises BadSetting and StoreUnavailable, then nothing was sent."""
    at = notifier.clock()
    held = _Held(notifier.store, address, *notifier.store.read(address))
    try:
        if held.state.claim is not None:
            if at - held.state.claim.at < CLAIM_HOLDS:
                return Report("another run is sending to it")
            _release(held, is_webhook=subscriptions[0].is_webhook)
        if not subscriptions[0].is_webhook:
            fresh, digest, after = _compose(notifier, held.state, subscriptions, at)
            return _mail(notifier, held, digest, fresh, after) if digest else _remember(held, after)
        delivered, failed = _deliver_waiting(notifier, held, at)
        _, digest, after = _compose(notifier, held.state, subscriptions, at)
        if digest is None:
            _remember(held, after)
        else:
            identity = secrets.token_hex(12)
            delivery = Delivery(identity, at, format_body(digest, identity))
            held.write(**after, waiting=(*held.state.waiting, delivery), notice="")
            if not failed:  # a receiver that is down is not asked twice in a run
                more, failed = _deliver_waiting(notifier, held, at)
                delivered += more
    except _AnotherRunError:
        return Report("another run is sending to it")
    waiting = len(held.state.waiting)
    text = f"{delivered} sent" if delivered or not waiting else "nothing sent"
    return Report(f"{text}, {waiting} to be tried again" if waiting else text if delivered else "nothing new", failed)


def preview(notifier: Notifier, address: str, subscriptions: Sequence[Subscription]) -> Digest | None:
    """The digest that would be sent now, None for none. Nothing is written or sent."""
    state, _ = notifier.store.read(address)
    return _compose(notifier, state, subscriptions, notifier.clock())[1]


def _release(held: _Held, *, is_webhook: bool) -> None:
    """Take over from a run that was killed while it was sending."""
    notice = held.state.notice if is_webhook or held.state.claim is None else _describe_lost(held.state.claim.at)
    held.write(claim=None, notice=notice)


def _describe_lost(at: datetime) -> str:
    return (
        f"The message of {at.astimezone(UTC):%Y-%m-%d %H:%M} UTC may not have reached you, and is not sent again: "
        "the queue lists all that is Pending."
    )


def _compose(
    notifier: Notifier, state: Notified, subscriptions: Sequence[Subscription], at: datetime
) -> tuple[list[Event], Digest | None, dict[str, Any]]:
    """What is to be reported, as events and as a digest, and the fields of the state once that is done."""
    today = f"{at.astimezone(UTC):%Y-%m-%d}"
    is_daily_due = state.day != today and at.astimezone(UTC).hour >= notifier.hour
    queries = [(one, read_query(one)) for one in subscriptions]
    known = set(state.known)
    known_queries, current = set[str](), set[str]()
    due: list[Event] = []
    asked: list[QueueQuery] = []
    for subscription, query in queries:
        digest = _digest_of(query)
        is_due = is_daily_due or not subscription.daily
        found = notifier.find(query)
        current |= {event.key for event in found.events}
        is_known = digest in state.queries
        if is_known or (is_due and found.settled):
            known_queries.add(digest)
        if is_due and (is_known or found.settled):
            asked.append(query)
            # Of what was so before anybody asked, only what is new or overdue is reported.
            due += [event for event in found.events if is_known or event.is_recent(at)]
            known |= set() if is_known else {event.key for event in found.events if not event.is_recent(at)}
    fresh = select_unreported(due, frozenset(state.known))
    known |= {event.key for event in due}
    if len(known) > MAX_KNOWN:
        known &= current
    after = {
        "known": tuple(sorted(known)),
        "queries": tuple(sorted(known_queries)),
        "day": today if is_daily_due else state.day,
    }
    digest_of_all = build_digest(fresh, asked, at, notifier.portal, state.notice) if fresh else None
    return fresh, digest_of_all, after


def _digest_of(query: QueueQuery) -> str:
    return hashlib.sha256(json.dumps(format_queue_query(query)).encode()).hexdigest()[:16]


def _remember(held: _Held, after: dict[str, Any]) -> Report:
    if any(getattr(held.state, field) != value for field, value in after.items()):
        held.write(**after)
    return Report("nothing new")


def _mail(notifier: Notifier, held: _Held, digest: Digest, fresh: Sequence[Event], after: dict[str, Any]) -> Report:
    notice, message = held.state.notice, secrets.token_hex(12)
    day = held.state.day
    held.write(**after, claim=Claim(message, digest.sent_at), notice="")
    outcome = notifier.send_mail(build_mail(digest, notifier.sender, held.address, message), held.address)
    if outcome is Outcome.SENT:
        held.write(claim=None)
        return Report(f"sent: {digest.title}")
    if outcome is Outcome.UNKNOWN:
        held.write(claim=None, notice=_describe_lost(digest.sent_at))
        return Report("nobody can say whether it arrived; it is not sent again", failed=True)
    unsent = {event.key for event in fresh}
    known = tuple(key for key in held.state.known if key not in unsent)
    held.write(claim=None, known=known, day=day, notice=notice)
    return Report("not sent; it is tried again", failed=True)


def _deliver_waiting(notifier: Notifier, held: _Held, at: datetime) -> tuple[int, bool]:
    """Deliver what waits, oldest first, until the receiver fails: how many it took, and whether it failed."""
    old = [one for one in held.state.waiting if at - one.composed_at >= RETRIED_FOR]
    if old:
        lost = f"{len(old)} earlier messages were not taken for a day and are not sent again."
        rest = tuple(one for one in held.state.waiting if one not in old)
        held.write(waiting=rest, notice=f"{held.state.notice} {lost}".strip())
    delivered = 0
    while held.state.waiting:
        first, rest = held.state.waiting[0], held.state.waiting[1:]
        held.write(claim=Claim(first.id, notifier.clock()))
        body = first.body.encode()
        headers = sign(body, notifier.clock(), notifier.secret, first.id)
        if notifier.send_webhook(held.address, body, headers) is not Outcome.SENT:
            tried = msgspec.structs.replace(first, tries=first.tries + 1)
            held.write(claim=None, waiting=(tried, *rest))
            return delivered, True
        held.write(claim=None, waiting=rest)
        delivered += 1
    return delivered, False
