"""Zarr folders: slices of one array of several, reading no other chunks, and nothing outside the folder."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zarr
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.errors import ReferenceUnreadable
from qc_core.stores.figures.conversions import Conversions
from qc_core.stores.figures.decoding.sources import LocalSource
from qc_core.stores.figures.decoding.stacks import Pages, Stack
from qc_core.stores.figures.decoding.undecodable import Undecodable
from qc_core.stores.figures.decoding.zarrs import read_zarr
from tests.qc_core.stores.figures.decoding.test_stacks import PAGES, bytes_read, rows_lit

MOST = 10**8
ONE = {"zarr_format": 2, "shape": [9, 20, 30], "chunks": [1, 20, 30], "dtype": "<u2", "order": "C", "fill_value": 0}
ONE |= {"compressor": None, "filters": None}


def read(path: Path, first: int = 0, window: int = 1, array: str = "") -> Stack:
    return read_zarr(LocalSource(str(path)), Pages(first, window), MOST, array)


def lit(found: Stack) -> list[int]:
    return [int(row) for row in np.flatnonzero(found.values.any(axis=1))]


def write(path: Path, files: dict[str, Any]) -> Path:
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("chunks", [(1, 20, 30), (4, 7, 30)])
def test_a_slice_and_the_maximum_of_several_are_read(tmp_path: Path, version: Any, chunks: Any) -> None:
    zarr.create_array(tmp_path / "a.zarr", data=PAGES, chunks=chunks, zarr_format=version)
    found = read(tmp_path / "a.zarr", 6)
    assert lit(found) == [6] and (found.number, found.array, found.arrays) == (9, "", [])
    assert lit(read(tmp_path / "a.zarr", 2, 3)) == [2, 3, 4]
    assert lit(read(tmp_path / "a.zarr", 99)) == [8]


def test_a_part_of_a_shard_is_read_alone(tmp_path: Path) -> None:
    shards = {"shape": (40, 512, 512), "chunks": (1, 512, 512), "shards": (40, 512, 512), "dtype": "u2"}
    zarr.create_array(tmp_path / "a.zarr", compressors=None, **shards)[:] = np.ones(shards["shape"], "u2")
    before = bytes_read()
    assert read(tmp_path / "a.zarr", 30).values.min() == 1
    assert bytes_read() - before < 5_000_000


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.filterwarnings("ignore:Consolidated metadata")
@pytest.mark.parametrize("consolidated", [False, True])
def test_a_level_or_another_array_is_chosen_by_its_name(tmp_path: Path, version: Any, consolidated: bool) -> None:
    group = zarr.open_group(tmp_path / "a.zarr", mode="w", zarr_format=version)
    group.create_group("labels").create_array("cells", data=PAGES.astype("i4"), chunks=(9, 20, 30))
    for level in (0, 1):
        group.create_array(f"s{level}", data=PAGES[:, :: level + 1, :: level + 1].copy())
    scales = [{"datasets": [{"path": "s0"}, {"path": "s1"}]}]
    group.attrs.update({"ome": {"multiscales": scales}} if version == 3 else {"multiscales": scales})
    if consolidated:
        zarr.consolidate_metadata(tmp_path / "a.zarr", zarr_format=version)
    found = read(tmp_path / "a.zarr", 4)
    assert (found.array, found.values.shape) == ("/s0", (20, 30)) and lit(found) == [4]
    assert [name for name, _ in found.arrays] == ["/s0", "/s1", "/labels/cells"]
    assert dict(found.arrays)["/s1"] == "/s1, 9 × 10 × 15, uint16"
    assert read(tmp_path / "a.zarr", 4, array="/s1").values.shape == (10, 15)
    assert read(tmp_path / "a.zarr", array="/labels/cells").values.dtype == "i4"
    assert read(tmp_path / "a.zarr", array="/unheard/of").array == "/s0"


def test_the_level_that_is_quickly_read_is_shown_first(tmp_path: Path) -> None:
    levels = {str(level): {**ONE, "shape": [900, side, side], "chunks": [64, 128, 128]} for level, side in SIDES}
    scales = {"multiscales": [{"datasets": [{"path": path} for path in levels]}]}
    files = {f"{path}/.zarray": about for path, about in levels.items()}
    found = read(write(tmp_path / "a.zarr", {".zgroup": {"zarr_format": 2}, ".zattrs": scales} | files))
    assert (found.array, len(found.arrays)) == ("/2", 2), "the finest would unpack more than 512 MiB"


SIDES = [(0, 9000), (1, 2000), (2, 300)]


def test_a_slice_of_a_large_folder_takes_a_small_part_of_it(tmp_path: Path) -> None:
    stored = zarr.create_array(tmp_path / "a.zarr", shape=(4000, 512, 512), chunks=(1, 512, 512), dtype="u2")
    stored[3000] = 5
    before = bytes_read()
    found = read(tmp_path / "a.zarr", 3000)
    assert found.number == 4000 and found.values.max() == 5
    assert bytes_read() - before < 20_000_000


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    outside = write(tmp_path / "secret", {".zarray": ONE, "0.0.0": PAGES[8].tobytes()})
    inside = write(tmp_path / "a.zarr", {".zgroup": {"zarr_format": 2}, "own/.zarray": ONE})
    (inside / "own" / "0.0.0").symlink_to(outside / "0.0.0")
    (inside / "linked").symlink_to(outside)
    (inside / ".zattrs").write_text(json.dumps({"multiscales": [{"datasets": [{"path": "../secret"}]}]}))
    found = read(inside)
    assert (found.array, found.arrays) == ("/own", []) and found.values.max() == 0


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"compressor": {"id": "pickle"}}, "packed in a way"),
        ({"filters": [{"id": "pickle"}]}, "packed in a way"),
        ({"dtype": "|O"}, "holds no array"),
        ({"shape": [9, 4]}, "holds no array"),
        ({"chunks": [1, 0, 30]}, "metadata is damaged"),
        ({"chunks": [90000, 20, 30]}, "chunks are too large"),
        ({"shape": [9, 10**7, 10**7]}, "holds no array"),
    ],
)
def test_what_would_run_code_or_take_too_much_is_refused(tmp_path: Path, changes: Any, reason: str) -> None:
    with pytest.raises(Undecodable, match=reason):
        read(write(tmp_path / "a.zarr", {".zarray": ONE | changes}))


def test_codecs_of_format_3_are_those_of_the_list(tmp_path: Path) -> None:
    zarr.create_array(tmp_path / "a.zarr", data=PAGES, shards=PAGES.shape, chunks=(1, 20, 30))
    about = json.loads((tmp_path / "a.zarr" / "zarr.json").read_text())
    about["codecs"][0]["configuration"]["codecs"].append({"name": "numcodecs.pickle", "configuration": {}})
    with pytest.raises(Undecodable, match="packed in a way"):
        read(write(tmp_path / "a.zarr", {"zarr.json": about}))


def test_it_is_drawn_by_the_limited_process_and_again_when_it_changes(tmp_path: Path) -> None:
    conversions, path = Conversions(tmp_path / "converted"), write(tmp_path / "a.zarr", {".zarray": ONE})
    with pytest.raises(ReferenceUnreadable, match=r"No slice of empty\.zarr can be shown\. It holds no array"):
        conversions.png(write(tmp_path / "empty.zarr", {".zgroup": {"zarr_format": 2}}))
    for number in range(9):
        write(path, {f"{number}.0.0": PAGES[number].tobytes()})
    rows, facts = rows_lit(conversions, path, 2, 3)
    assert rows == [2, 3, 4] and (facts["pages"], facts["top"]) == (9, 500)
    write(path, {".zarray": ONE | {"shape": [4, 20, 30]}})
    assert rows_lit(conversions, path, 9)[0] == [3]


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*ONE, "dimension_separator"]),
        st.recursive(
            st.none() | st.integers() | st.text(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
            max_leaves=6,
        ),
    ),
    st.binary(max_size=60),
)
def test_damaged_metadata_gives_a_slice_or_a_sentence(tmp_path_factory: Any, changes: Any, chunk: bytes) -> None:
    packed = {"compressor": {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1}}
    path = write(tmp_path_factory.mktemp("damaged"), {".zarray": ONE | packed | changes, "0.0.0": chunk})
    try:
        assert read(path).values.ndim == 2
    except Undecodable:
        return
