"""Views by another site, which is a real server here: what it may send, what it may fetch, and that it stays."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, expect

from tests.browser.conftest import Witness
from tests.browser.pixels import wait_until_pointed_at
from tests.browser.portal_page import PortalPage
from tests.conftest import run_portal
from tests.fakes.assets import DEMO, GALLERY, Asset, document, metric
from tests.fakes.assets import made as made_in
from tests.fakes.portal import Portal
from tests.fakes.site import Site

PNG = next((DEMO / GALLERY / "figures").glob("*.png")).read_bytes()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    running = Site()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def other(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal whose settings allow that site, and name a Rerun viewer on it."""
    folder = tmp_path_factory.mktemp("embedding")
    more = {
        "QC_PORTAL_FRAME_HOSTS": site.origin,
        "QC_PORTAL_FIGURE_HOSTS": site.origin,
        "QC_PORTAL_RERUN_VIEWER": f"{site.origin}/version/{{version}}/index.html",
    }
    (folder / "assets").mkdir()
    with run_portal(Portal(folder / "assets", folder / "state", folder / "server.log", more=more)) as running:
        yield running


@pytest.fixture
def opened(site: Site, other: Portal, new_page: Callable[..., PortalPage]) -> Callable[..., PortalPage]:
    def open_with(*references: str, files: dict[str, bytes] | None = None) -> PortalPage:
        metrics = [metric(f"Metric {n}", reference=one.format(site=site.origin)) for n, one in enumerate(references)]
        asset: Asset = made_in(document(*metrics), other.assets, files)
        return new_page(other).open(asset)

    return open_with


IS_AS_WIDE_AS_STAGE = """() => {
  const inside = [...document.querySelector('.st-key-figure').querySelectorAll('*')];
  const stage = inside.map((node) => node.shadowRoot?.querySelector('.stage')).find(Boolean);
  const frame = document.querySelector('.qc-frame.shown iframe');
  return Math.abs(frame.getBoundingClientRect().width - stage.getBoundingClientRect().width) < 5;
}"""


def view(page: PortalPage) -> FrameLocator:
    return page.view.content_frame


def make_curation(name: str, versions: list[Any], reference: str, probe: str = "A") -> dict[str, Any]:
    more = {"object_type": "Curation metric", "type": "Spike sorting curation", "curation_history": []}
    return metric(name, versions, reference=reference, tags={"probe": probe}, **more)


def make_units(labelled: int) -> dict[str, Any]:
    """A curation of four units, of which the first are labelled as noise."""
    return {
        "format_version": "2",
        "unit_ids": [1, 2, 3, 4],
        "label_definitions": {"quality": {"label_options": ["good", "noise"], "exclusive": True}},
        "manual_labels": [{"unit_id": unit, "labels": {"quality": ["noise"]}} for unit in range(1, labelled + 1)],
    }


def labels(labelled: int) -> str:
    """The labels of such a curation as the browser writes them."""
    return json.dumps(make_units(labelled)["manual_labels"], separators=(",", ":"))


def toast(page: PortalPage) -> Any:
    return page.page.get_by_test_id("stToast")


def test_curation_is_accepted_from_its_own_frame_only(opened: Callable[..., PortalPage], site: Site) -> None:
    page = opened("{site}/curation")
    wait_until_pointed_at(view(page)).get_by_role("button", name="Send what is none").click()
    view(page).frame_locator("iframe").get_by_role("button", name="Send from further in").click()
    page.page.evaluate("window.postMessage({ curation: { labelsByUnit: {} } }, '*')")
    view(page).get_by_role("button", name="Send", exact=True).click()
    expect(toast(page)).to_have_count(1)
    expect(toast(page)).to_contain_text(f"{site.origin} sent a curation")


