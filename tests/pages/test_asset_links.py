"""A review links to where it belongs: subject, project, related assets, and the list that the reader came from."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pages.components.review.asset_links import LIST_PAGE
from pages.shell.asset_rows import ROWS_ON_A_PAGE
from tests.fakes.assets import MANY_PROBES, RAW_EPHYS, document, made, metric
from tests.pages.screen import Screen


def read_related(shown: Screen) -> dict[str, list[str]]:
    data = shown.data("related-assets")
    groups: list[Any] = data["menus"][0]["groups"] if data else []
    return {group["title"]: [link["href"] for link in group["links"]] for group in groups}


def test_header_leads_to_subject_and_project(screen: Callable[..., Screen]) -> None:
    facts = screen().review(name=MANY_PROBES).data("record-header")["facts"]
    assert facts[0] == {"text": "subject 734812", "href": "subject?subject=734812"}
    assert facts[1] == {"text": "Learning mFISH-V1omFISH", "href": "project?project=Learning+mFISH-V1omFISH"}
    assert [fact["href"] for fact in facts[2:4]] == ["", ""], "the time and the modalities are texts"
    assert all("person=" in fact["href"] for fact in facts[4:])


def test_header_leads_to_raw_and_derived_assets(screen: Callable[..., Screen]) -> None:
    shown = screen().review(name=MANY_PROBES)
    assert read_related(shown) == {"Raw asset": [f"view?name={RAW_EPHYS}"]}
    shown.review(name=RAW_EPHYS)
    assert f"view?name={MANY_PROBES}" in read_related(shown)["Derived from it"]


def test_a_source_that_is_not_there_is_a_text(screen: Callable[..., Screen], tmp_path: Path) -> None:
    asset = made(document(metric("Drift")), tmp_path / "assets")
    description = {"name": asset.name, "source_data": ["gone"]}
    (asset.folder / "data_description.json").write_text(json.dumps(description), "utf-8")
    assert read_related(screen(tmp_path / "assets").review(name=asset.name)) == {"Made from, not found": [""]}


def test_steps_lead_through_the_list_that_one_came_from(screen: Callable[..., Screen]) -> None:
    shown = screen().assets(status="Fail", sort="name", order="up")
    rows = shown.rows
    assert ROWS_ON_A_PAGE == LIST_PAGE
    seen = []
    href: str | None = rows[0]["href"]
    while href:
        listed = href.partition("&list=")[2]
        assert listed == "assets%3Fstatus%3DFail%26sort%3Dname%26order%3Dup"
        name = href.removeprefix("view?name=").partition("&")[0]
        shown.review(name=name, list="assets?status=Fail&sort=name&order=up")
        steps = shown.data("asset-steps")
        seen.append(name)
        assert steps["text"] == f"{len(seen)} of {len(rows)}"
        assert steps["href"] == ".?status=Fail&sort=name&order=up"
        assert (steps["previous"] or {}).get("name") == (seen[-2] if len(seen) > 1 else None)
        href = (steps["next"] or {}).get("href")
    assert seen == [row["name"] for row in rows] and len(seen) > 3


def test_a_review_without_a_list_has_no_steps(screen: Callable[..., Screen]) -> None:
    shown = screen().review(name=MANY_PROBES)
    assert shown.data("asset-steps") is None
    assert shown.review(name=MANY_PROBES, list="https://example.org").data("asset-steps") is None


def test_an_asset_that_left_its_list_still_leads_on(screen: Callable[..., Screen]) -> None:
    shown = screen().assets(status="Pass")
    assert len(shown.rows) == 1
    steps = shown.review(name=MANY_PROBES, list="assets?status=Pass").data("asset-steps")
    assert steps["text"] == "– of 1"
    assert [bool(steps["previous"]), bool(steps["next"])].count(True) == 1


def test_links_are_asked_of_the_index_once(screen: Callable[..., Screen], monkeypatch: Any) -> None:
    from pages.shell import portal

    shown = screen().review(name=MANY_PROBES, list="assets")
    asked: list[object] = []
    index = portal.services().index
    monkeypatch.setattr(type(index), "query", lambda self, query: asked.append(query))
    assert shown.run().data("asset-steps") is not None and read_related(shown)
    assert asked == []
