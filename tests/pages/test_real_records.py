"""Every real record opens as a page, and looking at it writes nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from tests.pages.screen import Screen, list_everything, list_kept
from tests.paths import RECORDS

FILES = sorted(RECORDS.glob("*.json")) or [None]  # type: ignore[list-item]  # a parameter that skips where the records are absent


def as_asset(record: Path | None, folder: Path) -> Path:
    """The record as an asset of its own."""
    if record is None:
        pytest.skip(f"{RECORDS} is not there: it holds real records, which are no part of the project")
    whole = b'"quality_control":' in record.read_bytes()
    file = folder / record.stem / ("metadata.nd.json" if whole else "quality_control.json")
    file.parent.mkdir(parents=True)
    file.write_bytes(record.read_bytes())
    return file


@pytest.mark.parametrize("record", FILES, ids=lambda path: path.stem if path else "none")
def test_each_is_listed_and_opens_as_a_page(
    screen: Callable[..., Screen], tmp_path: Path, state: Path, record: Any
) -> None:
    folder = tmp_path / "assets"
    as_asset(record, folder)
    before = list_everything(folder)
    shown = screen(folder).assets()
    assert shown.errors == []
    [row] = shown.rows
    [(name, value), *_] = parse_qsl(row["href"].partition("?")[2])
    shown.review(**{name: value})
    assert shown.errors == []
    header, tree = shown.data("record-header"), shown.data("tree")
    number = header["count"]
    if number == 0:
        assert "This record has no metrics to review." in shown.words
    else:
        assert row["pending"] == f"{header['counts'][3]} of {number}"
        assert sum(node["count"] for node in tree["nodes"]) == number
        assert "Status of " in " ".join(field.label for field in shown.fields)
    assert list_everything(folder) == before
    assert list_kept(state) == []


def test_real_records_are_listed_together(screen: Callable[..., Screen], tmp_path: Path) -> None:
    for record in FILES:
        as_asset(record, tmp_path)
    shown = screen(tmp_path).assets()
    assert shown.errors == []
    assert len(shown.rows) == len(FILES)
