"""What logs a person out, and what does not: pictures, frames, scripts, links and forms of any page."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.fakes.login import cookie, settings
from tests.fakes.portal import Portal, free_port

PAGE = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
NOT_MEANT = {
    "picture in a description": PAGE | {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
    "picture of another site": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"},
    "data of a chart": PAGE | {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
    "frame": PAGE | {"Sec-Fetch-Dest": "iframe"},
    "film": PAGE | {"Sec-Fetch-Dest": "video"},
    "style": PAGE | {"Sec-Fetch-Dest": "style"},
    "script": PAGE | {"Sec-Fetch-Dest": "script"},
    "link of another site": PAGE | {"Sec-Fetch-Site": "cross-site"},
    "link of another portal on this host": PAGE | {"Sec-Fetch-Site": "same-site"},
    "link in a mail, or typed": PAGE | {"Sec-Fetch-Site": "none"},
    "prefetch": PAGE | {"Sec-Purpose": "prefetch"},
    "old browser": {},
    "site alone": {"Sec-Fetch-Site": "same-origin"},
}


@pytest.fixture(scope="module")
def closed(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal with a login, which shows nothing to guests."""
    folder, port = tmp_path_factory.mktemp("closed"), free_port()
    running = Portal(
        portal.assets, folder / "state", folder / "log", more=settings(port, QC_PORTAL_GUESTS="0"), port=port
    )
    yield running.started()
    running.stop()


def is_logged_in(at: Portal, cookies: str) -> bool:
    """Whether the portal still answers to this cookie: 401 for nobody, 400 for a question that lacks its words."""
    return at.ask("/api/signed-reference", headers={"Cookie": cookies}).status == 400


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("headers", NOT_MEANT.values(), ids=NOT_MEANT)
def test_a_request_that_no_person_meant_logs_nobody_out(closed: Portal, headers: Any, method: str) -> None:
    kept = cookie(closed.port, nonce=f"{headers}{method}")
    answer = closed.ask("/auth/logout", method, {"Cookie": kept} | headers)
    assert answer.status == 403 and not answer.cookies
    assert is_logged_in(closed, kept)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "iframe"},
    ],
)
def test_a_form_of_another_site_logs_nobody_out(closed: Portal, headers: Any) -> None:
    kept = cookie(closed.port, nonce=str(headers))
    answer = closed.ask("/auth/logout", "POST", {"Cookie": kept} | headers)
    assert answer.status == 403 and not answer.cookies
    assert is_logged_in(closed, kept)


def test_the_portals_own_ways_out_log_out(closed: Portal) -> None:
    ways = [
        ("GET", PAGE),
        ("POST", PAGE | {"Origin": closed.url}),
        ("POST", PAGE | {"Origin": "null"}),
        ("POST", {"Origin": closed.url}),
        ("POST", {}),
    ]
    for number, (method, headers) in enumerate(ways):
        kept = cookie(closed.port, nonce=f"way {number}")
        assert is_logged_in(closed, kept)
        answer = closed.ask("/auth/logout", method, {"Cookie": kept} | headers)
        assert answer.status == 302 and any("_streamlit_user=" in one for one in answer.cookies)
        assert not is_logged_in(closed, kept)


def test_person_who_follows_a_logout_link_is_asked_and_can_log_out(closed: Portal) -> None:
    asked = closed.ask("/auth/logout", headers=PAGE | {"Sec-Fetch-Site": "cross-site"})
    assert 'method="post" action="/auth/logout"' in asked.text
    assert asked.headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in asked.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/login?next=/view", "/auth/login", "/oauth2callback?state=x"])
def test_no_picture_begins_or_ends_a_login(closed: Portal, path: str) -> None:
    for destination in ("image", "iframe", "empty"):
        answer = closed.ask(path, headers=PAGE | {"Sec-Fetch-Dest": destination})
        assert answer.status == 403 and not answer.cookies


def test_a_login_may_begin_at_a_link_of_another_site(closed: Portal) -> None:
    answer = closed.ask("/login?next=/view", headers=PAGE | {"Sec-Fetch-Site": "cross-site"})
    assert answer.status == 302 and any(one.startswith('qc_next="/view"') for one in answer.cookies)
