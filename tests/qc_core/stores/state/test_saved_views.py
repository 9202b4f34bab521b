"""Saved views: each person's own, by name, whatever the storage holds."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qc_core.errors import NotAllowed, StoreUnavailable
from qc_core.stores.state.objects import FolderObjects
from qc_core.stores.state.saved_views import CACHED_FOR, MAX_VIEWS, SavedView, SavedViews

NOW = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def open_views(tmp_path: Path) -> Callable[..., SavedViews]:
    return lambda clock=lambda: NOW: SavedViews(FolderObjects(tmp_path / "state"), clock)


def test_views_are_kept_by_person_and_name(open_views: Callable[..., SavedViews]) -> None:
    views = open_views()
    views.save("ada", "  Mine,\n pending ", "pending=1")
    views.save("ada", "all of it", "")
    views.save("grace", "Mine, pending", "status=Fail")
    expected = (SavedView("all of it", ""), SavedView("Mine, pending", "pending=1"))
    assert views.read("ada") == open_views().read("ada") == expected
    assert views.read("grace") == (SavedView("Mine, pending", "status=Fail"),) and views.read("eve") == ()


def test_a_view_of_the_same_name_is_replaced(open_views: Callable[..., SavedViews]) -> None:
    views = open_views()
    views.save("ada", "a", "q=1")
    views.save("ada", "a", "q=2")
    assert views.read("ada") == (SavedView("a", "q=2"),)


def test_a_view_is_renamed_and_deleted(open_views: Callable[..., SavedViews]) -> None:
    views = open_views()
    views.save("ada", "a", "q=1")
    views.save("ada", "b", "q=2")
    views.rename("ada", "a", "c")
    assert views.read("ada") == (SavedView("b", "q=2"), SavedView("c", "q=1"))
    with pytest.raises(NotAllowed, match="named b already"):
        views.rename("ada", "c", "b")
    views.rename("ada", "gone", "d")
    views.delete("ada", "b")
    views.delete("ada", "b")
    assert views.read("ada") == open_views().read("ada") == (SavedView("c", "q=1"),)


def test_two_containers_that_save_at_once_lose_nothing(open_views: Callable[..., SavedViews]) -> None:
    one, other = open_views(), open_views()
    assert one.read("ada") == other.read("ada") == ()
    one.save("ada", "a", "q=1")
    other.save("ada", "b", "q=2")
    assert [view.name for view in open_views().read("ada")] == ["a", "b"]


def test_views_of_another_container_appear_after_a_while(open_views: Callable[..., SavedViews]) -> None:
    time = [NOW]
    views = open_views(lambda: time[0])
    assert views.read("ada") == ()
    open_views().save("ada", "a", "q=1")
    assert views.read("ada") == ()
    time[0] += CACHED_FOR + timedelta(seconds=1)
    assert [view.name for view in views.read("ada")] == ["a"]


def test_a_guest_has_none(open_views: Callable[..., SavedViews], tmp_path: Path) -> None:
    views = open_views()
    with pytest.raises(NotAllowed):
        views.save("", "a", "q=1")
    views.delete("", "a")
    assert views.read(" ") == () and not (tmp_path / "state").exists()


@pytest.mark.parametrize("name", ["", " \n ", "\u200b", "x" * 81])
def test_a_name_has_something_to_read_and_is_short(open_views: Callable[..., SavedViews], name: str) -> None:
    with pytest.raises(NotAllowed):
        open_views().save("ada", name, "")


def test_their_number_and_length_are_limited(open_views: Callable[..., SavedViews]) -> None:
    views = open_views()
    for number in range(MAX_VIEWS):
        views.save("ada", str(number), "")
    with pytest.raises(NotAllowed, match=f"{MAX_VIEWS} saved views"):
        views.save("ada", "one more", "")
    views.save("ada", "5", "q=again")
    with pytest.raises(NotAllowed, match="too many conditions"):
        views.save("ada", "5", "q=" + "x" * 4000)


def test_invalid_views_are_left_out(open_views: Callable[..., SavedViews], tmp_path: Path) -> None:
    views = open_views()
    views.save("ada", "a", "q=1")
    [file] = (tmp_path / "state" / "views").rglob("*.json")
    for number, text in enumerate(["", "{", "[]", '{"name": 1, "query": ""}', '{"name": "x"}', "[" * 100_000, "\xff"]):
        (file.parent / f"{number}.json").write_text(text, "latin-1")
    assert open_views().read("ada") == (SavedView("a", "q=1"),)


def test_a_storage_that_fails_is_reported(open_views: Callable[..., SavedViews], tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    with pytest.raises(StoreUnavailable):
        open_views().save("ada", "a", "q=1")
