from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.settings.origins import may_ask_for, may_connect, read_origins


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("", ()),
        (" , ", ()),
        ("localhost:8000", ("localhost:8000",)),
        ("QC.example.org, localhost:8000", ("qc.example.org", "localhost:8000")),
        ("https://qc.example.org/", ("qc.example.org",)),
        ("*", ("*",)),
    ],
)
def test_origins_are_hosts_with_commas_between(value: str, meant: Any) -> None:
    assert read_origins(value) == meant


@pytest.mark.parametrize(
    ("origin", "allowed", "may"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        ("https://qc.example.org", "qc.example.org", True),
        ("https://QC.example.org", "qc.example.org:443", True),
        ("https://qc.example.org:443", "qc.example.org", True),
        ("http://[::1]:8000", "[::1]:8000", True),
        ("http://anywhere.example", "*", True),
        ("http://anywhere.example", "", True),
        (None, "", True),
        ("http://localhost:8001", "localhost:8000", False),
        ("http://localhost", "localhost:8000", False),
        ("http://qc.example.org:8443", "qc.example.org", False),
        ("https://qc.example.org.evil.example", "qc.example.org", False),
        ("https://qc.example.org@evil.example", "qc.example.org", False),
        ("https://evil.example/qc.example.org", "qc.example.org", False),
        ("ftp://qc.example.org", "qc.example.org", False),
        ("null", "qc.example.org", False),
        ("", "qc.example.org", False),
        (None, "qc.example.org", False),
        ("http://qc.example.org:99999", "qc.example.org", False),
    ],
)
def test_only_pages_of_the_named_hosts_may_connect(origin: str | None, allowed: str, may: bool) -> None:
    assert may_connect(origin, read_origins(allowed)) is may


@settings(deadline=None, max_examples=150)
@given(st.text(), st.lists(st.text()))
def test_no_origin_at_all_makes_it_fall_over(origin: Any, allowed: Any) -> None:
    hosts = read_origins(",".join(allowed))
    may = may_connect(origin, hosts)
    if not hosts or "*" in hosts:
        assert may
    elif "//" not in origin:  # then it names no host
        assert not may


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:8501", "LOCALHOST:8501", "127.0.0.1:8501", "127.0.0.2", "[::1]:8501", "[::1]"],
)
def test_a_portal_on_loopback_answers_under_names_of_this_computer(host: str) -> None:
    assert may_ask_for([host], None)


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8501", "localhost.evil.example", "127.0.0.1.nip.io", "127.0.0.1.evil:8501"),
        *("0.0.0.0:8501", "192.168.1.5:8501", "localhost@evil.example", "", ":8501", "[", "evil\tlocalhost", "null"),
    ],
)
def test_a_portal_on_loopback_answers_under_no_other_name(host: Any) -> None:
    assert not may_ask_for([host], None)


def test_a_portal_on_loopback_answers_under_the_name_of_its_login_too() -> None:
    assert may_ask_for(["qc.example.org"], "https://qc.example.org")
    assert not may_ask_for(["evil.example"], "https://qc.example.org")


def test_a_request_has_one_host_or_none() -> None:
    assert may_ask_for([], None)
    assert not may_ask_for(["localhost", "evil.example"], None)
    assert not may_ask_for(["localhost", "localhost"], None)


@settings(deadline=None, max_examples=150)
@given(st.text())
def test_no_host_at_all_makes_it_fall_over(host: Any) -> None:
    assert may_ask_for([host], None) in {True, False}
