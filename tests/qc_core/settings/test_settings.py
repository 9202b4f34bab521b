from datetime import timedelta
from pathlib import Path
from typing import Any

import platformdirs
import pytest

from qc_core.errors import BadSetting
from qc_core.settings.environment import origin_of
from qc_core.settings.model import Database, Settings


def settings(address: str = "localhost", **environment: Any) -> Any:
    return Settings.from_env(environment, address=address)


def test_demo_opens_without_settings_and_drafts_go_to_the_users_state_folder() -> None:
    found = settings()
    assert found.state == Path(platformdirs.user_state_dir("qc-portal", appauthor=False))
    assert found.assets == found.state / "demo"
    assert (found.reviewer, found.read_only, found.contact) == (None, False, None)


def test_every_setting_is_read(tmp_path: Path) -> None:
    found = settings(
        QC_PORTAL_ASSETS=str(tmp_path),
        QC_PORTAL_STATE=str(tmp_path / "state"),
        QC_PORTAL_REVIEWER=" Ada Lovelace ",
        QC_PORTAL_READ_ONLY="1",
        QC_PORTAL_CONTACT="qc@example.org",
        address="127.0.0.1",
    )
    assert found == Settings(tmp_path, tmp_path / "state", "Ada Lovelace", True, "qc@example.org", "127.0.0.1")


def test_the_settings_of_hosted_stores_are_read() -> None:
    found = settings(
        QC_PORTAL_S3_BUCKETS=" aind-open-data, aind-private,,",
        QC_PORTAL_S3_REGION="eu-west-1",
        QC_PORTAL_S3_ENDPOINT="http://127.0.0.1:9000/",
        KACHERY_ZONE="aind",
        KACHERY_GATEWAY_URL="https://gateway.example.org/",
    )
    assert found.s3_buckets == {"aind-open-data", "aind-private"}
    assert (found.s3_region, found.s3_endpoint) == ("eu-west-1", "http://127.0.0.1:9000")
    assert (found.kachery_zone, found.kachery_gateway) == ("aind", "https://gateway.example.org")
    assert settings().s3_buckets == frozenset()
    assert (settings().s3_region, settings().s3_endpoint, settings().kachery_zone) == ("us-west-2", None, "default")


def test_figures_come_from_plain_http_only_where_a_store_is_set_so() -> None:
    assert settings().figure_origins == ()
    assert settings(QC_PORTAL_S3_ENDPOINT="https://s3.example.org").figure_origins == ()
    local = settings(QC_PORTAL_S3_ENDPOINT="http://127.0.0.1:9000/x", KACHERY_GATEWAY_URL="http://localhost:80")
    assert local.figure_origins == ("http://127.0.0.1:9000", "http://localhost")
    named = settings(
        QC_PORTAL_FIGURE_HOSTS="files.lab.example, 10.0.0.5:8080 https://secure.example http://a.example:80/"
    )
    assert named.figure_origins == ("http://files.lab.example", "http://10.0.0.5:8080", "http://a.example")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        *(("S3_BUCKETS", written) for written in ("s3://bucket", "A", "a b/c", "bucket; img-src *")),
        *(
            ("S3_ENDPOINT", written)
            for written in ("127.0.0.1:9000", "ftp://h.org", "http://h.org; script-src *", "http://u@h")
        ),
        *(("S3_REGION", written) for written in ("evil.org/", "Europe West")),
    ],
)
def test_a_store_that_cannot_be_is_an_error_that_names_the_variable(name: Any, written: Any) -> None:
    with pytest.raises(BadSetting, match=f"QC_PORTAL_{name}"):
        settings(**{f"QC_PORTAL_{name}": written})


def test_reading_settings_makes_no_folder(tmp_path: Path) -> None:
    settings(QC_PORTAL_STATE=str(tmp_path / "state"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_setting_is_no_setting(blank: str) -> None:
    names = ("ASSETS", "STATE", "REVIEWER", "READ_ONLY", "CONTACT")
    assert settings(**{f"QC_PORTAL_{name}": blank for name in names}) == settings()


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "assets").mkdir()
    assert settings(QC_PORTAL_ASSETS="~/assets").assets == tmp_path / "assets"
    assert settings(QC_PORTAL_STATE="~/state").state == tmp_path / "state"


def test_assets_that_do_not_exist_are_an_error_that_names_the_variable(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"QC_PORTAL_ASSETS names .*gone, which does not exist") as caught:
        settings(QC_PORTAL_ASSETS=str(tmp_path / "gone"))
    assert caught.value.hint


@pytest.mark.parametrize(
    ("written", "meant"), [("0", False), ("1", True), ("yes", True), ("NO", False), ("True", True), ("false", False)]
)
def test_read_only_is_a_yes_or_no(written: str, meant: bool) -> None:
    assert settings(QC_PORTAL_READ_ONLY=written).read_only is meant


def test_any_other_word_for_read_only_is_an_error_that_names_the_variable() -> None:
    with pytest.raises(BadSetting, match="QC_PORTAL_READ_ONLY is 'maybe'"):
        settings(QC_PORTAL_READ_ONLY="maybe")


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("", False),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.7", False),
        ("localhost.example.org", False),
        ("127.0.0.1.example.org", False),
        ("lab-server", False),
    ],
)
def test_only_a_loopback_address_is_on_loopback(address: str, loopback: bool) -> None:
    assert settings(address=address).on_loopback is loopback


@pytest.mark.parametrize(
    ("origins", "loopback"),
    [
        ("localhost:8000", True),
        ("127.0.0.1:8000, [::1]:8000", True),
        ("qc.example.org", False),
        ("localhost:8000,qc.example.org:8443", False),
        ("*", False),
        ("localhost.example.org", False),
        ("[", False),
    ],
)
def test_a_proxy_that_others_reach_is_recognised_by_the_host_whose_pages_may_connect(
    origins: str, loopback: bool
) -> None:
    assert settings(ALLOW_WEBSOCKET_ORIGIN=origins).on_loopback is loopback


