import json
import os
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from qc_core.assets.query import AssetQuery
from qc_core.errors import StoreUnavailable
from qc_core.quality_control.annotating.changes import DraftEntry, Tombstone
from qc_core.references.shown import reference_digest
from qc_core.services import build, keep_tidy
from qc_core.settings.model import Database, Settings
from qc_core.stores.docdb.store import DocDbStore
from qc_core.stores.reachable import folder_to_write
from qc_core.stores.state.draft_store import Drafts
from tests.waiting import wait_until

NOW = datetime(2025, 6, 1, tzinfo=UTC)


def settings(assets: Any, state: Any) -> Settings:
    return Settings(assets, state, "Ada", False, None, "localhost")


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    asset = tmp_path / "assets" / "mouse"
    asset.mkdir(parents=True)
    (asset / "quality_control.json").write_text(json.dumps({"metrics": [{"name": "drift", "reference": "x.png"}]}))
    (asset / "x.png").write_bytes(b"x")
    return tmp_path / "assets"


def test_the_services_open_the_folder_that_was_set(assets: Path, tmp_path: Path) -> None:
    services = build(settings(assets, tmp_path / "state"), clock=lambda: NOW)
    assert services.settings.assets == assets
    assert services.clock() == NOW
    (summary,) = services.index.query(AssetQuery()).result.rows
    record = services.records.get_fresh(summary.record_id)
    assert record.name == "mouse"
    assert services.figures.local_file(record.record_id, reference_digest("x.png")).read_bytes() == b"x"


def test_uploaded_records_are_in_no_list_of_assets(assets: Path, tmp_path: Path) -> None:
    services = build(settings(assets, tmp_path / "state"), clock=lambda: NOW)
    record_id = services.uploads.put("uploaded", {"quality_control": {"metrics": []}}, "token")
    assert services.records.find_ids("uploaded") == (record_id,)
    assert [row.name for row in services.index.query(AssetQuery()).result.rows] == ["mouse"]


def test_building_and_looking_makes_no_state(assets: Path, tmp_path: Path) -> None:
    build(settings(assets, tmp_path / "state")).index.query(AssetQuery())
    assert not (tmp_path / "state").exists()


def test_drafts_are_kept_under_the_state_folder(assets: Path, tmp_path: Path) -> None:
    built = build(settings(assets, tmp_path / "state"))
    built.drafts.write("Ada", "mouse", "tab", {"x": DraftEntry(Tombstone(NOW))})
    again = build(settings(assets, tmp_path / "state"))
    assert again.drafts.read("Ada", "mouse") == {"tab": {"x": DraftEntry(Tombstone(NOW))}}


def test_the_default_clock_is_aware(assets: Path, tmp_path: Path) -> None:
    assert build(settings(assets, tmp_path / "state")).clock().utcoffset() is not None


def test_assets_that_vanish_are_an_error_of_the_listing_not_of_the_start(assets: Path, tmp_path: Path) -> None:
    services = build(settings(tmp_path / "gone", tmp_path / "state"))
    with pytest.raises(StoreUnavailable, match="QC_PORTAL_ASSETS"):
        services.index.query(AssetQuery())


def test_drafts_expire_only_where_that_is_set_and_test_records_always(assets: Path, tmp_path: Path) -> None:
    built = build(settings(assets, tmp_path / "state"), clock=lambda: NOW)
    built.drafts.write("Ada", "mouse", "tab", {"x": DraftEntry(Tombstone(NOW - timedelta(days=400)))})
    built.uploads.put("test", {"quality_control": {"metrics": []}}, "token")
    later = build(built.settings, clock=lambda: NOW + timedelta(days=2))
    enough = keep_tidy(later, every=0.01)
    wait_until(lambda: not built.objects.keys("uploads"))
    enough.set()
    assert built.drafts.read("Ada", "mouse")
    tidy = build(replace(built.settings, drafts_expire_after=timedelta(days=365)), clock=lambda: NOW)
    enough = keep_tidy(tidy, every=0.01)
    wait_until(lambda: not built.drafts.read("Ada", "mouse"))
    enough.set()


def test_next_to_a_bucket_the_demo_lies_where_this_account_can_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    nowhere = Path("/proc/nowhere")
    built = build(replace(settings(nowhere / "demo", nowhere), bucket="s3://some/where"))
    assert built.settings.state == tmp_path / f"qc-portal-{os.getuid()}"
    assert built.index.query(AssetQuery()).result.rows and built.settings.assets == built.settings.state / "demo"
    built = build(replace(settings(tmp_path, tmp_path / "home"), bucket="s3://some/where"))
    assert built.settings.state == tmp_path / "home", "a home that can be written is used"


def test_a_folder_of_another_account_in_the_temporary_folder_is_never_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    common = tmp_path / "qc-portal-4711"
    common.mkdir(mode=0o777)
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    found = folder_to_write(Path("/proc/nowhere"))
    assert found.parent == tmp_path and found != common


def test_a_database_is_opened_where_one_is_set(assets: Path, tmp_path: Path) -> None:
    built = build(replace(settings(assets, tmp_path), database=Database("localhost:9")))
    assert isinstance(built.records.inner.inner, DocDbStore)  # type: ignore[attr-defined]  # looks into the wrappers
    with pytest.raises(StoreUnavailable):
        built.figures.local_file("record", "digest")
    assert isinstance(build(replace(settings(assets, tmp_path), bucket="s3://some/where")).drafts, Drafts)
