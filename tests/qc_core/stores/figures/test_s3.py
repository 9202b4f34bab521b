"""Figures in S3, against a server on loopback with private and public buckets."""

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import botocore.auth
import pytest
import requests
from botocore.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qc_core.errors import ReferenceUnreadable, StoreUnavailable
from qc_core.references.s3 import S3File, https_address
from qc_core.settings.model import Settings
from qc_core.stores.figures.copies import FigureCopies
from qc_core.stores.figures.s3 import KEPT_BY_THE_BROWSER, REMEMBERED, SIGNED_FOR, WINDOW, S3Figures
from qc_core.stores.ports import Measured
from tests.fakes.s3 import KEYS, S3

KEY = "asset/Node 109#x/50% é.png"
FILE = S3File("listed", KEY)


class Clock:
    """The portal's clock: the real time, and what was added."""

    def __init__(self) -> None:
        self.later = timedelta(0)

    def __call__(self) -> Any:
        return datetime.now(UTC) + self.later


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The portal's clock, and botocore's, which signs as of now."""
    clock = Clock()
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda: clock().replace(tzinfo=None))
    return clock


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))


@pytest.fixture
def figures(s3: S3, clock: Clock, keys: None, tmp_path: Path) -> S3Figures:
    s3.put("listed", KEY, b"picture")
    configured = Settings.from_env(s3.settings("listed"), address="localhost")
    return S3Figures(configured, FigureCopies(tmp_path / "copies"), clock)


def test_a_figure_of_a_listed_bucket_opens_by_a_signed_address_and_not_without(figures: S3Figures) -> None:
    opened = figures.open(FILE, trusted=True)
    loaded = requests.get(opened.url)
    assert (loaded.status_code, loaded.content) == (200, b"picture")
    assert requests.get(opened.url.partition("?")[0]).status_code == 403


def test_the_media_type_is_that_of_the_name(figures: S3Figures) -> None:
    assert requests.get(figures.open(FILE, trusted=True).url).headers["Content-Type"] == "image/png"


def test_within_a_window_the_address_stays_the_same_and_then_it_is_another(figures: S3Figures, clock: Clock) -> None:
    into_the_window = timedelta(seconds=clock().timestamp() % WINDOW.total_seconds())
    clock.later = WINDOW - into_the_window + timedelta(seconds=1)  # just after the next one began
    first = figures.open(FILE, trusted=True).url
    clock.later += WINDOW - timedelta(seconds=30)
    assert figures.open(FILE, trusted=True).url == first
    clock.later += timedelta(seconds=60)
    assert figures.open(FILE, trusted=True).url != first


def test_an_address_is_valid_for_longer_than_it_is_given_out_and_remembered() -> None:
    assert WINDOW + REMEMBERED < SIGNED_FOR
    # Credentials of a role have ten minutes left when they are used.
    assert timedelta(minutes=10) > WINDOW + REMEMBERED


def test_two_hours_on_the_old_address_is_refused_and_a_fresh_one_works(
    figures: S3Figures, clock: Clock, s3: S3
) -> None:
    old = figures.open(FILE, trusted=True).url
    clock.later = s3.later = timedelta(hours=2)
    assert requests.get(old).status_code == 403
    assert requests.get(figures.open(FILE, trusted=True).url).content == b"picture"


def test_bucket_that_is_not_listed_is_neither_asked_nor_signed_for(figures: S3Figures, s3: S3) -> None:
    s3.put("public", "a b#.png", b"open", public=True)
    s3.put("private", "a.png", b"closed")
    s3.asked.clear()
    public = figures.open(S3File("public", "a b#.png"), trusted=True)
    closed = figures.open(S3File("private", "a.png"), trusted=True)
    assert s3.asked == []
    assert public.url == f"{s3.url}/public/a%20b%23.png"
    assert "?" not in closed.url
    assert requests.get(public.url).content == b"open"
    assert requests.get(closed.url).status_code == 403


def test_nothing_is_signed_or_read_for_an_uploaded_record(figures: S3Figures, s3: S3) -> None:
    s3.asked.clear()
    assert "?" not in figures.open(FILE, trusted=False).url
    with pytest.raises(ReferenceUnreadable, match=r"did not give 50% é\.png to your browser"):
        figures.local_file(FILE, trusted=False)
    assert s3.asked == []


def test_a_bucket_that_is_not_listed_is_never_read_by_the_portal(figures: S3Figures, s3: S3) -> None:
    s3.put("public", "a.pdf", b"open", public=True)
    s3.asked.clear()
    with pytest.raises(ReferenceUnreadable, match=r"would have to read a\.pdf from the bucket public") as caught:
        figures.local_file(S3File("public", "a.pdf"), trusted=True)
    assert "QC_PORTAL_S3_BUCKETS" in caught.value.hint
    assert s3.asked == []


def test_a_missing_figure_is_reported_with_its_name_and_whom_to_ask(figures: S3Figures) -> None:
    for ask in (figures.open, figures.local_file):
        with pytest.raises(ReferenceUnreadable, match=r"gone\.png is missing") as caught:
            ask(S3File("listed", "gone.png"), trusted=True)
        assert "pipeline" in caught.value.hint


def test_a_copy_is_read_once_for_each_version_of_the_figure(figures: S3Figures, clock: Clock, s3: S3) -> None:
    assert figures.local_file(FILE, trusted=True).read_bytes() == b"picture"
    assert figures.local_file(FILE, trusted=True).suffix == ".png"
    assert len(s3.list_requests(KEY)) == 1
    s3.put("listed", KEY, b"newer")
    clock.later = timedelta(minutes=1)
    assert figures.local_file(FILE, trusted=True).read_bytes() == b"newer"


def test_a_server_that_does_not_answer_is_an_error_for_people(clock: Clock, keys: None, tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        configured = Settings.from_env(
            {"QC_PORTAL_S3_ENDPOINT": endpoint, "QC_PORTAL_S3_BUCKETS": "listed"}, address="localhost"
        )
        figures = S3Figures(configured, FigureCopies(tmp_path / "copies"), clock)
        for ask in (figures.open, figures.local_file):
            with pytest.raises(StoreUnavailable, match="S3 did not deliver"):
                ask(FILE, trusted=True)


def test_listed_public_bucket_is_read_and_redirected_to_without_credentials(
    clock: Clock,
    s3: S3,
    keys: None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    s3.put("public", "a.pdf", b"open", public=True)
    configured = Settings.from_env(s3.settings("public"), address="localhost")
    figures = S3Figures(configured, FigureCopies(tmp_path / "copies"), clock)
    assert figures.open(S3File("public", "a.pdf"), trusted=True).url == f"{s3.url}/public/a.pdf"
    assert figures.local_file(S3File("public", "a.pdf"), trusted=True).read_bytes() == b"open"


def test_a_bucket_in_another_region_is_signed_for_there(
    figures: S3Figures, s3: S3, clock: Clock, tmp_path: Path
) -> None:
    s3.bucket("in-europe", region="eu-west-1")
    s3.put("in-europe", "a.png", b"x")
    configured = Settings.from_env(s3.settings("in-europe"), address="localhost")
    opened = S3Figures(configured, FigureCopies(tmp_path), clock).open(S3File("in-europe", "a.png"), trusted=True)
    assert "%2Feu-west-1%2Fs3%2F" in opened.url


def test_an_address_of_a_window_is_the_one_that_boto3_signed_first(
    figures: S3Figures, s3: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at(time: datetime) -> str:
        monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda: time.replace(tzinfo=None))
        monkeypatch.setattr(figures, "clock", lambda: time)
        return figures.open(FILE, trusted=True).url

    start = datetime(2025, 6, 1, 12, 5, tzinfo=UTC)
    first = at(start)
    config = Config(signature_version="s3v4", s3={"addressing_style": "path"})
    client = boto3.Session().client("s3", region_name="us-west-2", endpoint_url=s3.url, config=config)
    wanted = client.generate_presigned_url(
        "get_object",
        Params={
            "Bucket": "listed",
            "Key": KEY,
            "ResponseContentType": "image/png",
            "ResponseCacheControl": KEPT_BY_THE_BROWSER,
        },
        ExpiresIn=int(SIGNED_FOR.total_seconds()),
    )
    assert first == wanted
    assert at(start + timedelta(seconds=299)) == first
    assert at(start + timedelta(seconds=300)) != first


@pytest.fixture
def amazon(keys: None, tmp_path: Path) -> S3Figures:
    """The store over Amazon's own addresses, opened once: each client takes some time to make."""
    figures = S3Figures(Settings.from_env({}, address="localhost"), FigureCopies(tmp_path), lambda: datetime.now(UTC))
    figures._get_client()
    return figures


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30))
def test_a_signed_address_leads_where_the_plain_one_does(amazon: S3Figures, key: str) -> None:
    for bucket, region in (("listed", "us-west-2"), ("dotted.name", "eu-west-1"), ("listed", "us-east-1")):
        file = S3File(bucket, key)
        assert amazon._presign(file, region).partition("?")[0] == https_address(file, region=region)


