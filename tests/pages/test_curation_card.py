"""A curation's card: the form it is recognised in, its objects with their figures, and what is not understood."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.assets import DEMO, GALLERY, document, made, metric
from tests.pages.screen import Screen

PNG = next((DEMO / GALLERY / "figures").glob("*.png")).read_bytes()
SORTED = {"unit_ids": [1, 2, 3], "label_definitions": {"quality": {"label_options": ["good", "noise"]}}, "removes": [3]}


@pytest.fixture
def shown(screen: Callable[..., Screen], tmp_path: Path) -> Callable[..., Screen]:
    """Opens the review of one curation with this newest version."""

    def open_review(content: Any, **settings: str) -> Screen:
        curation = metric(
            "Curation", [content], object_type="Curation metric", type="Spike sorting curation", curation_history=[]
        )
        asset = made(document(curation), tmp_path / "assets", {"a.png": PNG})
        return screen(tmp_path / "assets", **settings).review(name=asset.name)

    return open_review


def object_figure(screen: Screen) -> dict[str, Any] | None:
    found = [one.proto for one in screen.app.get("bidi_component") if "-object-" in one.proto.id]
    return json.loads(found[0].json)["figure"] if found else None


def test_a_sorting_without_a_version_is_a_table_of_its_units(shown: Callable[..., Screen]) -> None:
    text = shown({**SORTED, "merges": {"7": [1, 2]}, "splits": {"3": [[0, 1], [2]]}})
    assert "SpikeInterface · 3 objects" in text.words
    assert "Labels to choose from: quality: good, noise" in text.words
    assert "Not understood" not in text.words
    table = text.app.dataframe[0].value
    assert list(table["object"]) == ["1", "2", "3"]
    assert list(table["merged with"]) == ["2", "1", ""] and list(table["merged into"]) == ["7", "7", ""]
    assert list(table["removed"]) == ["", "", "yes"] and list(table["split"]) == ["", "", "2 + 1 spikes"]


def test_unknown_parts_of_a_curation_are_listed_and_readable(shown: Callable[..., Screen]) -> None:
    odd = {**SORTED, "merges": [[1]], "checked by": "A"}
    assert '⚠ Not understood: merges[0] = [1]; checked by = "A"' in shown(odd).words
    read_only = shown(odd, QC_PORTAL_READ_ONLY="1")
    assert "Not understood" in read_only.words
    assert "The whole version as JSON" in [one.label for one in read_only.app.expander]
    assert json.loads(read_only.app.json[0].value) == odd


def test_an_empty_version_has_no_objects(shown: Callable[..., Screen]) -> None:
    text = shown({}).words
    assert "0 objects" in text and "not a list of objects" not in text


@pytest.mark.parametrize("version", [{"0": "a.png", "1": "gone.png"}, ["a.png", "gone.png"]])
@pytest.mark.parametrize("as_text", [False, True])
def test_objects_that_are_a_reference_alone_show_their_figures(
    shown: Callable[..., Screen], version: Any, as_text: bool
) -> None:
    text = shown(json.dumps(version) if as_text else version)
    assert "2 objects" in text.words and object_figure(text) is None
    for name in ("a.png", "gone.png"):
        text.field("button", "Next").click()
        text.run()
        assert object_figure(text)["name"] == name
    keys = {one.label: one.proto.shortcut for one in text.app.button if one.label in ("Next", "Previous")}
    assert keys == {"Next": "shift+j", "Previous": "shift+k"}, "J and K alone go through the metrics"


def test_sections_of_one_document_are_shown_as_json(shown: Callable[..., Screen]) -> None:
    channels = {f"channel_{n}": {"x": n, "brain_region": "VISp5"} for n in range(300)}
    text = shown({"channel_results": channels, "previous_alignments": {"rev": [[0.1]]}, "ccf_channel_results": {}})
    assert "not a list of objects" in text.words and not text.app.dataframe
