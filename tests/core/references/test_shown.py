import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.references.kind import media_type
from qc_core.references.reference import AssetFile, Refused, parse
from qc_core.references.shown import (
    Figure,
    NoFigure,
    PairFigure,
    PdfFigure,
    PictureFigure,
    SwipeFigure,
    TextFigure,
    VegaLiteFigure,
    VideoFigure,
    file_address,
    files_named,
    reference_digest,
    shown,
)

from .hostile import HOSTILE, REFERENCES

RECORDS = Path(__file__).parents[4] / "shared" / "records"
A, B = reference_digest("figures/a.png"), reference_digest("b.jpg")


def ours(figure: Figure) -> list[str]:
    """Every address of our own in a figure."""
    match figure:
        case SwipeFigure(left, right, compare):
            return ours(left) + ours(right) + ([compare] if compare else [])
        case PairFigure(left, right):
            return ours(left) + ours(right)
        case NoFigure() | TextFigure():
            return []
        case _:
            return [figure.address] if figure.address.startswith("/") else []


def test_a_picture_of_the_asset_has_an_address_of_ours() -> None:
    assert shown("figures/a.png", "r1") == PictureFigure(f"/files/r1/{A}/a.png", "a.png")
    assert len(A) == 20


def test_each_segment_of_an_address_is_encoded_once() -> None:
    figure = shown("Node 109#x/50% of a?b.png", "folder/asset #1")
    digest = reference_digest("Node 109#x/50% of a?b.png")
    assert figure == PictureFigure(f"/files/folder%2Fasset%20%231/{digest}/50%25%20of%20a%3Fb.png", "50% of a?b.png")


def test_spellings_of_one_path_have_one_address() -> None:
    assert {shown(text, "r") for text in ("a.png", "/a.png", "results/a.png", "/results//./a.png")} == {
        shown("a.png", "r")
    }


def test_each_kind_of_file_is_shown_in_its_own_way() -> None:
    assert isinstance(shown("a.svg", "r"), PictureFigure)
    assert isinstance(shown("a.PDF", "r"), PdfFigure)
    film = shown("a.webm", "r")
    assert isinstance(film, VideoFigure)
    assert film.media_type == "video/webm"
    plot = shown("/results/x/a.vl.json", "r")
    assert isinstance(plot, VegaLiteFigure)
    assert plot.path == "x/a.vl.json"
    web = shown("https://host.org/a.json", "r")
    assert web == VegaLiteFigure(None, "https://host.org/a.json", "a.json")


def test_a_web_figure_is_loaded_from_its_own_address() -> None:
    assert shown("https://host.org/a%20b.png?c=1", "r") == PictureFigure("https://host.org/a%20b.png?c=1", "a b.png")


def test_what_cannot_be_shown_says_why() -> None:
    assert shown("recordings/a.nwb", "r") == TextFigure(
        "recordings/a.nwb", "The portal does not show files of kind “.nwb”.", None
    )
    refused = shown("../a.png", "r")
    assert isinstance(refused, TextFigure)
    assert refused.reason
    assert refused.link is None
    assert shown("word", "r") == TextFigure("word", "", None)
    assert shown("https://host.org/x", "r") == TextFigure("https://host.org/x", "", "https://host.org/x")
    assert shown("\ud800word", "r") == TextFigure("?word", "", None)


@pytest.mark.parametrize("text", [None, "", "  "])
def test_no_reference_is_no_figure(text: str | None) -> None:
    assert shown(text, "r") == NoFigure()


def test_two_raster_pictures_of_the_asset_swipe_in_our_frame() -> None:
    figure = shown("figures/a.png;b.jpg", "r 1")
    assert isinstance(figure, SwipeFigure)
    assert figure.left.name == "a.png"
    assert figure.right.name == "b.jpg"
    assert figure.compare_address == f"/compare/r%201/{A}/{B}"


