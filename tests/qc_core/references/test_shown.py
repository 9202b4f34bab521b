import json
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.references.embeds import Embeds
from qc_core.references.figures import (
    ConvertedFigure,
    DataFigure,
    EmbedFigure,
    ExcerptFigure,
    Figure,
    JsonFigure,
    MarkdownFigure,
    NoFigure,
    PageFigure,
    PairFigure,
    PdfFigure,
    PictureFigure,
    SwipeFigure,
    TextFigure,
    VideoFigure,
)
from qc_core.references.kind import media_type
from qc_core.references.locations import Locations
from qc_core.references.reference import AssetFile, RefusedReference, parse
from qc_core.references.s3 import S3File
from qc_core.references.shown import file_address, files_named, reference_digest, resolve_figure
from tests.paths import RECORDS
from tests.qc_core.references.hostile import HOSTILE, REFERENCES

HASH = "5f91cfb92d1637a7e4d476fba1abc53a8da2e431"
A, B = reference_digest("figures/a.png"), reference_digest("b.jpg")


def ours(figure: Figure) -> list[str]:
    """Every address of our own in a figure."""
    match figure:
        case SwipeFigure(left, right, compare):
            return ours(left) + ours(right) + ([compare] if compare else [])
        case PairFigure(left, right):
            return ours(left) + ours(right)
        case NoFigure() | TextFigure() | DataFigure(address=None):
            return []
        case _:
            return [figure.address] if figure.address.startswith("/") else []  # type: ignore[list-item]  # a parameter that skips where the records are absent


def test_a_picture_of_the_asset_has_an_address_of_ours() -> None:
    assert resolve_figure("figures/a.png", "r1") == PictureFigure(f"/files/r1/{A}/a.png", "a.png")
    assert len(A) == 20


def test_each_segment_of_an_address_is_encoded_once() -> None:
    figure = resolve_figure("Node 109#x/50% of a?b.png", "folder/asset #1")
    digest = reference_digest("Node 109#x/50% of a?b.png")
    assert figure == PictureFigure(f"/files/folder%2Fasset%20%231/{digest}/50%25%20of%20a%3Fb.png", "50% of a?b.png")


def test_spellings_of_one_path_have_one_address() -> None:
    assert {resolve_figure(text, "r") for text in ("a.png", "/a.png", "results/a.png", "/results//./a.png")} == {
        resolve_figure("a.png", "r")
    }


def test_each_kind_of_file_is_shown_in_its_own_way() -> None:
    assert isinstance(resolve_figure("a.svg", "r"), PictureFigure)
    assert isinstance(resolve_figure("a.PDF", "r"), PdfFigure)
    video = resolve_figure("a.webm", "r")
    assert isinstance(video, VideoFigure)
    assert video.media_type == "video/webm"
    plot = resolve_figure("/results/x/a.vl.json", "r")
    assert isinstance(plot, JsonFigure)
    assert plot.file == AssetFile("x/a.vl.json")
    web = resolve_figure("https://host.org/a.json", "r")
    assert web == JsonFigure(None, "https://host.org/a.json", "a.json")


def test_a_web_figure_is_loaded_from_its_own_address() -> None:
    assert resolve_figure("https://host.org/a%20b.png?c=1", "r") == PictureFigure(
        "https://host.org/a%20b.png?c=1", "a b.png"
    )


def test_reference_that_cannot_be_shown_has_the_reason() -> None:
    assert resolve_figure("notebooks/a.ipynb", "r") == TextFigure(
        "notebooks/a.ipynb", "The portal does not show files of kind “.ipynb”.", None
    )
    refused = resolve_figure("../a.png", "r")
    assert isinstance(refused, TextFigure)
    assert refused.reason
    assert refused.link is None
    assert resolve_figure("word", "r") == TextFigure("word", "", None)
    assert resolve_figure("https://host.org/x", "r") == TextFigure("https://host.org/x", "", "https://host.org/x")
    assert resolve_figure("\ud800word", "r") == TextFigure("?word", "", None)


