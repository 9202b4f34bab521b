"""Slices of files and Zarr folders in S3: parts of them alone are read, and nothing next to them."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
import tifffile
import zarr

from qc_core.errors import ReferenceUnreadable, StoreUnavailable
from qc_core.references.s3 import S3File
from qc_core.settings.model import Settings
from qc_core.stores.figures.conversions import Conversions
from qc_core.stores.figures.copies import FigureCopies
from qc_core.stores.figures.decoding import limited
from qc_core.stores.figures.s3 import S3Figures
from qc_core.stores.figures.s3_parts import open_parts
from qc_core.stores.parts import HostedParts
from tests.fakes.s3 import KEYS, S3

MOVIE = np.zeros((40, 500, 500), np.uint16)
for _number in range(40):
    MOVIE[_number, 10 * _number : 10 * _number + 10] = 100 + _number


@pytest.fixture
def figures(s3: S3, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> S3Figures:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    configured = Settings.from_env(s3.settings("listed"), address="localhost")
    return S3Figures(configured, FigureCopies(tmp_path / "copies"), lambda: datetime.now(UTC))


@pytest.fixture
def conversions(tmp_path: Path) -> Conversions:
    return Conversions(tmp_path / "converted")


def hdf5() -> Any:
    kept = io.BytesIO()
    with h5py.File(kept, "w") as file:
        file.create_dataset("movie", data=MOVIE, chunks=(1, 500, 500))
        file["small"] = MOVIE[:3, :100, :100]
    return kept.getvalue()


def tiff() -> Any:
    kept = io.BytesIO()
    tifffile.imwrite(kept, MOVIE, photometric="minisblack")
    return kept.getvalue()


def counted(parts: HostedParts) -> tuple[HostedParts, list[bytes]]:
    given: list[bytes] = []

    def read(key: str, start: int, length: int | None) -> bytes | None:
        part = parts.read(key, start, length)
        given.append(part or b"")
        return part

    return replace(parts, read=read), given


@pytest.mark.parametrize(("name", "content"), [("a.h5", hdf5()), ("a.tif", tiff())])
def test_a_slice_of_an_object_reads_a_small_part_of_it(
    s3: S3, figures: S3Figures, conversions: Conversions, name: str, content: bytes
) -> None:
    s3.put("listed", f"deep/{name}", content)
    parts, given = counted(open_parts(figures, S3File("listed", f"deep/{name}"), trusted=True))
    made = conversions.png(parts, 0, 100, name=name, pages=(30, 1))
    assert (made.facts["pages"], made.facts["first"], made.facts["top"]) == (40, 30, 130)
    assert sum(map(len, given)) < len(content) / 8
    number = len(given)
    assert conversions.get_kept_png(parts, 0, 100, (30, 1)) == made and len(given) == number
    if name == "a.h5":
        assert conversions.png(parts, name=name, array="/small").facts["width"] == 100


@pytest.mark.parametrize("version", [2, 3])
def test_a_zarr_is_read_chunk_by_chunk_and_its_arrays_are_found(
    s3: S3, figures: S3Figures, conversions: Conversions, tmp_path: Path, version: Any
) -> None:
    group = zarr.open_group(tmp_path / "v.zarr", mode="w", zarr_format=version)
    group.create_array("fine", data=MOVIE, chunks=(1, 250, 500), compressors=None)
    group.create_group("more").create_array("coarse", data=MOVIE[:, ::5, ::5].copy(), chunks=(40, 100, 100))
    for path in (tmp_path / "v.zarr").rglob("*"):
        if path.is_file():
            s3.put("listed", f"z{version}/{path.relative_to(tmp_path).as_posix()}", path.read_bytes())
    parts, given = counted(open_parts(figures, S3File("listed", f"z{version}/v.zarr"), trusted=True))
    facts = conversions.png(parts, 0, 100, name="v.zarr", pages=(30, 1)).facts
    assert (facts["array"], facts["pages"], facts["top"]) == ("/fine", 40, 130)
    assert [name for name, _ in facts["arrays"]] == ["/fine", "/more/coarse"]
    assert sum(map(len, given)) < 600_000, "two chunks of 250 kB, and the metadata"
    assert conversions.png(parts, name="v.zarr", array="/more/coarse").facts["width"] == 100


def test_only_what_a_trusted_record_names_in_a_listed_bucket_is_read(s3: S3, figures: S3Figures) -> None:
    s3.put("listed", "v.zarr/.zgroup", b'{"zarr_format": 2}')
    s3.put("listed", "secret", b"secret")
    s3.asked.clear()
    for file, trusted in ((S3File("listed", "v.zarr"), False), (S3File("public", "v.zarr"), True)):
        with pytest.raises(ReferenceUnreadable, match="may not read the bucket"):
            open_parts(figures, file, trusted=trusted)
    assert s3.asked == []
    parts = open_parts(figures, S3File("listed", "v.zarr"), trusted=True)
    assert parts.list_names("") == [".zgroup"]
    asked = len(s3.asked)
    for key in ("../secret", "a/../../secret", "/secret", "..", ""):
        assert parts.read(key, 0, 100) is None
    with pytest.raises(ReferenceUnreadable):
        parts.list_names("..")
    assert len(s3.asked) == asked, "S3 is not even asked"
    with pytest.raises(ReferenceUnreadable, match="There is no Zarr"):
        open_parts(figures, S3File("listed", "none.zarr"), trusted=True)


def test_too_much_and_a_silent_store_end_in_a_sentence(
    s3: S3, figures: S3Figures, conversions: Conversions, monkeypatch: pytest.MonkeyPatch
) -> None:
    s3.put("listed", "b.h5", hdf5())
    parts = open_parts(figures, S3File("listed", "b.h5"), trusted=True)
    with monkeypatch.context() as patched:
        patched.setattr(limited, "MOST_PARTS", 1_000_000)
        with pytest.raises(ReferenceUnreadable, match="More than 1 MB of it would have to be read"):
            conversions.png(parts, name="b.h5", pages=(0, 20))

    def read(_key: str, _start: int, _length: int | None) -> bytes:
        raise StoreUnavailable("S3 did not deliver it.", "Try again.")

    with pytest.raises(StoreUnavailable):
        conversions.png(replace(parts, read=read), name="b.h5", pages=(1, 1))
    assert conversions.png(parts, name="b.h5", pages=(1, 1)).facts["first"] == 1, "it is no refusal to be remembered"
