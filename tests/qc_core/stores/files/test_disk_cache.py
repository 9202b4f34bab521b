"""The cache of files: bounded, whole, and what was not used for longest goes first."""

import os
from pathlib import Path

import pytest

from qc_core.stores.files.disk_cache import DiskCache


def put(cache: DiskCache, name: str, content: bytes = b"x" * 10) -> Path:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return cache.put(name, write)


def test_a_file_is_found_by_its_name_until_it_is_replaced(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path / "cache", 100)
    assert cache.get("a.png") is None
    path = put(cache, "a.png", b"one")
    assert cache.get("a.png") == path
    assert put(cache, "a.png", b"two") == path
    assert path.read_bytes() == b"two"


def test_using_a_file_keeps_it_and_leaves_its_time_of_writing(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 25)
    for name, seconds in (("used.png", 50), ("unused.png", 100)):
        os.utime(put(cache, name), (seconds, seconds))
    used = cache.get("used.png")
    assert used and used.stat().st_mtime == 50
    put(cache, "new.png")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.png", "used.png"]


def test_files_of_one_stem_go_together_and_the_newest_stay(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 1)
    for name in ("a.png", "a.json", "b.png", "b.json"):
        put(cache, name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.json", "b.png"]


def test_a_write_that_fails_leaves_nothing_and_keeps_the_earlier_file(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 100)
    path = put(cache, "a.png", b"earlier")

    def fail(fresh: Path) -> None:
        fresh.write_bytes(b"half")
        raise RuntimeError("It broke off.")

    with pytest.raises(RuntimeError):
        cache.put("a.png", fail)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"earlier"]
    assert cache.get("a.png") == path


def test_an_unfinished_file_of_another_process_stays_until_it_is_abandoned(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 1)
    unfinished = cache.temporary_file()
    unfinished.write_bytes(b"x" * 100)
    put(cache, "a.png")
    assert unfinished.exists()
    os.utime(unfinished, (0, 0))
    put(cache, "b.png")
    assert not unfinished.exists()
