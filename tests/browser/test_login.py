"""A real login provider: in from a deep link, annotate, run out, in again, submit, out; and who is not let in."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Witness
from tests.browser.portal_page import PortalPage
from tests.conftest import run_portal
from tests.fakes.assets import OPHYS, Asset, demo, document, metric
from tests.fakes.login import Provider, settings
from tests.fakes.portal import Portal, free_port

PROBE_A, PROBE_B = {"probe": "A"}, {"probe": "B"}


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    running = Provider()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def with_login(portal: Portal, provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal with a login, over the shared one's assets and drafts."""
    port, log = free_port(), tmp_path_factory.mktemp("login") / "server.log"
    with run_portal(Portal(portal.assets, portal.state, log, port=port, more=settings(port, provider.url))) as running:
        yield running


def log_in(page: Any, who: str, *, at: str = "log-in-top") -> None:
    """Follow the link to the login, and say there who one is."""
    page.page.locator(f'[class*="st-key-{at}"]').get_by_role("link").click()
    page.page.get_by_role("button", name=who, exact=True).click()


def top(page: Any) -> Any:
    return page.page.locator(".st-key-qc-top")


def test_login_from_a_deep_link_survives_expiry_and_ends_with_a_logout(
    provider: Provider,
    start_portal: Callable[..., Portal],
    new_page: Callable[..., PortalPage],
    made: Callable[..., Asset],
    tmp_path: Path,
    witness: Witness,
) -> None:
    port, ahead = free_port(), tmp_path / "ahead"
    ahead.write_text("0")
    more = settings(port, provider.url, QC_PORTAL_ANNOTATORS="example.org", QC_PORTAL_REVIEWER="Somebody Typed")
    at = start_portal(port=port, more=more, ahead=ahead, state=tmp_path / "state")
    asset = made(document(metric("First", tags=PROBE_A), metric("Drift", tags=PROBE_B), metric("Noise", tags=PROBE_B)))
    page = new_page(at)
    view = asset.review_url("probe=B", "Noise")

    # A guest views, and cannot write.
    page.visit(view)
    expect(page.bar).to_contain_text("Read-only. You are a guest. Log in to annotate.")
    expect(page.card("Noise").status("Pass")).to_be_disabled()

    # In, and back at the same group and metric.
    log_in(page, "ada")
    expect(page.bar).to_contain_text("No changes yet.")
    assert "probe%3DB" in page.page.url and "metric=Noise" in page.page.url
    expect(top(page)).to_contain_text("Signing as Ada Lovelace")
    page.card("Noise").choose("Pass")
    page.expect_changes(1)

    # The login runs out while the dialog is open: nothing is written, and the draft is kept.
    page.bar.get_by_role("button", name="Review and submit").click()
    dialog = page.page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Submit 1 change")).to_be_visible()
    page.wait_until_settled()
    ahead.write_text("7200")
    dialog.get_by_role("button", name="Submit 1 change").click()
    expect(dialog).to_contain_text("Your login has expired. Log in again to continue; your drafts are kept.")
    assert [one["status"] for one in asset.metric("Noise")["status_history"]] == ["Pending"]

    def set_back(route: Route) -> None:  # the provider's clock is the real one: its next token is a fresh one there
        ahead.write_text("0")  # and not before: the login of the open page would be valid again
        route.continue_()

    page.page.route(re.compile(r"/login\?next="), set_back)
    dialog.get_by_role("link", name="Log in").click()
    page.page.get_by_role("button", name="ada", exact=True).click()

    # Back where one was, with the draft; what is submitted is signed with the name in the token.
    page.expect_changes(1)
    assert "probe%3DB" in page.page.url and "metric=Noise" in page.page.url
    page.card("Noise").expect_status("Pass")
    page.bar.get_by_role("button", name="Review and submit").click()
    dialog.get_by_role("button", name="Submit 1 change").click()
    expect(page.bar).to_contain_text("1 change submitted by Ada Lovelace")
    assert asset.metric("Noise")["status_history"][-1]["evaluator"] == "Ada Lovelace"
    expect(dialog).to_have_count(0)
    page.wait_until_settled()

    # Out, at the provider too; a guest again, here and in what was open.
    top(page).get_by_role("button", name="Signing as Ada Lovelace").click()
    page.page.get_by_role("button", name="Log out").click()
    page.page.get_by_role("button", name="End session").click()  # the provider asks
    expect(page.page.locator('[class*="st-key-log-in-top"]')).to_be_visible()
    assert not [one for one in page.page.context.cookies() if one["name"].startswith("_streamlit_user")]
    page.visit(view)
    expect(page.bar).to_contain_text("You are a guest.")


