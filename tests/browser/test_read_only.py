"""Read-only on the screen: the reason is shown, and no control offers what would not be done."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.portal_page import PortalPage
from tests.fakes.assets import OPHYS, Asset, demo, document, metric
from tests.fakes.portal import Portal

MOTION = "modality=pophys/plane=VISp_1/check=motion"


def expect_read_only(page: Any, name: str, reason: str) -> None:
    """The bar shows the reason; everything on the card is greyed out, and nothing can be submitted or undone."""
    expect(page.bar).to_contain_text(f"Read-only. {reason}")
    card = page.card(name)
    expect(card.status("Pass")).to_be_disabled()
    expect(card.box.get_by_label(f"Note on {name}")).to_have_count(0)
    expect(card.box.locator("input:enabled, textarea:enabled")).to_have_count(0)
    expect(page.bar.get_by_role("button")).to_have_count(0)


def test_one_click_switches_to_read_only_and_one_back(page: PortalPage, made: Callable[..., Asset]) -> None:
    page.open(made(document(metric("Drift", value=1.5))))
    page.card("Drift").choose("Pass")
    page.expect_changes(1)
    who = page.page.locator(".st-key-qc-who").get_by_role("button")
    expect(who).to_contain_text("Signing as Ada Lovelace")
    switch = page.page.locator(".st-key-qc-read-only label")
    switch.click()
    expect_read_only(page, "Drift", "You switched to read-only.")
    expect(page.bar).to_contain_text("1 change of yours is kept as a draft.")
    expect(who).to_contain_text("Read-only")
    # The draft is shown, and is not to be undone while read-only.
    page.card("Drift").expect_status("Pass")
    expect(page.card("Drift").box.get_by_role("button", name="Undo")).to_have_count(0)
    # It stays so on the other pages of this session.
    page.follow("Assets")
    expect(page.rows.first).to_be_visible()
    expect(who).to_contain_text("Read-only")
    page.page.go_back()
    expect_read_only(page, "Drift", "You switched to read-only.")
    page.page.set_viewport_size({"width": 390, "height": 844})
    page.page.get_by_role("button", name="More", exact=True).click()
    expect(switch).to_be_visible()
    switch.click()
    page.expect_changes(1)
    page.card("Drift").undo()
    page.expect_changes(0)


def test_a_portal_set_to_read_only_shows_that(
    start_portal: Callable[..., Portal], new_page: Callable[..., PortalPage]
) -> None:
    page = new_page(start_portal(more={"QC_PORTAL_READ_ONLY": "1"}))
    page.open(demo(OPHYS, page.portal.assets), MOTION)
    expect_read_only(page, "Motion trace", "This portal is set to read-only (QC_PORTAL_READ_ONLY).")
    # The figure and the history can be looked at all the same.
    expect(page.picture("motion_trace.png")).to_be_visible()
    page.card("Motion trace").box.get_by_role("button", name="History").click()
    expect(page.page.get_by_test_id("stPopoverBody")).to_contain_text("Pending")


@pytest.fixture
def unwritable(made: Callable[..., Asset]) -> Iterator[Asset]:
    """An asset that this account may not write. Root may write whatever the permissions say: it gets a disk that is
    mounted read-only."""
    asset = made(document(metric("Drift", value=1.5)))
    asset.file.chmod(0o444)
    asset.folder.chmod(0o555)
    mounted = os.access(asset.file, os.W_OK)
    if mounted:
        mount_read_only(asset.folder)
    yield asset
    if mounted:
        subprocess.run(["umount", "--lazy", asset.folder], check=True)  # the portal may be reading it just now
    asset.folder.chmod(0o755)


def mount_read_only(folder: Path) -> None:
    """Mount a read-only disk with the same files over the folder."""
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    disk = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder]
    output = subprocess.run(disk, capture_output=True, text=True, check=False)
    if output.returncode:
        pytest.skip(f"this account may write anywhere, and may not mount a read-only disk: {output.stderr.strip()}")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)


def test_a_read_only_folder_is_shown_as_such(page: PortalPage, unwritable: Asset) -> None:
    page.open(unwritable)
    expect_read_only(page, "Drift", f"This account may not write {unwritable.name}/quality_control.json.")
    assert unwritable.metric("Drift")["value"] == 1.5
