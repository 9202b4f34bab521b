"""The rest that can be passed at once: never what was decided or changed."""

from datetime import UTC, datetime

from qc_core.quality_control.annotating.rest import Rest, find_rest
from qc_core.quality_control.document import read
from tests.fakes.assets import document, metric

AT = datetime(2026, 11, 22, tzinfo=UTC)
STATUSES = ["Pending", "Pass", "Pending", "Fail", "Pending", "Pending"]
DOCUMENT = read(document(*(metric(f"m{n}", 1, status) for n, status in enumerate(STATUSES))))


def test_only_what_is_pending_and_unchanged_is_left() -> None:
    assert find_rest(DOCUMENT, range(6), AT, changed={2}, seen=range(6)) == Rest((0, 4, 5), ())


def test_metrics_whose_figure_was_not_on_screen_are_told_apart() -> None:
    rest = find_rest(DOCUMENT, range(6), AT, changed=(), seen={0, 5})
    assert rest == Rest((0, 5), (2, 4)) and rest.all == (0, 2, 4, 5)


def test_each_metric_is_there_once_and_only_those_that_were_asked_for() -> None:
    assert find_rest(DOCUMENT, [4, 4, 1], AT, changed=(), seen=range(6)) == Rest((4,), ())


def test_read_only_metrics_are_left_alone() -> None:
    locked = metric("m0")
    locked["status_history"] = "broken"
    found = read(document(locked, metric("m1")))
    assert find_rest(found, range(2), AT, changed=(), seen=range(2)) == Rest((1,), ())
