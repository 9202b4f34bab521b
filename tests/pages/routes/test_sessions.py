"""`/sessions/` and `/thumbnail/`: the same figure over sessions, each with a small picture."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image

from qc_core.references.shown import other_route
from tests.fakes.assets import Asset, document, metric
from tests.fakes.portal import Portal
from tests.fakes.sessions import Sessions, make_sessions


@pytest.fixture(scope="module")
def sessions(portal: Portal) -> Iterator[Sessions]:
    made = make_sessions(portal.assets, 12)
    yield made
    made.remove()


@pytest.fixture
def listed(portal: Portal, id_of: Callable[[Asset], str]) -> Callable[..., Any]:
    """The sessions with the figure of a metric, once all are read."""

    def ask(asset: Asset, key: str, search: str = "") -> Any:
        while True:
            answer = portal.ask(f"/sessions/{id_of(asset)}?metric={key}&search={quote(search)}")
            assert answer.status == 200, answer.text
            found = json.loads(answer.body)
            if not found["reading"]:
                return found

    return ask


def test_the_sessions_of_the_subject_are_listed_by_time(
    listed: Callable[..., Any], sessions: Sessions, id_of: Callable[[Asset], str], portal: Portal
) -> None:
    found = listed(sessions.assets[6], "metrics/1")
    assert found["scope"] == f"subject {sessions.subjects[2]}"
    same = [sessions.assets[number] for number in (2, 6, 10)]
    assert [one["asset"] for one in found["sessions"]] == [asset.name for asset in same]
    assert [one["this"] for one in found["sessions"]] == [False, True, False]
    first = found["sessions"][0]
    assert (first["record"], first["status"], first["kind"]) == (id_of(same[0]), "Pass", "PNG")
    assert first["href"].startswith("view?id=") and "metric=Noise" in first["href"]
    assert "/thumbnail/" in first["picture"]


def test_a_search_finds_other_assets_of_the_project(listed: Callable[..., Any], sessions: Sessions) -> None:
    found = listed(sessions.assets[6], "metrics/0", f"{sessions.subjects[0]} 2026-01")
    assert found["scope"] == f"project {sessions.project}"
    assert [one["asset"] for one in found["sessions"]] == [sessions.assets[number].name for number in (0, 4, 8)]
    assert listed(sessions.assets[6], "metrics/0", "no such asset")["sessions"] == []


def test_a_record_without_a_subject_lists_itself(listed: Callable[..., Any], made: Callable[..., Asset]) -> None:
    asset = made(document(metric("Alone", reference="a.png")), {"a.png": b""})
    (asset.folder / "data_description.json").write_text(json.dumps({"name": "of nobody"}), "utf-8")
    found = listed(Asset("of nobody", asset.folder), "metrics/0")
    assert (found["scope"], [one["this"] for one in found["sessions"]]) == ("", [True])


def test_a_metric_that_is_not_there_is_a_sentence(
    portal: Portal, sessions: Sessions, id_of: Callable[[Asset], str]
) -> None:
    answer = portal.ask(f"/sessions/{id_of(sessions.assets[0])}?metric=metrics/99")
    assert (answer.status, answer.text.startswith("This record has no such metric.")) == (404, True)


def test_a_small_picture_is_made_once_and_kept(
    portal: Portal, sessions: Sessions, address_of: Callable[[Asset, str], str]
) -> None:
    address = other_route(address_of(sessions.assets[0], "figures/drift.png"), "thumbnail")
    first, second = portal.ask(address), portal.ask(address)
    assert first.status == 200 and first.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(first.body)).size == (420, 276)
    assert (first.body, first.headers["etag"]) == (second.body, second.headers["etag"])
    assert len(first.body) < 40_000


def test_a_damaged_picture_and_one_that_is_not_named_are_sentences(
    portal: Portal, made: Callable[..., Asset], address_of: Callable[[Asset, str], str]
) -> None:
    asset = made(document(metric("Broken", reference="a.png")), {"a.png": b"no picture", "b.png": b""})
    broken = portal.ask(other_route(address_of(asset, "a.png"), "thumbnail"))
    assert broken.status == 404 and broken.text.startswith("There is no small picture of a.png.")
    assert portal.ask(other_route(address_of(asset, "b.png"), "thumbnail")).status == 404
