"""Read-only is shown, and above all it holds where a draft or a record would be written."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from pages.shell import open_review
from pages.shell.address import ReviewAddress
from pages.shell.portal import now, person, services
from qc_core.errors import NotAllowed
from qc_core.identity.permissions import may_annotate
from qc_core.quality_control.status import Status
from tests.fakes.assets import OPHYS, Asset, demo, document, made, metric
from tests.fakes.portal import Portal
from tests.fakes.session import session
from tests.pages.screen import Screen, list_everything


@pytest.fixture
def everywhere() -> Iterator[None]:
    """The server listens on every address, so that other computers reach it."""
    before = st.get_option("server.address")
    st.config.set_option("server.address", "0.0.0.0")
    yield
    st.config.set_option("server.address", before)


@pytest.fixture
def asset(tmp_path: Path) -> Asset:
    return made(document(metric("Drift", value=1)), tmp_path / "assets")


def drafts(state: Any) -> list[str]:
    return [path.read_text("utf-8") for path in (state / "drafts").glob("*/*/*.json")]


def try_everything(shown: Any) -> None:
    """Change fields as a browser could that does not care what is greyed out. Streamlit drops that; so would we."""
    shown.force(shown.field("number_input", "Value of Drift"), 5)
    shown.force(shown.field("button_group", "Status of Drift"), Status.FAIL)
    shown.run()


def expect_read_only(shown: Any, reason: str) -> None:
    assert shown.errors == []
    assert f"Read-only. {reason}" in shown.words.replace("*", "")
    assert shown.fields and all(field.disabled for field in shown.fields)
    assert not [one for one in shown.app.text_input if one.label.startswith("Note on")]
    assert not [one for one in shown.app.button if "submit" in one.label or "Undo" in one.label]


def test_a_portal_set_to_read_only_shows_that_and_takes_nothing(
    screen: Callable[..., Screen], asset: Asset, state: Path
) -> None:
    before = list_everything(asset.folder)
    shown = screen(asset.folder.parent, QC_PORTAL_READ_ONLY="1").review(name=asset.name)
    expect_read_only(shown, "This portal is set to read-only (QC_PORTAL_READ_ONLY).")
    try_everything(shown)
    assert shown.data("verdicts")["marks"] == {}
    assert drafts(state) == []
    assert list_everything(asset.folder) == before
    # There is nothing to choose where the portal itself is read-only.
    assert not shown.app.toggle


def test_portal_on_a_network_without_login_accepts_no_changes(
    screen: Callable[..., Screen], asset: Asset, state: Path, everywhere: None
) -> None:
    shown = screen(asset.folder.parent).review(name=asset.name)
    expect_read_only(shown, "This portal can be reached from other computers and has no login, so it is read-only.")
    try_everything(shown)
    assert drafts(state) == []


def test_server_on_every_address_without_login_is_read_only(
    start_portal: Callable[..., Portal], portal: Portal
) -> None:
    at = start_portal(address="0.0.0.0")
    shared = demo(OPHYS, portal.assets)
    with session(at, "view", f"name={shared.name}") as opened:
        assert "This portal can be reached from other computers and has no login, so it is read-only." in opened.text
        statuses = [name for name in opened.controls if name.startswith("Status of")]
        assert statuses and not [name for name in opened.controls if "ubmit" in name or "Undo" in name]
    with session(portal, "view", f"name={shared.name}") as opened:
        assert "can be reached from other computers" not in opened.text


def test_read_only_switch_prevents_changes_until_switched_back(
    screen: Callable[..., Screen], asset: Asset, state: Path
) -> None:
    shown = screen(asset.folder.parent).review(name=asset.name)
    assert "signed Ada Lovelace, with the time." in shown.words.replace("*", "")
    shown.app.toggle[0].set_value(True)
    expect_read_only(shown.run(), "You switched to read-only.")
    try_everything(shown)
    assert drafts(state) == []
    shown.app.toggle[0].set_value(False)
    shown.run().field("number_input", "Value of Drift").set_value(7)
    assert "1 change, saved as draft" in shown.run().words.replace("*", "")
    assert len(drafts(state)) == 1


def test_change_is_refused_once_the_portal_is_read_only(
    screen: Callable[..., Screen], asset: Asset, state: Path
) -> None:
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.field("number_input", "Value of Drift").set_value(5)
    shown.field("button_group", "Status of Drift").set_value(Status.FAIL)
    shown.field("text_input", "Note on Drift").set_value("too late")
    screen(asset.folder.parent, QC_PORTAL_READ_ONLY="1")
    assert "Read-only." in shown.run().words
    assert drafts(state) == []
    expect_read_only(shown.run(), "This portal is set to read-only (QC_PORTAL_READ_ONLY).")


def test_draft_is_kept_while_the_portal_is_read_only(screen: Callable[..., Screen], asset: Asset, state: Path) -> None:
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.field("number_input", "Value of Drift").set_value(5)
    shown.run()
    before = list_everything(state)
    later = screen(asset.folder.parent, QC_PORTAL_READ_ONLY="1").review(name=asset.name)
    expect_read_only(
        later, "This portal is set to read-only (QC_PORTAL_READ_ONLY). 1 change of yours is kept as a draft."
    )
    later.force(later.field("number_input", "Value of Drift"), 6)
    later.run()
    assert list_everything(state) == before


def test_guests_of_a_portal_without_login_see_no_drafts_anywhere(
    screen: Callable[..., Screen], asset: Asset, state: Path, everywhere: None
) -> None:
    st.config.set_option("server.address", "127.0.0.1")
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.field("number_input", "Value of Drift").set_value(5)
    assert "1 change, saved as draft" in shown.run().words.replace("*", "")
    assert screen(asset.folder.parent).assets().rows[0]["mine"] == "1 unsubmitted change"
    before = list_everything(state)
    st.config.set_option("server.address", "0.0.0.0")
    guest = screen(asset.folder.parent).review(name=asset.name)
    assert guest.field("number_input", "Value of Drift").value == 1
    assert "is kept as a draft" not in guest.words and guest.data("verdicts")["marks"] == {}
    try_everything(guest)
    assert screen(asset.folder.parent).assets().rows[0]["mine"] == ""
    assert not screen(asset.folder.parent).drafts().app.table
    assert list_everything(state) == before


def test_undo_is_refused_once_the_portal_is_read_only(screen: Callable[..., Screen], asset: Asset, state: Path) -> None:
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.field("number_input", "Value of Drift").set_value(5)
    (undo,) = [one for one in shown.run().app.button if one.label.startswith("Undo: Drift")]
    undo.click()
    before = list_everything(state)
    screen(asset.folder.parent, QC_PORTAL_READ_ONLY="1")
    assert "Read-only." in shown.run().words
    assert list_everything(state) == before


def test_removed_state_is_reported_and_stored_again(screen: Callable[..., Screen], asset: Asset, state: Path) -> None:
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.field("number_input", "Value of Drift").set_value(5)
    assert "1 change, saved as draft" in shown.run().words.replace("*", "")
    shutil.rmtree(state)
    text = shown.reopen().words.replace("*", "")
    assert "1 change, saved as draft" in text
    assert (
        "1 saved change had been removed from the portal's storage: it was still on this page and saved again" in text
    )
    assert len(drafts(state)) == 1
    assert screen(asset.folder.parent).review(name=asset.name).field("number_input", "Value of Drift").value == 5


def test_submission_is_refused_once_the_portal_is_read_only(
    screen: Callable[..., Screen], asset: Asset, state: Path
) -> None:
    shown = screen(asset.folder.parent).review(name=asset.name)
    shown.field("number_input", "Value of Drift").set_value(5)
    shown.run()
    before = list_everything(asset.folder)
    screen(asset.folder.parent, QC_PORTAL_READ_ONLY="1")
    [record_id] = services().records.find_ids(asset.name)
    review = open_review.read(record_id, "a-tab", ReviewAddress(name=asset.name))
    assert len(review.fresh_change_set().changes) == 1
    allowed = may_annotate(person(), services().settings, now())
    outcome = review.submit(review.fresh_change_set(), allowed)
    assert isinstance(outcome.failure, NotAllowed)
    assert outcome.landed == ()
    assert list_everything(asset.folder) == before


def test_metric_without_a_status_field_shows_why_it_is_read_only(
    screen: Callable[..., Screen], tmp_path: Path, state: Path
) -> None:
    shape_a = {"overall_status": "Pass", "evaluations": [{"evaluation_modality": "x", "qc_metrics": {"Drift": 1}}]}
    asset = made(shape_a, tmp_path / "assets")
    shown = screen(tmp_path / "assets").review(name=asset.name)
    assert shown.errors == []
    assert "Cannot be annotated: It is a bare value and cannot hold a status." in shown.words
    assert shown.fields and all(field.disabled for field in shown.fields)


def test_a_document_of_no_known_shape_has_nothing_to_annotate(screen: Callable[..., Screen], tmp_path: Path) -> None:
    asset = made({"overall_status": "Pass", "evaluations": "none"}, tmp_path / "assets")
    shown = screen(tmp_path / "assets").review(name=asset.name)
    assert shown.errors == []
    assert shown.fields == []
