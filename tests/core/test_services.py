import json
from datetime import UTC, datetime

import pytest

from qc_core.errors import StoreUnavailable
from qc_core.quality_control.changes import Tombstone
from qc_core.references.shown import reference_digest
from qc_core.services import build
from qc_core.settings import Settings

NOW = datetime(2025, 6, 1, tzinfo=UTC)


def settings(assets, state):
    return Settings(assets, state, "Ada", False, None, "localhost")


@pytest.fixture
def assets(tmp_path):
    asset = tmp_path / "assets" / "mouse"
    asset.mkdir(parents=True)
    (asset / "quality_control.json").write_text(json.dumps({"metrics": [{"name": "drift", "reference": "x.png"}]}))
    (asset / "x.png").write_bytes(b"x")
    return tmp_path / "assets"


def test_the_services_open_the_folder_that_was_set(assets, tmp_path):
    services = build(settings(assets, tmp_path / "state"), clock=lambda: NOW)
    assert services.settings.assets == assets
    assert services.clock() == NOW
    (summary,) = services.records.listing().summaries
    record = services.records.fetch(summary.record_id)
    assert record.name == "mouse"
    assert services.figures.local_file(record.record_id, reference_digest("x.png")).read_bytes() == b"x"


def test_building_and_looking_makes_no_state(assets, tmp_path):
    build(settings(assets, tmp_path / "state")).records.listing()
    assert not (tmp_path / "state").exists()


def test_drafts_are_kept_under_the_state_folder(assets, tmp_path):
    built = build(settings(assets, tmp_path / "state"))
    built.drafts.write("Ada", "mouse", "tab", {"x": Tombstone(NOW)})
    again = build(settings(assets, tmp_path / "state"))
    assert again.drafts.read("Ada", "mouse") == {"tab": {"x": Tombstone(NOW)}}


def test_the_default_clock_is_aware(assets, tmp_path):
    assert build(settings(assets, tmp_path / "state")).clock().utcoffset() is not None


def test_assets_that_vanish_are_an_error_of_the_listing_not_of_the_start(assets, tmp_path):
    services = build(settings(tmp_path / "gone", tmp_path / "state"))
    with pytest.raises(StoreUnavailable, match="QC_PORTAL_ASSETS"):
        services.records.listing()
