"""Storing a figure in Kachery: once, whole, under its label, and with nothing secret in any message."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from qc_core.errors import BadSetting, NotAllowed, ReferenceUnreadable, StoreUnavailable
from qc_core.references.kachery import KacheryFile, read_kachery
from qc_core.stores.figures.kachery_keys import KacheryKeys
from qc_core.stores.figures.kachery_upload import KacheryUploads, LocalFigure, local_figure
from tests.fakes.kachery import Kachery, keys, sha1_of

FIGURE = b"a figure"
KEYS = keys()


@pytest.fixture
def kachery() -> Iterator[Kachery]:
    kachery = Kachery()
    yield kachery
    kachery.stop()


@pytest.fixture
def figure(tmp_path: Path) -> LocalFigure:
    path = tmp_path / "drift map #1.png"
    path.write_bytes(FIGURE)
    return local_figure(path, path.name)


def uploads(kachery: Any, pauses: Any = None, private: Any = KEYS["KACHERY_CLOUD_PRIVATE_KEY"]) -> KacheryUploads:
    held = KacheryKeys("aind", KEYS["KACHERY_CLOUD_CLIENT_ID"], private, "a test")
    pause = (pauses if pauses is not None else []).append
    return KacheryUploads(kachery.url, held, lambda: datetime.now(UTC), pause)


def test_a_figure_is_stored_in_the_zone_and_its_reference_reads_back_with_its_name(
    kachery: Kachery, figure: LocalFigure
) -> None:
    assert uploads(kachery).store(figure) is True
    assert kachery.zones == {"aind": {sha1_of(FIGURE): FIGURE}}
    assert read_kachery(figure.reference) == KacheryFile(sha1_of(FIGURE), "drift map #1.png")


def test_the_reference_is_the_one_that_kachery_cloud_gives(
    kachery: Kachery, figure: LocalFigure, monkeypatch: pytest.MonkeyPatch
) -> None:
    import kachery_cloud

    for name, value in (KEYS | {"KACHERY_GATEWAY_URL": kachery.url}).items():
        monkeypatch.setenv(name, value)
    assert kachery_cloud.store_file(str(figure.path), label=figure.name) == figure.reference
    assert uploads(kachery).store(figure) is False


def test_a_figure_that_is_there_is_not_sent_again(kachery: Kachery, figure: LocalFigure) -> None:
    uploads(kachery).store(figure)
    asked = len(kachery.asked)
    assert uploads(kachery).store(figure) is False
    assert [one["type"] for one in kachery.asked[asked:]] == ["initiateFileUpload"]


def test_a_transient_error_is_tried_again_and_a_lasting_one_is_reported(kachery: Kachery, figure: LocalFigure) -> None:
    kachery.failing += [503, 500]
    assert uploads(kachery).store(figure) is True
    kachery.zones.clear()
    kachery.failing += [503] * 3
    with pytest.raises(StoreUnavailable, match="503"):
        uploads(kachery).store(figure)


def test_an_upload_that_another_began_is_waited_for_a_minute(kachery: Kachery, figure: LocalFigure) -> None:
    pauses: list[Any] = []
    kachery.began[figure.sha1] = {}
    with pytest.raises(StoreUnavailable, match="begun to store"):
        uploads(kachery, pauses).store(figure)
    assert sum(pauses) == 60
    kachery.put(FIGURE)
    assert uploads(kachery).store(figure) is False


def test_a_bucket_that_takes_nothing_is_reported_without_the_signed_address(
    kachery: Kachery, figure: LocalFigure, capfd: pytest.CaptureFixture[str]
) -> None:
    kachery.began.clear()
    begun = uploads(kachery)
    original = begun._put
    begun._put = lambda *put: kachery.failing.append(403) or original(*put)
    with pytest.raises(StoreUnavailable, match=r"did not take drift map #1\.png") as raised:
        begun.store(figure)
    assert "s3cret" not in str(raised.value) + "".join(capfd.readouterr())


def test_keys_that_are_refused_or_malformed_are_reported_without_them(kachery: Kachery, figure: LocalFigure) -> None:
    other = keys()["KACHERY_CLOUD_PRIVATE_KEY"]
    for private in ("no key", other):
        with pytest.raises(BadSetting, match="cannot be used to sign") as raised:
            uploads(kachery, private=private).store(figure)
        assert private not in str(raised.value) and raised.value.__suppress_context__
    kachery.closed = True
    with pytest.raises(NotAllowed, match="zone aind"):
        uploads(kachery).store(figure)


def test_a_figure_is_never_stored_under_the_hash_of_another(
    kachery: Kachery, figure: LocalFigure, tmp_path: Path
) -> None:
    figure.path.write_bytes(b"changed meanwhile")
    with pytest.raises(ReferenceUnreadable, match="changed meanwhile"):
        uploads(kachery).store(figure)
    (tmp_path / "empty.png").write_bytes(b"")
    with pytest.raises(ReferenceUnreadable, match="is empty"):
        local_figure(tmp_path / "empty.png", "empty.png")
    with pytest.raises(ReferenceUnreadable, match="cannot be read"):
        local_figure(tmp_path / "gone.png", "gone.png")
    assert kachery.asked == []
