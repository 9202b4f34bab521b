"""Addresses of AIND's own portal are redirects within this one."""

from tests.fakes.portal import Portal


def test_old_addresses_are_relative_redirects(portal: Portal) -> None:
    for old, there in (
        ("/qc_app?id=a%26b", "./view?id=a%26b"),
        ("/qc_asset_app?id=x", "./subject?id=x"),
        ("/qc_project_app?project=A+B", "./project?project=A+B"),
        ("/portal?projects=['A%20B']", "./project?project=A+B"),
        ("/portal?projects=['A','B']", "./?project=A&project=B"),
        ("/portal", "./"),
        ("/qc_app?id=https://example.org", "./view?id=https%3A%2F%2Fexample.org"),
    ):
        answer = portal.ask(old)
        headers = {key.lower(): value for key, value in answer.headers.items()}
        assert (answer.status, headers["location"]) == (302, there), old
