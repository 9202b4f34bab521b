"""The facets, columns and exports of the list of assets, and what of it waits."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fakes.assets import document, made, metric
from tests.pages.screen import Screen


def menus(shown: Screen, key: str = "facets") -> dict[str, Any]:
    return {menu["key"]: menu for menu in shown.data(key)["menus"]}


def test_facets_count_the_assets_of_each_value(screen: Callable[..., Screen]) -> None:
    shown = screen().assets(q="734812")
    facets = menus(shown)
    assert list(facets) == [
        *("pending", "person", "status", "project", "modality", "platform", "level", "instrument", "experimenter"),
        *("key_experimenter", "dates"),
    ]
    for key, column in (("project", "project"), ("level", "level")):
        assert facets[key]["values"], key
        for value, number in facets[key]["values"]:
            assert len([row for row in shown.rows if row[column] == value]) == number, value
    assert facets["project"]["chosen"] == [] and facets["project"]["hidden"] == 0
    assert facets["dates"] | {"from": "", "to": ""} == facets["dates"]
    [(value, number), *_] = facets["level"]["values"]
    shown.assets(q="734812", level=value)
    assert len(shown.names) == number and menus(shown)["level"]["chosen"] == [value]


def test_a_chosen_value_that_no_asset_has_is_offered_to_be_removed(screen: Callable[..., Screen]) -> None:
    shown = screen().assets(project="gone")
    assert shown.rows == []
    assert ["gone", 0] in menus(shown)["project"]["values"]


def test_needs_review_finds_each_asset_with_a_pending_metric(screen: Callable[..., Screen]) -> None:
    shown = screen().assets()
    waiting = {row["name"] for row in shown.rows if not row["pending"].startswith(("0 ", "0,")) and row["pending"]}
    assert menus(shown)["pending"]["count"] == len(waiting) == 11
    assert set(shown.assets(pending="1").names) == waiting
    assert menus(shown)["pending"]["chosen"] is True


def test_mine_is_what_names_the_reader_as_responsible(screen: Callable[..., Screen], tmp_path: Path) -> None:
    folder = tmp_path / "assets"
    mine, others, nobody = (
        made(document(metric("Drift"), key_experimenters=people), folder)
        for people in (["Grace Hopper", "ada lovelace"], ["Grace Hopper"], None)
    )
    shown = screen(folder).assets(columns="key_experimenters")
    assert {row["key_experimenters"] for row in shown.rows} == {"Grace Hopper, ada lovelace", "Grace Hopper", ""}
    assert menus(shown)["key_experimenter"]["values"] == [["Grace Hopper", 2], ["ada lovelace", 1]]
    toggle = menus(shown)["person"]
    assert (toggle["label"], toggle["value"], toggle["count"], toggle["chosen"]) == ("Mine", "Ada Lovelace", 1, False)
    assert shown.assets(person="Ada Lovelace").names == [mine.name] and menus(shown)["person"]["chosen"]
    assert shown.assets(key_experimenter="Grace Hopper").names == sorted([mine.name, others.name])
    headers = [shown.review(name=asset.name).data("record-header") for asset in (mine, others, nobody)]
    assert [fact for header in headers for fact in header["facts"] if "key experimenter" in fact["text"]] == [
        {
            "text": "key experimenters Grace Hopper, ada lovelace",
            "href": "./?person=Grace+Hopper&person=ada+lovelace",
        },
        {"text": "key experimenter Grace Hopper", "href": "./?person=Grace+Hopper"},
    ]


def test_a_guest_has_nothing_of_their_own(screen: Callable[..., Screen]) -> None:
    assert "person" not in menus(screen(QC_PORTAL_TRUST_NETWORK="1").assets())


def test_headline_counts_what_waits_over_the_whole_result(screen: Callable[..., Screen]) -> None:
    shown = screen().assets()
    total = sum(int(row["pending"].split()[0]) for row in shown.rows if row["pending"])
    assert shown.data("pending")["pending"] == f"{total} metrics are Pending in 11 assets"
    shown.assets(name=shown.rows[0]["name"])
    assert "in 11 assets" not in shown.data("pending")["pending"]


def test_columns_are_chosen_in_the_address(screen: Callable[..., Screen]) -> None:
    shown = screen().assets(columns="status,id,nonsense", sort="name")
    assert [column["title"] for column in shown.data("assets")["columns"]] == ["Name", "Record id", "Status"]
    assert set(shown.rows[0]) == {"name", "id", "status", "href", "problem", "mine"}
    choices = {one["text"]: one for one in menus(shown, "list-menus")["columns"]["choices"]}
    assert "Name" not in choices and choices["Status"]["chosen"] and not choices["Project"]["chosen"]
    assert choices["Project"]["href"] == "?sort=name&columns=name%2Cproject%2Cid%2Cstatus"
    record_id = next(one for one in shown.data("assets")["columns"] if one["key"] == "id")
    assert record_id["href"] == "", "it cannot be sorted by"
    [_, changed] = screen().assets(columns="changed").data("assets")["columns"]
    assert changed["href"] == "?sort=last+change&columns=name%2Cchanged", "the newest change comes first"


def test_links_of_rows_lead_back_to_the_list_as_it_is(screen: Callable[..., Screen]) -> None:
    shown = screen().assets(status="Fail", sort="name")
    assert all(row["href"].endswith("&list=assets%3Fstatus%3DFail%26sort%3Dname") for row in shown.rows)


def test_menu_of_exports_leads_to_the_whole_result(screen: Callable[..., Screen]) -> None:
    shown = screen().assets(q="a&b", page="2", columns="name")
    assert shown.data("list-menus")["menus"][-1]["files"] == [
        {"text": "CSV", "href": "export/assets.csv?q=a%26b"},
        {"text": "Parquet", "href": "export/assets.parquet?q=a%26b"},
        {"text": "JSON", "href": "export/assets.json?q=a%26b"},
    ]
