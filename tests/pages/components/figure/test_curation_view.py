"""What a view that curates is given: its metric, its versions, and what is sent into it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import portal
from tests.fakes.assets import document, made, metric

GUI = "https://ephys.allenneuraldynamics.org/ephys_gui_app?analyzer_path=a.zarr"


def page() -> None:
    """A page that keeps what the view is given."""
    import streamlit as st

    from pages.components.figure import curation_view, frame_messages
    from pages.shell.portal import services
    from pages.shell.session import frames, reviews
    from qc_core.assets.query import AssetQuery
    from qc_core.references.messages import FrameMessage
    from qc_core.references.shown import resolve_figure

    record_id = services().index.query(AssetQuery()).result.rows[0].record_id
    stored = reviews.open_record(record_id).stored
    first = stored.document.metrics[0]
    figure = resolve_figure(first.reference, record_id)

    def send() -> None:
        frame_messages.receive(FrameMessage(record=record_id, **st.session_state["sent"]))

    st.button("send", on_click=send)
    st.button("draft", on_click=frames.request_version, args=(record_id, first.key, frames.DRAFT))
    st.button("oldest", on_click=frames.request_version, args=(record_id, first.key, 1))
    st.button("second", on_click=frames.choose_metric, args=(record_id, figure.text, "metrics/1"))
    frame_messages.draw_notice()
    st.session_state["data"] = curation_view.build_data(stored, figure, (0,))


def build_curated(name: str, *versions: Any, **more: Any) -> dict[str, Any]:
    history = [{"curator": f"Ada {n}", "timestamp": f"2025-01-0{n + 1}T10:00:00Z"} for n in range(len(versions))]
    own = {"object_type": "Curation metric", "type": "Spike sorting curation", "reference": GUI}
    return metric(name, list(versions), curation_history=history, **own | more)


def units(*removed: int) -> dict[str, Any]:
    return {"format_version": "2", "unit_ids": [1, 2, 3], "removed": list(removed)}


@pytest.fixture
def app_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    def start(*metrics: dict[str, Any], **more: str) -> AppTest:
        made(document(*metrics), tmp_path / "assets")
        settings = {"ASSETS": tmp_path / "assets", "STATE": tmp_path / "state", "REVIEWER": "Ada Lovelace"}
        for name, value in {**settings, **more}.items():
            monkeypatch.setenv(f"QC_PORTAL_{name}", str(value))
        portal.settings.cache_clear()
        portal.services.cache_clear()
        return AppTest.from_function(page, default_timeout=60).run()

    yield start
    portal.settings.cache_clear()
    portal.services.cache_clear()


def press(app: AppTest, label: str) -> Any:
    next(button for button in app.button if button.label == label).click()
    assert not app.run().exception
    return app.session_state["data"]


def message(data: Any, key: str = "metrics/0", origin: str = "https://ephys.allenneuraldynamics.org") -> dict[str, Any]:
    return {"origin": origin, "metric": key, "data": {"type": "curation-data", "identifier": "x", "data": data}}


def test_versions_are_listed_newest_first_with_who_and_when(app_of: Callable[..., AppTest]) -> None:
    data = app_of(build_curated("A", units(), units(1), "no object")).session_state["data"]
    assert [one["label"] for one in data["versions"]] == [
        "Version 2 · Ada 1 · 2025-01-02 10:00 UTC",
        "Version 1 · Ada 0 · 2025-01-01 10:00 UTC",
    ]
    assert data["draft"] is None
    assert (data["send"]["nonce"], data["send"]["content"]) == ("newest-2", units(1))
    assert data["hint"] == "What you send from the view becomes a draft of version 4."


def test_curation_of_a_view_is_compared_and_sent_back_only_on_request(app_of: Callable[..., AppTest]) -> None:
    app = app_of(build_curated("A", units(), units(1)))
    app.session_state["sent"] = message(units(2))
    data = press(app, "send")
    assert data["draft"].startswith("Your draft of version 3, kept ")
    assert data["draft"].endswith("is not submitted yet: 2 objects differ from version 2.")
    assert data["send"] is None and data["versions"][0]["number"] == 0
    first = press(app, "draft")["send"]
    assert first["content"] == units(2) and press(app, "draft")["send"]["nonce"] != first["nonce"]
    assert press(app, "oldest")["send"]["content"] == units()


def test_sending_the_newest_version_back_makes_no_draft(app_of: Callable[..., AppTest]) -> None:
    app = app_of(build_curated("A", units(1)))
    app.session_state["sent"] = message(units(1))
    assert press(app, "send")["draft"] is None
    assert "It is the same as version 1" in app.toast[0].value


@pytest.mark.parametrize(
    "sent",
    [message(units(2), key="metrics/9"), message(units(2), key=""), message(units(2), origin="https://figurl.org")],
)
def test_a_message_of_another_metric_or_site_is_ignored(app_of: Callable[..., AppTest], sent: dict[str, Any]) -> None:
    app = app_of(build_curated("A", units(1)))
    app.session_state["sent"] = sent
    assert press(app, "send")["draft"] is None and not app.toast


def test_a_view_that_several_curations_share_is_of_the_one_that_was_chosen(app_of: Callable[..., AppTest]) -> None:
    app = app_of(build_curated("A", units(1)), build_curated("B", units(2)), metric("Other", reference=GUI))
    data = app.session_state["data"]
    assert data["metric"] == "metrics/0" and [one["name"] for one in data["metrics"]] == ["A", "B"]
    data = press(app, "second")
    assert data["metric"] == "metrics/1" and data["send"]["content"] == units(2)


def test_read_only_person_can_send_a_version_in_and_reads_that_nothing_is_kept(
    app_of: Callable[..., AppTest],
) -> None:
    app = app_of(build_curated("A", units(1)), READ_ONLY="1")
    data = app.session_state["data"]
    assert data["send"]["content"] == units(1) and "is not kept" in data["hint"]
    app.session_state["sent"] = message(units(2))
    assert press(app, "send")["draft"] is None and app.toast


def test_a_metric_that_is_no_curation_has_no_versions(app_of: Callable[..., AppTest]) -> None:
    data = app_of(metric("Drift", reference=GUI)).session_state["data"]
    assert (data["versions"], data["send"], data["hint"]) == ([], None, "")
