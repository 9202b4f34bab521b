"""`/subject`: the history of a subject, whatever the address is."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.assets import MANY_PROBES, RAW_EPHYS, document, made, metric
from tests.fakes.projects import make_project
from tests.pages.screen import Screen


def test_assets_of_a_subject_are_listed_with_their_sources(screen: Callable[..., Screen]) -> None:
    shown = screen().open_page("subject.py", subject="734812")
    assert shown.errors == []
    assert [row[0] for row in shown.cells("subject-assets")] == [
        "ecephys_734812_2025-01-27_12-48-09_sorted_2025-01-28_03-51-20",
        RAW_EPHYS,
        f"↳ {MANY_PROBES}",
    ]
    assert shown.cells("subject-assets")[2][1:] == [
        *("derived", "sorted", "ecephys", "2025-01-20 13:04", "Fail", "14 of 71", RAW_EPHYS)
    ]
    assert shown.cells("subject-assets")[0][7].endswith("not known here")
    assert "A ring marks a derived asset none of whose sources is known here." in shown.words
    links = {link["text"]: link["href"] for link in shown.data("subject-links")["links"]}
    assert links["In the list of assets"] == "./?subject=734812"
    assert links["Project Learning mFISH-V1omFISH"] == "project?project=Learning+mFISH-V1omFISH"


def test_timeline_has_a_linked_mark_for_each_asset(screen: Callable[..., Screen], tmp_path: Path) -> None:
    [session] = make_project(tmp_path, subjects=1, sessions=1)
    shown = screen(tmp_path).open_page("subject.py", name=session.raw.name)
    assert shown.errors == []
    marks = shown.chart_rows("modality and status")
    assert {mark["href"] for mark in marks if "href" in mark} == {
        f"view?name={asset.name}" for asset in (session.raw, session.derived)
    }
    assert {mark["row"] for mark in marks} == {"ecephys · raw", "behavior-videos · raw", "ecephys · derived"}


@pytest.mark.parametrize("query", [{"name": RAW_EPHYS}, {"name": MANY_PROBES}])
def test_an_asset_leads_to_its_subject(screen: Callable[..., Screen], query: Any) -> None:
    assert len(screen().open_page("subject.py", **query).cells("subject-assets")) == 3


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ({"subject": "nobody"}, "No record here is of a subject nobody."),
        ({"id": "no-such-id"}, "No record here is an asset no-such-id."),
        ({"name": "[x](javascript:1)"}, "No record here is an asset [x](javascript:1)."),
    ],
)
def test_unknown_subject_states_why_and_offers_the_others(screen: Callable[..., Screen], query: Any, what: str) -> None:
    shown = screen().open_page("subject.py", **query)
    assert shown.errors == [] and what in shown.words
    shown.field("selectbox", "Subject").set_value("734812")
    assert len(shown.run().cells("subject-assets")) == 3
    assert dict(shown.app.query_params) == {"subject": "734812"}


def test_record_without_a_subject_is_shown_alone(screen: Callable[..., Screen], tmp_path: Path) -> None:
    asset = made(document(metric("Drift")), tmp_path)
    (asset.folder / "data_description.json").write_text(json.dumps({"name": "no subject here"}), "utf-8")
    shown = screen(tmp_path).open_page("subject.py", name="no subject here")
    assert shown.errors == [] and "This record names no subject" in shown.words
    assert [row[0] for row in shown.cells("subject-assets")] == ["no subject here"]
    assert "1 asset without a time: only in the table." in shown.words
    chosen = screen(tmp_path).open_page("subject.py")
    assert chosen.errors == [] and "No record here names a subject." in chosen.words
