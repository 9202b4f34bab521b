"""HDF5: slices of its largest array, reading no others, and nothing outside the file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from qc_core.errors import ReferenceUnreadable
from qc_core.stores.figures.conversions import Conversions
from qc_core.stores.figures.decoding.arrays import read_array
from qc_core.stores.figures.decoding.sources import LocalSource
from qc_core.stores.figures.decoding.stacks import Pages
from qc_core.stores.figures.decoding.undecodable import Undecodable
from tests.qc_core.stores.figures.decoding.test_stacks import PAGES, bytes_read, rows_lit

MOST = 10**8


@pytest.fixture
def conversions(tmp_path: Path) -> Conversions:
    return Conversions(tmp_path / "converted")


def write(path: Path, fill: Callable[[Any], object]) -> Path:
    with h5py.File(path, "w") as file:
        fill(file)
    return path


@pytest.mark.parametrize("how", [{}, {"chunks": (1, 10, 30)}, {"chunks": (3, 20, 30), "compression": "gzip"}])
@pytest.mark.parametrize("packing", [{}, {"shuffle": True, "fletcher32": True, "compression": "lzf"}])
def test_a_slice_and_the_maximum_of_several_are_drawn(
    conversions: Conversions, tmp_path: Path, how: Any, packing: Any
) -> None:
    given = how | (packing if "chunks" in how else {})
    path = write(tmp_path / "a.nwb", lambda file: file.create_dataset("acquisition/movie/data", data=PAGES, **given))
    rows, facts = rows_lit(conversions, path, 6)
    assert rows == [6] and (facts["pages"], facts["first"], facts["window"]) == (9, 6, 1)
    assert (facts["array"], facts["bits"], facts["top"]) == ("/acquisition/movie/data", "16-bit", 700)
    assert rows_lit(conversions, path, 2, 3)[0] == [2, 3, 4]
    assert rows_lit(conversions, path, 99)[0] == [8]


def test_the_largest_array_with_slices_is_chosen(tmp_path: Path) -> None:
    def fill(file: Any) -> None:
        file["flat"] = np.zeros((500, 500))
        file["small"] = PAGES
        file["deep/larger"] = np.zeros((2, 9, 20, 30), ">f4")
        file["table"] = np.zeros((5000, 4))
        file["line"], file["number"], file["text"] = np.zeros(10**6), 5, "text"
        file["names"] = np.array([[b"a"] * 50] * 5000)
        file.create_dataset("empty", (9, 0, 30), "f4")

    found = read_array(LocalSource(str(write(tmp_path / "a.h5", fill))), Pages(17), MOST)
    assert found is not None and (found.array, found.number, found.values.shape) == ("/deep/larger", 18, (20, 30))


@pytest.mark.parametrize("kind", ["u1", "i2", ">u2", "u4", "i8", "f2", "f4", "f8"])
def test_every_kind_of_number_is_drawn(conversions: Conversions, tmp_path: Path, kind: str) -> None:
    values = np.arange(20 * 30).reshape(20, 30) % 100
    path = write(tmp_path / "a.h5", lambda file: file.create_dataset("a", data=values.astype(kind)))
    made = conversions.png(path, 0, 100)
    assert Image.open(made.path).size == (30, 20) and made.facts["pages"] == 1


def test_a_slice_of_a_large_file_takes_a_small_part_of_it(tmp_path: Path) -> None:
    def fill(file: Any) -> None:
        file.create_dataset("movie", (4000, 512, 512), "u2")[3000] = 5  # 2.1 GB that take little on the disk

    path = write(tmp_path / "large.h5", fill)
    assert path.stat().st_size > 2_000_000_000
    before = bytes_read()
    found = read_array(LocalSource(str(path)), Pages(3000), MOST)
    assert found is not None and found.number == 4000 and found.values.max() == 5
    assert bytes_read() - before < 20_000_000


def test_nothing_outside_the_file_is_read(tmp_path: Path) -> None:
    write(tmp_path / "secret.h5", lambda file: file.create_dataset("movie", data=PAGES))
    (tmp_path / "secret.bin").write_bytes(PAGES.tobytes())

    def fill(file: Any) -> None:
        file["external"] = h5py.ExternalLink(str(tmp_path / "secret.h5"), "/movie")
        file["soft"] = h5py.SoftLink("/external")
        raw = [(str(tmp_path / "secret.bin"), 0, PAGES.nbytes)]
        file.create_dataset("raw", PAGES.shape, "u2", external=raw)
        layout = h5py.VirtualLayout(PAGES.shape, "u2")
        layout[:] = h5py.VirtualSource(str(tmp_path / "secret.h5"), "movie", PAGES.shape)
        file.create_virtual_dataset("virtual", layout)
        file["inside"] = np.zeros((2, 20, 30))

    path = write(tmp_path / "a.h5", fill)
    found = read_array(LocalSource(str(path)), Pages(), MOST)
    assert found is not None and found.array == "/inside"
    with h5py.File(path, "a") as file:
        del file["inside"]
    with pytest.raises(Undecodable, match="holds no array"):
        read_array(LocalSource(str(path)), Pages(), MOST)


def test_groups_that_hold_one_another_end(tmp_path: Path) -> None:
    def fill(file: Any) -> None:
        one, two = file.create_group("one"), file.create_group("two")
        for group in (one, two, file):
            for number in range(3):
                group[f"one {number}"], group[f"two {number}"] = one, two
        file["z"] = PAGES

    found = read_array(LocalSource(str(write(tmp_path / "a.h5", fill))), Pages(), MOST)
    assert found is not None and found.array == "/z"


def test_references_to_objects_and_texts_are_no_pictures(tmp_path: Path) -> None:
    def fill(file: Any) -> None:
        file["a"] = np.zeros((20, 30))
        references = file.create_dataset("references", (9, 20, 30), h5py.ref_dtype)
        references[0, 0, 0] = file["a"].ref
        file.create_dataset("texts", (9, 20, 30), h5py.string_dtype())
        file.create_dataset("lists", (9, 20, 30), h5py.vlen_dtype("i4"))
        file.create_dataset("pairs", (9, 20, 30), np.dtype([("a", "i4"), ("b", "f4")]))

    found = read_array(LocalSource(str(write(tmp_path / "a.h5", fill))), Pages(), MOST)
    assert found is not None and found.array == "/a"


def add_foreign_filter(file: Any) -> None:
    stored = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    stored.set_chunk((1, 20, 30))
    stored.set_filter(32004, h5py.h5z.FLAG_OPTIONAL)  # LZ4, from a plugin
    space = h5py.h5s.create_simple(PAGES.shape)
    h5py.h5d.create(file.id, b"movie", h5py.h5t.NATIVE_UINT16, space, stored)


@pytest.mark.parametrize(
    ("fill", "reason"),
    [
        (add_foreign_filter, "packed in a way"),
        (
            lambda file: file.create_dataset("a", (9000, 99, 99), "u2", chunks=(9000, 99, 99)),
            "chunks are too large",
        ),
        (lambda file: file.create_dataset("a", (9, 8000, 8000), "f8", chunks=(9, 800, 800)), "chunks are too large"),
        (lambda file: file.create_dataset("a", (9, 10**9, 10**9), "u2", chunks=(1, 8, 8)), "holds no array"),
        (lambda file: file.create_group("empty"), "holds no array"),
    ],
)
def test_too_large_chunks_and_plugin_filters_are_refused(tmp_path: Path, fill: Any, reason: str) -> None:
    with pytest.raises(Undecodable, match=reason):
        read_array(LocalSource(str(write(tmp_path / "a.h5", fill))), Pages(), MOST)


def test_the_refusal_is_a_sentence_for_the_reader(conversions: Conversions, tmp_path: Path) -> None:
    path = write(tmp_path / "spikes.nwb", lambda file: file.create_dataset("spike_times", data=np.zeros(100)))
    with pytest.raises(ReferenceUnreadable) as raised:
        conversions.png(path)
    assert raised.value.message == (
        "No slice of spikes.nwb can be shown. It holds no array of numbers that could be shown as pictures."
    )
    (tmp_path / "no.h5").write_bytes(b"no HDF5 at all")
    with pytest.raises(ReferenceUnreadable, match=r"No slice of no\.h5"):
        conversions.png(tmp_path / "no.h5")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8000), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_damaged_file_gives_a_picture_or_a_sentence(tmp_path_factory: Any, changes: list[tuple[int, int]]) -> None:
    path = tmp_path_factory.mktemp("damaged") / "a.h5"
    write(path, lambda file: file.create_dataset("a/b", data=PAGES, chunks=(1, 20, 30), compression="gzip"))
    data = bytearray(path.read_bytes())
    for position, value in changes:
        data[position % len(data)] = value
    path.write_bytes(data)
    try:
        found = Conversions(path.parent / "converted").png(path)
    except ReferenceUnreadable:
        return
    assert found.facts["width"] > 0
