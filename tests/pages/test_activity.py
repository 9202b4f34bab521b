"""`/activity`: what changed over all assets, by day, with filters of the address, and since one's last visit."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.assets import PIPELINE, Asset, document, made, metric
from tests.pages.screen import Screen, read


def entry(who: str, status: str, time: str) -> dict[str, str]:
    return PIPELINE | {"evaluator": who, "status": status, "timestamp": time}


@pytest.fixture
def asset(tmp_path: Path) -> Asset:
    """An asset whose two metrics were decided by two people on two days."""
    ada, grace = entry("Ada Lovelace", "Pass", "2025-03-02T10:00:00Z"), entry("Grace", "Fail", "2025-03-01T10:00:00Z")
    drift = metric("Drift", 1, status_history=[PIPELINE, ada])
    noise = metric("Noise", 1, stage="Processing", status_history=[PIPELINE, grace])
    return made(document(drift, noise), tmp_path / "assets")


def tables(shown: Screen) -> list[list[list[str]]]:
    """The cells of the table of each day, a status as its word."""
    found = [one.proto for one in shown.app.get("bidi_component") if "-activity-2" in one.proto.id]
    return [
        [[" ".join(part["text"] or part.get("status", "") for part in cell) for cell in row] for row in data["rows"]]
        for data in (json.loads(proto.json) for proto in found)
    ]


def test_changes_are_listed_by_day_newest_first(screen: Callable[..., Screen], tmp_path: Path, asset: Asset) -> None:
    shown = screen(tmp_path / "assets").activity()
    assert shown.errors == []
    headings = [read(one.value) for one in shown.app.markdown if one.value.startswith("## ")]
    assert [heading.removeprefix("## ") for heading in headings] == [
        "Sunday, 2025-03-02",
        "Saturday, 2025-03-01",
        "Wednesday, 2025-01-01",
    ]
    titled = [
        json.loads(one.proto.json)["titled"] for one in shown.app.get("bidi_component") if "-activity-2" in one.proto.id
    ]
    assert titled == [True, False, False], "the titles of the columns are shown once"
    newest, before, first = tables(shown)
    assert [row[1:] for row in newest] == [["Ada Lovelace", "Pass 1", "Drift", "10:00"]]
    assert [row[1:] for row in before] == [["Grace", "Fail 1", "Noise", "10:00"]]
    assert [row[1:] for row in first] == [["Pipeline", "Pending 2", "Drift Noise", "00:00"]]
    assert asset.name in newest[0][0]


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ({"person": "Grace"}, ["Grace"]),
        ({"stage": "Processing"}, ["Grace", "Pipeline"]),
        ({"since": "1"}, []),
        ({"q": "drift"}, ["Ada Lovelace", "Pipeline"]),
        ({"project": "Nobody's"}, []),
    ],
)
def test_filters_of_the_address_are_applied(
    screen: Callable[..., Screen], tmp_path: Path, asset: Asset, query: dict[str, str], people: list[str]
) -> None:
    shown = screen(tmp_path / "assets").activity(**query)
    assert [row[1] for table in tables(shown) for row in table] == people
    assert bool(people) or "Nothing that matches has changed." in shown.words


def test_a_person_sees_what_is_new_since_the_visit_before(
    screen: Callable[..., Screen], tmp_path: Path, asset: Asset
) -> None:
    first = screen(tmp_path / "assets").activity()
    assert not any(one.key == "activity-new" for one in first.app.button), "this is the first visit"
    later = asset.document()
    soon = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()
    later["metrics"][1]["status_history"].append(entry("Grace", "Pass", soon))
    asset.rewrite(later)
    shown = screen(tmp_path / "assets").activity()
    button: Any = next(one for one in shown.app.button if one.key == "activity-new")
    assert button.label == "Since I was here: 1 change"
    button.click()
    shown.run()
    assert shown.app.query_params["since"] == "visit"
    assert [row[1] for table in tables(shown) for row in table] == ["Grace"]
    assert [row[1] for table in tables(shown.run()) for row in table] == ["Grace"], "the same for the whole visit"


def test_no_visit_is_kept_for_a_portal_that_nobody_signs_at(
    screen: Callable[..., Screen], tmp_path: Path, state: Path, asset: Asset
) -> None:
    screen(tmp_path / "assets", ALLOW_WEBSOCKET_ORIGIN="lab.example.org").activity()
    assert not (state / "people").exists()
