"""The login on the pages: who signs, what a login that ran out keeps, and words that could be markup."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.shell.portal import now, services
from tests.fakes.assets import Asset, document, made, metric
from tests.fakes.login import ADA, settings
from tests.pages.screen import Screen, list_everything
from tests.qc_core.settings.test_secrets_file import write_secrets


@pytest.fixture
def asset(tmp_path: Path) -> Asset:
    return made(document(metric("Drift", value=1)), tmp_path / "assets")


@pytest.fixture
def logged_in(screen: Callable[..., Screen], asset: Asset) -> Callable[..., Screen]:
    """A tab of somebody who is logged in, with these claims and settings."""

    def open_tab(seconds_left: float = 600, listed: str = "", **claims: object) -> Any:
        shown = screen(asset.folder.parent, **settings(8501, QC_PORTAL_ANNOTATORS=listed))
        shown.app.user = user(seconds_left, **claims)
        return shown.review(name=asset.name)

    return open_tab


def user(seconds_left: float, **claims: object) -> dict[str, Any]:
    return {"is_logged_in": True, "iss": "x", "exp": time.time() + seconds_left, **ADA, **claims}


def test_the_signature_is_the_name_in_the_token(logged_in: Callable[..., Screen]) -> None:
    shown = logged_in()
    assert "signed Ada Lovelace, with the time." in shown.words.replace("*", "")
    assert "Logged in as Ada Lovelace, ada@example.org." in shown.words
    assert shown.data("log-in-top") is None


def test_change_during_login_expiry_is_kept_as_a_draft(
    logged_in: Callable[..., Screen], asset: Asset, state: Path
) -> None:
    shown = logged_in()
    before = list_everything(asset.folder)
    shown.field("number_input", "Value of Drift").set_value(5)
    shown.app.user = user(-1)
    shown.run()
    assert "Read-only. Your login has expired." in shown.words.replace("*", "")
    assert "1 change of yours is kept as a draft." in shown.words
    assert len(list((state / "drafts").glob("*/*/*.json"))) == 1
    assert list_everything(asset.folder) == before
    assert shown.run().data("log-in-top")["label"] == "Log in again"
    again = logged_in()
    assert again.field("number_input", "Value of Drift").value == 5


def test_outsider_has_no_drafts(logged_in: Callable[..., Screen], state: Path, asset: Asset) -> None:
    shown = logged_in(listed="elsewhere.org")
    shown.force(shown.field("number_input", "Value of Drift"), 5)
    shown.run()
    assert "who may view this portal but not annotate" in shown.words
    assert not (state / "drafts").exists()


def test_a_list_for_projects_is_asked_for_the_project_of_the_asset(logged_in: Callable[..., Screen]) -> None:
    shown = logged_in(listed="Learning mFISH: example.org")
    assert "You may annotate in this portal, but not assets that name no project." in shown.words


def test_two_people_of_one_name_have_drafts_of_their_own(logged_in: Callable[..., Screen]) -> None:
    shown = logged_in()
    shown.field("number_input", "Value of Drift").set_value(5)
    shown.run()
    namesake = logged_in(sub="another ada")
    assert namesake.field("number_input", "Value of Drift").value == 1


def test_mine_is_found_by_the_name_and_the_address_of_the_login(logged_in: Callable[..., Screen], asset: Asset) -> None:
    made(document(metric("Noise"), key_experimenters=["ADA@example.org"]), asset.folder.parent)
    shown = logged_in().open_page("assets.py")
    menu = next(one for one in shown.data("facets")["menus"] if one["key"] == "person")
    assert (menu["value"], menu["count"]) == ("Ada Lovelace <ada@example.org>", 1)


def test_names_that_could_be_markup_are_text(logged_in: Callable[..., Screen]) -> None:
    hostile = "<script>alert(1)</script> **bold** [link](https://evil.example)"
    shown = logged_in(name=hostile, email="x@y.org")
    assert hostile in shown.words
    for one in (*shown.app.markdown, *shown.app.caption):
        assert "<script>" not in one.value and "](https://evil" not in one.value


def test_test_record_is_marked_and_nothing_is_signed_for_it(
    screen: Callable[..., Screen], asset: Asset, state: Path
) -> None:
    shown = screen(asset.folder.parent)
    shown.assets()
    hostile = "<script>alert(1)</script>"
    record = {
        "quality_control": document(
            metric(hostile, value=hostile, description=hostile, reference=hostile, tags={hostile: hostile}),
            notes=hostile,
        ),
        "location": hostile,
        "data_description": {"project_name": hostile},
    }
    services().uploads.put("a test", record, "token")
    shown.review(name="a test")
    assert shown.errors == []
    assert "This is an uploaded test record" in shown.words
    assert shown.fields and all(field.disabled for field in shown.fields)
    for one in (*shown.app.markdown, *shown.app.caption):
        # A description may be Markdown; in any case it is not HTML.
        assert not one.allow_html and (one.value == hostile or "<script>" not in one.value.replace("\\<", ""))
    assert "a test" not in shown.assets().names
    assert now() is not None


def test_status_page_shows_each_check_and_what_its_failure_means(
    screen: Callable[..., Screen], asset: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KACHERY_GATEWAY_URL", "http://127.0.0.1:9")
    shown = screen(asset.folder.parent)
    shown.run().app.switch_page("health.py")
    shown.run()
    assert "Not working: Kachery." in shown.errors
    assert "What this means for you: Figures in Kachery cannot be shown" in shown.words
    assert "1 asset, in" in shown.words and "This portal has no login." in shown.words


def test_unsubmitted_drafts_are_listed_by_name_for_administrators(
    logged_in: Callable[..., Screen], screen: Callable[..., Screen], asset: Asset
) -> None:
    shown = logged_in()
    shown.field("number_input", "Value of Drift").set_value(5)
    shown.run()

    def list_drafts(**claims: object) -> Any:
        people = {"QC_PORTAL_ADMINISTRATORS": "grace@example.org, groups=admins", "QC_PORTAL_READ_ONLY": "1"}
        at = screen(asset.folder.parent, **settings(8501, QC_PORTAL_ANNOTATORS="", **people))
        at.app.user = user(600, **claims)
        return at.drafts()

    assert "shown to the administrators of this portal. You are not among the administrators" in list_drafts().words
    assert not list_drafts().app.table
    for claims in ({"email": "grace@example.org", "sub": "grace"}, {"groups": ["admins"], "sub": "grace"}):
        (table,) = list_drafts(**claims).app.table
        row = dict(table.value.iloc[0])
        assert (row["Who"], row["Changes"]) == ("Ada Lovelace", "1 change"), row


def test_a_login_in_the_file_of_secrets_is_one_for_the_pages_too(
    screen: Callable[..., Screen], asset: Asset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KACHERY_GATEWAY_URL", "http://127.0.0.1:9")
    write_secrets(tmp_path)
    shown = screen(asset.folder.parent).run()
    assert shown.data("log-in-top")["label"] == "Log in"
    shown.app.switch_page("health.py")
    assert "Login provider" in shown.run().errors[0]
    write_secrets(tmp_path, {"client_id": "alone"})
    shown = screen(asset.folder.parent).run()
    assert any(one.startswith("The login lacks QC_PORTAL_OIDC_CLIENT_SECRET") for one in shown.errors)


@pytest.mark.parametrize(
    ("listed", "reason", "field"),
    [("", None, 1), ("elsewhere.org", "who may view this portal but not annotate", 0), (None, "You are a guest.", 0)],
)
def test_field_for_test_metadata_needs_permission_to_annotate(
    screen: Callable[..., Screen],
    asset: Asset,
    monkeypatch: pytest.MonkeyPatch,
    listed: str | None,
    reason: str | None,
    field: int,
) -> None:
    monkeypatch.setenv("KACHERY_GATEWAY_URL", "http://127.0.0.1:9")
    shown = screen(asset.folder.parent, **settings(8501, QC_PORTAL_ANNOTATORS=listed or ""))
    shown.app.user = user(600) if listed is not None else {}
    shown.run().app.switch_page("health.py")
    shown.run()
    assert len(shown.app.get("file_uploader")) == field
    assert reason is None or f"Only people who may annotate here can do this. {reason}" in shown.words.replace(
        "You are logged in as Ada Lovelace (ada@example.org), ", ""
    )
    assert (shown.data("log-in-upload") is not None) is (listed is None)
