"""The routes that give a figure in another form than its file: converted, excerpt, sandboxed, lent, data of a chart."""

import hashlib
import io
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import h5py
import numpy as np
import pytest
from PIL import Image

from qc_core.references.reference import AssetFile
from qc_core.references.shown import data_address, reference_digest
from tests.fakes.assets import Asset, document, metric
from tests.fakes.portal import Portal

RAMP = np.arange(100 * 120, dtype=np.uint16).reshape(100, 120)
CHART = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "data": {"url": "data/a.csv"}, "mark": "point"}
ROUTES = ("files", "converted", "excerpt", "page", "rerun")


def tiff() -> Any:
    kept = io.BytesIO()
    Image.fromarray(RAMP).save(kept, format="TIFF")
    return kept.getvalue()


def hdf5(array: Any) -> Any:
    kept = io.BytesIO()
    with h5py.File(kept, "w") as file:
        file["movie"] = array
    return kept.getvalue()


LEVEL = {"zarr_format": 2, "chunks": [2, 100, 120], "dtype": "<u2", "order": "C", "fill_value": 0, "compressor": None}
VOLUME = {
    "v.zarr/.zgroup": b'{"zarr_format": 2}',
    "v.zarr/0/.zarray": json.dumps(LEVEL | {"shape": [2, 100, 120], "filters": None}).encode(),
    "v.zarr/0/0.0.0": np.stack([RAMP, RAMP + 7]).tobytes(),
    "v.zarr/1/.zarray": json.dumps(LEVEL | {"shape": [1, 50, 60], "filters": None}).encode(),
}
FILES = VOLUME | {
    "a.tif": tiff(),
    "a.h5": hdf5(np.stack([RAMP, RAMP + 5])),
    "spikes.nwb": hdf5(np.zeros(100)),
    "bad.tif": b"II*\x00no picture",
    "a.csv": b"a,b\n1,2\n",
    "a.html": b"<!doctype html><html><head><title>t</title></head><body>x</body></html>",
    "a.vl.json": json.dumps(CHART).encode(),
    "data/a.csv": b"x,y\n1,2.5\n",
    "data/secret.csv": b"x\n1\n",
    "a b_v0.19.1.rrd": b"RRF2-recording",
    "plain.rrd": b"RRF2",
}
NAMED = [
    "a.tif",
    "a.h5",
    "v.zarr",
    "spikes.nwb",
    "bad.tif",
    "a.csv",
    "a.html",
    "a.vl.json",
    "a b_v0.19.1.rrd",
    "plain.rrd",
    "gone.tif",
]


@pytest.fixture
def asset(made: Callable[..., Asset]) -> Asset:
    return made(document(*(metric(name, reference=name) for name in NAMED)), files=FILES)


@pytest.fixture
def address(asset: Asset, portal: Portal) -> Any:
    """Path of a file of the asset under one of the routes."""
    record_id = hashlib.sha256(asset.folder.relative_to(portal.assets).as_posix().encode()).hexdigest()[:20]

    def address_of(path: str, route: str = "files") -> str:
        return f"/{route}/{record_id}/{reference_digest(path)}/{quote(path.rpartition('/')[2])}"

    address_of.record_id = record_id  # type: ignore[attr-defined]  # what a test may ask for besides
    return address_of


def test_a_tiff_is_given_as_png_and_is_not_sent_twice(portal: Portal, address: Any) -> None:
    answer = portal.ask(address("a.tif", "converted") + "?low=10&high=90")
    assert answer.headers["content-type"] == "image/png"
    with Image.open(io.BytesIO(answer.body)) as opened:
        assert (opened.size, opened.mode) == ((120, 100), "L")
    again = portal.ask(
        address("a.tif", "converted") + "?low=10&high=90", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert (again.status, again.body) == (304, b"")
    assert portal.ask(address("a.tif", "converted")).headers["etag"] != answer.headers["etag"]


def test_the_facts_say_what_was_done(portal: Portal, address: Any) -> None:
    facts = json.loads(portal.ask(address("a.tif", "converted") + "?low=10&high=90&facts").text)
    assert (facts["low"], facts["high"], facts["bottom"], facts["top"]) == (10, 90, 1199, 10799)


@pytest.mark.parametrize(
    "query", ["?low=nan&high=1", "?low=9&high=3", "?low=-1", "?high=1e999", "?low=x", "?low=" + "9" * 5000]
)
def test_percentiles_that_are_none_give_the_usual_ones(portal: Portal, address: Any, query: Any) -> None:
    facts = json.loads(portal.ask(address("a.tif", "converted") + f"{query}&facts").text)
    assert (facts["low"], facts["high"]) == (0.5, 99.5)


def test_slices_of_hdf5_are_given_where_there_are_some(portal: Portal, address: Any) -> None:
    asked = address("a.h5", "converted")
    facts = json.loads(portal.ask(f"{asked}?page=2&low=0&high=100&facts&quiet").text)
    assert (facts["pages"], facts["first"], facts["bottom"], facts["array"]) == (2, 1, 5, "/movie")
    picture = portal.ask(f"{asked}?page=2")
    assert picture.headers["content-type"] == "image/png" and picture.status == 200
    none = portal.ask(address("spikes.nwb", "converted") + "?facts&quiet")
    assert none.status == 200 and "holds no array of numbers" in json.loads(none.text)["problem"]
    assert portal.ask(address("spikes.nwb", "converted")).status == 404


def test_slices_of_a_zarr_folder_are_given_of_the_array_that_is_named(portal: Portal, address: Any) -> None:
    asked = address("v.zarr", "converted")
    facts = json.loads(portal.ask(f"{asked}?page=2&low=0&high=100&facts&quiet").text)
    assert (facts["pages"], facts["first"], facts["bottom"], facts["array"]) == (2, 1, 7, "/0")
    assert facts["arrays"] == [["/0", "/0, 2 × 100 × 120, uint16"], ["/1", "/1, 1 × 50 × 60, uint16"]]
    coarse = json.loads(portal.ask(f"{asked}?array=%2F1&facts").text)
    assert (coarse["array"], coarse["width"], coarse["height"]) == ("/1", 60, 50)
    picture = portal.ask(f"{asked}?array=%2F1")
    assert picture.headers["content-type"] == "image/png"
    assert portal.ask(f"{asked}?array={'x' * 3000}").status == 200, "what is no name gives the usual one"
    assert portal.ask(address("v.zarr")).status == 404, "a folder is no file to download"


def test_a_picture_that_cannot_be_converted_is_a_sentence(portal: Portal, address: Any) -> None:
    answer = portal.ask(address("bad.tif", "converted"))
    assert answer.status == 404
    assert "bad.tif cannot be shown" in answer.text
    assert "gone.tif is missing" in portal.ask(address("gone.tif", "converted")).text


def test_an_excerpt_is_plain_values(portal: Portal, address: Any) -> None:
    answer = portal.ask(address("a.csv", "excerpt"))
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.text) == {"text": "", "rows": [["a", "b"], ["1", "2"]], "limit": ""}


