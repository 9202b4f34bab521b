"""While the metrics of a project are still read, the page states how many of its assets it is about."""

from streamlit.testing.v1 import AppTest

from tests.pages.screen import TIMEOUT


def _page(assets: int, read: int, reading: bool) -> None:
    from pages.shell import store_notices
    from qc_core.stores.listing import MetricPage

    store_notices.draw_metrics_progress(MetricPage(rows=(), assets=assets, assets_read=read, reading=reading))


def read_notice(assets: int, read: int, *, reading: bool) -> str:
    """All text of the notice."""
    app = AppTest.from_function(_page, default_timeout=TIMEOUT, args=(assets, read, reading)).run()
    assert not app.exception
    bars = [one.proto.text for one in app.get("progress")]
    return " ".join([*bars, *(one.value for one in app.caption)])


def test_progress_is_shown_while_metrics_are_read() -> None:
    text = read_notice(120, 37, reading=True)
    assert text == "Reading the metrics: 37 of 120 assets so far. What follows is about these."


def test_assets_that_were_not_read_are_counted() -> None:
    text = read_notice(120, 118, reading=False)
    assert text == "The metrics of 2 assets were not read: what follows is about the other 118."


def test_nothing_is_shown_once_all_are_read() -> None:
    assert read_notice(120, 120, reading=False) == "" and read_notice(0, 0, reading=True) == ""
