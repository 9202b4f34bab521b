"""Who is notified, and by which server: each entry that cannot be used is named with what to write instead."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.errors import BadSetting
from qc_core.settings import notifications as read
from qc_core.settings.notifications import MailServer, Subscription


def subscriptions(text: str) -> tuple[Subscription, ...]:
    return read.read_subscriptions({"N": text}, "N")


def test_each_entry_is_an_address_a_frequency_and_a_query() -> None:
    assert subscriptions(
        "ada@example.org daily person=Ada Lovelace&stage=Raw+data | https://hooks.example.org/a?b=c at-once |"
    ) == (
        Subscription("ada@example.org", True, (("person", "Ada Lovelace"), ("stage", "Raw data"))),
        Subscription("https://hooks.example.org/a?b=c", False, ()),
    )
    assert [one.is_webhook for one in subscriptions("a@b.org daily|http://127.0.0.1:9/x daily")] == [False, True]
    assert subscriptions(" | ") == ()


@pytest.mark.parametrize(
    "text",
    [
        "ada@example.org",
        "ada@example.org weekly",
        "ada daily",
        "ada@b@c daily",
        "<ada@example.org> daily",
        "ada@example.org,eve@example.org daily",
        "ada\u200b@example.org daily",
        "http://hooks.example.org daily",
        "https://name:password@hooks.example.org daily",
        "https:// daily",
        "https://hooks.example.org:port daily",
        "file:///etc/passwd daily",
        "ada@example.org daily everything",
        "a@b.org daily | " * 501,
    ],
)
def test_an_entry_that_cannot_be_used_is_named(text: str) -> None:
    with pytest.raises(BadSetting, match="N"):
        subscriptions(text)


@given(st.text())
def test_any_text_gives_subscriptions_or_a_sentence(text: str) -> None:
    try:
        found = subscriptions(text)
    except BadSetting:
        return
    assert all(one.address.isascii() and not set(one.address) & set(" \r\n") for one in found)


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("smtps://mail.example.org", MailServer("mail.example.org", 465, tls=True, starttls=False)),
        ("smtp://mail.example.org/", MailServer("mail.example.org", 587, tls=False, starttls=True)),
        ("smtp+plain://10.0.0.1:2525", MailServer("10.0.0.1", 2525, tls=False, starttls=False)),
        ("", None),
    ],
)
def test_a_mail_server_is_a_scheme_and_a_host(text: str, server: MailServer | None) -> None:
    assert read.read_mail_server({"S": text}, "S") == server


@pytest.mark.parametrize(
    ("function", "text"),
    [
        *((read.read_mail_server, text) for text in ("mail", "http://mail", "smtp://a:b@mail", "smtp://mail:x")),
        *((read.read_sender, text) for text in ("qc", "QC <qc@example.org>", "qc@example.org\n")[:2]),
        *(
            (read.read_portal_address, text)
            for text in ("qc", "ftp://qc", "https://a@qc", "https://qc?x=1", "https://[")
        ),
        *((read.read_secret, text) for text in ("short",)),
        *((read.read_hour, text) for text in ("24", "-1", "six")),
        *((read.read_overdue, text) for text in ("0", "soon")),
    ],
)
def test_a_value_that_cannot_be_used_is_named(function: Callable[..., object], text: str) -> None:
    with pytest.raises(BadSetting, match="S"):
        function({"S": text}, "S")


def test_usual_values() -> None:
    assert (read.read_hour({}, "S"), read.read_overdue({}, "S")) == (6, 14)
    assert read.read_portal_address({"S": "https://qc.example.org/"}, "S") == "https://qc.example.org"
    assert read.read_secret({}, "S") is read.read_sender({}, "S") is None
