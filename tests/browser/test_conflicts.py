"""Two people, or a person and a pipeline, on one record: who is asked what, and what the record holds in the end."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.portal_page import PortalPage
from tests.conftest import run_portal
from tests.fakes.assets import PIPELINE, Asset, document, metric, three_metrics
from tests.fakes.portal import Portal


@pytest.fixture(scope="module")
def of_grace(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal of another person, over the shared one's assets and drafts."""
    log = tmp_path_factory.mktemp("grace") / "server.log"
    with run_portal(Portal(portal.assets, portal.state, log, reviewer="Grace Hopper")) as running:
        yield running


def ends_with(asset: Any, name: str) -> Any:
    entry = asset.metric(name)["status_history"][-1]
    return entry["evaluator"], entry["status"]


def test_two_people_on_different_metrics_both_submit_without_a_question(
    of_grace: Portal,
    new_page: Callable[..., PortalPage],
    page: PortalPage,
    made: Callable[..., Asset],
) -> None:
    asset = made(three_metrics())
    grace = new_page(of_grace).open(asset)
    page.open(asset)
    page.card("Drift").choose("Fail")
    page.expect_changes(1)
    grace.card("Noise").choose("Pass")
    grace.expect_changes(1)
    page.submit()
    grace.submit()
    assert ends_with(asset, "Drift") == ("Ada Lovelace", "Fail")
    assert ends_with(asset, "Noise") == ("Grace Hopper", "Pass")
    assert asset.document()["status"] == {"probe:A": "Fail", "ecephys": "Fail", "Raw data": "Fail"}


def test_second_reviewer_sees_what_the_first_one_changed_and_decides(
    of_grace: Portal,
    new_page: Callable[..., PortalPage],
    page: PortalPage,
    made: Callable[..., Asset],
) -> None:
    asset = made(three_metrics())
    grace = new_page(of_grace).open(asset)
    page.open(asset)
    for one, status in ((grace, "Fail"), (page, "Pass")):
        for name in ("Drift", "Noise"):
            one.card(name).choose(status)
        one.expect_changes(2)
    grace.submit(2)

    dialog = page.review()
    asked = dialog.locator('[class*="st-key-qc-conflict-"]')
    drift = asked.filter(has_text="Drift")
    expect(drift).to_contain_text("someone else changed this while you worked")
    for words in ("As you saw it", "As it is now", "by Grace Hopper", "Yours"):
        expect(drift).to_contain_text(words)
    drift.get_by_role("button", name="Keep mine").click()
    expect(drift).to_have_count(0)
    expect(asked).to_have_count(1)
    dialog.get_by_role("button", name="Take theirs").click()
    expect(dialog.get_by_role("button", name="Take theirs")).to_have_count(0)
    dialog.get_by_role("button", name="Submit 1 change").click()
    page.expect_submitted()
    page.expect_changes(0)
    assert ends_with(asset, "Drift") == ("Ada Lovelace", "Pass")
    assert ends_with(asset, "Noise") == ("Grace Hopper", "Fail")
    assert len(asset.metric("Drift")["status_history"]) == 3
    page.card("Noise").expect_status("Fail")


def test_rewrite_by_a_pipeline_is_reported_on_the_card_and_when_submitting(
    page: PortalPage, made: Callable[..., Asset]
) -> None:
    asset = made(three_metrics())
    page.open(asset)
    page.card("Drift").choose("Pass")
    page.expect_changes(1)
    written = asset.document()
    written["metrics"][0]["value"] = 99.5
    written["metrics"][0]["status_history"].append(PIPELINE | {"status": "Fail", "timestamp": "2025-02-01T00:00:00Z"})
    asset.rewrite(written)
    page.reload()
    expect(page.card("Drift").box).to_contain_text("Someone else changed this metric")
    dialog = page.review()
    expect(dialog.locator('[class*="st-key-qc-conflict-"]')).to_contain_text("99.5")
    dialog.get_by_role("button", name="Take theirs").click()
    expect(dialog).to_contain_text("nothing to submit")
    assert asset.document() == written


def test_a_metric_that_only_moved_is_found_again(page: PortalPage, made: Callable[..., Asset]) -> None:
    asset = made(document(metric("First"), metric("Second")))
    page.open(asset)
    page.card("Second").choose("Fail")
    page.expect_changes(1)
    written = asset.document()
    written["metrics"].insert(0, metric("New one"))
    asset.rewrite(written)
    page.submit()
    assert ends_with(asset, "Second") == ("Ada Lovelace", "Fail")
    assert ends_with(asset, "New one") == ("Pipeline", "Pending")
