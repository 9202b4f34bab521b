"""`/files/` where figures lie in hosted stores: checked, then bytes, or a redirect for minutes."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import numpy as np
import pytest
import requests
from PIL import Image

from qc_core.references.s3 import S3File
from qc_core.references.shown import data_address, file_address, files_named, reference_digest
from tests.fakes.assets import document, metric
from tests.fakes.portal import Portal
from tests.fakes.s3 import S3

PDF = b"%PDF-1.4 " + bytes(range(256))
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
SECRET = "s3://private/secret.png"
HOSTED = {
    "drift.png": "s3://listed/Node 109#x/drift.png",
    "report.pdf": "s3://listed/report.pdf",
    "page.html": "s3://listed/page.html",
    "shape.svg": "s3://listed/shape.svg",
    "gone.png": "s3://listed/gone.png",
    "open.png": "s3://public/open.png",
    "open.pdf": "s3://public/open.pdf",
    "secret.png": SECRET,
    "relative.png": "figures/relative.png",
    "deep.tif": "s3://listed/deep.tif",
    "units.csv": "s3://listed/units.csv",
    "open.csv": "s3://public/open.csv",
    "rates.vl.json": "s3://listed/mouse/rates.vl.json",
    "session_v0.19.1.rrd": "s3://listed/session_v0.19.1.rrd",
    "open_v0.19.1.rrd": "s3://public/open_v0.19.1.rrd",
    "session.nwb": "s3://listed/session.nwb",
    "other.png": "s3://listed/../private/secret.png",
}


CHART = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "data": {"url": "rates.csv"}, "mark": "point"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hosted")
    asset = folder / "assets" / "mouse"
    asset.mkdir(parents=True)
    record = {
        "_id": "mouse",
        "name": "mouse",
        "location": "s3://listed/mouse",
        "quality_control": document(*(metric(name, reference=text) for name, text in HOSTED.items())),
    }
    (asset / "metadata.nd.json").write_text(json.dumps(record), "utf-8")
    (folder / "ahead").write_text("0")
    return folder


@pytest.fixture(scope="module")
def hosted(folder: Path, _s3_server: S3) -> Iterator[Portal]:
    for key, content in (("Node 109#x/drift.png", b"drift"), ("report.pdf", PDF), ("mouse/figures/relative.png", b"r")):
        _s3_server.put("listed", key, content)
    for key, content in (("page.html", b"<script>alert(1)</script>"), ("shape.svg", SVG)):
        _s3_server.put("listed", key, content)
    for key, content in (
        *(("deep.tif", _tiff()), ("units.csv", b"unit,rate\n1,2.5\n"), ("session_v0.19.1.rrd", b"RRF2-recording")),
        *(("mouse/rates.vl.json", json.dumps(CHART).encode()), ("mouse/rates.csv", b"x\n1\n"), ("session.nwb", b"nwb")),
    ):
        _s3_server.put("listed", key, content)
    _s3_server.put("public", "open.png", b"open", public=True)
    _s3_server.put("public", "open.pdf", PDF, public=True)
    _s3_server.put("private", "secret.png", b"secret")
    portal = Portal(
        folder / "assets",
        folder / "state",
        folder / "log",
        more=_s3_server.settings("listed"),
        ahead=folder / "ahead",
    )
    yield portal.started()
    portal.stop()


@pytest.fixture
def ahead(folder: Path) -> Iterator[Path]:
    """How far the portal's clock is ahead."""
    yield folder / "ahead"
    (folder / "ahead").write_text("0")


def _tiff() -> bytes:
    kept = io.BytesIO()
    Image.fromarray(np.arange(6000, dtype=np.uint16).reshape(60, 100)).save(kept, format="TIFF")
    return kept.getvalue()


def address(name: str, route: str = "files") -> str:
    (file,) = files_named([HOSTED[name]]).values()
    return file_address(file, "mouse", route)


def test_a_picture_is_redirected_to_an_address_that_is_signed_for_minutes(hosted: Portal, s3: S3) -> None:
    for headers in ({}, {"Sec-Fetch-Dest": "image"}):
        answer = hosted.ask(address("drift.png"), headers=headers)
        assert answer.status == 302
        signed_url = answer.headers["location"]
        assert signed_url.startswith(f"{s3.url}/listed/Node%20109%23x/drift.png?")
        assert "X-Amz-Expires=900" in signed_url
        assert answer.headers["cache-control"] == "private, max-age=240"
        assert answer.headers["vary"] == "Sec-Fetch-Dest"
        assert requests.get(signed_url).content == b"drift"


