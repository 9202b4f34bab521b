"""`/view`: the review of one asset, whatever the record holds and whatever the address is."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.shell.portal import services
from qc_core.json_document import parse
from tests.fakes import assets as fake_assets
from tests.fakes.assets import DEMO, document, made, metric
from tests.pages.screen import Screen, list_everything, list_kept


@pytest.mark.parametrize("name", [*dict.fromkeys(path.parent.name for path in DEMO.rglob("quality_control.json"))])
def test_every_demo_asset_opens_at_its_first_group_with_something_pending(
    screen: Callable[..., Screen], name: Any
) -> None:
    shown = screen().review(name=name)
    assert shown.errors == []
    header, tree = shown.data("record-header"), shown.data("tree")
    assert header["name"] == name
    assert sum(node["count"] for node in tree["nodes"]) == header["count"]
    assert [sum(column) for column in zip(*(node["counts"] for node in tree["nodes"]), strict=True)] == header["counts"]
    leaf = next(one for one in leaves(tree["nodes"]) if one["key"] == tree["selected"])
    assert leaf["counts"][3] > 0 or header["counts"][3] == 0


def leaves(nodes: Any) -> list[Any]:
    return [leaf for node in nodes for leaf in (leaves(node["children"]) if node["children"] else [node])]


def test_every_group_of_the_awkward_asset_opens_and_every_metric_has_its_card(screen: Callable[..., Screen]) -> None:
    shown = screen().review(name=fake_assets.AWKWARD)
    for leaf in leaves(shown.data("tree")["nodes"]):
        shown.review(name=fake_assets.AWKWARD, group=leaf["key"])
        assert shown.data("tree")["selected"] == leaf["key"]
        seen = 0
        while True:
            assert shown.errors == []
            captions = [one.value for one in shown.app.caption]
            seen += int(next(words for words in captions if "metric" in words.split()[1:2][0]).split()[0])
            step = (shown.data("figure") or shown.data("figure-left") or {"next": None})["next"]
            if step is None:
                break
            shown.review(name=fake_assets.AWKWARD, **step["position"])
        assert seen == leaf["count"]


def test_header_shows_what_was_recorded(screen: Callable[..., Screen]) -> None:
    header = screen().review(name=fake_assets.OPHYS).data("record-header")
    facts = [fact["text"] for fact in header["facts"]]
    assert facts[:2] == ["subject 739564", "Visual Behavior Multiplane"]
    assert facts[2].startswith("2025-06-17 10:12 ")
    assert (header["status"], header["count"], header["counts"][3]) == ("Fail", 23, 4)


def test_what_all_cards_share_is_stated_once_above_them(screen: Callable[..., Screen], tmp_path: Path) -> None:
    value = {"value": 15.1, "unit": "µm"}
    metrics = [metric("Drift", value), metric("Noise", tags={"probe": "A", "type": "noise"})]
    shown = screen(tmp_path).review(name=made(document(*metrics), tmp_path).name)
    assert "2 metrics, no figure · ecephys · Raw data · probe: A" in shown.words
    assert shown.words.count("probe: A") == 1
    assert "**Drift** *15.1 µm*" in shown.words and "**Noise** *1*  \n:small[type: noise]" in shown.words


def test_address_opens_a_group_and_metric_by_name(screen: Callable[..., Screen]) -> None:
    group = "modality=pophys/plane=VISp_2/check=cells"
    shown = screen().review(name=fake_assets.OPHYS, group=group, metric="ROIs by class")
    assert shown.data("tree")["selected"] == group
    assert shown.data("figure")["figure"]["name"] == "rois.png"
    assert "**Segmentation**" in shown.words and "**ROIs by class**" in shown.words


def test_removed_group_is_reported_and_the_first_pending_one_shown(screen: Callable[..., Screen]) -> None:
    shown = screen().review(name=fake_assets.OPHYS, group="plane=gone", metric="x")
    assert "This record has no group plane=gone; it may have been removed." in shown.words
    assert shown.data("tree")["selected"] == "modality=pophys/plane=VISp_1/check=motion"
    shown.review(name=fake_assets.OPHYS, group="modality=pophys/plane=VISp_2/check=cells", metric="gone")
    assert "This record has no metric gone; it may have been removed." in shown.words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"name": "nobody"}, "There is no asset named nobody."),
        ({"id": "nobody"}, "There is no asset with the id nobody."),
        ({"id": "../../etc/passwd"}, "There is no asset with the id ../../etc/passwd."),
        ({"name": "<b>x</b> [y](javascript:z)"}, "There is no asset named <b>x</b> [y](javascript:z)."),
        ({"name": "\x00"}, "There is no asset named"),
        ({"name": "x" * 5000}, "There is no asset named xxx"),
        ({}, "This address names no asset. Choose one from the list of assets."),
        ({"group": "a=b", "metric": "m"}, "This address names no asset."),
    ],
)
def test_missing_record_is_reported_in_a_sentence(screen: Callable[..., Screen], query: Any, words: str) -> None:
    [message] = screen().review(**query).errors
    assert message.replace("\n\n", " ").startswith(words)


@pytest.mark.parametrize(
    "more",
    [
        {"group": "%ff%00", "metric": "%"},
        {"group": "/////", "metric": "~0"},
        {"group": "=", "metric": "~~~999999999999999999999"},
        {"group": "modality=pophys" * 2000},
        {"group": "[x](y) <b>", "metric": "$x$"},
        {"unknown": "1", "group": "", "metric": ""},
    ],
)
def test_invalid_address_parameters_still_show_the_record(screen: Callable[..., Screen], more: Any) -> None:
    shown = screen().review(name=fake_assets.OPHYS, **more)
    assert shown.errors == []
    assert shown.data("tree")["selected"] == "modality=pophys/plane=VISp_1/check=motion"


def test_several_records_of_one_name_are_offered_and_none_hides_the_others(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    assets = [made(document(metric("Drift")), tmp_path) for _ in range(3)]
    for number, asset in enumerate(assets):
        (asset.folder / "data_description.json").write_text(json.dumps({"name": "same"}), "utf-8")
        record = {"name": "same", "location": f"s3://bucket-{number}/same", "quality_control": asset.document()}
        (asset.folder / "metadata.nd.json").write_text(json.dumps(record), "utf-8")
        asset.file.unlink()
    (assets[2].folder / "metadata.nd.json").write_text('{"name": "same", "quality_control": {"metrics": [', "utf-8")
    shown = screen(tmp_path).review(name="same")
    assert shown.data("record-header") is None
    assert "3 records are named same. Which one?" in shown.words.replace("*", "")
    offered = shown.data("choices")["links"]
    assert [one["text"] for one in offered[:2]] == ["s3://bucket-0/same", "s3://bucket-1/same"]
    assert offered[2]["text"].endswith("(cannot be read)")
    for link in offered[:2]:
        record_id = link["href"].partition("view?id=")[2]
        assert screen(tmp_path).review(id=record_id).data("record-header")["name"] == "same"


def test_a_document_of_no_known_shape_opens_as_a_sentence(screen: Callable[..., Screen], tmp_path: Path) -> None:
    for name, text in {"broken": b'{"metrics": [', "other": b'{"neither": 1}'}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "quality_control.json").write_bytes(text)
    [message] = screen(tmp_path).review(name="broken").errors
    assert message.startswith("broken/quality_control.json cannot be read as quality control.")
    shown = screen(tmp_path).review(name="other")
    assert shown.errors == []
    assert "This record has no metrics to review." in shown.words


def test_one_bad_metric_breaks_one_card_only(screen: Callable[..., Screen], tmp_path: Path) -> None:
    bad = metric("Bad", status_history="nobody knows", modality=7, tags=[{}], description=["no text"], reference={})
    asset = made(document(metric("Good"), bad, metric("Also good")), tmp_path)
    shown = screen(tmp_path).review(name=asset.name)
    assert shown.errors == []
    assert shown.data("record-header")["count"] == 3
    assert "**Good**" in shown.words and "**Also good**" in shown.words


def test_nothing_of_a_record_is_markup(screen: Callable[..., Screen], tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) **b** :red[c] $d$"
    asset = made(
        document(metric(hostile, value=hostile, tags={"probe": hostile}, evaluated_assets=[hostile]), notes=hostile),
        tmp_path,
    )
    shown = screen(tmp_path).review(name=asset.name)
    assert shown.errors == []
    drawn = [*(one.value for one in shown.app.markdown), *(one.value for one in shown.app.caption)]
    own_link = r"\]\(view\?name=[\w.~%+-]+\)"  # to an asset's review, encoded: the one thing that is meant as markup
    meant = [re.sub(own_link, "]", re.sub(r"\\.", "", text)) for text in drawn]
    assert sum("onerror" in text for text in meant) >= 2
    assert not any(sign in text for text in meant for sign in ("<", "](", ":red[c", "$", "**b"))


def test_a_change_is_a_draft_and_the_record_stays_as_it_is(
    screen: Callable[..., Screen], tmp_path: Path, state: Path
) -> None:
    asset = made(document(metric("Drift", value=1)), tmp_path / "assets")
    before = list_everything(tmp_path / "assets")
    shown = screen(tmp_path / "assets").review(name=asset.name)
    shown.field("number_input", "Value of Drift").set_value(0)
    assert "1 change, saved as draft" in shown.run().words.replace("*", "")
    assert "1 → 0" in shown.words
    assert list_everything(tmp_path / "assets") == before
    [draft] = (state / "drafts").glob("*/*/*.json")
    assert b'"Drift"' in draft.read_bytes()
    assert "1 change, saved as draft" in screen(tmp_path / "assets").review(name=asset.name).words.replace("*", "")


def test_opening_reviews_writes_nothing(screen: Callable[..., Screen], state: Path) -> None:
    before = list_everything(DEMO)
    shown = screen()
    for name in (fake_assets.MANY_PROBES, fake_assets.AWKWARD, fake_assets.SPIM):
        shown.review(name=name)
        shown.run()
    shown.review(name=fake_assets.AWKWARD, group="modality=ecephys/where=values")
    assert list_everything(DEMO) == before
    assert list_kept(state) == []


def test_the_raw_document_of_the_demo_is_what_is_on_disk(screen: Callable[..., Screen]) -> None:
    screen().review(name=fake_assets.OPHYS)
    [record_id] = services().records.find_ids(fake_assets.OPHYS)
    on_disk = parse((DEMO / fake_assets.OPHYS / "quality_control.json").read_bytes(), what="it")
    assert services().records.get_fresh(record_id).quality_control == on_disk
