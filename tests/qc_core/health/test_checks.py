"""The checks of /status and `doctor`: each thing well, in trouble with its meaning, or not used."""

from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from qc_core.__main__ import main
from qc_core.health import checks as health
from qc_core.health.checks import State
from qc_core.services import build
from qc_core.settings.model import Database, Settings
from tests.fakes.assets import document, made, metric
from tests.fakes.kachery import Kachery
from tests.fakes.s3 import S3

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    made(document(metric("m")), tmp_path / "assets")

    def examine_part(**more: Any) -> dict[str, Any]:
        state = more.pop("state", tmp_path / "state")
        usual = {"reviewer": "Ada", "read_only": False, "contact": None, "address": "localhost"}
        settings = Settings(tmp_path / "assets", state, **(usual | more))
        return {one.what: one for one in health.examine(build(settings, clock=lambda: NOW))}

    return examine_part


def test_answering_services_are_well_and_unused_ones_are_marked(
    found: Callable[..., dict[str, Any]], kachery: Kachery
) -> None:
    checked = found(kachery_gateway=kachery.url)
    names = ["Records", "Annotating", "Credentials", "State", "Copies", "S3", "Kachery", "Login provider"]
    assert list(checked) == names
    assert checked["Records"].state is State.WELL and checked["Records"].words.startswith("1 asset,")
    assert checked["State"].state is checked["Kachery"].state is State.WELL
    assert checked["S3"].state is checked["Login provider"].state is checked["Credentials"].state is State.NOT_USED
    assert all(one.well for one in checked.values())


def test_a_missing_service_is_reported_with_what_that_means_for_the_reader(
    found: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    nobody = "http://127.0.0.1:9"
    checked = found(
        state=tmp_path / "file",
        kachery_gateway=nobody,
        s3_buckets=frozenset({"listed"}),
        s3_endpoint=nobody,
        oidc_metadata_url=f"{nobody}/.well-known/openid-configuration",
    )
    assert checked["Copies"].state is State.NOT_USED
    for name in ("State", "S3", "Kachery", "Login provider"):
        assert checked[name].state is State.TROUBLE and checked[name].meaning, name
    assert "FAIL Kachery" in checked["Kachery"].line() and checked["Kachery"].meaning in checked["Kachery"].line()


def test_kachery_that_nobody_set_is_no_trouble_and_is_reported_with_what_that_means(
    found: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qc_core.settings.model.DEFAULT_GATEWAY", nobody := "http://127.0.0.1:9")
    checked = found(kachery_gateway=nobody)["Kachery"]
    assert (
        checked.well
        and checked.state is State.DOUBT
        and "sha1://" in checked.meaning
        and checked.line().startswith("note ")
    )
    checked = found(kachery_gateway=nobody, kachery_zone="aind")["Kachery"]
    assert checked.state is State.TROUBLE


def test_that_nobody_may_annotate_is_reported_with_the_reason(
    found: Callable[..., dict[str, Any]], kachery: Kachery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check_annotating(**more: Any) -> Any:
        return found(**({"kachery_gateway": kachery.url} | more))["Annotating"]

    assert check_annotating().words == "The person at this computer may annotate, and signs as Ada."
    reachable = check_annotating(address="0.0.0.0")
    assert (reachable.state, reachable.meaning[:28]) == (State.DOUBT, "Nobody can annotate here. Ev")
    assert "has no login" in reachable.words
    assert check_annotating(read_only=True).state is State.NOT_USED
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, "/nonexistent")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    without = check_annotating(database=Database("localhost:9"))
    assert without.state is State.DOUBT and "AWS credentials" in without.words


class Refusing(BaseHTTPRequestHandler):
    """AWS that knows no such key."""

    def do_POST(self) -> None:
        body = b"<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>no</Message></Error></ErrorResponse>"
        self.send_response(403)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


def test_credentials_are_called_well_only_where_aws_knows_them(
    found: Callable[..., dict[str, Any]], s3: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    def credentials(sts: Any) -> Any:
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts)
        return found(database=Database("localhost:9"))["Credentials"]

    for name, value in s3.settings().items():
        monkeypatch.setenv(name, value)
    assert credentials(s3.url).state is State.WELL
    untried = credentials("http://127.0.0.1:9")
    assert untried.state is State.DOUBT and "present but untested" in untried.words and untried.meaning
    with HTTPServer(("127.0.0.1", 0), Refusing) as aws:
        Thread(target=aws.serve_forever, daemon=True).start()
        refused = credentials(f"http://127.0.0.1:{aws.server_port}")
        aws.shutdown()
    assert refused.state is State.TROUBLE and "InvalidClientTokenId" in refused.words


def test_a_database_that_did_not_answer_yet_is_not_called_well(found: Callable[..., dict[str, Any]]) -> None:
    records = found(database=Database("localhost:9"))["Records"]
    assert records.state is State.TROUBLE
    assert "localhost:9" in records.words or "cannot be reached" in records.words


def test_a_bucket_is_asked_for_itself(
    found: Callable[..., dict[str, Any]], s3: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in s3.settings("listed").items():
        monkeypatch.setenv(name, value)
    checked = found(s3_buckets=frozenset({"listed"}), s3_endpoint=s3.url)
    assert checked["S3"].state is State.WELL
    checked = found(s3_buckets=frozenset({"listed", "no-such-bucket"}), s3_endpoint=s3.url)
    assert checked["S3"].state is State.TROUBLE and "no-such-bucket" in checked["S3"].words


def test_a_bucket_for_drafts_and_the_folder_next_to_it_are_checked_each_for_itself(
    found: Callable[..., dict[str, Any]], s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (s3.settings("listed") | {"AWS_ENDPOINT_URL": s3.url}).items():
        monkeypatch.setenv(name, value)
    (tmp_path / "file").write_text("")
    checked = found(bucket="s3://listed/state", scratch=tmp_path / "file")
    assert checked["State"].state is State.WELL and checked["Copies"].state is State.TROUBLE
    checked = found(bucket="s3://no-such-bucket", scratch=tmp_path / "room")
    assert checked["Copies"].state is State.WELL and checked["State"].state is State.TROUBLE
    assert "NoSuchBucket" in checked["State"].words, "who runs the portal reads what exactly"


def test_looking_makes_no_state(found: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    found()
    assert not (tmp_path / "state").exists()


def test_doctor_reports_the_same_on_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kachery: Kachery
) -> None:
    made(document(metric("m")), tmp_path / "assets")
    monkeypatch.setenv("QC_PORTAL_ASSETS", str(tmp_path / "assets"))
    monkeypatch.setenv("QC_PORTAL_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("KACHERY_GATEWAY_URL", kachery.url)
    assert main(["doctor"]) == 0
    checked = capsys.readouterr().out
    assert checked.startswith("ok   Records: 1 asset,") and "-    Login provider: This portal has no login." in checked
    monkeypatch.setenv("KACHERY_GATEWAY_URL", "http://127.0.0.1:9")
    assert main(["doctor"]) == 1
    assert "FAIL Kachery" in capsys.readouterr().out
    assert Path(tmp_path / "state").exists() is False
