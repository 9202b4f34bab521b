"""`/queue`, and the review with a queue next to it: what is listed, what is left, and what a decision opens."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from qc_core.quality_control.status import Status
from tests.fakes.assets import Asset, document, made, metric
from tests.pages.screen import Screen, list_everything, read


def metrics(shown: Screen) -> list[str]:
    """The names in the list, asset by asset."""
    table = shown.data("queue-table") or {"groups": []}
    return [row["name"] for group in table["groups"] for row in group["rows"]]


def rows(shown: Screen) -> list[dict[str, Any]]:
    return [row for group in shown.data("queue-table")["groups"] for row in group["rows"]]


def start(shown: Screen) -> dict[str, str]:
    """The address that "Start" leads to."""
    link = shown.app.get("page_link")[-1].proto
    return dict(pair.split("=", 1) for pair in link.query_string.split("&"))


def bar(shown: Screen) -> str:
    """What the bar reports of the queue."""
    labels = [one.proto.popover.label for one in shown.app.get("popover")]
    return next(read(label) for label in labels if "left" in label or "decided" in label or "Nothing" in label)


def read_address(shown: Screen) -> dict[str, str]:
    """The parameters of the address."""
    return {key: shown.app.query_params[key] for key in shown.app.query_params}


def button(shown: Screen, key: str) -> Any:
    return next(one for one in shown.app.button if one.key == key)


def open_item(shown: Screen, href: str) -> Screen:
    return shown.review(**dict(parse_qsl(href.partition("?")[2])))


def decide(shown: Screen, name: str, status: str) -> Screen:
    shown.field("button_group", f"Status of {name}").set_value(Status(status))
    return shown.run()


def test_pending_metrics_of_all_assets_are_listed(
    screen: Callable[..., Screen], tmp_path: Path, two_assets: tuple[Asset, Asset]
) -> None:
    before = list_everything(tmp_path / "assets")
    shown = screen(tmp_path / "assets").queue()
    assert shown.errors == []
    assert metrics(shown) == ["Drift", "Noise"] * 2
    assert "4 of 4 left" in shown.words
    assert "in 2 assets" in shown.words
    first = rows(shown)[0]
    assert first["value"] == "1.5"
    assert first["stage"] == "Raw data"
    assert first["modality"] == "ecephys"
    assert first["tags"] == "probe:A"
    assert first["age"].endswith("days")
    assert list_everything(tmp_path / "assets") == before


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"stage": "Processing"}, ["Noise", "Noise"]),
        ({"tag": "probe:A"}, ["Drift", "Drift"]),
        ({"metric": "Drift"}, ["Drift", "Drift"]),
        ({"q": "noi"}, ["Noise", "Noise"]),
        ({"modality": "pophys"}, []),
        ({"project": "Nobody's"}, []),
        ({"age": "36500"}, []),
        ({"age": "1"}, ["Drift", "Noise"] * 2),
        ({"subject": "Nobody"}, []),
        ({"experimenter": "Nobody"}, []),
        ({"asset": "nothing is named so"}, []),
    ],
)
def test_filters_of_the_address_are_applied_and_shown(
    screen: Callable[..., Screen], tmp_path: Path, two_assets: Any, query: dict[str, str], names: list[str]
) -> None:
    shown = screen(tmp_path / "assets").queue(**query)
    assert metrics(shown) == names
    assert bool(names) or "Nothing that matches is Pending." in shown.words
    assert any(one.key == "queue-clear" for one in shown.app.button)


def test_mine_is_what_names_the_reader_and_is_in_the_address(screen: Callable[..., Screen], tmp_path: Path) -> None:
    for people in (["Ada Lovelace"], ["Grace Hopper"]):
        made(document(metric(f"Drift of {people[0]}"), key_experimenters=people), tmp_path / "assets")
    shown = screen(tmp_path / "assets").queue(stage="Raw data")
    assert len(metrics(shown)) == 2
    shown.field("checkbox", "Mine").check()
    shown.run()
    assert read_address(shown) == {"stage": "Raw data", "person": "Ada Lovelace"}
    assert metrics(shown) == ["Drift of Ada Lovelace"]
    shown.field("checkbox", "Mine").uncheck()
    shown.run()
    assert read_address(shown) == {"stage": "Raw data"} and len(metrics(shown)) == 2
    shown.field("multiselect", "Key experimenter").set_value(["Grace Hopper"])
    assert metrics(shown.run()) == ["Drift of Grace Hopper"]


def test_a_filter_that_is_chosen_is_in_the_address(
    screen: Callable[..., Screen], tmp_path: Path, two_assets: Any
) -> None:
    shown = screen(tmp_path / "assets").queue(tag="probe:B")
    shown.field("multiselect", "Stage").set_value(["Processing"])
    shown.run()
    assert read_address(shown) == {"tag": "probe:B", "stage": "Processing"}
    assert metrics(shown) == ["Noise", "Noise"]


def test_a_decision_opens_the_next_metric_also_of_the_next_asset(
    screen: Callable[..., Screen], tmp_path: Path, two_assets: tuple[Asset, Asset]
) -> None:
    shown = screen(tmp_path / "assets").queue(stage="Raw data")
    first, second = rows(shown)
    shown = open_item(shown, first["href"])
    assert bar(shown) == "Queue: 2 of 2 left"
    shown = decide(shown, "Drift", "Pass")
    assert read_address(shown) == dict(parse_qsl(second["href"].partition("?")[2]))
    assert read_address(shown)["queue"] == "stage=Raw+data"
    assert bar(shown) == "Queue: 1 of 2 left"
    assert any("Submit 1 change of" in one.label for one in shown.app.button), "the first asset is finished"


def test_the_figure_of_the_next_metric_is_loaded_ahead_also_over_assets(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    for _ in range(2):
        figures = (metric(name, 1, reference=f"figures/{name}.png") for name in ("drift", "noise"))
        made(document(*figures), tmp_path / "assets")
    shown = screen(tmp_path / "assets").queue()
    records = [dict(parse_qsl(row["href"].partition("?")[2]))["id"] for row in rows(shown)]
    shown = open_item(shown, rows(shown)[0]["href"])
    for following in (1, 2, 3):
        [address] = shown.data("queue-ahead")["addresses"]
        name = ("drift", "noise")[following % 2]
        assert address.startswith(f"/files/{records[following]}/")
        assert address.endswith(f"{name}.png")
        shown = decide(shown, ("noise", "drift")[following % 2], "Pass")
    assert len(set(records)) == 2
    assert shown.data("queue-ahead")["addresses"] == []


def test_pending_and_other_metrics_of_the_page_do_not_move_on(
    screen: Callable[..., Screen], tmp_path: Path, two_assets: Any
) -> None:
    shown = screen(tmp_path / "assets").queue()
    shown = open_item(shown, rows(shown)[0]["href"])
    here = read_address(shown)
    shown = decide(shown, "Drift", "Pending")
    assert read_address(shown) == here
    assert bar(shown) == "Queue: 4 of 4 left"


def test_skipped_metrics_come_back_also_in_a_new_tab(
    screen: Callable[..., Screen], tmp_path: Path, two_assets: Any
) -> None:
    shown = screen(tmp_path / "assets").queue(stage="Raw data")
    shown = open_item(shown, rows(shown)[0]["href"])
    button(shown, "queue-skip").click()
    shown.run()
    assert bar(shown) == "Queue: 2 of 2 left, 1 skipped"
    again = screen(tmp_path / "assets").queue(stage="Raw data")
    assert [row["state"] for row in rows(again)] == ["Skipped", ""]
    assert f"id={start(again)['id']}" in rows(again)[1]["href"], "it goes on after what was skipped"
    other = screen(tmp_path / "assets", QC_PORTAL_REVIEWER="Grace Hopper").queue(stage="Raw data")
    assert [row["state"] for row in rows(other)] == ["", ""]


def test_decisions_in_drafts_are_known_after_leaving(
    screen: Callable[..., Screen], tmp_path: Path, two_assets: Any
) -> None:
    shown = screen(tmp_path / "assets").queue()
    decide(open_item(shown, rows(shown)[0]["href"]), "Drift", "Fail")
    again = screen(tmp_path / "assets").queue()
    assert [row["draft"] for row in rows(again)] == ["Fail", "", "", ""]
    assert "3 of 4 left · 1 decided, not submitted" in again.words


def test_metric_decided_by_somebody_else_drops_out_at_the_next_step(
    screen: Callable[..., Screen], tmp_path: Path, two_assets: tuple[Asset, Asset]
) -> None:
    shown = screen(tmp_path / "assets").queue(stage="Raw data")
    shown = open_item(shown, rows(shown)[0]["href"])
    title = shown.data("record-header")["name"]
    other = next(asset for asset in two_assets if asset.name != title)
    changed = other.document()
    changed["metrics"][0]["status_history"][-1]["status"] = "Pass"
    other.rewrite(changed)
    shown.run()
    assert bar(shown) == "Queue: 2 of 2 left", "not while it is read-only"
    here = read_address(shown)
    shown = decide(shown, "Drift", "Pass")
    assert read_address(shown) == here
    assert bar(shown) == "All 1 decided"


def test_read_only_visitors_go_through_the_queue_and_keep_nothing(
    screen: Callable[..., Screen], tmp_path: Path, state: Path, two_assets: Any
) -> None:
    shown = screen(tmp_path / "assets", QC_PORTAL_READ_ONLY="1").queue()
    shown = open_item(shown, rows(shown)[0]["href"])
    button(shown, "queue-skip").click()
    shown.run()
    assert bar(shown) == "Queue: 4 of 4 left, 1 skipped"
    assert not (state / "people").exists()
    assert not any("Submit" in one.label for one in shown.app.button)