def test_the_redirect_is_the_same_within_a_window_and_fresh_two_hours_on(hosted: Portal, s3: S3, ahead: Path) -> None:
    first = hosted.ask(address("drift.png")).headers["location"]
    into_the_window = {hosted.ask(address("drift.png")).headers["location"] for _ in range(3)}
    assert len(into_the_window | {first}) <= 2  # two, if the window ended just now
    s3.later = timedelta(hours=2)
    ahead.write_text("7200")
    assert requests.get(first).status_code == 403
    later = hosted.ask(address("drift.png")).headers["location"]
    assert later != first
    assert requests.get(later).content == b"drift"


def test_file_for_a_script_comes_from_us_with_ranges_and_is_not_sent_twice(hosted: Portal) -> None:
    whole = hosted.ask(address("report.pdf"), headers={"Sec-Fetch-Dest": "empty"})
    assert (whole.status, whole.body, whole.headers["content-type"]) == (200, PDF, "application/pdf")
    assert whole.headers["x-content-type-options"] == "nosniff"
    part = hosted.ask(address("report.pdf"), headers={"Sec-Fetch-Dest": "empty", "Range": "bytes=9-18"})
    assert (part.status, part.body) == (206, PDF[9:19])
    same = hosted.ask(address("report.pdf"), headers={"If-None-Match": whole.headers["etag"]})
    assert (same.status, same.body) == (304, b"")


def test_a_script_that_asks_for_a_picture_is_given_its_bytes(hosted: Portal) -> None:
    answer = hosted.ask(address("drift.png"), headers={"Sec-Fetch-Dest": "empty"})
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, b"drift", "image/png")


def test_a_tab_with_something_that_could_run_a_script_is_sandboxed_by_us(hosted: Portal) -> None:
    for name, kind in (("page.html", "text/html"), ("shape.svg", "image/svg+xml")):
        answer = hosted.ask(address(name), headers={"Sec-Fetch-Dest": "document"})
        assert answer.status == 200
        assert answer.headers["content-type"].startswith(kind)
        assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_an_svg_in_a_listed_bucket_comes_through_the_portal_which_checks_it(hosted: Portal) -> None:
    assert hosted.ask(address("shape.svg"), headers={"Sec-Fetch-Dest": "image"}).status == 200
    assert hosted.ask(address("drift.png"), headers={"Sec-Fetch-Dest": "image"}).status == 302


def test_a_missing_figure_is_reported_and_asked_for_again(hosted: Portal) -> None:
    answer = hosted.ask(address("gone.png"))
    assert answer.status == 404
    assert "gone.png is missing" in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_public_bucket_is_left_to_the_browser(hosted: Portal, s3: S3) -> None:
    s3.asked.clear()
    assert hosted.ask(address("open.png")).headers["location"] == f"{s3.url}/public/open.png"
    by_script = hosted.ask(address("open.pdf"))
    assert by_script.status == 404
    assert "would have to read open.pdf from the bucket public" in by_script.text
    in_a_tab = hosted.ask(address("open.pdf"), headers={"Sec-Fetch-Dest": "document"})
    assert in_a_tab.headers["location"] == f"{s3.url}/public/open.pdf"
    assert s3.asked == []


def test_no_bucket_is_signed_for_or_read_because_a_record_names_it(hosted: Portal, s3: S3) -> None:
    for asked_for in ("image", "document", "video"):
        answer = hosted.ask(address("secret.png"), headers={"Sec-Fetch-Dest": asked_for})
        assert answer.headers["location"] == f"{s3.url}/private/secret.png"
        assert requests.get(answer.headers["location"]).status_code == 403
    assert hosted.ask(address("secret.png"), headers={"Sec-Fetch-Dest": "empty"}).status == 404
    assert {one.status for one in s3.asked} == {403}


def test_a_relative_figure_lies_under_the_location_of_its_record(hosted: Portal) -> None:
    answer = hosted.ask(address("relative.png"))
    assert requests.get(answer.headers["location"]).content == b"r"


@pytest.mark.parametrize(
    "path",
    [
        *("/files/mouse/00000000000000000000/x.png", "/files/mouse//x.png", "/files/rat/00000000000000000000/x.png"),
        f"/files/mouse/{quote('s3://private/secret.png', safe='')}/secret.png",
        *("/files/mouse/s3:%2F%2Fprivate%2Fsecret.png/x.png", "/files/mouse/..%2F..%2Fsecret/x.png", "/files/mouse/"),
    ],
)
def test_only_what_the_record_names_is_answered(hosted: Portal, s3: S3, path: str) -> None:
    answer = hosted.ask(path)
    the_page = answer.headers.get("content-type", "").startswith("text/html")  # which is there for any address
    assert the_page or answer.status in {301, 307, 400, 404}
    assert s3.url not in answer.headers.get("location", "")
    assert b"secret" not in answer.body
    assert s3.asked == []


