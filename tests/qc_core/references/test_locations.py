"""Where a reference says that its figure is: in S3, in Kachery, or under a location that a record gives."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.references.kachery import KacheryFile
from qc_core.references.locations import Locations
from qc_core.references.reference import AssetFile, Pair, PlainText, Reference, WebFile, parse
from qc_core.references.s3 import S3File, https_address, is_location, under_location
from tests.qc_core.references.hostile import HOSTILE

HASH = "5f91cfb92d1637a7e4d476fba1abc53a8da2e431"
HERE = Locations("s3://aind-open-data/ecephys_1_sorted", "s3://aind-private/ecephys_1")
EPHYS_GUI = (
    "https%3A//ephys.allenneuraldynamics.org/ephys_gui_app%3Fanalyzer_path%3D%7Bderived_asset_location%7D"
    "/postprocessed/experiment1_Record%20Node%20101%23Neuropix-PXI-100.ProbeA-AP_recording1.zarr"
    "%26recording_path%3D%7Braw_asset_location%7D/ecephys/experiment1_ProbeA-AP.zarr"
)


@pytest.mark.parametrize(
    ("text", "bucket", "key"),
    [
        ("s3://aind-open-data/asset/figures/drift.png", "aind-open-data", "asset/figures/drift.png"),
        ("S3://bucket/a.png", "bucket", "a.png"),
        ("s3://bucket/Record Node 109#x/50% of a?b%2e%2e.png", "bucket", "Record Node 109#x/50% of a?b%2e%2e.png"),
        ("s3://my.bucket/a//b.png", "my.bucket", "a//b.png"),
        ("s3%3A//bucket/a%20b%2523.png", "bucket", "a b%23.png"),
        ("s3%3a%2F%2Fbucket%2Fa.png", "bucket", "a.png"),
        ("s3://bucket/asset.zarr", "bucket", "asset.zarr"),
    ],
)
def test_an_s3_address_names_a_bucket_and_a_key_as_written(text: str, bucket: str, key: str) -> None:
    assert parse(text) == S3File(bucket, key)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "s3://",
            "s3://bucket",
            "s3://bucket/",
            "s3://bucket/folder/",
            "s3:///a.png",
            "s3://B/a.png",
            "s3://ab/a.png",
        ),
        *(
            "s3://a_b/a.png",
            "s3://evil.org:80/a.png",
            "s3://user@bucket/a.png",
            "s3://127.0.0.1/a.png",
            "s3://a..b/c.png",
        ),
        *("s3://bucket/../other/a.png", "s3://bucket/a/./b.png", "s3://bucket/a/..", "s3://bucket/a\nb.png"),
        *("s3://bucket/" + "é" * 600 + ".png", "s3://bucket/\ud800.png", "s3%3A//bucket/%2e%2e/other/a.png"),
    ],
)
def test_s3_address_without_an_object_is_text_with_the_reason(text: str) -> None:
    parsed = parse(text)
    assert isinstance(parsed, PlainText)
    assert parsed.reason
    assert parsed.link is None


def test_the_name_of_a_figure_may_hold_s3_and_sha() -> None:
    for text in ("units3.png", "s3/a.png", "sha1/a.png", "s3%3A.png", "shank0.png", "a/s3://bucket/b.png"):
        assert isinstance(parse(text), AssetFile), text


def test_an_address_of_an_object_is_encoded_once_step_by_step() -> None:
    file = S3File("bucket", "Node 109#x/50%25 of é?.png")
    path = "Node%20109%23x/50%2525%20of%20%C3%A9%3F.png"
    assert https_address(file) == f"https://bucket.s3.amazonaws.com/{path}"
    assert https_address(file, region="us-west-2") == f"https://bucket.s3.us-west-2.amazonaws.com/{path}"
    assert https_address(file, endpoint="http://127.0.0.1:9000/") == f"http://127.0.0.1:9000/bucket/{path}"
    dotted = https_address(S3File("my.bucket", "a.png"), region="eu-west-1")
    assert dotted == "https://s3.eu-west-1.amazonaws.com/my.bucket/a.png"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"sha1://{HASH}?label=drift.png", "drift.png"),
        (f"sha1://{HASH}?label=a%20b%23c/drift%20%231.png", "drift #1.png"),
        (f"sha1://{HASH}.png", f"{HASH}.png"),
        (f"SHA1://{HASH.upper()}.PNG", f"{HASH}.PNG"),
        (f"sha1://{HASH}.vl.json", f"{HASH}.vl.json"),
        (f"sha1://{HASH}/old/drift.png", "drift.png"),
        (f"sha1://{HASH}.png?label=drift", f"{HASH}.png"),
        (f"sha1://{HASH}?label=drift", "drift"),
        (f"sha1://{HASH}", HASH),
        (f"sha1://{HASH}?location=/etc/passwd&label=x.png", "x.png"),
        (f"sha1://{HASH}?label=..%2F..%2Fx%00.png", "x\ufffd.png"),
        (f"sha1%3A//{HASH}%3Flabel%3Ddrift.png", "drift.png"),
    ],
)
def test_a_kachery_address_names_a_hash_and_a_name(text: str, name: str) -> None:
    assert parse(text) == KacheryFile(HASH, name)


@pytest.mark.parametrize(
    "text", ["sha1://", "sha1://abc.png", f"sha1://{HASH}a.png", "sha1://../../x.png", "sha1://\n"]
)
def test_kachery_address_without_a_sha1_is_text_with_the_reason(text: str) -> None:
    parsed = parse(text)
    assert isinstance(parsed, PlainText)
    assert "40 hexadecimal digits" in parsed.reason


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("s3://b-1/a.png;s3://b-1/b.png", S3File("b-1", "a.png"), S3File("b-1", "b.png")),
        (f"a.png ; sha1://{HASH}.png", AssetFile("a.png"), KacheryFile(HASH, f"{HASH}.png")),
        (f"sha1://{HASH}?label=a.png;b.png", KacheryFile(HASH, "a.png"), AssetFile("b.png")),
        ("https://h.org/a.png;s3://b-1/b.png", WebFile("https://h.org/a.png"), S3File("b-1", "b.png")),
        ("{raw_asset_location}/a.png;b.png", S3File("aind-private", "ecephys_1/a.png"), AssetFile("b.png")),
    ],
)
def test_a_pair_may_come_from_two_locations(text: str, left: Reference, right: Reference) -> None:
    assert parse(text, HERE) == Pair(left, right, text)


def test_a_wholly_encoded_address_gets_its_locations_and_keeps_its_hash_signs_as_part_of_names() -> None:
    url = (
        "https://ephys.allenneuraldynamics.org/ephys_gui_app?analyzer_path=s3://aind-open-data/ecephys_1_sorted"
        "/postprocessed/experiment1_Record%20Node%20101%23Neuropix-PXI-100.ProbeA-AP_recording1.zarr"
        "&recording_path=s3://aind-private/ecephys_1/ecephys/experiment1_ProbeA-AP.zarr"
    )
    assert parse(EPHYS_GUI, HERE) == PlainText(url, link=url)


def test_hash_sign_begins_the_fragment_without_placeholders() -> None:
    encoded = "https%3A//neuroglancer-demo.appspot.com/%23%21s3%3A//bucket/a%20b.json"
    url = "https://neuroglancer-demo.appspot.com/#!s3://bucket/a%20b.json"
    assert parse(encoded) == PlainText(url, link=url)


def test_a_location_stays_within_its_part_of_the_address() -> None:
    nasty = Locations("s3://bucket/a&b=c#d e?f", None)
    parsed = parse("https://h.org/x?path={derived_asset_location}/a.png", nasty)
    assert isinstance(parsed, PlainText)
    assert parsed.link == "https://h.org/x?path=s3://bucket/a%26b%3Dc%23d%20e%3Ff/a.png"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (EPHYS_GUI, "location of this asset"),
        ("{derived_asset_location}/a.png", "location of this asset"),
        ("{raw_asset_location}/a.png", "location of the raw asset"),
        ("https://h.org/x?a={raw_asset_location}", "location of the raw asset"),
        ("https://h.org/{something}/a.png", "placeholder"),
    ],
)
def test_an_unknown_location_is_reported_as_missing(text: str, words: str) -> None:
    parsed = parse(text)
    assert isinstance(parsed, PlainText)
    assert words in parsed.reason
    assert parsed.link is None


def test_a_file_lies_under_the_location_of_its_record() -> None:
    assert under_location("s3://bucket/asset", "figures/a #1.png") == S3File("bucket", "asset/figures/a #1.png")
    assert under_location("s3://bucket/asset/", "a.png") == under_location("s3://bucket/asset", "a.png")
    assert under_location("s3://bucket", "a.png") == S3File("bucket", "a.png")
    for location in (None, "", "/data/asset", "https://h.org/asset", "s3://", "s3://bucket/../other", "javascript:x"):
        assert under_location(location, "a.png") is None
        assert not is_location(location)


@settings(deadline=None, max_examples=300)
@given(HOSTILE, st.sampled_from(["s3://bucket/asset", "s3://bucket"]))
def test_no_path_leads_out_of_the_location(path: str, location: str) -> None:
    parsed = parse(path)
    if isinstance(parsed, AssetFile):
        file = under_location(location, parsed.path)
        assert file is None or file.identity == f"{location}/{parsed.path}"
