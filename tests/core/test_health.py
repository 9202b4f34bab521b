"""The checks of /status and `doctor`: each thing well, in trouble with its meaning, or not used."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from qc_core import health
from qc_core.__main__ import main
from qc_core.health import State
from qc_core.services import build
from qc_core.settings import Database, Settings
from tests.fakes.assets import document, made, metric

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def found(tmp_path):
    made(document(metric("m")), tmp_path / "assets")

    def look(**more):
        state = more.pop("state", tmp_path / "state")
        settings = Settings(tmp_path / "assets", state, "Ada", False, None, "localhost", **more)
        return {one.what: one for one in health.examine(build(settings, clock=lambda: NOW))}

    return look


def test_what_is_there_is_well_and_what_is_not_used_is_said_so(found, kachery):
    said = found(kachery_gateway=kachery.url)
    assert list(said) == ["Records", "Credentials", "State", "Copies", "S3", "Kachery", "Login provider"]
    assert said["Records"].state is State.WELL and said["Records"].words.startswith("1 asset,")
    assert said["State"].state is said["Kachery"].state is State.WELL
    assert said["S3"].state is said["Login provider"].state is said["Credentials"].state is State.NOT_USED
    assert all(one.well for one in said.values())


def test_what_is_not_there_says_what_that_means_for_the_reader(found, tmp_path):
    (tmp_path / "file").write_text("")
    nobody = "http://127.0.0.1:9"
    said = found(
        state=tmp_path / "file",
        kachery_gateway=nobody,
        s3_buckets=frozenset({"listed"}),
        s3_endpoint=nobody,
        oidc_metadata_url=f"{nobody}/.well-known/openid-configuration",
    )
    assert said["Copies"].state is State.NOT_USED
    for name in ("State", "S3", "Kachery", "Login provider"):
        assert said[name].state is State.TROUBLE and said[name].meaning, name
    assert "FAIL Kachery" in said["Kachery"].line() and said["Kachery"].meaning in said["Kachery"].line()


def test_a_database_that_did_not_answer_yet_is_not_called_well(found):
    records = found(database=Database("localhost:9"))["Records"]
    assert records.state is State.TROUBLE
    assert "localhost:9" in records.words or "cannot be reached" in records.words


def test_a_bucket_is_asked_for_itself(found, s3, monkeypatch):
    for name, value in s3.settings("listed").items():
        monkeypatch.setenv(name, value)
    said = found(s3_buckets=frozenset({"listed"}), s3_endpoint=s3.url)
    assert said["S3"].state is State.WELL
    said = found(s3_buckets=frozenset({"listed", "no-such-bucket"}), s3_endpoint=s3.url)
    assert said["S3"].state is State.TROUBLE and "no-such-bucket" in said["S3"].words


def test_a_bucket_for_drafts_and_the_folder_beside_it_are_looked_at_each_for_itself(found, s3, tmp_path, monkeypatch):
    for name, value in (s3.settings("listed") | {"AWS_ENDPOINT_URL": s3.url}).items():
        monkeypatch.setenv(name, value)
    (tmp_path / "file").write_text("")
    said = found(bucket="s3://listed/state", scratch=tmp_path / "file")
    assert said["State"].state is State.WELL and said["Copies"].state is State.TROUBLE
    said = found(bucket="s3://no-such-bucket", scratch=tmp_path / "room")
    assert said["Copies"].state is State.WELL and said["State"].state is State.TROUBLE
    assert "NoSuchBucket" in said["State"].words, "whoever looks after the portal is told what exactly"


def test_looking_makes_no_state(found, tmp_path):
    found()
    assert not (tmp_path / "state").exists()


def test_doctor_tells_the_same_on_a_terminal(tmp_path, monkeypatch, capsys, kachery):
    made(document(metric("m")), tmp_path / "assets")
    monkeypatch.setenv("QC_PORTAL_ASSETS", str(tmp_path / "assets"))
    monkeypatch.setenv("QC_PORTAL_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("KACHERY_GATEWAY_URL", kachery.url)
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("ok   Records: 1 asset,") and "-    Login provider: This portal has no login." in said
    monkeypatch.setenv("KACHERY_GATEWAY_URL", "http://127.0.0.1:9")
    assert main(["doctor"]) == 1
    assert "FAIL Kachery" in capsys.readouterr().out
    assert Path(tmp_path / "state").exists() is False
