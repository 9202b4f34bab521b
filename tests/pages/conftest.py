"""What page tests share: a portal in this very process, with settings from the environment."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st

from pages.shell import portal
from tests.fakes.assets import DEMO, Asset, document, made, metric
from tests.fakes.aws_descriptions import share_descriptions
from tests.pages.screen import Screen

share_descriptions()


@pytest.fixture(autouse=True)
def no_index_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process of its own reads the database of a page test: a thread of the portal does, as where none can run.

    The process would live until all tests are done. Its own tests are in tests/qc_core/stores/index.
    """
    monkeypatch.setattr(portal, "start_indexing", lambda _: None)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Where this test's drafts go; made by the portal, if at all."""
    return tmp_path / "state"


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch, state: Path) -> Iterator[Callable[..., Screen]]:
    """Opens a tab on a portal over a folder: `screen(folder, QC_PORTAL_READ_ONLY="1")`; by default over the demo.

    A second call is like a restart of the portal with other settings.
    """

    def open_tab(assets: Path = DEMO, **settings: str) -> Screen:
        variables = {
            "QC_PORTAL_ASSETS": str(assets),
            "QC_PORTAL_STATE": str(state),
            "QC_PORTAL_REVIEWER": "Ada Lovelace",
        }
        for name in ("QC_PORTAL_READ_ONLY", "QC_PORTAL_CONTACT", *variables):
            monkeypatch.delenv(name, raising=False)
        for name, value in (variables | settings).items():
            monkeypatch.setenv(name, value)
        portal.settings.cache_clear()
        portal.services.cache_clear()
        st.cache_data.clear()
        return Screen()

    yield open_tab
    portal.settings.cache_clear()
    portal.services.cache_clear()


@pytest.fixture
def two_assets(tmp_path: Path) -> tuple[Asset, Asset]:
    """Two assets of two Pending metrics each, and one more that has passed."""
    more = {"stage": "Processing", "tags": {"probe": "B"}}
    return tuple(  # type: ignore[return-value]  # two of them
        made(
            document(metric("Drift", 1.5), metric("Noise", "high", **more), metric("Power", 1, "Pass")),
            tmp_path / "assets",
        )
        for _ in range(2)
    )
