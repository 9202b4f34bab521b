"""`/`: the list of assets, whatever the folder holds and whatever the address is."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pages.shell import portal
from tests.fakes import assets as fake_assets
from tests.fakes.assets import DEMO, document, made, metric
from tests.pages.screen import Screen, list_everything, list_kept


def test_demo_is_listed_with_all_columns(screen: Callable[..., Screen]) -> None:
    shown = screen().assets()
    assert shown.errors == []
    assert len(shown.rows) == 12
    row = next(row for row in shown.rows if row["name"] == fake_assets.OPHYS)
    assert row | {"href": ""} == {
        "name": fake_assets.OPHYS,
        "href": "",
        "subject": "739564",
        "project": "Visual Behavior Multiplane",
        "modalities": "pophys, behavior-videos",
        "time": "2025-06-17 10:12",
        "level": "derived",
        "status": "Fail",
        "pending": "4 of 23",
        "problem": "",
        "mine": "",
    }
    assert row["href"] == f"view?name={fake_assets.OPHYS}&list=assets"
    titles = [column["title"] for column in shown.data("assets")["columns"]]
    assert titles == ["Name", "Subject", "Project", "Modalities", "Acquired", "Level", "Status", "Pending"]


def test_assets_with_unsubmitted_changes_of_the_reader_are_marked(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    waits = made(document(metric("Drift", 1)), tmp_path / "assets")
    quiet = made(document(metric("Drift", 1)), tmp_path / "assets")
    shown = screen(tmp_path / "assets").review(name=waits.name)
    shown.field("number_input", "Value of Drift").set_value(5)
    shown.run()
    shown = screen(tmp_path / "assets").assets()
    assert {row["name"]: row["mine"] for row in shown.rows} == {waits.name: "1 unsubmitted change", quiet.name: ""}
    other = screen(tmp_path / "assets", QC_PORTAL_REVIEWER="Grace Hopper").assets()
    assert [row["mine"] for row in other.rows] == ["", ""], "drafts of others are nobody's business here"


def test_list_is_shown_while_drafts_cannot_be_listed(screen: Callable[..., Screen], state: Path) -> None:
    state.write_text("a file where a folder should be")
    assert len(screen().assets().rows) == 12


def test_newest_asset_is_first_unless_sorted_otherwise(screen: Callable[..., Screen]) -> None:
    shown = screen().assets()
    times = [row["time"] for row in shown.rows if row["time"]]
    assert times == sorted(times, reverse=True)
    assert shown.assets(sort="name", order="up").names == sorted(shown.names, key=str.lower)
    assert shown.assets(sort="status", order="up").rows[0]["status"] == "Fail"


def test_text_and_statuses_in_the_address_filter_the_list(screen: Callable[..., Screen]) -> None:
    shown = screen().assets(q="734812 sorted")
    assert len(shown.names) == 2 and all("734812" in name for name in shown.names)
    assert {row["status"] for row in shown.assets(status="Pass").rows} == {"Pass"}
    pending = shown.assets(status="Pending").rows
    assert len(pending) == 11 and {row["status"] for row in pending} == {"Fail", "Pending"}
    assert all(not row["pending"].startswith("0 ") for row in pending)
    assert shown.assets(q="nothing is named so").rows == []
    assert shown.data("assets")["message"] == "None of the 12 assets matches the filters."


def test_a_button_clears_the_filters(screen: Callable[..., Screen]) -> None:
    shown = screen().assets(q="734812", status="Pending", sort="name")
    assert 0 < len(shown.names) < 12
    shown.field("button", "Clear filters").click()
    assert len(shown.run().names) == 12
    assert dict(shown.app.query_params) == {"sort": "name"}
    assert "Clear filters" not in [one.label for one in shown.app.button]


def test_conditions_of_the_address_are_shown_and_can_be_removed_one_by_one(screen: Callable[..., Screen]) -> None:
    shown = screen().assets(subject="734812", pending="1", columns="name,status")
    assert len(shown.names) == 3
    assert shown.data("conditions")["chips"] == [
        {"text": "Needs review", "href": "?subject=734812&columns=name%2Cstatus"},
        {"text": "Subject: 734812", "href": "?pending=1&columns=name%2Cstatus"},
    ]
    shown.field("button", "Clear filters").click()
    assert shown.run().data("conditions") is None
    assert dict(shown.app.query_params) == {"columns": "name,status"}


def test_typing_a_filter_puts_it_into_the_address(screen: Callable[..., Screen]) -> None:
    shown = screen().assets(page="3", sort="name")
    shown.field("text_input", "Filter assets").set_value(" SPIM ")
    assert len(shown.run().names) == 1
    assert dict(shown.app.query_params) == {"q": "SPIM", "sort": "name"}


@pytest.mark.parametrize(
    "query",
    [
        {"sort": "nonsense", "order": "sideways", "page": "-1", "status": "Maybe,,", "q": ""},
        {"sort": "", "order": "", "page": "", "status": ","},
        {"page": "999999"},
        {"page": "1e3"},
        {"page": "²"},
        {"page": "9" * 400},
        {"sort": "__class__", "unknown": "<script>alert(1)</script>"},
        {"q": " \n\t "},
    ],
)
def test_invalid_address_parameters_show_the_whole_list(screen: Callable[..., Screen], query: Any) -> None:
    shown = screen().assets(**query)
    assert shown.errors == []
    assert len(shown.rows) == 12


def test_a_filter_that_is_code_is_a_filter(screen: Callable[..., Screen]) -> None:
    shown = screen().assets(q="__import__('os').system('true') [x](javascript:alert(1)) \\ $x$")
    assert (shown.errors, shown.rows) == ([], [])


def test_empty_folder_is_reported_with_advice(screen: Callable[..., Screen], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    shown = screen(tmp_path / "empty").assets()
    assert shown.errors == []
    assert "There are no assets in this folder: " in shown.words
    assert "empty" in shown.words
    assert "quality_control.json or a metadata.nd.json" in shown.words
    assert "QC_PORTAL_ASSETS" in shown.words


def test_missing_folder_is_reported_with_advice(screen: Callable[..., Screen], tmp_path: Path) -> None:
    folder = tmp_path / "assets"
    made(document(metric("Drift")), folder)
    shown = screen(folder).assets()
    folder.rename(tmp_path / "moved")
    [message] = shown.run_until(lambda shown: shown.errors).errors
    assert f"{folder} cannot be opened as a folder" in message
    assert "QC_PORTAL_ASSETS" in message


def test_invalid_setting_is_reported_by_name(screen: Callable[..., Screen], tmp_path: Path) -> None:
    [message] = screen(tmp_path / "nowhere").assets().errors
    assert message.startswith("QC_PORTAL_ASSETS names") and "which does not exist" in message
    [message] = screen(QC_PORTAL_READ_ONLY="perhaps").assets().errors
    assert message.startswith("QC_PORTAL_READ_ONLY is 'perhaps'.")


def test_files_that_cannot_be_read_are_listed_with_path_and_reason_and_the_rest_works(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    good = made(document(metric("Drift")), tmp_path)
    for name, text in {
        "broken": b'{"metrics": [',
        "other": b'{"neither": 1}',
        "list": b"[]",
        "binary *[x](y)*": b"\xff\xfe\x00",
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "quality_control.json").write_bytes(text)
    (good.folder / "more.json").write_text(json.dumps(document(metric("Further"))))
    (tmp_path / "pipe").mkdir()
    os.mkfifo(tmp_path / "pipe" / "quality_control.json")
    shown = screen(tmp_path).assets()
    assert shown.errors == []
    assert good.name in shown.names
    assert shown.app.expander[0].label == "6 files not read"
    message = [read for read in shown.words.split("\n") if "quality_control.json" in read]
    for name in ("broken", "other", "list", "binary *[x](y)*", "pipe"):
        assert any(f"{name}/quality_control.json" in line and line.endswith(".") for line in message), name
    advice = "".join(one.value for one in shown.app.markdown)
    assert "`python -m qc_core merge`" in advice and "\\`" not in advice, "code in the advice is drawn as code"
    # Its name is text, not Markdown.
    assert "binary *" not in "".join(one.value for one in shown.app.markdown)


def test_a_new_and_a_changed_asset_appear_without_a_restart(screen: Callable[..., Screen], tmp_path: Path) -> None:
    first = made(document(metric("Drift")), tmp_path)
    shown = screen(tmp_path).assets()
    assert [row["status"] for row in shown.rows] == ["Pending"]
    second = made(document(metric("Noise")), tmp_path)
    first.rewrite(document(metric("Drift", status="Fail")))
    shown.run_until(lambda shown: len(shown.rows) == 2)
    assert {row["name"]: row["status"] for row in shown.rows} == {first.name: "Fail", second.name: "Pending"}


def test_assets_that_share_a_name_are_linked_by_id(screen: Callable[..., Screen], tmp_path: Path) -> None:
    one, other = (made(document(metric("Drift")), tmp_path) for _ in range(2))
    (other.folder / "data_description.json").write_text(json.dumps({"name": one.name}), "utf-8")
    shown = screen(tmp_path).assets()
    assert shown.names == [one.name, one.name]
    assert len({row["href"] for row in shown.rows}) == 2
    assert all(row["href"].startswith("view?id=") for row in shown.rows)


def test_one_asset_can_be_the_folder(screen: Callable[..., Screen], tmp_path: Path) -> None:
    asset = made(document(metric("Drift")), tmp_path)
    assert screen(asset.folder).assets().names == [asset.name]


def test_more_than_fifty_assets_come_in_pages(screen: Callable[..., Screen], tmp_path: Path) -> None:
    for number in range(105):
        (tmp_path / f"a{number:03}").mkdir()
        (tmp_path / f"a{number:03}" / "quality_control.json").write_text('{"metrics": []}')
    shown = screen(tmp_path).assets(sort="name", order="up")
    assert len(shown.rows) == 50
    assert [link["text"] for link in shown.data("assets")["pages"]] == ["← Previous", "1–50 of 105", "Next →"]
    assert [link["href"] for link in shown.data("assets")["pages"]] == [None, None, "?sort=name&order=up&page=2"]
    assert shown.assets(sort="name", order="up", page="3").names == [f"a{number}" for number in range(100, 105)]
    assert [link["text"] for link in shown.data("assets")["pages"]][1] == "101–105 of 105"


def test_opening_the_list_writes_nothing(screen: Callable[..., Screen], state: Path) -> None:
    before = list_everything(DEMO)
    screen().assets().assets(q="734812").run()
    assert list_everything(DEMO) == before
    assert list_kept(state) == []


def test_slow_folder_shows_its_progress(
    screen: Callable[..., Screen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    from qc_core.stores.folder.scan import FolderScan

    may_walk, walk = Event(), FolderScan.walk
    monkeypatch.setattr(FolderScan, "walk", lambda scan: may_walk.wait() and walk(scan))
    made(document(metric("Drift")), tmp_path)
    shown = screen(tmp_path).assets()
    assert shown.rows == [] and "There are no assets" not in shown.words
    assert [one.proto.text for one in shown.app.get("progress")] == ["Reading the folder: 0 folders so far."]
    may_walk.set()
    shown.run_until(lambda shown: len(shown.rows) == 1)


def test_age_of_public_tables_is_stated_below_the_list_as_long_as_they_fill_it(
    screen: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = screen()
    index = type(portal.services().index)
    query = index.query
    written = portal.now() - timedelta(days=3)
    monkeypatch.setattr(
        index, "query", lambda self, asked: replace(query(self, asked), tables_at=written, reading=True)
    )
    shown.assets()
    assert len(shown.rows) == 12
    caption = "Assets that were not read yet are listed without a status, from public tables that were written "
    assert f"{caption}3 days ago." in shown.words
    monkeypatch.setattr(index, "query", query)
    assert caption not in shown.run().words