def test_link_to_the_logout_asks_before_logging_out(
    with_login: Portal, new_page: Callable[..., PortalPage], witness: Witness
) -> None:
    witness.forgive("403")  # the question is the answer to a request that was refused
    at = with_login
    page = new_page(at)
    page.page.goto(at.url)
    log_in(page, "ada")
    expect(top(page)).to_contain_text("Signing as Ada Lovelace")
    page.page.goto(f"{at.url}/auth/logout")
    expect(page.page.get_by_text("You are still logged in.")).to_be_visible()
    page.page.get_by_role("link", name="Back to the portal").click()
    expect(top(page)).to_contain_text("Signing as Ada Lovelace")
    page.page.goto(f"{at.url}/auth/logout")
    page.page.get_by_role("button", name="Log out").click()
    page.page.get_by_role("button", name="End session").click()  # the provider asks
    expect(page.page.locator('[class*="st-key-log-in-top"]')).to_be_visible()


def test_outsider_sees_why_and_whom_to_ask(
    provider: Provider,
    start_portal: Callable[..., Portal],
    new_page: Callable[..., PortalPage],
    made: Callable[..., Asset],
) -> None:
    port = free_port()
    listed = {"QC_PORTAL_ANNOTATORS": "example.org", "QC_PORTAL_CONTACT": "Grace Hopper", "QC_PORTAL_GUESTS": "0"}
    at = start_portal(port=port, more=settings(port, provider.url, **listed))
    asset = made(document(metric("Drift")))
    page = new_page(at)
    page.page.goto(at.url + asset.review_url())
    expect(page.page.get_by_text("This portal shows its assets to people who are logged in.").first).to_be_visible()
    expect(page.page.get_by_text("Drift")).to_have_count(0)
    log_in(page, "bob", at="log-in-gate")
    expect(page.bar).to_contain_text(
        "Read-only. You are logged in as Bob Outside (bob@elsewhere.org), who may view this portal but not annotate. "
        "Ask Grace Hopper to be let in."
    )
    expect(page.card("Drift").status("Pass")).to_be_disabled()


def test_failed_login_is_reported_on_the_same_page(
    with_login: Portal, new_page: Callable[..., PortalPage], made: Callable[..., Asset]
) -> None:
    page = new_page(with_login)
    asset = made(document(metric("Drift")))
    page.visit(asset.review_url())
    page.page.locator('[class*="st-key-log-in-top"]').get_by_role("link").click()
    page.page.get_by_role("button", name="Deny").click()
    expect(page.page.get_by_text("The login did not succeed.")).to_be_visible()
    expect(page.card("Drift").box).to_be_visible()


def test_unavailable_login_provider_is_reported_on_the_same_page_with_a_retry(
    start_portal: Callable[..., Portal], new_page: Callable[..., PortalPage], made: Callable[..., Asset]
) -> None:
    port = free_port()
    at = start_portal(port=port, more=settings(port, QC_PORTAL_CONTACT="Grace Hopper"))
    page = new_page(at)
    asset = made(document(metric("Drift")))
    page.visit(asset.review_url())
    page.page.locator('[class*="st-key-log-in-top"]').get_by_role("link").click()
    expect(page.page.get_by_text("The login provider does not answer, so nobody can log in now")).to_be_visible()
    expect(page.page.get_by_text("or ask Grace Hopper")).to_be_visible()
    expect(page.card("Drift").box).to_be_visible()
    expect(page.page.locator('[class*="st-key-log-in-top"]').get_by_role("link")).to_be_visible()


def test_typed_name_signs_on_a_trusted_network_and_is_marked(
    start_portal: Callable[..., Portal], new_page: Callable[..., PortalPage], made: Callable[..., Asset], tmp_path: Path
) -> None:
    at = start_portal(address="0.0.0.0", more={"QC_PORTAL_TRUST_NETWORK": "1"}, state=tmp_path / "state")
    asset = made(document(metric("Drift")))
    page = new_page(at)
    page.visit(asset.review_url())
    expect(page.bar).to_contain_text("Enter your name at the top of the page to annotate.")
    top(page).get_by_role("button", name="Read-only").click()
    page.page.get_by_label("Your name").fill("Grace Hopper")
    page.page.get_by_role("button", name="Sign with this name").click()
    expect(top(page)).to_contain_text("Signing as Grace Hopper (not verified)")
    page.card("Drift").choose("Pass")
    page.expect_changes(1)
    page.bar.get_by_role("button", name="Review and submit").click()
    page.page.get_by_role("dialog").get_by_role("button", name="Submit 1 change").click()
    expect(page.bar).to_contain_text("1 change submitted by Grace Hopper (not verified)")
    assert asset.metric("Drift")["status_history"][-1]["evaluator"] == "Grace Hopper (not verified)"


def test_a_cold_portal_asks_for_the_login_and_shows_nothing_of_the_asset_that_is_named(
    start_portal: Callable[..., Portal], new_page: Callable[..., PortalPage], portal: Portal
) -> None:
    port = free_port()
    at = start_portal(port=port, more=settings(port, QC_PORTAL_GUESTS="0"))
    page = new_page(at)
    asset = demo(OPHYS, portal.assets)
    page.page.goto(f"{at.url}/view?name={asset.name}")
    expect(page.page.get_by_text("This portal shows its assets to people who are logged in.").first).to_be_visible()
    assert asset.name not in page.page.locator("body").inner_text()
    assert json.loads(at.ask("/healthz").body) == {"alive": True}
