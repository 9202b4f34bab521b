"""A figure with a `;` in its name, where elsewhere a `;` joins two references."""

import pytest

from qc_core.references.locations import Locations
from qc_core.references.reference import AssetFile, Pair, parse, semicolon_names, texts_of


def read_locations(reference: str, *files: str) -> Locations:
    """What a record with this reference knows, where its asset has these files."""
    return Locations(semicolon_names=semicolon_names([reference], lambda path: path in files))


@pytest.mark.parametrize(
    "text", ["figures/semi;colon.png", "/results/figures/semi;colon.png", " figures/semi;colon.png "]
)
def test_an_existing_file_with_a_semicolon_in_its_name_is_that_file(text: str) -> None:
    there = read_locations(text, "figures/semi;colon.png")
    assert parse(text, there) == AssetFile("figures/semi;colon.png")
    assert texts_of(text, there) == (text.strip(),)
    assert parse(text, read_locations(text)) == Pair(AssetFile("figures/semi"), AssetFile("colon.png"), text)


@pytest.mark.parametrize("text", ["a.png;b.png", "a;b;c;d;e;f;g;h.png", "a.png" + ";x" * 30 + ".png"])
def test_an_existing_name_wins_over_a_pair_and_over_a_list_of_many(text: str) -> None:
    assert parse(text, read_locations(text, text)) == AssetFile(text)
    assert not isinstance(parse(text), AssetFile)


@pytest.mark.parametrize(
    ("text", "file", "left", "right"),
    [
        ("a;1.png;b.png", "a;1.png", "a;1.png", "b.png"),
        ("b.png; a;1.png", "a;1.png", "b.png", "a;1.png"),
        ("a.png;b.png;c.png", "b.png;c.png", "a.png", "b.png;c.png"),
    ],
)
def test_one_of_a_pair_may_have_a_semicolon_in_its_name(text: str, file: str, left: str, right: str) -> None:
    assert parse(text, read_locations(text, file)) == Pair(AssetFile(left), AssetFile(right), text)
    assert texts_of(text, read_locations(text, file)) == (left, right)


def test_only_paths_of_the_asset_with_a_semicolon_are_looked_for() -> None:
    asked: list[str] = []
    texts = [None, "", "a.png", "https://h.org/a;b.png", "s3://bucket/a;b.png", "../a;b.png", "x;y", "a.png;b.png"]
    assert semicolon_names([*texts, "a.png;b.png"], lambda path: bool(asked.append(path))) == frozenset()
    assert asked == ["a.png;b.png"]
