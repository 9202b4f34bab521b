"""The frame around each page: the contact is at its foot, whatever the page shows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.assets import DEMO, OPHYS
from tests.fakes.kachery import Kachery
from tests.pages.screen import Screen

CONTACT = {"QC_PORTAL_CONTACT": "qc@example.org"}
FOOT = "Questions about this portal: qc@example.org"


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("assets.py", {}),
        ("review.py", {"name": OPHYS}),
        ("review.py", {"name": "no such asset"}),
        ("drafts.py", {}),
        ("health.py", {}),
    ],
)
def test_contact_is_shown_once_at_the_foot_of_every_page(
    screen: Callable[..., Screen], kachery: Kachery, page: str, query: Any
) -> None:
    shown = screen(DEMO, KACHERY_GATEWAY_URL=kachery.url, **CONTACT).run()
    shown.app.switch_page(page)
    shown.app.query_params.update(query)
    assert shown.run().words.count(FOOT) == 1
    assert screen(DEMO, KACHERY_GATEWAY_URL=kachery.url).run().words.count("Questions about") == 0


def test_contact_is_shown_even_with_an_invalid_setting(screen: Callable[..., Screen]) -> None:
    shown = screen(DEMO, QC_PORTAL_READ_ONLY="perhaps", **CONTACT).run()
    assert any("QC_PORTAL_READ_ONLY" in one for one in shown.errors)
    assert shown.words.count(FOOT) == 1


def test_contact_is_shown_if_the_records_cannot_be_opened(screen: Callable[..., Screen], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of the state folder")
    shown = screen(DEMO, QC_PORTAL_ASSETS="", QC_PORTAL_STATE=str(tmp_path / "file"), **CONTACT).run()
    assert shown.errors and shown.words.count(FOOT) == 1