def test_html_is_sandboxed_wherever_it_is_opened(portal: Portal, address: Any) -> None:
    page, file = portal.ask(address("a.html", "page")), portal.ask(address("a.html"))
    policy = page.headers["content-security-policy"]
    assert "sandbox allow-scripts;" in policy
    assert "allow-same-origin" not in policy
    assert "connect-src" not in policy
    assert "default-src 'none'" in policy
    assert "https://cdn.plot.ly" in policy
    assert page.text.startswith("<!doctype html><html><head><script>")
    assert page.text.endswith("<title>t</title></head><body>x</body></html>")
    assert file.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert file.body == FILES["a.html"]


def test_a_charts_data_is_given_and_no_other_file_next_to_it(portal: Portal, address: Any) -> None:
    digest, record_id = reference_digest("a.vl.json"), address.record_id
    given = portal.ask(data_address(AssetFile("data/a.csv"), digest, record_id))
    assert (given.status, given.body) == (200, FILES["data/a.csv"])
    rows = portal.ask(data_address(AssetFile("data/a.csv"), digest, record_id) + "?rows=")
    assert json.loads(rows.text) == [{"x": 1.0, "y": 2.5}]
    for path, chart in (
        ("data/secret.csv", "a.vl.json"),
        ("data/a.csv", "a.csv"),
        ("quality_control.json", "a.vl.json"),
    ):
        assert portal.ask(data_address(AssetFile(path), reference_digest(chart), record_id)).status == 404


def test_a_recording_is_lent_to_the_viewer_alone(portal: Portal, address: Any) -> None:
    sent_on = portal.ask(address("a b_v0.19.1.rrd", "rerun"))
    assert sent_on.status == 303
    assert sent_on.headers["cache-control"] == "no-store"
    view = urlsplit(sent_on.headers["location"])
    assert (view.netloc, view.path) == ("app.rerun.io", "/version/0.19.1/index.html")
    (recording,) = parse_qs(view.query)["url"]
    assert recording.startswith(portal.url + "/lent/")
    lent = portal.ask(urlsplit(recording).path, headers={"Range": "bytes=5-", "Origin": "https://app.rerun.io"})
    assert (lent.status, lent.body) == (206, b"recording")
    assert lent.headers["access-control-allow-origin"] == "https://app.rerun.io"
    asked = portal.ask(urlsplit(recording).path, "OPTIONS", headers={"Origin": "https://app.rerun.io"})
    assert (asked.status, asked.body) == (204, b"")


def test_nothing_else_is_lent(portal: Portal, address: Any) -> None:
    assert portal.ask("/lent/x.y/a.rrd").status == 404
    assert portal.ask(address("plain.rrd", "rerun")).status == 404
    assert "access-control-allow-origin" not in portal.ask(address("a.csv")).headers


@pytest.mark.parametrize("route", ROUTES)
def test_no_route_gives_a_file_that_the_record_does_not_name(portal: Portal, address: Any, route: Any) -> None:
    for path in ("quality_control.json", "data/secret.csv", "../x.png"):
        answer = portal.ask(address(path, route))
        assert (answer.status, "names no such figure" in answer.text) == (404, True)


@pytest.mark.parametrize("route", ROUTES)
def test_every_form_is_sent_with_its_type_and_no_guessing(portal: Portal, address: Any, route: Any) -> None:
    answer = portal.ask(address("a.csv", route))
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_page_may_frame_the_allowed_hosts_and_nothing_else(portal: Portal) -> None:
    policy = dict(
        part.strip().partition(" ")[::2] for part in portal.ask("/").headers["content-security-policy"].split(";")
    )
    assert policy["frame-src"].split() == [
        "'self'",
        "https://figurl.org",
        "https://www.figurl.org",
        "https://neuroglancer-demo.appspot.com",
        "https://ephys.allenneuraldynamics.org",
        "https://app.rerun.io",
    ]
    assert policy["connect-src"] == "'self'"
