from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qc_core.identity.return_address import HOME, resolve_return_address


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/view",
        "/view?name=a%20b&group=probe%3DB",
        "/view?next=/auth/logout",
        "/view?name=..%2Fauth%2Flogout",
        "/author",
        "/logins",
        "/files/r/d/auth",
        "/a%2Fb",
    ],
)
def test_an_address_of_the_portal_stays_as_it_is(address: str) -> None:
    assert resolve_return_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        *("", "view", "https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "/ view"),
        *("/%2Fevil.example", "/%5Cevil.example", "/%09/evil.example", "/%252Fevil.example"),
        *("/auth/logout", "/auth/login", "/auth", "/login", "/login?next=/", "/oauth2callback?code=x"),
        *("/%61uth/logout", "/%2561uth/logout", "/auth%2Flogout", "/auth%2flogout?x", "/AUTH/logout", "/Login"),
        *("/./auth/logout", "/view/../auth/logout", "/view/%2e%2e/auth/logout", "/view/.%2E/%61uth/logout"),
        *("/x/y/../../auth/logout", "/../auth/logout", "/view/..%2Fauth/logout", "/.//auth/logout"),
        *("/_stcore/health", "/%25252525252561uth/logout", "/" + "a" * 3000),
    ],
)
def test_an_address_that_is_none_of_the_portal_leads_home(address: Any) -> None:
    assert resolve_return_address(address) == HOME


@given(st.text(alphabet="/\\.%2eEfF5cC61uthlogin auth\t\n?#:;", max_size=30))
def test_no_text_leads_to_another_site_or_to_the_login(text: Any) -> None:
    address = resolve_return_address("/" + text)
    assert address.startswith("/") and address[1:2] not in {"/", "\\"}
    assert not address.startswith(("/auth/", "/login", "/oauth2callback"))
