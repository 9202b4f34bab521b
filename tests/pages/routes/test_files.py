"""`/files/` gives a record's own figures, byte for byte, and nothing else."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qc_core.references.reference import AssetFile, Pair, parse
from qc_core.references.shown import reference_digest
from tests.fakes import assets as fake_assets
from tests.fakes.assets import Asset, document, metric
from tests.fakes.portal import Portal

CONTENT = bytes(range(256)) * 8
ODD_NAME = "figures/probe A #1 100%25 ä.PNG"
SECRET = b"nobody may read this"


@pytest.fixture
def asset(made: Callable[..., Asset]) -> Iterator[Asset]:
    """One asset with files that it names, and files that it does not."""
    files = {"figures/drift.png": CONTENT, ODD_NAME: b"odd", "figures/secret.png": SECRET, "results/late.png": b"late"}
    files |= {"plot.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>", "page.html": b"<script>alert(1)</script>"}
    named = [
        *("figures/drift.png", ODD_NAME, "/results/late.png", "plot.svg", "page.html", "a.png;figures/b.png"),
        *("../outside.png", "link.png", "folder/inner.png", "gone.png", "sub"),
    ]
    asset = made(document(*(metric(f"m{n}", reference=text) for n, text in enumerate(named))), files)
    (asset.folder.parent / "outside.png").write_bytes(SECRET)
    (asset.folder / "link.png").symlink_to(asset.folder.parent / "outside.png")
    (asset.folder / "folder").symlink_to(asset.folder.parent)
    (asset.folder / "figures" / "b.png").symlink_to("drift.png")
    yield asset
    (asset.folder.parent / "outside.png").unlink()


def is_a_sentence(answer: Any) -> bool:
    """What a person reads instead of a figure: plain words, and nothing of the machine."""
    plain = answer.headers["content-type"].startswith("text/plain")
    return plain and re.fullmatch(r"[A-Z][^<>]+\.", answer.text) is not None and str(Path.cwd()) not in answer.text


@pytest.mark.parametrize("path", ["figures/drift.png", "figures/b.png"])
def test_a_figure_comes_as_it_is_on_disk(
    portal: Portal, asset: Asset, address_of: Callable[[Asset, str], str], path: str
) -> None:
    answer = portal.ask(address_of(asset, path))
    assert (answer.status, answer.body) == (200, CONTENT)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-length"] == str(len(CONTENT))
    assert answer.headers["accept-ranges"] == "bytes"


def test_every_local_figure_of_the_demo_comes_as_it_is_on_disk(
    portal: Portal, address_of: Callable[[Asset, str], str]
) -> None:
    types = set()
    for name in (fake_assets.OPHYS, fake_assets.SPIM, fake_assets.VIDEOS):
        asset = fake_assets.demo(name, portal.assets)
        raw = asset.document()
        metrics = raw.get("metrics") or [one for evaluation in raw["evaluations"] for one in evaluation["metrics"]]
        for text in {one.get("reference") for one in metrics}:
            found = parse(text)
            for file in (found.left, found.right) if isinstance(found, Pair) else (found,):
                if isinstance(file, AssetFile):
                    answer = portal.ask(address_of(asset, file.path))
                    assert answer.body == (asset.folder / file.path).read_bytes(), file.path
                    types.add(answer.headers["content-type"])
    assert types == {"image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", "video/mp4", "video/webm"}


def test_names_with_signs_that_mean_something_in_an_address_are_found(
    portal: Portal, asset: Asset, address_of: Callable[[Asset, str], str]
) -> None:
    address = address_of(asset, ODD_NAME)
    assert "#" not in address and " " not in address
    answer = portal.ask(address)
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, b"odd", "image/png")


def test_a_file_in_results_is_found_with_and_without_that_word(
    portal: Portal, asset: Asset, address_of: Callable[[Asset, str], str]
) -> None:
    assert portal.ask(address_of(asset, "late.png")).body == b"late"


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-0", 206, 0, 1),
        ("bytes=10-19", 206, 10, 20),
        ("bytes=2000-", 206, 2000, 2048),
        ("bytes=-48", 206, 2000, 2048),
        ("bytes=2000-9999", 206, 2000, 2048),
    ],
)
def test_a_part_of_a_film_can_be_asked_for(
    portal: Portal, asset: Asset, address_of: Callable[[Asset, str], str], asked: str, status: int, start: int, end: int
) -> None:
    answer = portal.ask(address_of(asset, "figures/drift.png"), headers={"Range": asked})
    assert (answer.status, answer.body) == (status, CONTENT[start:end])
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(CONTENT)}"


def test_a_part_beyond_the_end_is_refused(
    portal: Portal, asset: Asset, address_of: Callable[[Asset, str], str]
) -> None:
    answer = portal.ask(address_of(asset, "figures/drift.png"), headers={"Range": "bytes=5000-"})
    assert answer.status == 416
    assert CONTENT not in answer.body


def test_head_answers_about_a_figure_without_sending_it(
    portal: Portal, asset: Asset, address_of: Callable[[Asset, str], str]
) -> None:
    answer = portal.ask(address_of(asset, "figures/drift.png"), "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-length"] == str(len(CONTENT))


def test_before_a_picture_is_fetched_ahead_a_page_learns_without_an_error_whether_it_can_be_shown(
    portal: Portal, asset: Asset, address_of: Callable[[Asset, str], str]
) -> None:
    for path, shown in {"figures/drift.png": True, "plot.svg": True, "gone.png": False, "link.png": False}.items():
        answer = portal.ask(f"{address_of(asset, path)}?ahead")
        assert (answer.status, json.loads(answer.body)) == (200, {"shown": shown})
        assert answer.headers["cache-control"] == "no-store"


def test_file_that_the_browser_has_is_not_sent_again_until_it_changes(
    portal: Portal, asset: Asset, address_of: Callable[[Asset, str], str]
) -> None:
    address = address_of(asset, "figures/drift.png")
    first = portal.ask(address)
    assert first.headers["cache-control"] == "private, no-cache"
    again = portal.ask(address, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    (asset.folder / "figures" / "drift.png").write_bytes(b"changed")
    fresh = portal.ask(address, headers={"If-None-Match": first.headers["etag"]})
    assert (fresh.status, fresh.body) == (200, b"changed")


def test_nothing_can_be_sent_to_a_figure(portal: Portal, asset: Asset, address_of: Callable[[Asset, str], str]) -> None:
    assert portal.ask(address_of(asset, "figures/drift.png"), "POST").status == 405


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("gone.png", "is missing from the asset"),
        ("link.png", "leads out of its asset"),
        ("folder/inner.png", "leads out of its asset"),
        ("figures/secret.png", "names no such figure"),
        ("../outside.png", "names no such figure"),
        ("quality_control.json", "names no such figure"),
    ],
)
def test_refused_figure_is_reported_in_a_sentence(
    portal: Portal, asset: Asset, address_of: Callable[[Asset, str], str], path: str, words: str
) -> None:
    (asset.folder.parent / "inner.png").write_bytes(SECRET)
    answer = portal.ask(address_of(asset, path))
    (asset.folder.parent / "inner.png").unlink()
    assert answer.status == 404
    assert words in answer.text
    assert is_a_sentence(answer)


def test_a_figure_of_one_asset_is_not_given_under_another(
    portal: Portal, asset: Asset, made: Callable[..., Asset], id_of: Callable[[Asset], str]
) -> None:
    other = made(document(metric("other", reference="figures/secret.png")), {"figures/secret.png": b"its own"})
    digest = reference_digest("figures/secret.png")
    assert portal.ask(f"/files/{id_of(other)}/{digest}/secret.png").body == b"its own"
    answer = portal.ask(f"/files/{id_of(asset)}/{digest}/secret.png")
    assert answer.status == 404
    assert is_a_sentence(answer)


@pytest.mark.parametrize("record_id", ["nobody", "0" * 20, "%3Cb%3E", "-" * 300])
def test_an_unknown_record_is_reported_in_a_sentence(portal: Portal, record_id: Any) -> None:
    answer = portal.ask(f"/files/{record_id}/{'0' * 20}/drift.png")
    assert answer.status == 404
    assert answer.text.startswith("There is no asset with the id")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("record_id", ["..", "%2e%2e", "%00", "%2e%2e%2f%2e%2e"])
def test_an_address_that_no_page_of_ours_holds_is_refused(portal: Portal, record_id: str) -> None:
    assert portal.ask(f"/files/{record_id}/{'0' * 20}/drift.png").status in {400, 404}


@pytest.mark.parametrize(
    "rest",
    [
        "../secret.png",
        "../../secret.png",
        "{digest}/../../figures/secret.png",
        "{digest}/..%2f..%2ffigures%2fsecret.png",
        "{digest}/%2e%2e/%2e%2e/figures/secret.png",
        "{digest}%2f..%2f..%2ffigures%2fsecret.png/x",
        "figures/secret.png",
        "figures%2fsecret.png/secret.png",
        "{outside}/secret.png",
        "{outside}//{folder}/figures/secret.png",
        "/{folder}/figures/secret.png",
        "..\\..\\secret.png/secret.png",
    ],
)
def test_no_way_of_writing_a_path_leads_elsewhere(
    portal: Portal, asset: Asset, id_of: Callable[[Asset], str], rest: str
) -> None:
    words = {
        "digest": reference_digest("figures/drift.png"),
        "outside": reference_digest("figures/secret.png"),
        "folder": str(asset.folder).strip("/"),
    }
    answer = portal.ask(f"/files/{id_of(asset)}/{rest.format(**words)}")
    assert SECRET not in answer.body


def test_the_digest_alone_decides_which_figure_and_the_name_is_for_people(
    portal: Portal, asset: Asset, id_of: Callable[[Asset], str]
) -> None:
    digest = reference_digest("figures/drift.png")
    answer = portal.ask(f"/files/{id_of(asset)}/{digest}/secret.png")
    assert (answer.body, answer.headers["content-type"]) == (CONTENT, "image/png")


@pytest.mark.parametrize("path", ["plot.svg", "page.html"])
def test_file_with_scripts_is_sent_in_a_sandbox(
    portal: Portal, asset: Asset, address_of: Callable[[Asset, str], str], path: str
) -> None:
    answer = portal.ask(address_of(asset, path))
    policy = answer.headers["content-security-policy"]
    assert answer.status == 200
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow-" not in policy and "script-src" not in policy


def test_every_figure_has_the_type_of_its_name_and_stays_within_this_site(
    portal: Portal, asset: Asset, address_of: Callable[[Asset, str], str]
) -> None:
    for path in ("figures/drift.png", "plot.svg", "page.html", "gone.png"):
        headers = portal.ask(address_of(asset, path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]
        if path != "gone.png":
            assert headers["cross-origin-resource-policy"] == "same-origin"
            assert "frame-ancestors 'self'" in headers["content-security-policy"]


def test_a_record_that_cannot_be_read_is_reported_in_a_sentence(
    portal: Portal, made: Callable[..., Asset], id_of: Callable[[Asset], str]
) -> None:
    asset = made(document(metric("m", reference="a.png")), {"a.png": b"a"})
    record_id = id_of(asset)
    asset.file.write_bytes(b'{"metrics": [')
    answer = portal.ask(f"/files/{record_id}/{reference_digest('a.png')}/a.png")
    assert answer.status == 503
    assert answer.text.startswith(f"{asset.name}/quality_control.json cannot be read as quality control.")
