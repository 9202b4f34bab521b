"""Who may open a connection: real handshakes against a real server."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest

from tests.fakes.portal import Portal


def handshake(portal: Any, origin: Any, host: Any = None) -> Any:
    """The status that the server answers a WebSocket's handshake with: 101 opens it."""
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(b"0123456789abcdef").decode(),
        "Sec-WebSocket-Protocol": "streamlit",
    }
    if origin:
        headers["Origin"] = origin
    if host:
        headers["Host"] = host
    return portal.ask("/_stcore/stream", headers=headers).status


@pytest.fixture(scope="module")
def limited(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal whose pages may be on these hosts only."""
    from tests.fakes.portal import Portal

    log = tmp_path_factory.mktemp("limited") / "server.log"
    running = Portal(
        portal.assets, portal.state, log, more={"ALLOW_WEBSOCKET_ORIGIN": "localhost:8000, qc.example.org"}
    ).started()
    yield running
    running.stop()


@pytest.mark.parametrize("origin", ["http://localhost:8000", "https://qc.example.org", "https://qc.example.org:443"])
def test_pages_of_the_named_hosts_connect_even_through_a_proxy_that_changes_the_host(
    limited: Portal, origin: str
) -> None:
    assert handshake(limited, origin) == 101
    assert handshake(limited, origin, host="10.0.0.7:8000") == 101


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://localhost:8001",
        "http://127.0.0.1:8000",
        "https://qc.example.org:8443",
        "https://qc.example.org.evil.example",
        "null",
        None,
    ],
)
def test_every_other_origin_is_refused_at_the_handshake(limited: Portal, origin: str | None) -> None:
    assert handshake(limited, origin) == 403


def test_not_even_the_address_that_the_server_listens_on_is_let_in_unless_it_is_named(limited: Portal) -> None:
    assert handshake(limited, limited.url, host=limited.url.removeprefix("http://")) == 403


def test_the_rest_of_the_portal_answers_as_ever(limited: Portal) -> None:
    assert limited.ask("/_stcore/health").body == b"ok"
    assert "Traceback" not in limited.log_text()


def test_page_of_the_own_host_connects_without_the_setting_and_a_foreign_one_does_not(portal: Portal) -> None:
    assert handshake(portal, portal.url) == 101
    assert handshake(portal, "https://evil.example", host="localhost:1") == 403
