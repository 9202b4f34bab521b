from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qc_core.references.kachery import KacheryFile
from qc_core.references.kind import FigureKind, kind_of, kind_of_name
from qc_core.references.locations import Locations
from qc_core.references.reference import (
    AssetFile,
    NoReference,
    Pair,
    PlainText,
    Reference,
    RefusedReference,
    WebFile,
    parse,
)
from qc_core.references.s3 import S3File, https_address, is_bucket
from tests.qc_core.references.hostile import HOSTILE, REFERENCES

EPHYS_GUI = (
    "https%3A//ephys.allenneuraldynamics.org/ephys_gui_app%3Fanalyzer_path%3D%7Bderived_asset_location%7D"
    "/postprocessed/experiment1_Record%20Node%20101%23Neuropix-PXI-100.ProbeA-AP_recording1.zarr"
    "%26recording_path%3D%7Braw_asset_location%7D/ecephys/experiment1_ProbeA-AP.zarr"
)
FIGURL = (
    "https://figurl.org/f?v=npm://@fi-sci/figurl-sortingview@12/dist&d=kachery:aind:sha1:5f91&label=a%20b%23c&zone=aind"
)
NEUROGLANCER = "https://neuroglancer-demo.appspot.com/#!s3://aind-open-data/SmartSPIM/neuroglancer_config.json"


def leaves(reference: Reference) -> list[Reference]:
    return [reference.left, reference.right] if isinstance(reference, Pair) else [reference]


@pytest.mark.parametrize("text", [None, "", " ", "\t\n ", "\u3000"])
def test_nothing_is_no_reference(text: str | None) -> None:
    assert parse(text) == NoReference()


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("figures/drift.png", "figures/drift.png"),
        ("fov.png", "fov.png"),
        ("FOV.PNG", "FOV.PNG"),
        ("/figures/drift.png", "figures/drift.png"),
        ("./figures//./drift.png", "figures/drift.png"),
        ("results/figures/drift.png", "figures/drift.png"),
        ("/results/VISp_7/movie_qc/VISp_7.png", "VISp_7/movie_qc/VISp_7.png"),
        ("results/results/a.png", "results/a.png"),
        ("my_results/a.png", "my_results/a.png"),
        ("//host/share/a.png", "host/share/a.png"),
        ("  a b/c d.png ", "a b/c d.png"),
        (
            "quality_control/experiment1_Record Node 109#Neuropix-PXI-100.46110_recording1/traces_raw.png",
            "quality_control/experiment1_Record Node 109#Neuropix-PXI-100.46110_recording1/traces_raw.png",
        ),
        ("100%/50%25 of %2e%2e.png", "100%/50%25 of %2e%2e.png"),
        ("what?.png", "what?.png"),
        ("drift:probeA.png", "drift:probeA.png"),
        ("a...b/c..png", "a...b/c..png"),
        ("shank0_drift.png", "shank0_drift.png"),
        ("units3.png", "units3.png"),
        ("my_rrd_http.png", "my_rrd_http.png"),
        ("eval_outputs/video/rerun_v0.19.1.rrd", "eval_outputs/video/rerun_v0.19.1.rrd"),
        ("video_pose_estimates.nwb", "video_pose_estimates.nwb"),
        ("table.csv", "table.csv"),
        ("qc/data.h5", "qc/data.h5"),
        ("postprocessed/sorting", "postprocessed/sorting"),
    ],
)
def test_a_path_in_the_asset_is_normalised_and_never_decoded(text: str, path: str) -> None:
    assert parse(text) == AssetFile(path)


@pytest.mark.parametrize("text", ["ecephys-drift-map", "__empty__0", "global", "see note 3. Then go on", "/", "v1.2"])
def test_a_bare_word_is_text(text: str) -> None:
    assert parse(text) == PlainText(text)


@pytest.mark.parametrize(
    "text",
    [
        *("../secret.png", "a/../../secret.png", "a/../b.png", "..", "/..", "results/../../a.png", "a/.."),
        *("..\\secret.png", "figures\\a.png", "C:\\data\\a.png", "C:/data/a.png", "c:a.png", "results/C:/a.png"),
        *("a\x00.png", "a\n/b.png", "a/b\x7f.png", "a\u2028.png", "\ud800.png"),
    ],
)
def test_a_path_that_leaves_the_asset_or_cannot_be_one_is_refused_with_a_reason(text: str) -> None:
    parsed = parse(text)
    assert isinstance(parsed, RefusedReference)
    assert parsed.text == text
    assert parsed.reason