def test_curation_sent_by_a_frame_becomes_a_draft_and_is_submitted(
    opened: Callable[..., PortalPage], site: Site, other: Portal, new_page: Callable[..., PortalPage]
) -> None:
    curation = {"object_type": "Curation metric", "type": "Spike sorting curation", "curation_history": []}
    reference = f"{site.origin}/curation"
    asset = made_in(
        document(metric("Units", [], reference=reference, **curation), metric("Drift", reference=reference)),
        other.assets,
    )
    before = asset.file.read_bytes()
    page = new_page(other).open(asset, metric="Units")
    view(page).get_by_label("work").fill("done in the frame")
    wait_until_pointed_at(view(page))
    view(page).get_by_role("button", name="Send", exact=True).click()
    expect(page.card("Units").box).to_contain_text("Version 1, your draft")
    page.expect_changes(1)
    expect(toast(page)).to_have_count(0)
    expect(view(page).get_by_label("work")).to_have_value("done in the frame")
    assert asset.file.read_bytes() == before
    page.submit()
    expect(page.card("Units").box).to_contain_text("Version 1 of 1")
    expect(view(page).get_by_label("work")).to_have_value("done in the frame")
    written = asset.metric("Units")
    assert written["value"] == [{"labelsByUnit": {"1": ["noise"]}, "mergeGroups": [[2, 3]]}]
    assert len(written["curation_history"]) == 1
    assert asset.metric("Drift")["value"] == 1


def test_message_of_a_view_edits_the_curation_that_the_view_is_of(
    opened: Callable[..., PortalPage], site: Site, other: Portal, new_page: Callable[..., PortalPage]
) -> None:
    reference = f"{site.origin}/curation"
    metrics = [make_curation(name, [], reference) for name in ("First", "Second", "Third")]
    page = new_page(other).open(made_in(document(*metrics), other.assets), metric="First")
    wait_until_pointed_at(view(page))
    view(page).get_by_role("button", name="Send for Second").click()  # it names a frame, never a metric
    expect(page.card("First").box).to_contain_text("Version 1, your draft")
    page.expect_changes(1)
    view(page).get_by_label("work").fill("of the first")
    shown_curation = page.stage.get_by_label("The curation that this view is of")
    shown_curation.select_option(label="Second")
    expect(view(page).get_by_label("work")).to_have_value("")
    wait_until_pointed_at(view(page))
    view(page).get_by_role("button", name="Send", exact=True).click()
    expect(page.card("Second").box).to_contain_text("Version 1, your draft")
    page.expect_changes(2)

    view(page).get_by_label("work").fill("of the second")
    shown_curation.select_option(label="First")
    expect(view(page).get_by_label("work")).to_have_value("of the first")  # the last two views stay alive
    shown_curation.select_option(label="Third")  # which displaces the one that was shown longest ago
    expect(view(page).get_by_label("work")).to_have_value("")
    expect(page.page.locator(".qc-frame")).to_have_count(2)
    shown_curation.select_option(label="First")
    expect(view(page).get_by_label("work")).to_have_value("of the first")
    shown_curation.select_option(label="Second")
    expect(view(page).get_by_label("work")).to_have_value("")


def test_two_probes_are_curated_in_the_ephys_gui(
    site: Site, other: Portal, new_page: Callable[..., PortalPage]
) -> None:
    """Versions go into each frame and come back from it: exactly one signed version for each probe."""
    probes = [
        make_curation(
            name, [make_units(n) for n in (0, 1, 2)], f"{site.origin}/ephys_gui_app?analyzer_path={name}", name
        )
        for name in ("A", "B")
    ]
    picture = metric("Drift", reference="drift.png", tags={"probe": "C"})
    asset = made_in(document(*probes, picture), other.assets, {"drift.png": PNG})
    page = new_page(other).open(asset, group="probe=A")
    gui, first_address = view(page), page.view.get_attribute("src") or ""
    expect(gui.locator("#received")).to_have_text(labels(2))  # the newest, although the GUI was slow to listen
    expect(page.view).to_have_attribute("allow", "fullscreen; clipboard-write; cross-origin-isolated")  # what it needs
    page.stage.get_by_label("Version to send into the view").select_option("1")
    page.stage.get_by_role("button", name="Send into the view").click()
    expect(gui.locator("#received")).to_have_text("[]")
    expect(page.stage).to_contain_text("Sent into the view: Version 1")
    wait_until_pointed_at(gui)
    for _ in range(3):
        gui.get_by_role("button", name="Label a unit").click()
    gui.get_by_role("button", name="Submit with another identifier").click()
    gui.frame_locator("iframe").get_by_role("button", name="Send from further in").click()
    page.expect_changes(0)
    gui.get_by_role("button", name="Submit to parent").click()
    expect(page.card("A").box).to_contain_text("Version 4, your draft")
    expect(page.stage).to_contain_text("is not submitted yet: 1 object differs from version 3")
    gui.get_by_label("work").fill("still here")

    page.page.get_by_role("button", name="Groups: ").click()
    page.group("C").click()
    expect(page.picture("drift.png")).to_be_visible()
    page.group("A").click()
    expect(view(page).get_by_label("work")).to_have_value("still here")
    page.page.get_by_role("button", name="Groups: ").click()
    page.group("B").click()
    expect(view(page).locator("#received")).to_have_text(labels(2))
    wait_until_pointed_at(view(page))
    view(page).get_by_role("button", name="Label a unit").click()
    view(page).get_by_role("button", name="Submit to parent").click()
    page.expect_changes(2)

    page.reload()
    expect(page.stage).to_contain_text("Your last curation is not submitted. Continue with it in this view?")
    page.stage.get_by_role("button", name="Continue with it").click()
    expect(view(page).locator("#received")).to_have_text(labels(3))
    assert page.view.get_attribute("src") != first_address
    page.submit(2)
    for name in ("A", "B"):
        written = asset.metric(name)
        assert [len(one["manual_labels"]) for one in written["value"]] == [0, 1, 2, 3]
        assert len(written["curation_history"]) == 1
        assert written["reference"] == f"{site.origin}/ephys_gui_app?analyzer_path={name}"