def test_figure_that_the_server_reads_has_an_address_of_ours() -> None:
    digest = reference_digest("a.tif")
    assert resolve_figure("a.tif", "r") == ConvertedFigure(
        f"/converted/r/{digest}/a.tif", f"/files/r/{digest}/a.tif", "a.tif"
    )
    digest = reference_digest("a.csv")
    assert resolve_figure("a.csv", "r") == ExcerptFigure(
        f"/excerpt/r/{digest}/a.csv", f"/files/r/{digest}/a.csv", "a.csv"
    )
    digest = reference_digest("a.html")
    assert resolve_figure("a.html", "r") == PageFigure(f"/page/r/{digest}/a.html", "a.html")
    assert isinstance(resolve_figure("README.md", "r"), MarkdownFigure)


def test_data_is_named_and_a_zarr_folder_is_no_file_to_open() -> None:
    ours = f"/files/r/{reference_digest('data/a.nwb')}/a.nwb"
    sliced = ours.replace("/files/", "/converted/")
    assert resolve_figure("data/a.nwb", "r") == DataFigure("data/a.nwb", "a.nwb", "NWB", ours, ours, sliced)
    kachery = resolve_figure(f"sha1://{'0' * 40}?label=a.h5", "r")
    assert isinstance(kachery, DataFigure) and kachery.sliced == kachery.measured.replace("/files/", "/converted/")
    zarr = f"/files/r/{reference_digest('data/a.zarr')}/a.zarr"
    assert resolve_figure("data/a.zarr", "r") == DataFigure(
        "data/a.zarr", "a.zarr", "Zarr", None, zarr, zarr.replace("/files/", "/converted/")
    )
    hosted = resolve_figure("s3://open-data/a b.zarr", "r")
    assert isinstance(hosted, DataFigure)
    assert hosted.address == "https://open-data.s3.amazonaws.com/a%20b.zarr"
    assert resolve_figure("https://h.org/a.h5", "r") == DataFigure(
        "https://h.org/a.h5", "a.h5", "HDF5", "https://h.org/a.h5"
    )


@pytest.mark.parametrize("name", ["a.tif", "a.csv", "a.txt", "a.md"])
def test_figure_on_another_server_that_only_ours_could_read_is_a_link(name: str) -> None:
    figure = resolve_figure(f"https://host.org/{name}", "r")
    assert isinstance(figure, TextFigure)
    assert figure.link == f"https://host.org/{name}"
    assert "from another server" in figure.reason


def test_converted_pictures_are_compared_like_others() -> None:
    figure = resolve_figure("a.tif;b.png", "r")
    assert isinstance(figure, SwipeFigure)
    assert figure.left.address.startswith("/converted/")
    assert figure.compare_address == f"/compare/r/{reference_digest('a.tif')}/{reference_digest('b.png')}"


def test_a_recording_of_the_asset_is_shown_through_an_address_of_ours() -> None:
    figure = resolve_figure("rec/eyes_v0.19.1.rrd", "r")
    assert isinstance(figure, EmbedFigure)
    assert figure.address == f"/rerun/r/{reference_digest('rec/eyes_v0.19.1.rrd')}/eyes_v0.19.1.rrd"
    assert figure.origin == "https://app.rerun.io"


def test_a_recording_without_a_version_has_a_hint_at_the_name_that_it_needs() -> None:
    figure = resolve_figure("my_video_v0.19.rrd", "r")
    assert isinstance(figure, TextFigure)
    assert "“my_video_v0.19_v0.19.1.rrd”" in figure.reason
    assert isinstance(resolve_figure("my_video.rrd", "r", embeds=Embeds(rerun_version="0.24.1")), EmbedFigure)


@pytest.mark.parametrize("text", [None, "", "  "])
def test_no_reference_is_no_figure(text: str | None) -> None:
    assert resolve_figure(text, "r") == NoFigure()


def test_two_raster_pictures_of_the_asset_swipe_in_our_frame() -> None:
    figure = resolve_figure("figures/a.png;b.jpg", "r 1")
    assert isinstance(figure, SwipeFigure)
    assert figure.left.name == "a.png"
    assert figure.right.name == "b.jpg"
    assert figure.compare_address == f"/compare/r%201/{A}/{B}"


@pytest.mark.parametrize(
    "text", ["a.svg;b.png", "a.png;https://host.org/b.png", "https://h.org/a.png;https://h.org/b.png"]
)
def test_other_pictures_swipe_without_that_frame(text: str) -> None:
    figure = resolve_figure(text, "r")
    assert isinstance(figure, SwipeFigure)
    assert figure.compare_address is None


