"""An entry in the future, and what the portal signs upon it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from qc_core.quality_control.status import Generation, Status, StatusEntry, is_signed_ahead, latest

NOW = datetime(2026, 3, 1, tzinfo=UTC)
AHEAD = NOW + timedelta(hours=7)
MICROSECOND = timedelta(microseconds=1)


def entry(status: Status, at: datetime) -> StatusEntry:
    return StatusEntry(status=status, evaluator="Ada", timestamp=at, written=at.isoformat())


@pytest.mark.parametrize("generation", Generation)
@pytest.mark.parametrize("earlier", [(), (entry(Status.PENDING, NOW - timedelta(days=1)),)])
def test_signature_upon_an_entry_in_the_future_counts_now_and_later(generation: Any, earlier: Any) -> None:
    history = (*earlier, entry(Status.FAIL, AHEAD), entry(Status.PASS, AHEAD + MICROSECOND))
    for at in (NOW, AHEAD, AHEAD + MICROSECOND, AHEAD + timedelta(days=1)):
        assert latest(history, generation, at).status is Status.PASS


@pytest.mark.parametrize("generation", Generation)
def test_second_signature_in_the_future_counts(generation: Any) -> None:
    times = (NOW - timedelta(days=1), AHEAD, AHEAD + MICROSECOND, AHEAD + 2 * MICROSECOND)
    words = (Status.PENDING, Status.FAIL, Status.PASS, Status.FAIL)
    assert latest(tuple(map(entry, words, times)), generation, NOW).status is Status.FAIL


@pytest.mark.parametrize("generation", Generation)
def test_signature_in_the_microsecond_after_now_counts(generation: Any) -> None:
    history = (entry(Status.FAIL, NOW), entry(Status.PASS, NOW + MICROSECOND))
    assert latest(history, generation, NOW).status is Status.PASS


@pytest.mark.parametrize("generation", Generation)
def test_entry_in_the_future_that_the_portal_did_not_sign_does_not_count_yet(generation: Any) -> None:
    history = (entry(Status.PENDING, NOW - timedelta(days=1)), entry(Status.FAIL, AHEAD))
    assert not is_signed_ahead(history, NOW)
    assert latest(history, generation, NOW).status is Status.PENDING
