"""What is marked in a change before it is submitted."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from qc_core.quality_control import document
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.annotating.change_warnings import find_newest_change, find_warnings
from qc_core.quality_control.annotating.changes import Change
from qc_core.quality_control.status import Generation, Status
from tests.fakes.assets import document as made
from tests.fakes.assets import metric

EDITED = datetime(2025, 6, 1, tzinfo=UTC)
CHOICE = {"value": "", "options": ["Good", "Bad"], "status": ["Pass", "Fail"], "type": "dropdown"}


def change(value: Any, status: Status) -> Change:
    """A change of a Pending metric's status alone."""
    one = document.read(made(metric("Drift", value))).metrics[0]
    edit = editing.with_status(None, one, Generation.V2, status, EDITED)
    assert edit is not None
    return Change("key", one, edit, one.value, one.value, Status.PENDING, status, "")


@pytest.mark.parametrize(
    ("value", "status", "found"),
    [
        (12.5, Status.PASS, []),
        (CHOICE, Status.PASS, ["no option chosen"]),
        (CHOICE | {"value": "Good"}, Status.PASS, []),
        (CHOICE | {"value": "Good"}, Status.FAIL, ["differs from the rule"]),
        ({"value": 30, "rule": "value < 20"}, Status.PASS, ["differs from the rule"]),
        ({"value": 3, "rule": "value < 20"}, Status.PASS, []),
    ],
)
def test_a_change_is_marked_where_its_value_does_not_carry_its_status(
    value: Any, status: Status, found: list[str]
) -> None:
    assert find_warnings(change(value, status), None) == found


def test_an_edit_from_before_the_newest_change_of_the_record_is_marked() -> None:
    one = change(12.5, Status.PASS)
    assert find_warnings(one, EDITED - timedelta(days=1)) == []
    assert find_warnings(one, EDITED + timedelta(days=1)) == ["older than the newest change"]


def test_the_newest_change_is_the_newest_entry_of_all_metrics_that_is_not_in_the_future() -> None:
    read = document.read(made(metric("Drift"), metric("Noise", status_history=[])))
    assert find_newest_change(read.metrics, EDITED) == datetime(2025, 1, 1, tzinfo=UTC)
    assert find_newest_change(read.metrics, datetime(2024, 1, 1, tzinfo=UTC)) is None