def test_a_reference_that_leads_from_one_bucket_to_another_has_no_address() -> None:
    assert files_named([HOSTED["other.png"]]) == {}


def test_the_policy_of_the_page_allows_pictures_from_that_server_and_nothing_more(
    hosted: Portal, portal: Portal
) -> None:
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(hosted.more["QC_PORTAL_S3_ENDPOINT"]))
    ours = hosted.ask("/").headers["content-security-policy"].split("; ")
    plain = portal.ask("/").headers["content-security-policy"].split("; ")
    changed = {directive.split()[0] for directive, without in zip(ours, plain, strict=True) if directive != without}
    assert changed == {"img-src", "media-src"}
    assert [one.replace(f" {origin}", "") for one in ours] == plain


def test_portal_reads_files_from_a_listed_bucket_too(hosted: Portal) -> None:
    png = hosted.ask(address("deep.tif", "converted"))
    assert (png.status, png.headers["content-type"]) == (200, "image/png")
    assert json.loads(hosted.ask(address("deep.tif", "converted") + "?facts").body)["stretched"]
    assert json.loads(hosted.ask(address("units.csv", "excerpt")).body)["rows"] == [["unit", "rate"], ["1", "2.5"]]
    assert b"alert(1)" in hosted.ask(address("page.html", "page")).body
    refused = hosted.ask(address("open.csv", "excerpt"))
    assert refused.status == 404
    assert "would have to read open.csv from the bucket public" in refused.body.decode()


def test_a_chart_in_a_bucket_loads_its_data_from_its_own_folder(hosted: Portal) -> None:
    chart = reference_digest(HOSTED["rates.vl.json"])
    next_to = data_address(S3File("listed", "mouse/rates.csv"), chart, "mouse")
    assert json.loads(hosted.ask(f"{next_to}?rows=").body) == [{"x": 1.0}]
    assert hosted.ask(data_address(S3File("listed", "units.csv"), chart, "mouse")).status == 404


def test_a_recording_in_a_bucket_is_lent_by_the_name_that_the_record_gives_it(hosted: Portal) -> None:
    view = hosted.ask(address("session_v0.19.1.rrd", "rerun"))
    assert view.status == 303
    assert view.headers["location"].startswith("https://app.rerun.io/version/0.19.1/index.html?url=")
    (lent,) = parse_qs(urlsplit(view.headers["location"]).query)["url"]
    assert hosted.ask(urlsplit(lent).path).body == b"RRF2-recording"


def test_a_recording_in_any_other_bucket_is_named_to_the_viewer_by_its_own_address(hosted: Portal, s3: S3) -> None:
    s3.asked.clear()
    view = hosted.ask(address("open_v0.19.1.rrd", "rerun"))
    assert view.status == 303
    assert parse_qs(urlsplit(view.headers["location"]).query)["url"] == [f"{s3.url}/public/open_v0.19.1.rrd"]
    assert s3.asked == []


def test_data_in_a_bucket_is_not_copied_to_learn_its_size(hosted: Portal, folder: Path) -> None:
    copied = set((folder / "state" / "figures").glob("*"))
    answer = hosted.ask(address("session.nwb"), "HEAD", headers={"Sec-Fetch-Dest": "empty"})
    assert answer.status == 302
    assert json.loads(hosted.ask(f"{address('session.nwb')}?size").body) == {"bytes": 3, "whole": True}
    assert json.loads(hosted.ask(f"{address('open.pdf')}?size").body) == {"bytes": None}
    assert hosted.ask(f"{address('gone.png')}?size").status == 404
    assert set((folder / "state" / "figures").glob("*")) == copied


def test_next_to_a_bucket_figures_are_copied_to_the_temporary_folder_where_there_is_no_home(
    hosted: Portal, s3: S3, start_portal: Callable[..., Portal], tmp_path: Path
) -> None:
    nowhere = {"HOME": "/proc/nowhere", "XDG_STATE_HOME": "/proc/nowhere", "TMPDIR": str(tmp_path)}
    state = {"QC_PORTAL_STATE": "s3://listed/portal", "AWS_ENDPOINT_URL": s3.url}
    at = start_portal(assets=hosted.assets, more=hosted.more | state | nowhere)
    for name, route in (("report.pdf", "files"), ("units.csv", "excerpt"), ("deep.tif", "converted")):
        answer = at.ask(address(name, route), headers={"Sec-Fetch-Dest": "empty"})
        assert answer.status == 200, answer.text
    assert json.loads(at.ask("/readyz").body) == {"ready": True, "records": True, "state": True, "copies": True}
    (own,) = tmp_path.glob("qc-portal-*")
    assert own.stat().st_mode & 0o077 == 0 and len(list(own.glob("figures/*"))) == 3