def test_first_bytes_of_a_figure_are_read_once_by_range_and_the_size_without_them(figures: S3Figures, s3: S3) -> None:
    s3.asked.clear()
    assert [figures.first_bytes(FILE, 4, trusted=True) for _ in range(2)] == [b"pict"] * 2
    assert [one.status for one in s3.list_requests(KEY)] == [206]
    assert figures.size(FILE, trusted=True) == Measured(7)
    assert len(s3.list_requests(KEY)) == 1
    assert figures.first_bytes(S3File("listed", "gone.png"), 4, trusted=True) == b""


def test_browser_gets_the_address_in_a_bucket_that_is_not_listed_and_nothing_is_asked(
    figures: S3Figures, s3: S3
) -> None:
    s3.asked.clear()
    for file, trusted in ((S3File("private", "a.png"), True), (FILE, False)):
        assert figures.first_bytes(file, 4, trusted=trusted) == b""
        assert figures.size(file, trusted=trusted) is None
        assert figures.public_address(file, trusted=trusted).startswith(f"{s3.url}/{file.bucket}/")
    assert figures.public_address(FILE, trusted=True) is None
    assert s3.asked == []


def test_existence_of_an_object_is_asked_of_listed_buckets_only(figures: S3Figures, s3: S3) -> None:
    s3.put("listed", "asset/semi;colon.png", b"picture")
    s3.put("private", "asset/semi;colon.png", b"picture")
    there = S3File("listed", "asset/semi;colon.png")
    assert figures.exists(there, trusted=True)
    assert not figures.exists(S3File("listed", "asset/semi"), trusted=True)
    s3.asked.clear()
    assert not figures.exists(there, trusted=False)
    assert not figures.exists(S3File("private", "asset/semi;colon.png"), trusted=True)
    assert s3.asked == []


def test_page_does_not_wait_for_each_figure_where_s3_is_silent(keys: None, clock: Clock, tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}"  # bound, and not listening: refused at once
        configured = Settings.from_env(
            {"QC_PORTAL_S3_BUCKETS": "listed", "QC_PORTAL_S3_ENDPOINT": endpoint}, address="localhost"
        )
        figures = S3Figures(configured, FigureCopies(tmp_path / "copies"), clock)
        assert figures.first_bytes(FILE, 4, trusted=True) == b""
        figures._brief = None  # a second request would fail
        assert figures.first_bytes(FILE, 4, trusted=True) == b""
