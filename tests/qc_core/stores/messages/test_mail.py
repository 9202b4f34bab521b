"""Sending one mail to a real server: with TLS and a login, and what an attempt is reported as."""

import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP

import pytest
import trustme

from qc_core.settings.notifications import MailServer as Server
from qc_core.stores.messages.mail import MailSender
from qc_core.stores.messages.outcome import Outcome
from tests.fakes.mail_server import MailServer


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def mail_server(authority: trustme.CA) -> Iterator[MailServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = MailServer(context)
    yield server
    server.stop()


def mail(text: str = "Hello") -> EmailMessage:
    made = EmailMessage(SMTP.clone(cte_type="7bit"))
    made["Subject"] = "Drift µm"
    made.set_content(text)
    return made


def sender(server: MailServer, authority: trustme.CA | None, *, starttls: bool = True) -> MailSender:
    context = ssl.create_default_context()
    if authority is not None:
        authority.configure_trust(context)
    where = Server("127.0.0.1", server.port, tls=False, starttls=starttls)
    return MailSender(where, "qc@example.org", "qc", "password", context)


def test_a_mail_and_the_password_go_over_tls(mail_server: MailServer, authority: trustme.CA) -> None:
    text = ".\r\n..\r\n.end\r\n"
    assert sender(mail_server, authority).send(mail(text), "ada@example.org") is Outcome.SENT
    [(receiver, taken)] = mail_server.mails
    assert receiver == "ada@example.org" and taken["Subject"] == "Drift µm"
    assert taken.get_content().replace("\n", "\r\n").replace("\r\r", "\r") == text
    assert mail_server.encrypted == [True] and mail_server.logins == ["\0qc\0password"]


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(mail_server: MailServer) -> None:
    assert sender(mail_server, None).send(mail(), "ada@example.org") is Outcome.REFUSED
    assert mail_server.mails == [] and mail_server.logins == []


def test_a_password_is_never_sent_in_plain_text(mail_server: MailServer) -> None:
    assert sender(mail_server, None, starttls=False).send(mail(), "ada@example.org") is Outcome.SENT
    assert mail_server.logins == [] and mail_server.encrypted == [False]


def test_a_server_without_tls_gets_nothing_where_it_is_asked_for(authority: trustme.CA) -> None:
    server = MailServer()
    assert sender(server, authority).send(mail(), "ada@example.org") is Outcome.REFUSED
    assert server.mails == []
    server.stop()
    assert sender(server, authority).send(mail(), "ada@example.org") is Outcome.REFUSED, "nobody listens"


def test_outcome_is_unknown_where_the_connection_broke_after_the_server_had_the_mail(
    mail_server: MailServer, authority: trustme.CA
) -> None:
    mail_server.hang_up = True
    assert sender(mail_server, authority).send(mail(), "ada@example.org") is Outcome.UNKNOWN
    mail_server.hang_up, mail_server.refuse = False, "554 no"
    assert sender(mail_server, authority).send(mail(), "ada@example.org") is Outcome.REFUSED
