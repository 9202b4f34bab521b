"""What machines ask: alive, ready, counts, and the address of a figure."""

import asyncio
import json
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.requests import Request

from pages.routes import machines
from qc_core.stores.figures.fair_pool import FairPool, PoolLimits
from tests.fakes.assets import Asset, document, metric
from tests.fakes.login import cookie, settings
from tests.fakes.portal import Portal
from tests.fakes.s3 import S3


def answered(answer: Any) -> Any:
    return answer.status, json.loads(answer.body)


def test_alive_and_ready(portal: Portal) -> None:
    assert answered(portal.ask("/healthz")) == (200, {"alive": True})
    assert answered(portal.ask("/readyz")) == (200, {"ready": True, "records": True, "state": True, "copies": True})


def test_it_is_not_alive_while_all_that_decodes_is_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    time, started, release = [0.0], threading.Event(), threading.Event()
    pool = FairPool("test", PoolLimits(threads=1, per_person=1, overdue=60), monotonic=lambda: time[0])
    monkeypatch.setattr(machines, "services", lambda: SimpleNamespace(decoding=pool))

    def healthz() -> Any:
        answer = asyncio.run(machines.healthz(Request({"type": "http"})))
        return answer.status_code, json.loads(answer.body)

    job = pool.submit("A", "figure", 1, lambda: (started.set(), release.wait(30)))
    assert started.wait(30)
    assert healthz() == (200, {"alive": True})
    time[0] = 61.0
    assert healthz() == (503, {"alive": False})
    release.set()
    job.future.result(30)
    assert healthz() == (200, {"alive": True})


def test_a_portal_without_its_folder_or_its_state_is_alive_and_not_ready(
    start_portal: Callable[..., Portal], tmp_path: Path
) -> None:
    assets, state = tmp_path / "assets", tmp_path / "state"
    assets.mkdir()
    state.write_text("a file where a folder should be")
    at = start_portal(assets=assets, state=state)
    assert answered(at.ask("/readyz")) == (503, {"ready": False, "records": True, "state": False, "copies": True})
    assets.rmdir()
    assert answered(at.ask("/readyz"))[0] == 503
    assert answered(at.ask("/healthz")) == (200, {"alive": True})


def test_with_a_setting_that_cannot_be_used_it_is_alive_and_not_ready(start_portal: Callable[..., Portal]) -> None:
    at = start_portal(more={"QC_PORTAL_READ_ONLY": "perhaps", "QC_PORTAL_METRICS": "1"})
    assert answered(at.ask("/healthz"))[0] == 200
    assert answered(at.ask("/readyz")) == (503, {"ready": False, "settings": False})
    assert at.ask("/metrics").status == 404


def test_counts_are_given_where_the_setting_asks_for_them(portal: Portal, start_portal: Callable[..., Portal]) -> None:
    assert portal.ask("/metrics").status == 404
    at = start_portal(more={"QC_PORTAL_METRICS": "1"})
    at.ask("/readyz")
    at.ask("/files/no-such-record/digest/a.png")
    text = at.ask("/metrics").text
    for name in ("sessions", "submissions", "conflicts", "errors", "store_seconds", "gateway_seconds"):
        assert f"# TYPE qc_portal_{name}" in text, name
    assert 'qc_portal_store_seconds_count{operation="query"} 1.0' in text
    assert 'qc_portal_errors_total{kind="http 404"} 1.0' in text


def signed(portal: Portal, **query: str) -> Any:
    return answered(portal.ask(f"/api/signed-reference?{urlencode(query)}"))


def test_a_reference_that_the_record_holds_gives_an_address_that_gives_the_figure(
    portal: Portal, made: Callable[..., Asset]
) -> None:
    asset = made(document(metric("m", reference="figures/a b.png")), files={"figures/a b.png": b"a picture"})
    status, answer_body = signed(portal, name=asset.name, reference="figures/a b.png")
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
    status, answer_body = answered(at.ask(query, headers={"Cookie": cookie(1, origin=own)}))
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
        assert signed(portal, name=asset.name, reference=reference)[0] == 403, reference
    assert signed(portal, name=asset.name, reference="a.png")[0] == 200
    assert signed(portal, name=asset.name, reference="b.png")[0] == 404  # held, and not there
    assert signed(portal, name="no such record", reference="a.png")[0] == 404
    assert signed(portal, name=asset.name)[0] == 400


def test_in_a_listed_bucket_it_is_signed_for_minutes_and_never_for_an_uploaded_record(
    s3: S3, start_portal: Callable[..., Portal], made: Callable[..., Asset], tmp_path: Path
) -> None:
    s3.put("listed", "prefix/drift.png", b"drift")
    more = s3.settings("listed")
    at = start_portal(more=more, state=tmp_path / "state")
    asset = made(document(metric("m", reference="s3://listed/prefix/drift.png")))
    status, answer_body = signed(at, name=asset.name, reference="s3://listed/prefix/drift.png")
    assert status == 200 and "X-Amz-Signature" in answer_body["url"] and 0 < answer_body["expires_in"] <= 900
    record = {"name": "test", "quality_control": asset.document()}
    headers = {"Content-Type": "application/json"}
    assert at.ask("/upload_metadata", "POST", headers, json.dumps(record).encode()).status == 201
    status, answer_body = signed(at, name="test", reference="s3://listed/prefix/drift.png")
    assert status == 200 and "Signature" not in answer_body["url"]
    assert "X-Amz-Signature" not in at.log_text()