@pytest.mark.parametrize(
    "text", ["a.svg;b.png", "a.png;https://host.org/b.png", "https://h.org/a.png;https://h.org/b.png"]
)
def test_other_pictures_swipe_without_that_frame(text: str) -> None:
    figure = shown(text, "r")
    assert isinstance(figure, SwipeFigure)
    assert figure.compare_address is None


@pytest.mark.parametrize("text", ["a.png;b.mp4", "a.webm;https://host.org/b.mp4"])
def test_films_and_pictures_swipe_too(text: str) -> None:
    figure = shown(text, "r")
    assert isinstance(figure, SwipeFigure)
    assert isinstance(figure.right, VideoFigure)
    assert figure.compare_address is None


def test_a_picture_and_a_document_are_shown_one_under_the_other() -> None:
    figure = shown("a.png;b.pdf", "r")
    assert isinstance(figure, PairFigure)
    assert isinstance(figure.left, PictureFigure)
    assert isinstance(figure.right, PdfFigure)


def test_the_files_named_are_those_of_the_asset_and_no_others() -> None:
    references = [
        "figures/a.png",
        "/results/figures/a.png",
        "x.nwb;b.jpg",
        "https://h.org/a.png",
        "../s.png",
        None,
        "word",
    ]
    assert files_named(references) == {
        A: "figures/a.png",
        reference_digest("x.nwb"): "x.nwb",
        B: "b.jpg",
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.PNG", "image/png"),
        ("a.jpg", "image/jpeg"),
        ("a.svg", "image/svg+xml"),
        ("a.vl.json", "application/json"),
        ("a.mp4", "video/mp4"),
        ("a.unknown", "application/octet-stream"),
        ("png", "application/octet-stream"),
    ],
)
def test_the_media_type_is_from_a_fixed_table(name: str, expected: str) -> None:
    assert media_type(name) == expected


@settings(deadline=None, max_examples=400)
@given(REFERENCES, st.text(min_size=1, max_size=10))
def test_showing_never_raises_and_our_addresses_hold_together(text: str | None, record_id: str) -> None:
    known = files_named([text])
    for address in ours(shown(text, record_id)):
        assert address.isascii()
        assert not set(address) & set(" \"'<>?#&\\;\n")
        nothing, route, record, *rest = address.split("/")
        assert nothing == ""
        assert unquote(record, errors="surrogatepass") == record_id
        if route == "compare":
            assert len(rest) == 2
            assert set(rest) <= known.keys()
        else:
            assert route == "files"
            digest, name = rest
            assert unquote(name) == known[digest].split("/")[-1]


@settings(deadline=None, max_examples=200)
@given(HOSTILE)
def test_the_last_segment_of_an_address_gives_the_name_back(name: str) -> None:
    parsed = parse(f"figures/{name}.png")
    if isinstance(parsed, AssetFile):
        last = file_address(parsed, "r").split("/")[-1]
        assert unquote(last) == parsed.name
    else:
        assert isinstance(parsed, Refused) or ";" in name


def test_every_reference_in_real_records_is_read() -> None:
    if not RECORDS.is_dir():
        pytest.skip("the folder of real records is not here")
    references = [text for file in sorted(RECORDS.glob("*.json")) for text in _references(json.loads(file.read_text()))]
    kinds = {type(shown(text, "r")).__name__ for text in references}
    assert kinds == {"NoFigure", "PictureFigure", "PdfFigure", "VideoFigure", "TextFigure"}
    pictures = [text for text in references if text and text.endswith(".png")]
    assert len(pictures) > 3000
    assert all(isinstance(shown(text, "r"), PictureFigure) for text in pictures)


def _references(document: object) -> list[str | None]:
    if isinstance(document, dict):
        here = document.get("reference", "")
        found = [here] if "reference" in document and (here is None or isinstance(here, str)) else []
        return found + [text for value in document.values() for text in _references(value)]
    if isinstance(document, list):
        return [text for value in document for text in _references(value)]
    return []
