"""`/comparison/`: the project's values of the same metric, and where a number lies among them."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pages.components.cards.comparison import build_address
from tests.fakes.assets import Asset, document, metric
from tests.fakes.portal import Portal
from tests.fakes.sessions import Sessions, make_sessions


@pytest.fixture(scope="module")
def sessions(portal: Portal) -> Iterator[Sessions]:
    made = make_sessions(portal.assets, 12)
    yield made
    made.remove()


@pytest.fixture
def compared(portal: Portal, id_of: Callable[[Asset], str]) -> Callable[..., Any]:
    """The answer for a metric of an asset, once all is read."""

    def ask(asset: Asset, key: str, number: float | None, more: str = "") -> Any:
        while True:
            answer = portal.ask(build_address(id_of(asset), key, number) + more)
            assert answer.status == 200, answer.text
            found = json.loads(answer.body)
            if not found["reading"]:
                return found

    return ask


def test_a_number_is_compared_with_the_other_sessions_of_its_project(
    compared: Callable[..., Any], sessions: Sessions
) -> None:
    found = compared(sessions.assets[-1], "metrics/0", 42.5)
    assert found["scope"] == f"project {sessions.project}"
    assert found["rank"] == "Higher than 100 % of 11 other values"
    assert found["unusual"] and found["hint"].startswith("Unusual: ")
    assert (found["rule"], found["limits"], found["subject"]) == ("value < 20", [20], sessions.subjects[3])
    assert [value["asset"] for value in found["values"]] == [asset.name for asset in sessions.assets[:-1]]
    assert [value["own"] for value in found["values"]].count(True) == 2
    assert found["values"][3]["status"] == "Pending"
    assert found["values"][0]["time"] == "2026-01-05T17:30:00Z"
    assert found["values"][0]["href"].startswith("view?id=") and "metric=Drift" in found["values"][0]["href"]


def test_the_number_of_a_draft_is_compared_too_and_none_is_none(
    compared: Callable[..., Any], sessions: Sessions
) -> None:
    assert not compared(sessions.assets[-1], "metrics/0", 11.0)["unusual"]
    without = compared(sessions.assets[-1], "metrics/0", None)
    assert "rank" not in without and len(without["values"]) == 11


def test_a_record_without_project_and_subject_has_nothing_to_compare(
    compared: Callable[..., Any], made: Callable[..., Asset]
) -> None:
    asset = made(document(metric("Alone", 3)))
    (asset.folder / "data_description.json").write_text(json.dumps({"name": "nothing known"}), "utf-8")
    plain = Asset("nothing known", asset.folder)
    assert compared(plain, "metrics/0", 3.0)["values"] == []


def test_missing_record_or_metric_gives_a_sentence(
    portal: Portal, sessions: Sessions, id_of: Callable[[Asset], str]
) -> None:
    answer = portal.ask(build_address(id_of(sessions.assets[0]), "metrics/99", 1.0))
    assert (answer.status, answer.text) == (
        404,
        "This record has no such metric. It may have changed: open the page again.",
    )
    assert portal.ask(build_address("nobody", "metrics/0", 1.0)).status == 404
    for odd in ("?metric=metrics/0&number=nan&most=x", "?number=1e999", ""):
        assert portal.ask(f"/comparison/{id_of(sessions.assets[0])}{odd}").status in {200, 404}