@pytest.mark.parametrize("text", ["a.png;b.mp4", "a.webm;https://host.org/b.mp4"])
def test_films_and_pictures_swipe_too(text: str) -> None:
    figure = resolve_figure(text, "r")
    assert isinstance(figure, SwipeFigure)
    assert isinstance(figure.right, VideoFigure)
    assert figure.compare_address is None


def test_a_picture_and_a_document_are_shown_one_under_the_other() -> None:
    figure = resolve_figure("a.png;b.pdf", "r")
    assert isinstance(figure, PairFigure)
    assert isinstance(figure.left, PictureFigure)
    assert isinstance(figure.right, PdfFigure)


def test_a_figure_in_a_hosted_store_has_an_address_of_ours_too() -> None:
    hosted = resolve_figure("s3://bucket/a/b #1.png", "r")
    assert hosted == PictureFigure(f"/files/r/{reference_digest('s3://bucket/a/b #1.png')}/b%20%231.png", "b #1.png")
    kachery = resolve_figure(f"sha1://{HASH}?label=trace.mp4", "r")
    digest = reference_digest(f"sha1://{HASH}/trace.mp4")
    assert kachery == VideoFigure(f"/files/r/{digest}/trace.mp4", "trace.mp4", "video/mp4")
    pair = resolve_figure(f"s3://bucket/a.png;sha1://{HASH}.png", "r")
    assert isinstance(pair, SwipeFigure)
    assert pair.compare_address is not None


def test_a_figure_under_the_raw_assets_location_is_found_where_that_is_known() -> None:
    text = "{raw_asset_location}/a.png"
    assert isinstance(resolve_figure(text, "r"), TextFigure)
    raw = Locations(raw="s3://bucket/raw")
    assert resolve_figure(text, "r", raw) == resolve_figure("s3://bucket/raw/a.png", "r")
    assert list(files_named([text], raw).values()) == [S3File("bucket", "raw/a.png")]


def test_the_files_named_are_those_that_have_an_address_of_ours_and_no_others() -> None:
    references = [
        "figures/a.png",
        "/results/figures/a.png",
        "x.nwb;b.jpg",
        "s3://bucket/a.png",
        "https://h.org/a.png",
        "../s.png",
        None,
        "word",
    ]
    assert files_named(references) == {
        A: AssetFile("figures/a.png"),
        reference_digest("x.nwb"): AssetFile("x.nwb"),
        B: AssetFile("b.jpg"),
        reference_digest("s3://bucket/a.png"): S3File("bucket", "a.png"),
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
    for address in ours(resolve_figure(text, record_id)):
        assert address.isascii()
        assert not set(address) & set(" \"'<>?#&\\;\n")
        nothing, route, record, *rest = address.split("/")
        assert nothing == ""
        assert unquote(record, errors="surrogatepass") == record_id
        if route == "compare":
            assert len(rest) == 2
            assert set(rest) <= known.keys()
        else:
            assert route in {"files", "converted", "excerpt", "page", "rerun"}
            digest, name = rest
            assert unquote(name) == known[digest].name


@settings(deadline=None, max_examples=200)
@given(HOSTILE)
def test_the_last_segment_of_an_address_gives_the_name_back(name: str) -> None:
    parsed = parse(f"figures/{name}.png")
    if isinstance(parsed, AssetFile):
        last = file_address(parsed, "r").split("/")[-1]
        assert unquote(last) == parsed.name
    else:
        assert isinstance(parsed, RefusedReference) or ";" in name


def test_every_reference_in_real_records_is_read() -> None:
    if not RECORDS.is_dir():
        pytest.skip("the folder of real records is not here")
    references = [text for file in sorted(RECORDS.glob("*.json")) for text in _references(json.loads(file.read_text()))]
    kinds = {type(resolve_figure(text, "r")).__name__ for text in references}
    assert kinds >= {"NoFigure", "PictureFigure", "PdfFigure", "VideoFigure", "TextFigure", "EmbedFigure", "DataFigure"}
    pictures = [text for text in references if text and text.endswith(".png")]
    assert len(pictures) > 3000
    assert all(isinstance(resolve_figure(text, "r"), PictureFigure) for text in pictures)


def _references(document: object) -> list[str | None]:
    if isinstance(document, dict):
        here = document.get("reference", "")
        found = [here] if "reference" in document and (here is None or isinstance(here, str)) else []
        return found + [text for value in document.values() for text in _references(value)]
    if isinstance(document, list):
        return [text for value in document for text in _references(value)]
    return []
