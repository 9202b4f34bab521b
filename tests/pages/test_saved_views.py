"""Saved views on the list of assets: kept by name for a person, and links like any other."""

from collections.abc import Callable
from pathlib import Path

from tests.pages.screen import Screen, list_kept


def views(shown: Screen) -> list[tuple[str, str]]:
    data = shown.data("views")
    return [(link["text"], link["href"]) for link in data["links"]] if data else []


def save(shown: Screen, name: str) -> None:
    shown.field("text_input", "Save this list as").set_value(name)
    shown.field("button", "Save").click()
    shown.run()


def test_a_list_is_saved_by_name_and_found_again(screen: Callable[..., Screen]) -> None:
    shown = screen().assets(pending="1", sort="name", columns="name,status")
    assert views(shown) == []
    save(shown, "Mine, pending")
    href = "?pending=1&sort=name&columns=name%2Cstatus"
    assert views(shown) == [("✓ Mine, pending", href)]
    assert shown.field("text_input", "Save this list as").value == ""
    assert views(screen().assets()) == [("Mine, pending", href)], "also after a restart"
    assert views(screen(QC_PORTAL_REVIEWER="Grace Hopper").assets()) == []


def test_a_view_is_renamed_and_deleted(screen: Callable[..., Screen]) -> None:
    shown = screen().assets(status="Fail")
    save(shown, "a")
    shown.field("selectbox", "Rename or delete").set_value("a")
    shown.run()
    shown.field("text_input", "New name").set_value("b")
    shown.field("button", "Rename").click()
    assert views(shown.run()) == [("✓ b", "?status=Fail")]
    shown.field("selectbox", "Rename or delete").set_value("b")
    shown.run()
    shown.field("button", "Delete").click()
    assert views(shown.run()) == []


def test_why_a_view_is_not_saved_is_shown(screen: Callable[..., Screen], state: Path) -> None:
    shown = screen().assets()
    save(shown, "  ")
    assert "A view needs a name." in shown.words and views(shown) == []
    save(shown, "a")
    assert "A view needs a name." not in shown.words and len(views(shown)) == 1


def test_the_list_is_shown_where_views_cannot_be_read(screen: Callable[..., Screen], state: Path) -> None:
    state.write_text("a file where a folder should be")
    assert len(screen().assets().rows) == 12


def test_a_guest_reads_that_the_address_is_a_link(screen: Callable[..., Screen], state: Path) -> None:
    shown = screen(QC_PORTAL_TRUST_NETWORK="1").assets()
    assert "Log in to keep lists by name" in shown.words
    assert not [one for one in shown.app.text_input if one.label == "Save this list as"]
    assert list_kept(state) == []
