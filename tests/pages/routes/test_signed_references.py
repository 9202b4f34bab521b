"""The address of a figure, for programs and for pages elsewhere: who is given one, and of which references."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from tests.fakes.assets import Asset, document, metric
from tests.fakes.login import cookie, settings
from tests.fakes.portal import Portal
from tests.fakes.s3 import S3

LISTED = "https://data.example.org"


def read_answer(answer: Any) -> Any:
    return answer.status, json.loads(answer.body)


def sign_reference(portal: Portal, **query: str) -> Any:
    return read_answer(portal.ask(f"/api/signed-reference?{urlencode(query)}"))


def test_a_reference_that_the_record_holds_gives_an_address_that_gives_the_figure(
    portal: Portal, made: Callable[..., Asset]
) -> None:
    asset = made(document(metric("m", reference="figures/a b.png")), files={"figures/a b.png": b"a picture"})
    status, answer_body = sign_reference(portal, name=asset.name, reference="figures/a b.png")
    assert status == 200 and answer_body["url"].startswith(f"{portal.url}/lent/") and answer_body["expires_in"] == 600
    assert answer_body["url"].endswith("/a%20b.png")
    assert portal.ask(answer_body["url"].removeprefix(portal.url)).body == b"a picture"


def test_behind_tls_it_is_an_https_address_that_needs_no_login_and_is_over_after_ten_minutes(
    start_portal: Callable[..., Portal], made: Callable[..., Asset], tmp_path: Path
) -> None:
    ahead, own = tmp_path / "ahead", "https://qc.example.org"
    ahead.write_text("0")
    more = settings(1, QC_PORTAL_OIDC_REDIRECT=f"{own}/oauth2callback", QC_PORTAL_GUESTS="0")
    at = start_portal(more=more, ahead=ahead, state=tmp_path / "state")
    asset = made(document(metric("m", reference="a.png")), files={"a.png": b"a picture"})
    query = f"/api/signed-reference?name={asset.name}&reference=a.png"
    assert at.ask(query).status == 401
    status, answer_body = read_answer(at.ask(query, headers={"Cookie": cookie(1, origin=own)}))
    assert status == 200 and answer_body["url"].startswith(f"{own}/lent/")
    path = answer_body["url"].removeprefix(own)
    assert at.ask(path).body == b"a picture"
    assert at.ask(path.replace("/lent/", "/lent/x")).status == 404
    ahead.write_text(str(answer_body["expires_in"]))
    assert at.ask(path).status == 404


def test_any_other_reference_is_refused(portal: Portal, made: Callable[..., Asset]) -> None:
    asset = made(document(metric("m", reference="a.png;b.png")), files={"a.png": b"a", "secret.png": b"s"})
    for reference in (
        "secret.png",
        "../quality_control.json",
        "quality_control.json",
        "s3://listed/x.png",
        "a.png;b.png",
    ):
        assert sign_reference(portal, name=asset.name, reference=reference)[0] == 403, reference
    assert sign_reference(portal, name=asset.name, reference="a.png")[0] == 200
    assert sign_reference(portal, name=asset.name, reference="b.png")[0] == 404  # held, and not there
    assert sign_reference(portal, name="no such record", reference="a.png")[0] == 404
    assert sign_reference(portal, name=asset.name)[0] == 400


def test_figure_in_a_listed_bucket_is_signed_for_minutes_and_never_for_an_uploaded_record(
    s3: S3, start_portal: Callable[..., Portal], made: Callable[..., Asset], tmp_path: Path
) -> None:
    s3.put("listed", "prefix/drift.png", b"drift")
    more = s3.settings("listed")
    at = start_portal(more=more, state=tmp_path / "state")
    asset = made(document(metric("m", reference="s3://listed/prefix/drift.png")))
    status, answer_body = sign_reference(at, name=asset.name, reference="s3://listed/prefix/drift.png")
    assert status == 200 and "X-Amz-Signature" in answer_body["url"] and 0 < answer_body["expires_in"] <= 900
    record = {"name": "test", "quality_control": asset.document()}
    headers = {"Content-Type": "application/json"}
    assert at.ask("/upload_metadata", "POST", headers, json.dumps(record).encode()).status == 201
    status, answer_body = sign_reference(at, name="test", reference="s3://listed/prefix/drift.png")
    assert status == 200 and "Signature" not in answer_body["url"]
    assert "X-Amz-Signature" not in at.log_text()


@pytest.fixture
def for_pages(start_portal: Callable[..., Portal]) -> Portal:
    """A portal whose answers pages of one other site may read."""
    return start_portal(more={"QC_PORTAL_CORS_ORIGINS": "data.example.org"})


def test_pages_of_listed_sites_read_an_address_as_from_the_portal_of_aind(
    for_pages: Portal, made: Callable[..., Asset]
) -> None:
    asset = made(document(metric("m", reference="figures/a b.png")), files={"figures/a b.png": b"a picture"})
    there = f"/get-signed-reference/{quote(asset.name, safe='')}"
    path = f"{there}?{urlencode({'reference': 'figures/a b.png'})}"

    def ask(path: str, origin: str = LISTED, method: str = "GET") -> Any:
        return for_pages.ask(path, method, {"Origin": origin} if origin else {})

    def read_allowed(answer: Any) -> str | None:
        return {key.lower(): value for key, value in answer.headers.items()}.get("access-control-allow-origin")

    answer = ask(path)
    status, body = read_answer(answer)
    assert status == 200 and read_allowed(answer) == LISTED
    assert for_pages.ask(body["url"].removeprefix(for_pages.url)).body == b"a picture"
    for origin in (
        "",
        "null",
        "http://data.example.org",
        "https://data.example.org.evil.example",
        "https://example.org",
    ):
        answer = ask(path, origin)
        assert (answer.status, read_allowed(answer)) == (200, None), origin
    for wrong, expected in (
        (there, 400),
        (f"{there}?reference=other.png", 403),
        ("/get-signed-reference/x?reference=y", 404),
    ):
        answer = ask(wrong)
        assert (answer.status, read_allowed(answer)) == (expected, LISTED), "an error can be read, too"
        assert set(json.loads(answer.body)) == {"error", "hint"}
    preflight = ask(path, method="OPTIONS")
    assert (preflight.status, preflight.body, read_allowed(preflight)) == (204, b"", LISTED)
    assert read_allowed(ask(path, "https://example.org", method="OPTIONS")) is None
    headers = {key.lower(): value for key, value in preflight.headers.items()}
    assert headers["access-control-allow-methods"] == "GET, OPTIONS" and "origin" in headers["vary"].lower()
    assert "access-control-allow-credentials" not in headers
    other = for_pages.ask(f"/api/signed-reference?{urlencode({'name': asset.name})}", headers={"Origin": LISTED})
    assert read_allowed(other) is None, "only the address that pages of AIND ask for"


def test_page_elsewhere_is_asked_to_log_in_without_guests(
    start_portal: Callable[..., Portal], made: Callable[..., Asset], tmp_path: Path
) -> None:
    more = settings(1, QC_PORTAL_GUESTS="0", QC_PORTAL_CORS_ORIGINS=LISTED)
    at = start_portal(more=more, state=tmp_path / "state")
    asset = made(document(metric("m", reference="a.png")), files={"a.png": b"a picture"})
    path = f"/get-signed-reference/{asset.name}?reference=a.png"
    assert at.ask(path, headers={"Origin": LISTED}).status == 401
    assert at.ask(path, headers={"Cookie": cookie(1)}).status == 200
