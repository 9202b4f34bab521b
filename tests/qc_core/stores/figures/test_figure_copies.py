import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qc_core.errors import ReferenceUnreadable, StoreUnavailable
from qc_core.stores.figures.copies import FigureCopies
from tests.qc_core.stores.building import litter


def test_a_copy_is_made_once_and_kept_by_what_it_is_a_copy_of(tmp_path: Path) -> None:
    made = []
    copies = FigureCopies(tmp_path / "copies")

    def chunks() -> Iterator[Any]:
        made.append(1)
        yield from (b"one", b"two")

    paths = {copies.copy_of(what, "a.png", chunks) for what in ("v1", "v1", "v2")}
    assert [path.read_bytes() for path in paths] == [b"onetwo", b"onetwo"]
    assert len(made) == 2


def test_too_large_copies_are_not_kept(tmp_path: Path) -> None:
    copies = FigureCopies(tmp_path, largest=5_000_000)
    with pytest.raises(ReferenceUnreadable, match=r"a\.png is larger than 5 MB"):
        copies.copy_of("x", "a.png", lambda: iter([b"x" * 3_000_000] * 2))
    assert list(tmp_path.iterdir()) == []


def test_a_load_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def breaks() -> Iterator[Any]:
        yield b"half"
        raise StoreUnavailable("S3 did not deliver it.")

    with pytest.raises(StoreUnavailable, match="did not deliver"):
        FigureCopies(tmp_path).copy_of("x", "a.png", breaks)
    assert list(tmp_path.iterdir()) == []


def test_those_not_used_for_longest_make_room(tmp_path: Path) -> None:
    copies = FigureCopies(tmp_path, most=25)
    old, used = (copies.copy_of(what, what, lambda: [b"x" * 10]) for what in ("old", "used"))
    for path, seconds in ((old, 100), (used, 50)):
        os.utime(path, (seconds, path.stat().st_mtime))
    version = used.stat().st_mtime_ns
    assert copies.copy_of("used", "used", lambda: []) == used
    newest = copies.copy_of("newest", "newest", lambda: [b"x" * 10])
    assert not old.exists()
    assert newest.exists()
    assert used.stat().st_mtime_ns == version, "what a browser gets as its version stays"


def test_two_that_ask_at_once_load_it_once(tmp_path: Path) -> None:
    copies, loads, both = FigureCopies(tmp_path), [], threading.Barrier(2)

    def ask() -> None:
        both.wait(10)
        copies.copy_of("x", "a.png", lambda: loads.append(1) or [b"x"])

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(loads) == 1
    assert litter(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_an_error_for_people(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreUnavailable, match="could not be copied here"):
        FigureCopies(tmp_path / "file" / "copies").copy_of("x", "a.png", lambda: [b"x"])


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("a.PNG", ".png"),
        ("a.vl.json", ".json"),
        ("a", ""),
        ("..", ""),
        ("a./b", ""),
        ("a.éé", ""),
        ("a." + "x" * 300, ""),
    ],
)
def test_nothing_but_a_plain_suffix_of_a_name_becomes_part_of_a_path(tmp_path: Path, name: Any, ends: str) -> None:
    copies = FigureCopies(tmp_path / "copies")
    (tmp_path / "held").write_bytes(b"x")
    for path in (copies.copy_of("x", name, lambda: [b"x"]), copies.link_under_name(tmp_path / "held", name)):
        assert path.parent == tmp_path / "copies"
        assert path.name.partition(".")[1:] == ((".", ends[1:]) if ends else ("", ""))
        assert path.read_bytes() == b"x"


def test_a_file_under_another_name_stays_where_it_is(tmp_path: Path) -> None:
    copies, held = FigureCopies(tmp_path / "copies", most=1), tmp_path / "held"
    held.write_bytes(b"x" * 10)
    link = copies.link_under_name(held, "a.png")
    assert copies.link_under_name(held, "a.png") == link
    copies.copy_of("x", "a.png", lambda: [b"x" * 10])
    assert not link.exists()
    assert held.exists()


def test_on_a_small_disk_copies_take_half_of_it_at_most(small_disk: Path) -> None:
    copies = FigureCopies(small_disk / "copies")
    for number in range(12):
        copies.copy_of(str(number), "a.png", lambda: iter([b"x" * 8000]))
    kept = [path.stat().st_size for path in (small_disk / "copies").iterdir()]
    assert 8000 <= sum(kept) <= 32_000
