"""A project whose values are locked, links of an asset, and an address of AIND's own portal, on the page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import portal
from tests.fakes import login
from tests.fakes.assets import document, made, metric
from tests.pages.screen import Screen
from tests.pages.test_login import user

LOCKED = {"QC_PORTAL_LOCKED_PROJECTS": "*"}
METRICS = [metric("Drift", 1.5), metric("Remark", ""), metric("Noise", 2.5, tags={"probe": "B"})]


@pytest.fixture
def review(screen: Callable[..., Screen], tmp_path: Path) -> Callable[..., Screen]:
    def open_review(query: dict[str, str] | None = None, **settings: str) -> Screen:
        asset = made(document(*METRICS), tmp_path / "assets")
        return screen(tmp_path / "assets", **settings).review(name=asset.name, **(query or {}))

    return open_review


def test_a_value_that_is_set_is_locked_while_status_and_note_are_open(review: Callable[..., Screen]) -> None:
    page = review(**LOCKED)
    assert page.field("number_input", "Value of Drift").disabled
    assert not page.field("text_input", "Value of Remark").disabled
    assert "The value is locked in this project; status and notes are open." in page.words
    assert all(not one.disabled for one in page.app.get("button_group"))
    assert "Unlock" not in [one.label for one in page.app.button]


def test_a_locked_value_can_be_changed_by_those_who_may_unlock_and_by_nobody_else(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    asset = made(document(*METRICS), tmp_path / "assets")
    people = {"QC_PORTAL_ANNOTATORS": "", "QC_PORTAL_ADMINISTRATORS": "grace@example.org"}

    def open_as(**claims: object) -> Screen:
        shown = screen(tmp_path / "assets", **login.settings(8501, **people), **LOCKED)
        shown.app.user = user(600, **claims)
        return shown.review(name=asset.name)

    def list_unlocks(shown: Screen) -> list[Any]:
        return [one for one in shown.app.button if one.label == "Unlock"]

    ada = open_as()
    assert ada.field("number_input", "Value of Drift").disabled and not list_unlocks(ada)
    grace = open_as(email="grace@example.org", sub="grace", name="Grace Hopper")
    assert grace.field("number_input", "Value of Drift").disabled
    list_unlocks(grace)[0].click()
    grace.run()
    grace.field("number_input", "Value of Drift").set_value(9.5)
    grace.run()
    assert "1 change" in grace.words and not list_unlocks(grace)
    next(one for one in grace.app.button if one.key == "review-and-submit").click()
    grace.run()
    next(one for one in grace.app.button if one.key == "submit").click()
    grace.run()
    assert asset.metric("Drift")["value"] == 9.5
    assert asset.metric("Drift")["status_history"][-1]["evaluator"] == "Grace Hopper"
    assert open_as().field("number_input", "Value of Drift").disabled, "it is unlocked for who did so"


def test_other_projects_are_open(review: Callable[..., Screen]) -> None:
    page = review(QC_PORTAL_LOCKED_PROJECTS="Learning mFISH; other")
    assert not page.field("number_input", "Value of Drift").disabled and "locked" not in page.words


def test_the_links_of_the_settings_are_in_the_header(review: Callable[..., Screen]) -> None:
    page = review(QC_PORTAL_LINKS="Help=https://lab.example/{name} | Capsule=https://lab.example/{code_ocean_id}")
    links = [(one.proto.label, one.proto.url) for one in page.app.get("link_button")]
    assert "Help" in dict(links) and "Capsule" not in dict(links)
    assert dict(links)["Help"].startswith("https://lab.example/ecephys_")


def test_an_open_path_of_the_other_portal_leads_to_the_same_group(review: Callable[..., Screen]) -> None:
    page = review({"default_grouping": '[["stage"],["probe"]]', "open_path": '["Raw data","B"]'})
    assert page.field("number_input", "Value of Noise")
    assert "Drift" not in page.words


def open_submitting_page() -> None:
    """A page that keeps a value and submits it, as if the draft had been made before the project was locked."""
    import streamlit as st

    from pages.shell.portal import now, services
    from pages.shell.session import reviews
    from qc_core.assets.query import AssetQuery
    from qc_core.quality_control.annotating import editing
    from qc_core.quality_control.status import Generation, Status

    record_id = services().index.query(AssetQuery()).result.rows[0].record_id
    review = reviews.open_record(record_id)
    metric = review.stored.document.metrics[0]

    def submit(edit: object) -> None:
        reviews.keep_edit(record_id, review.key_of(metric), edit)
        reviews.submit(record_id, reviews.get_review(record_id).fresh_change_set())
        st.session_state["failure"] = str(reviews.get_review(record_id).outcome.failure or "")

    value = editing.with_value(None, metric, Generation.V2, 9.5, now())
    status = editing.with_status(None, metric, Generation.V2, Status.PASS, now())
    st.button("value", on_click=submit, args=(value,))
    st.button("status", on_click=submit, args=(status,))


def test_a_draft_of_a_locked_value_is_refused_at_the_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asset = made(document(*METRICS), tmp_path / "assets")
    settings = {"ASSETS": tmp_path / "assets", "STATE": tmp_path / "state", "REVIEWER": "Ada", "LOCKED_PROJECTS": "*"}
    for name, value in settings.items():
        monkeypatch.setenv(f"QC_PORTAL_{name}", str(value))
    portal.settings.cache_clear()
    portal.services.cache_clear()
    page = AppTest.from_function(open_submitting_page, default_timeout=60).run()
    before = asset.file.read_bytes()
    page.button[0].click().run()
    assert "The value of Drift is locked in this project" in page.session_state["failure"]
    assert asset.file.read_bytes() == before
    page.button[1].click().run()
    assert page.session_state["failure"] == ""
    assert asset.metric("Drift")["status_history"][-1]["status"] == "Pass" and asset.metric("Drift")["value"] == 1.5
    portal.settings.cache_clear()
    portal.services.cache_clear()
