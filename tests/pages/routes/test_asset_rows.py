"""`/rows/assets`: the rows of the list while the reader types, by the same rules as the page."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fakes.login import cookie, settings
from tests.fakes.portal import Portal
from tests.pages.screen import Screen


def test_rows_are_those_of_the_page(portal: Portal, screen: Callable[..., Screen]) -> None:
    query = {"q": "734812", "sort": "name", "order": "up", "columns": "name,status"}
    answer = portal.ask("/rows/assets?q=734812&sort=name&order=up&columns=name,status&page=3")
    listed: dict[str, Any] = json.loads(answer.text)
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    shown = screen().assets(**query).data("assets")
    different = {"search", "rows"}  # they hold the number of the page
    assert shown is not None
    assert {key: listed[key] for key in listed if key not in different} == {
        key: shown[key] for key in shown if key not in different
    }
    assert [row["name"] for row in listed["rows"]] == [row["name"] for row in shown["rows"]]
    assert listed["text"] == "734812" and listed["pages"] == [{"text": "3 assets", "href": None}]


def test_text_that_nothing_matches_gives_the_reason(portal: Portal) -> None:
    listed = json.loads(portal.ask("/rows/assets?q=nothing+is+named+so").text)
    assert (listed["rows"], listed["pages"]) == ([], [])
    assert listed["message"] == "None of the 12 assets matches the filters."


def test_invalid_parameters_give_the_whole_list(portal: Portal) -> None:
    listed = json.loads(portal.ask("/rows/assets?sort=sideways&page=-1&columns=nonsense&q=").text)
    assert len(listed["rows"]) == 12


def test_only_those_who_may_view_are_given_rows(start_portal: Callable[..., Portal], tmp_path: Path) -> None:
    at = start_portal(more=settings(1, QC_PORTAL_GUESTS="0"), state=tmp_path / "state")
    assert at.ask("/rows/assets").status == 401
    assert at.ask("/rows/assets", headers={"Cookie": cookie(1)}).status == 200