@pytest.mark.parametrize(
    "url",
    [
        "https://host.org/a/drift.png",
        "http://localhost:9000/a.PDF",
        "HTTPS://host.org/a.MP4",
        "https://host.org/a%20b%23c.webm?X-Amz-Signature=1&b=2",
        "https://host.org/spec.vl.json#part",
        "https://host.org/a.png?version=1;size=2",
        "https://host.org/a;b/c.png",
        "http://[::1]:8080/a.png",
        "https://host.org/図.svg",
    ],
)
def test_the_address_of_a_figure_is_a_web_file_as_written(url: str) -> None:
    assert parse(url) == WebFile(url)


@pytest.mark.parametrize("url", [FIGURL, NEUROGLANCER, "https://host.org/page", "http://host.org?file=a.png#b.png"])
def test_any_other_web_address_is_text_with_a_link(url: str) -> None:
    assert parse(url) == PlainText(url, link=url)


@pytest.mark.parametrize(
    "text",
    [
        *("https://user:pass@host.org/a.png", "https://user@host.org/a.png", "https://@host.org/a.png"),
        *("https:///a.png", "https://", "https://host.org/a b.png", "https://host.org/a\n.png", "https://[::1/a.png"),
        *("https://host.org:99999/a.png", "https://host.org:port/a.png", "https://host.org\\@evil.org/a.png"),
        *("https://ＥＶＩＬ.org/a.png", "https://<b>/a.png", "https://host.org/{raw_asset_location}/a.png"),
        *("javascript:alert(1)//a.png", "JavaScript:alert(1)", "data:image/png;base64,AAAA", "data:text/html,x.png"),
        *("file:///etc/passwd.png", "ftp://host.org/a.png", "s3://B_/key/a.png", "sha1://abc?label=a.png"),
        *("vbscript:x.png", "blob:https://host.org/a.png", "gs://bucket/a.png"),
    ],
)
def test_address_that_no_browser_should_open_is_text_without_a_link(text: str) -> None:
    parsed = parse(text)
    assert isinstance(parsed, PlainText)
    assert parsed.link is None
    assert parsed.reason


def test_a_wholly_encoded_address_is_decoded_once_and_gives_no_link_while_it_has_placeholders() -> None:
    parsed = parse(EPHYS_GUI)
    assert isinstance(parsed, PlainText)
    assert parsed.text.startswith(
        "https://ephys.allenneuraldynamics.org/ephys_gui_app?analyzer_path={derived_asset_location}/postprocessed/"
    )
    assert parsed.link is None
    assert parse("https%3A//host.org/page%3Fa%3D%2520") == PlainText(
        "https://host.org/page?a=%20", link="https://host.org/page?a=%20"
    )
    assert parse("HTTPS%3a%2f%2fhost.org/a.png") == WebFile("HTTPS://host.org/a.png")


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("a.png;b.png", AssetFile("a.png"), AssetFile("b.png")),
        ("/results/a b#1.png ; figures/c%.jpg", AssetFile("a b#1.png"), AssetFile("figures/c%.jpg")),
        ("https://h.org/a.png;https://h.org/b.png", WebFile("https://h.org/a.png"), WebFile("https://h.org/b.png")),
        ("https://h.org/a.png?x=1;fig/b.png", WebFile("https://h.org/a.png?x=1"), AssetFile("fig/b.png")),
        ("a.png;https://h.org/b.png?x=1;y=2", AssetFile("a.png"), WebFile("https://h.org/b.png?x=1;y=2")),
        ("a.png;movie.mp4", AssetFile("a.png"), AssetFile("movie.mp4")),
    ],
)
def test_two_joined_by_a_semicolon_are_a_pair(text: str, left: Reference, right: Reference) -> None:
    assert parse(text) == Pair(left, right, text)


@pytest.mark.parametrize("text", ["a.png;", ";a.png", " ; a.png", "a.png;;", ";;;a.png;;"])
def test_one_part_among_empty_ones_is_a_single_reference(text: str) -> None:
    assert parse(text) == AssetFile("a.png")


@pytest.mark.parametrize("text", ["a.png;b.png;c.png", "a.png;;b.png", ";", ";;", "a.png;word", "a.png;" * 30])
def test_joined_references_that_are_not_a_pair_are_text_with_a_reason(text: str) -> None:
    parsed = parse(text)
    assert isinstance(parsed, PlainText)
    assert parsed.text == text
    assert parsed.reason


def test_a_pair_with_a_part_that_leaves_the_asset_is_refused() -> None:
    assert isinstance(parse("a.png;../b.png"), RefusedReference)


