"""DNS rebinding: a portal on loopback, asked under the name of another site that points to this computer."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.fakes.login import settings
from tests.fakes.portal import Portal, free_port
from tests.pages.routes.test_origins import handshake

ROUTES = [
    *("/", "/view", "/files/r/d/a.png", "/converted/r/d/a.png", "/excerpt/r/d/a.csv", "/page/r/d/a.html"),
    *("/rerun/r/d/a.rrd", "/lent/t/a", "/compare/r/a/b", "/login", "/auth/logout", "/oauth2callback"),
    *("/comparison/r?metric=m", "/sessions/r?metric=m", "/thumbnail/r/d/a.png"),
    *("/healthz", "/readyz", "/metrics", "/api/signed-reference", "/upload_metadata"),
    *("/_stcore/health", "/_stcore/metrics", "/_stcore/host-config", "/_stcore/upload_file/s/f", "/media/x"),
]


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_refuses_a_foreign_host(portal: Portal, route: Any) -> None:
    for method in ("GET", "POST", "PUT", "OPTIONS"):
        answer = portal.ask(route, method, {"Host": f"evil.example:{portal.port}", "Origin": "http://evil.example"})
        assert answer.status == 403 and "localhost only" in answer.text
        assert "access-control-allow-origin" not in answer.headers and not answer.cookies


def test_the_websocket_refuses_a_foreign_host(portal: Portal) -> None:
    foreign = f"evil.example:{portal.port}"
    assert handshake(portal, f"http://{foreign}", host=foreign) == 403


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "LocalHost"])
def test_names_of_this_computer_are_answered(portal: Portal, name: str) -> None:
    assert portal.ask("/healthz", headers={"Host": f"{name}:{portal.port}"}).status == 200


def test_the_host_of_the_login_is_answered(start_portal: Callable[..., Portal]) -> None:
    more = settings(free_port()) | {"QC_PORTAL_OIDC_REDIRECT": "https://qc.example.org/oauth2callback"}
    at = start_portal(more=more)
    assert at.ask("/healthz", headers={"Host": "qc.example.org"}).status == 200
    assert at.ask("/healthz", headers={"Host": "evil.example"}).status == 403


def test_a_portal_that_other_computers_reach_answers_under_any_name(start_portal: Callable[..., Portal]) -> None:
    at = start_portal(address="0.0.0.0")
    assert at.ask("/healthz", headers={"Host": "qc.building.example"}).status == 200