def test_frame_is_not_reloaded_while_its_metric_is_annotated(opened: Callable[..., PortalPage]) -> None:
    page = opened("{site}/curation")
    view(page).get_by_label("work").fill("not sent yet")
    page.card("Metric 0").choose("Fail")
    page.expect_changes(1)
    view(page).get_by_role("button", name="Send", exact=True).click()
    expect(toast(page)).to_have_count(1)
    page.submit()
    expect(view(page).get_by_label("work")).to_have_value("not sent yet")
    page.page.set_viewport_size({"width": 1000, "height": 700})
    page.page.wait_for_function("() => document.querySelector('.qc-frame.shown').getBoundingClientRect().right <= 1000")
    page.page.get_by_role("button", name="Full screen").click()
    page.page.wait_for_function("() => document.fullscreenElement !== null")
    page.page.wait_for_function(IS_AS_WIDE_AS_STAGE)  # it follows the size of the page
    expect(view(page).get_by_label("work")).to_have_value("not sent yet")
    page.page.get_by_role("button", name="Leave full screen").click()
    page.page.wait_for_function("() => document.fullscreenElement === null")
    expect(view(page).get_by_label("work")).to_have_value("not sent yet")


def test_embedded_site_opens_no_window_and_does_not_navigate_away(
    opened: Callable[..., PortalPage], witness: Witness
) -> None:
    witness.forgive("sandbox")  # the browser reports what it refused
    page = opened("{site}/windows")
    here, tabs = page.page.url, len(page.page.context.pages)
    wait_until_pointed_at(view(page)).get_by_role("button", name="Open a window").click()
    expect(view(page).locator("#said")).to_have_text("null")
    for link in ("A tab", "Lead away"):
        with page.page.expect_console_message(lambda alert: "sandbox" in alert.text):
            view(page).get_by_role("link", name=link).click()
    assert len(page.page.context.pages) == tabs and page.page.url == here


def test_hosts_of_the_settings_are_shown_and_others_have_the_reason_why_not(
    opened: Callable[..., PortalPage],
) -> None:
    recording = "rec/eyes #1_v0.19.1.rrd"
    pages = [recording, "http://localhost:1/curation", "{site}/picture.svg", "http://files.lab.example/picture.png"]
    page = opened(*pages, files={recording: b"RRF2-recording"})

    def go_on() -> None:
        page.figure.get_by_role("link", name="Next figure").click()

    # Rerun fetches the recording by its token.
    expect(view(page).locator("#said")).to_have_text("206 RRF2")
    # A site that is not allowed is a link.
    go_on()
    expect(page.stage.get_by_role("link")).to_have_text("Opens localhost:1 in a new tab ↗")
    expect(page.page.locator("iframe:visible")).to_have_count(0)
    expect(page.page.locator('iframe[src*="localhost:1/"]')).to_have_count(0)
    # A picture by http is shown from a host of the settings.
    go_on()
    shown = page.picture("picture.svg")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 40
    # One from any other host has the reason why it is not shown.
    go_on()
    expect(page.stage).to_contain_text("This figure has an http address")
    expect(page.stage).to_contain_text("QC_PORTAL_FIGURE_HOSTS")
    expect(page.stage.get_by_role("link", name="Opens files.lab.example in a new tab")).to_be_visible()