def test_a_gateway_selects_the_database_with_the_usual_names() -> None:
    assert settings().database is None
    assert settings(API_GATEWAY_HOST="api.example.org").database == Database(
        "api.example.org", "metadata_index", "data_assets", "v1"
    )
    named = settings(
        API_GATEWAY_HOST="localhost:8443", DATABASE="db", COLLECTION="col", DOCDB_VERSION="v2", QC_PORTAL_STORE="docdb"
    )
    assert named.database == Database("localhost:8443", "db", "col", "v2")
    assert settings(API_GATEWAY_HOST="api.example.org", QC_PORTAL_STORE="folder").database is None


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"QC_PORTAL_STORE": "mongo"}, "QC_PORTAL_STORE"),
        ({"QC_PORTAL_STORE": "docdb"}, "API_GATEWAY_HOST"),
        ({"API_GATEWAY_HOST": "https://api.example.org"}, "API_GATEWAY_HOST"),
        ({"API_GATEWAY_HOST": "api.example.org/v1"}, "API_GATEWAY_HOST"),
        ({"API_GATEWAY_HOST": "x", "DOCDB_VERSION": "3"}, "DOCDB_VERSION"),
        ({"API_GATEWAY_HOST": "x", "DATABASE": "a/b"}, "DATABASE"),
        ({"QC_PORTAL_STATE": "s3://"}, "QC_PORTAL_STATE"),
        ({"QC_PORTAL_STATE": "s3:/bucket"}, "QC_PORTAL_STATE"),
        ({"QC_PORTAL_DRAFTS_EXPIRE_DAYS": "0"}, "QC_PORTAL_DRAFTS_EXPIRE_DAYS"),
        ({"QC_PORTAL_DRAFTS_EXPIRE_DAYS": "soon"}, "QC_PORTAL_DRAFTS_EXPIRE_DAYS"),
    ],
)
def test_a_setting_of_the_database_or_the_drafts_that_cannot_be_used_is_named(environment: Any, named: str) -> None:
    with pytest.raises(BadSetting, match=named) as caught:
        settings(**environment)
    assert caught.value.hint


def test_drafts_may_live_in_a_bucket_and_expire_after_days(tmp_path: Path) -> None:
    found = settings(QC_PORTAL_STATE="s3://lab-state/portal/", QC_PORTAL_DRAFTS_EXPIRE_DAYS="90")
    assert (found.bucket, found.drafts_expire_after) == ("s3://lab-state/portal", timedelta(days=90))
    assert found.state == settings().state, "the demo's working copy stays on this computer"
    assert settings(QC_PORTAL_STATE=str(tmp_path)).bucket is None
    assert settings(QC_PORTAL_STATE=str(tmp_path)).copies == tmp_path
    separate = settings(QC_PORTAL_STATE="s3://lab-state", QC_PORTAL_SCRATCH=str(tmp_path / "scratch"))
    assert separate.state == separate.copies == tmp_path / "scratch"
    both = settings(QC_PORTAL_STATE=str(tmp_path), QC_PORTAL_SCRATCH=str(tmp_path / "scratch"))
    assert (both.state, both.copies) == (tmp_path, tmp_path / "scratch")
    assert settings().drafts_expire_after is None


def test_hosts_are_added_to_those_that_may_be_framed_or_give_scripts() -> None:
    found = settings(
        QC_PORTAL_FRAME_HOSTS="views.lab.org, http://localhost:8080/ LAB.org:8443", QC_PORTAL_SCRIPT_HOSTS="cdn.lab.org"
    )
    assert found.frame_origins[-3:] == ("https://views.lab.org", "http://localhost:8080", "https://lab.org:8443")
    assert "https://figurl.org" in found.frame_origins
    assert found.script_origins[-1] == "https://cdn.lab.org"


def test_reruns_viewer_and_version_are_read() -> None:
    found = settings(QC_PORTAL_RERUN_VIEWER="https://rerun.lab.org/{version}/", QC_PORTAL_RERUN_VERSION="0.24.1")
    assert (found.rerun_viewer, found.rerun_version) == ("https://rerun.lab.org/{version}/", "0.24.1")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FRAME_HOSTS", "https://lab.org/path"),
        ("FRAME_HOSTS", "lab.org; script-src *"),
        ("FRAME_HOSTS", "*"),
        ("FIGURE_HOSTS", "*"),
        ("FIGURE_HOSTS", "files.lab.example/path"),
        ("FIGURE_HOSTS", "files.lab.example; script-src *"),
        ("SCRIPT_HOSTS", "'unsafe-inline'"),
        ("SCRIPT_HOSTS", "data:"),
        ("FRAME_HOSTS", "lab.org:99999"),
        ("RERUN_VIEWER", "javascript:alert(1)"),
        ("RERUN_VIEWER", "https://lab.org/ script-src"),
        ("RERUN_VERSION", "latest"),
    ],
)
def test_a_setting_that_would_widen_the_policy_by_mistake_is_refused(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"QC_PORTAL_{name}"):
        settings(**{f"QC_PORTAL_{name}": value})


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Lab.org/x?y#z", "https://lab.org"),
        ("https://lab.org:443/", "https://lab.org"),
        ("http://[::1]:80/", "http://[::1]"),
        ("https://lab.org:8443/{version}", "https://lab.org:8443"),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("https://lab.org:port/", ""),
    ],
)
def test_an_origin_is_what_browsers_call_it(address: str, origin: str) -> None:
    assert origin_of(address) == origin