@pytest.mark.parametrize(
    "url",
    [
        "https://neuroglancer-demo.appspot.com/#!{a;b;c.png}",
        "https://figurl.org/f?v=1;d=2;e.png",
        "https://figurl.org/f?v=1;https://host.org/a.png",
        "https://host.org/f?" + "a;" * 200,
    ],
)
def test_a_semicolon_inside_an_address_joins_nothing(url: str) -> None:
    assert parse(url) == PlainText(url, link=url)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, FigureKind.IMAGE) for name in ("a.png", "a.JPG", "a.jpeg", "a.Gif", "a.webp", "a.BMP")),
        *((name, FigureKind.PDF) for name in ("a.pdf", "a.b.PDF")),
        *((name, FigureKind.VIDEO) for name in ("a.mp4", "a.WebM")),
        *((name, FigureKind.VIDEO) for name in ("a.avi", "a.MOV")),
        *((name, FigureKind.JSON) for name in ("a.json", "a.vl.json", "a.VEGA.JSON")),
        *((name, FigureKind.CONVERTED) for name in ("a.tif", "a.ome.TIFF")),
        *((name, FigureKind.DATA) for name in ("a.nwb", "a.zarr", "a.h5", "a.HDF5")),
        ("a.svg", FigureKind.SVG),
        ("a.bmp", FigureKind.IMAGE),
        ("a_v0.19.1.rrd", FigureKind.RERUN),
        *(
            (name, FigureKind.OTHER)
            for name in ("png", ".png", "a.png.gz", "a.", "", "a.ipynb", "units3.rrdx", "a.mkv")
        ),
    ],
)
def test_the_suffix_alone_decides_the_kind(name: str, kind: FigureKind) -> None:
    assert kind_of_name(name) is kind


def test_the_kind_of_a_web_file_is_that_of_its_path() -> None:
    assert kind_of(WebFile("https://host.org/a.png?b=c.mp4#d.pdf")) is FigureKind.IMAGE
    assert WebFile("https://host.org/x/a%20b.png?b=c.mp4").name == "a b.png"


@settings(deadline=None, max_examples=500)
@given(REFERENCES)
@example("https://[/a.png")
@example("http://a]b/c.png;d.png")
def test_parsing_never_raises_and_what_it_gives_is_safe(text: str | None) -> None:
    both = Locations("s3://bucket/derived", "s3://bucket/raw")
    for part in (*leaves(parse(text)), *leaves(parse(text, both))):
        match part:
            case AssetFile(path):
                assert not PurePosixPath(path).is_absolute()
                assert PurePosixPath("/asset", path).is_relative_to("/asset")
                assert not {"..", "."} & set(path.split("/"))
                assert path == str(PurePosixPath(path))
                assert not PureWindowsPath(path.split("/")[0]).drive
                assert not set(path) & set("\\\x00\n")
                path.encode()
            case WebFile(url):
                assert_opens_safely(url)
            case S3File(bucket, key):
                assert is_bucket(bucket)
                assert_opens_safely(https_address(part))
                assert unquote(urlsplit(https_address(part, endpoint="http://s3")).path) == f"/{bucket}/{key}"
                assert not {"..", "."} & set(key.split("/"))
            case KacheryFile(sha1, name):
                assert len(sha1) == 40 and int(sha1, 16) >= 0
                assert name and "/" not in name and name.isprintable()
            case PlainText(_, link) if link is not None:
                assert_opens_safely(link)


def assert_opens_safely(url: str) -> None:
    parts = urlsplit(url)
    assert parts.scheme in ("http", "https")
    assert parts.hostname
    assert parts.username is None
    assert parts.password is None
    assert "{derived_asset_location}" not in url
    assert not any(letter.isspace() or ord(letter) < 33 for letter in url)


@settings(deadline=None, max_examples=300)
@given(HOSTILE)
def test_a_path_that_was_accepted_is_read_again_as_itself(text: str) -> None:
    for part in leaves(parse(text)):
        if isinstance(part, AssetFile) and not part.path.startswith("results/") and part.path.strip() == part.path:
            again = parse(part.path)
            assert again == part or _begins_like_an_address(part.path) or isinstance(again, PlainText)


def _begins_like_an_address(path: str) -> bool:
    return ":" in path or "%3a" in path.lower()


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.sampled_from(["a.png", "b/c.JPG", "", " ", "https://h.org/a.png", "https://h.org/b.pdf?c"]), max_size=6)
)
def test_joined_references_are_a_pair_only_when_two_are_named(parts: list[str]) -> None:
    parsed = parse(";".join(parts))
    if isinstance(parsed, Pair):
        assert len(parts) == 2
    if len([part for part in parts if part.strip()]) > 2:
        assert isinstance(parsed, PlainText)
