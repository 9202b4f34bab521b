"""Figures in Kachery, against a gateway on loopback."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import kachery_cloud
import pytest
import requests

from qc_core.errors import ReferenceUnreadable, StoreUnavailable
from qc_core.references.kachery import KacheryFile
from qc_core.settings.model import Settings
from qc_core.stores.figures.copies import FigureCopies
from qc_core.stores.figures.kachery import ASKED_AGAIN_AFTER, KacheryFigures
from qc_core.stores.ports import Measured, Redirect
from tests.fakes.kachery import Kachery, sha1_of, store_locally
from tests.paths import ROOT

PICTURE = b"\x89PNG picture"


class Opened:
    """Figures over a local store and a gateway, with a clock that can be moved."""

    def __init__(self, gateway: Any, folder: Path, monkeypatch: Any, **more: Any) -> None:
        environment = gateway.settings(folder / "kachery") | more
        for name in ("KACHERY_CLOUD_CLIENT_ID", "KACHERY_CLOUD_PRIVATE_KEY"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        self.now = datetime(2025, 6, 1, tzinfo=UTC)
        configured = Settings.from_env(environment, address="localhost")
        self.figures = KacheryFigures(configured, FigureCopies(folder / "copies"), lambda: self.now)
        self.local = folder / "kachery"

    def open(self, sha1: Any, name: str = "drift.png", trusted: bool = True) -> Any:
        return self.figures.open(KacheryFile(sha1, name), trusted=trusted)


@pytest.fixture
def opened(kachery: Kachery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    return Opened(kachery, tmp_path, monkeypatch)


def test_the_local_store_comes_first_and_the_gateway_is_not_asked(opened: Opened, kachery: Kachery) -> None:
    sha1 = store_locally(PICTURE, opened.local)
    found = opened.open(sha1)
    assert isinstance(found, Path)
    assert (found.suffix, found.read_bytes()) == (".png", PICTURE)
    assert kachery.asked == []


def test_the_gateway_is_asked_to_find_the_file_in_the_zone_of_the_settings(opened: Opened, kachery: Kachery) -> None:
    sha1 = kachery.put(PICTURE)
    found = opened.open(sha1)
    assert isinstance(found, Path)
    assert found.read_bytes() == PICTURE
    (asked,) = kachery.asked
    assert asked == {
        "type": "findFile",
        "hashAlg": "sha1",
        "hash": sha1,
        "zone": "aind",
        "timestamp": int(opened.now.timestamp() * 1000),
    }


def test_a_file_is_asked_for_and_loaded_once(opened: Opened, kachery: Kachery) -> None:
    sha1 = kachery.put(PICTURE)
    for _ in range(3):
        opened.open(sha1)
        opened.figures.local_file(KacheryFile(sha1, "drift.png"), trusted=True)
        opened.now += timedelta(hours=1)
    assert kachery.loaded == [sha1]
    assert len(kachery.asked) == 1


def test_a_film_goes_straight_to_the_browser(opened: Opened, kachery: Kachery) -> None:
    sha1 = kachery.put(b"film")
    found = opened.open(sha1, "trace.mp4")
    assert isinstance(found, Redirect)
    assert kachery.loaded == []
    assert requests.get(found.url).content == b"film"
    opened.open(sha1, "trace.mp4")
    assert len(kachery.asked) == 1
    opened.now += ASKED_AGAIN_AFTER + timedelta(seconds=1)
    opened.open(sha1, "trace.mp4")
    assert len(kachery.asked) == 2


def test_a_file_that_was_removed_is_reported(opened: Opened, kachery: Kachery) -> None:
    elsewhere = kachery.put(b"in another zone", zone="other")
    for sha1 in (sha1_of(b"never stored"), elsewhere):
        with pytest.raises(ReferenceUnreadable, match="is missing: Kachery has no file") as caught:
            opened.open(sha1)
        assert "zone aind" in caught.value.message
        assert caught.value.hint


def test_a_file_without_an_address_counts_as_missing(opened: Opened, kachery: Kachery) -> None:
    sha1 = sha1_of(b"deleted from the bucket")
    kachery.elsewhere[sha1] = f"{kachery.url}/bucket/{sha1}"
    with pytest.raises(ReferenceUnreadable, match="is missing"):
        opened.open(sha1)


def test_bytes_that_do_not_have_the_hash_are_not_shown(opened: Opened, kachery: Kachery) -> None:
    sha1, other = sha1_of(b"promised"), kachery.put(b"something else")
    kachery.elsewhere[sha1] = f"{kachery.url}/bucket/{other}"
    with pytest.raises(ReferenceUnreadable, match="does not match the hash in its address"):
        opened.open(sha1)
    assert not list((opened.local.parent / "copies").iterdir())


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://h.org/a", "javascript:alert(1)", "https://u:p@h.org/", "http://127.0.0.1:1/admin", 7],
)
def test_an_address_of_the_gateway_that_no_browser_should_open_is_refused(
    opened: Opened, kachery: Kachery, url: int | str
) -> None:
    sha1 = sha1_of(b"x")
    kachery.elsewhere[sha1] = url  # type: ignore[assignment]  # of another type on purpose
    for name in ("a.png", "a.mp4"):
        with pytest.raises(StoreUnavailable, match="gave no usable answer"):
            opened.open(sha1, name)


def test_a_gateway_that_refuses_or_does_not_answer_is_an_error_for_people(opened: Opened, kachery: Kachery) -> None:
    kachery.closed = True
    with pytest.raises(StoreUnavailable, match=r"refused to look for drift\.png \(403\)"):
        opened.open(sha1_of(b"x"))
    kachery.stop()
    with pytest.raises(StoreUnavailable, match="gateway did not answer"):
        opened.open(sha1_of(b"x"))


def test_nothing_is_opened_for_an_uploaded_record(opened: Opened, kachery: Kachery) -> None:
    for sha1 in (store_locally(PICTURE, opened.local), kachery.put(b"x")):
        with pytest.raises(ReferenceUnreadable, match="uploaded record"):
            opened.open(sha1, trusted=False)
    assert kachery.asked == []


def test_a_request_is_signed_where_there_are_keys(
    opened: Opened, kachery: Kachery, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kachery_cloud._client_keys import _generate_keypair, _verify_signature

    opened.open(kachery.put(b"one"))
    public, private = _generate_keypair()
    monkeypatch.setenv("KACHERY_CLOUD_CLIENT_ID", public)
    monkeypatch.setenv("KACHERY_CLOUD_PRIVATE_KEY", private)
    opened.open(kachery.put(b"two"))
    unsigned, signed = kachery.signatures
    assert unsigned is None
    assert _verify_signature(kachery.asked[1], public, signed)


def test_a_path_on_this_machine_that_a_reference_names_is_not_opened(opened: Opened, tmp_path: Path) -> None:
    from qc_core.references.reference import parse

    (tmp_path / "secret.png").write_bytes(b"secret")
    file = parse(f"sha1://{sha1_of(b'secret')}?location={tmp_path / 'secret.png'}&label=secret.png")
    with pytest.raises(ReferenceUnreadable, match="is missing"):
        opened.figures.local_file(file, trusted=True)


def test_a_local_store_that_somebody_else_makes_at_the_same_moment_is_used(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha1 = store_locally(PICTURE, opened.local)
    load_file, failures = kachery_cloud.load_file, [FileExistsError(17, "File exists")]

    def load(*arguments: Any, **options: Any) -> Any:
        if failures:
            raise failures.pop()
        return load_file(*arguments, **options)

    monkeypatch.setattr(kachery_cloud, "load_file", load)
    assert opened.open(sha1).read_bytes() == PICTURE


def test_a_local_store_that_cannot_be_made_names_its_variable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    script = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from qc_core.errors import StoreUnavailable
from qc_core.references.kachery import KacheryFile
from qc_core.settings.model import Settings
from qc_core.stores.figures.copies import FigureCopies
from qc_core.stores.figures.kachery import KacheryFigures
figures = KacheryFigures(Settings.from_env({}, address=""), FigureCopies(Path(sys.argv[1])), lambda: datetime.now(UTC))
assert "kachery_cloud" not in sys.modules
try:
    figures.open(KacheryFile("a" * 40, "a.png"), trusted=True)
except StoreUnavailable as error:
    print(error)
"""
    output = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "copies")],
        cwd=ROOT,
        env={"KACHERY_CLOUD_DIR": str(tmp_path / "file" / "inside"), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "KACHERY_CLOUD_DIR" in output.stdout


def test_first_bytes_and_size_of_a_file_are_read_without_a_copy(
    opened: Opened, kachery: Kachery, tmp_path: Path
) -> None:
    file = KacheryFile(kachery.put(PICTURE), "drift.png")
    assert [opened.figures.first_bytes(file, 4, trusted=True) for _ in range(2)] == [b"\x89PNG"] * 2
    assert len(kachery.loaded) == 1
    assert opened.figures.size(file, trusted=True) == Measured(len(PICTURE))
    local = KacheryFile(store_locally(b"of the local store", opened.local), "a.nwb")
    assert opened.figures.first_bytes(local, 6, trusted=True) == b"of the"
    assert opened.figures.size(local, trusted=True) == Measured(18)
    assert len(kachery.asked) == 1


def test_page_does_not_wait_for_each_figure_of_a_silent_gateway(opened: Opened, kachery: Kachery) -> None:
    kachery.closed = True
    for name in ("a.png", "b.png"):
        assert opened.figures.first_bytes(KacheryFile(sha1_of(name.encode()), name), 4, trusted=True) == b""
    assert len(kachery.asked) <= 1
