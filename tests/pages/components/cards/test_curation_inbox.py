"""What an embedded page sends becomes a draft of the metric's next version, or is refused with the reason."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import portal
from tests.fakes import assets as fake_assets

SENT = {"format_version": "2", "unit_ids": [1, 2], "removed": [2]}


def page() -> None:
    """A page whose button does what the frame would do."""
    import streamlit as st

    from pages.components.cards import curation_inbox
    from pages.shell.portal import services
    from pages.shell.session import reviews
    from qc_core.assets.query import AssetQuery

    record_id = services().index.query(AssetQuery()).result.rows[0].record_id
    opened = reviews.open_record(record_id)

    def receive() -> None:
        metric = opened.stored.document.metrics[st.session_state["metric"]]
        st.session_state["refusal"] = curation_inbox.store_curation(record_id, metric, st.session_state["sent"])

    st.button("frame", on_click=receive)
    st.session_state["versions"] = [edit.version.content for edit in opened.edits.values() if edit.version]


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    curation = {"object_type": "Curation metric", "type": "Spike sorting curation", "curation_history": []}
    metrics = [fake_assets.metric("units", [], **curation), fake_assets.metric("drift")]
    asset = fake_assets.made(fake_assets.document(*metrics), tmp_path / "assets")
    settings = {"ASSETS": tmp_path / "assets", "STATE": tmp_path / "state", "REVIEWER": "Ada Lovelace"}
    for name, value in settings.items():
        monkeypatch.setenv(f"QC_PORTAL_{name}", str(value))
    portal.settings.cache_clear()
    portal.services.cache_clear()
    before = asset.file.read_bytes()
    yield AppTest.from_function(page, default_timeout=60).run()
    assert asset.file.read_bytes() == before, "a draft changes no record"
    portal.settings.cache_clear()
    portal.services.cache_clear()


def send_message(app: AppTest, data: Any, metric: int = 0) -> tuple[Any, Any]:
    app.session_state["metric"], app.session_state["sent"] = metric, data
    app.button[0].click().run()
    assert not app.exception
    return app.session_state["refusal"], app.run().session_state["versions"]


def test_sent_curation_becomes_the_draft_of_the_next_version(app: AppTest) -> None:
    assert send_message(app, {"type": "curation-data", "identifier": "A", "data": SENT}) == (None, [SENT])
    again = {"labelsByUnit": {"1": ["accept"]}, "mergeGroups": []}
    assert send_message(app, {"curation": again}) == (None, [again])


@pytest.mark.parametrize(
    ("data", "metric", "why"),
    [
        ({"curation": {}}, 0, "neither"),
        ({"type": "ready"}, 0, "no curation"),
        ({"curation": SENT}, 1, "not a curation"),
    ],
)
def test_other_messages_are_refused_and_make_no_draft(app: AppTest, data: Any, metric: int, why: str) -> None:
    refusal, versions = send_message(app, data, metric)
    assert why in refusal and versions == []
