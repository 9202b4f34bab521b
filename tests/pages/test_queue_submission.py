"""Submitting what a queue decided: together after all changes were shown, reported in the bar, and set back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.components.queue.submit_all import ChangeSets
from pages.shell.session import reviews
from qc_core.errors import StoreUnavailable
from qc_core.quality_control.annotating.changes import ChangeSet
from qc_core.stores.folder.store import FolderStore
from tests.fakes.assets import Asset
from tests.fakes.s3 import KEYS, S3
from tests.pages.screen import Screen, list_everything
from tests.pages.shell.drafting import ADA
from tests.pages.test_queue import bar, button, decide, open_item, rows


def test_finished_assets_are_submitted_together_after_all_changes_were_shown(
    screen: Callable[..., Screen], tmp_path: Path, two_assets: tuple[Asset, Asset]
) -> None:
    before = list_everything(tmp_path / "assets")
    shown = screen(tmp_path / "assets").queue(stage="Raw data")
    shown = open_item(shown, rows(shown)[0]["href"])
    shown = decide(decide(shown, "Drift", "Pass"), "Drift", "Fail")
    assert bar(shown) == "All 2 decided"
    offer = button(shown, "queue-submit")
    assert offer.label == "Submit 2 changes of 2 assets"
    offer.click()
    shown.run()
    assert shown.errors == []
    assert button(shown, "queue-submit-all").label == "Submit 2 changes of 2 assets"
    assert "Signed as **Ada Lovelace**" in shown.words
    assert list_everything(tmp_path / "assets") == before, "nothing is written before it is confirmed"
    button(shown, "queue-submit-all").click()
    state = shown.run().app.session_state  # the whole page was drawn, where a browser draws the dialog alone
    sending = state["qc-queue-sending"]
    state["qc-queue-outcomes"] = {key: state["qc-reviews"][key].submit(one, ADA) for key, one in sending.items()}
    state["qc-reviews"].clear()
    state["qc-submissions"], state["qc-open"] = 1, ""
    shown.run()
    assert shown.errors == []
    assert "**2 changes of 2 assets submitted** by Ada Lovelace" in shown.words.replace("\\", "")
    assert [one.key for one in shown.app.button if one.key in ("queue-submit-all", "queue-close")] == []
    statuses = {asset.document()["metrics"][0]["status_history"][-1]["status"] for asset in two_assets}
    assert statuses == {"Pass", "Fail"}
    button(shown, "queue-undo-submission").click()
    shown.run()
    assert shown.errors == []
    assert "Reverted in your draft: submit it to write that." in shown.words
    assert "2 changes of 2 assets submitted" not in shown.words
    assert button(shown, "queue-submit").label == "Submit 2 changes of 2 assets"


def test_the_drafts_of_a_queue_in_a_bucket_are_read_together(
    screen: Callable[..., Screen], tmp_path: Path, two_assets: tuple[Asset, Asset], s3: S3
) -> None:
    bucket = KEYS | {"AWS_ENDPOINT_URL": s3.url, "AWS_DEFAULT_REGION": "us-west-2"}
    bucket |= {"QC_PORTAL_STATE": "s3://private/queue", "QC_PORTAL_SCRATCH": str(tmp_path / "scratch")}
    shown = screen(tmp_path / "assets", **bucket).queue(stage="Raw data")
    decide(decide(open_item(shown, rows(shown)[0]["href"]), "Drift", "Pass"), "Drift", "Fail")

    def list_asked() -> list[str]:
        asked = [one.path.partition("/drafts/")[2] for one in s3.asked if "drafts" in one.path + one.query]
        s3.asked.clear()
        return asked

    s3.asked.clear()
    shown = screen(tmp_path / "assets", **bucket).queue(stage="Raw data")  # after a restart, in another tab
    assert button(shown, "queue-submit").label == "Submit 2 changes of 2 assets"
    asked = list_asked()
    assert len(asked) == len(set(asked)) == 3 and "" in asked, "they are listed once, and each is read once"
    button(shown, "queue-submit").click()
    shown.run()
    assert button(shown, "queue-submit-all").label == "Submit 2 changes of 2 assets"
    assert list_asked() == ["", ""], "the page and the dialog list them, and nothing is read again"


def test_each_asset_is_read_once_before_all_are_submitted(
    screen: Callable[..., Screen], tmp_path: Path, two_assets: tuple[Asset, Asset], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = screen(tmp_path / "assets").queue(stage="Raw data")
    decide(decide(open_item(shown, rows(shown)[0]["href"]), "Drift", "Pass"), "Drift", "Fail")
    shown = screen(tmp_path / "assets").queue(stage="Raw data")  # in another tab
    asked: list[str] = []
    read_record = FolderStore.get_fresh
    monkeypatch.setattr(FolderStore, "get_fresh", lambda self, key: asked.append(key) or read_record(self, key))
    ahead: list[list[str]] = []
    monkeypatch.setattr(FolderStore, "read_ahead", lambda self, keys: ahead.append(sorted(keys)))
    button(shown, "queue-submit").click()
    shown.run()
    assert len(asked) == len(set(asked)) == 2
    assert ahead == [sorted(asked)], "a store that can is asked for all of them together"


def test_a_dialog_that_is_drawn_again_reads_only_what_it_could_not_read(
    screen: Callable[..., Screen], tmp_path: Path, two_assets: tuple[Asset, Asset], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen(tmp_path / "assets")
    ahead: list[list[str]] = []
    asked: list[str] = []
    missing = {"b"}

    def read(record_id: str) -> Any:
        asked.append(record_id)
        if record_id in missing:
            raise StoreUnavailable("The database does not answer.", "Try again.")
        return None, ChangeSet((), (), ())

    monkeypatch.setattr(FolderStore, "read_ahead", lambda self, keys: ahead.append(list(keys)))
    monkeypatch.setattr(reviews, "read_changes", read)
    change_sets = ChangeSets(["a", "b"])
    change_sets.read("a")
    with pytest.raises(StoreUnavailable):
        change_sets.read("b")
    missing.clear()
    for record_id in ("a", "b", "a", "b"):
        change_sets.read(record_id)
    assert (ahead, asked) == ([["a", "b"]], ["a", "b", "b"])


def test_a_review_that_a_dialog_over_the_queue_read_is_read_again_when_it_is_opened(
    screen: Callable[..., Screen], tmp_path: Path, two_assets: tuple[Asset, Asset]
) -> None:
    shown = screen(tmp_path / "assets").queue(stage="Raw data")
    first, href = shown.data("queue-table")["groups"][0]["name"], rows(shown)[0]["href"]
    decide(open_item(shown, href), "Drift", "Pass")
    shown = screen(tmp_path / "assets").queue(stage="Raw data")  # in another tab
    button(shown, "queue-submit").click()
    shown.run()
    changed = (opened := next(asset for asset in two_assets if asset.name == first)).document()
    changed["metrics"][2]["name"] = "Power at 60 Hz"
    opened.rewrite(changed)
    assert "Power at 60 Hz" in open_item(shown, href).words  # from the dialog


def test_one_finished_asset_is_submitted_by_its_own_dialog(
    screen: Callable[..., Screen], tmp_path: Path, two_assets: tuple[Asset, Asset]
) -> None:
    shown = screen(tmp_path / "assets").queue(stage="Raw data")
    shown = open_item(shown, rows(shown)[0]["href"])
    first = shown.data("record-header")["name"]
    shown = decide(shown, "Drift", "Pass")
    offer = button(shown, "queue-submit")
    assert offer.label.replace("\\", "") == f"Submit 1 change of {first}"
    offer.click()
    shown.run()
    assert button(shown, "submit").label == "Submit 1 change"
    button(shown, "submit").click()
    shown.run()
    (written,) = [asset for asset in two_assets if asset.name == first]
    assert written.document()["metrics"][0]["status_history"][-1]["evaluator"] == "Ada Lovelace"
    assert bar(shown) == "Queue: 1 of 2 left", "what was submitted is counted on"
