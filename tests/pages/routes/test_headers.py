"""Every answer carries the tight policy, and the policy lets exactly Streamlit's own inline script run."""

import base64
import gzip
import hashlib
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import streamlit

from pages.routes.headers import inline_script_hashes
from tests.fakes import assets as fake_assets
from tests.fakes.assets import Asset
from tests.fakes.portal import Portal

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
PATHS = [
    *("/", "/view", "/view?name=x&group=y", "/no/such/page", "/_stcore/health", "/favicon.png"),
    *("/files/x/y/z", "/files", "/compare"),
]


class _InlineScripts(HTMLParser):
    """Collects the text of scripts that come without an address, as a browser reads them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: Any, attrs: Any) -> None:
        self.inside = tag == "script" and "src" not in dict(attrs)
        if self.inside:
            self.found.append("")

    def handle_endtag(self, tag: Any) -> None:
        self.inside = False

    def handle_data(self, data: Any) -> None:
        if self.inside:
            self.found[-1] += data


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: sources for name, *sources in parts}


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_a_policy_that_lets_nothing_foreign_run_and_nobody_frame_it(portal: Portal, path: Any) -> None:
    headers = portal.ask(path).headers
    policy = directives(headers["content-security-policy"])
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert not {"'unsafe-eval'", "'unsafe-inline'", "*", "https:", "http:"} & set(policy["script-src"])
    assert policy["object-src"] == ["'none'"]
    assert policy["base-uri"] == policy["form-action"] == policy["connect-src"] == ["'self'"]
    assert policy["frame-src"][0] == "'self'"
    assert all(re.fullmatch(r"https://[a-z.-]+", host) for host in policy["frame-src"][1:])


def test_pictures_and_films_may_come_from_any_https_address_and_nothing_else_may(portal: Portal) -> None:
    policy = directives(portal.ask("/").headers["content-security-policy"])
    assert [name for name, sources in policy.items() if "https:" in sources] == ["img-src", "media-src"]


@pytest.mark.parametrize("path", ["/", "/view", "/view?name=x"])
def test_the_page_knows_the_address_of_its_server_before_its_scripts_run(portal: Portal, path: str) -> None:
    text = portal.ask(path).text
    compressed = portal.ask(path, headers={"Accept-Encoding": "gzip"})
    is_compressed = compressed.headers.get("content-encoding") == "gzip"
    assert is_compressed == (path != "/")  # which Streamlit sends as it is
    assert (gzip.decompress(compressed.body) if is_compressed else compressed.body).decode() == text
    assert text.count("BACKEND_BASE_URL") == 1
    assert text.index("BACKEND_BASE_URL: window.location.origin") < text.index('<script type="module"')
    assert text.rstrip().endswith("</html>")


def test_the_policy_allows_the_inline_scripts_of_the_page_and_only_those(portal: Portal) -> None:
    answer = portal.ask("/")
    parser = _InlineScripts()
    parser.feed(answer.text)
    expected = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in parser.found]
    assert expected, "Streamlit's page has no inline script any more: the policy could be simpler."
    allowed = directives(answer.headers["content-security-policy"])["script-src"]
    assert [source for source in allowed if source.startswith("'sha")] == [f"'sha256-{one}'" for one in expected]


def test_the_hashes_are_of_inline_scripts_whatever_their_attributes() -> None:
    page = '<script src="a.js"></script><script type="module" src=b.js></script><script type="x">1 > 0\n</script>'
    assert len(inline_script_hashes(INDEX)) >= 1
    digest = base64.b64encode(hashlib.sha256(b"1 > 0\n").digest()).decode()
    assert inline_script_hashes(page) == [f"'sha256-{digest}'"]
    assert inline_script_hashes("<p>none</p>") == []


def test_only_figures_and_the_comparing_frame_may_be_framed_and_only_by_us(
    portal: Portal, address_of: Callable[[Asset, str], str], frame_of: Callable[..., str]
) -> None:
    asset = fake_assets.demo(fake_assets.SPIM, portal.assets)
    for path in (
        address_of(asset, "registration/ccf.png"),
        frame_of(asset, "registration/ccf.png", "registration/brain.png"),
        "/compare/x/y/z",  # its sentence is shown in the frame
    ):
        headers = portal.ask(path).headers
        assert directives(headers["content-security-policy"])["frame-ancestors"] == ["'self'"]
        assert headers["x-frame-options"] == "SAMEORIGIN"
