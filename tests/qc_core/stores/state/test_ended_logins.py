"""Logins that were ended: known at once here, within seconds elsewhere, and never guessed at."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from qc_core.errors import StoreUnavailable
from qc_core.stores.state.ended_logins import REMEMBERED_FOR, EndedLogins
from qc_core.stores.state.objects import FolderObjects

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Clock:
    now = NOW

    def __call__(self) -> Any:
        return self.now


class Counted(FolderObjects):
    asked = 0

    def read(self, key: str) -> Any:
        self.asked += 1
        return super().read(key)


@pytest.fixture
def here(tmp_path: Path) -> tuple[EndedLogins, Counted, Clock]:
    objects, clock = Counted(tmp_path / "state"), Clock()
    return EndedLogins(objects, clock), objects, clock


def test_a_page_that_asks_many_times_sends_one_question_in_some_seconds(
    here: tuple[EndedLogins, Counted, Clock], tmp_path: Path
) -> None:
    logins, objects, clock = here
    assert not any(logins.has_ended("ada 1") for _ in range(50)) and objects.asked == 1
    EndedLogins(FolderObjects(tmp_path / "state"), clock).end("ada 1", NOW + timedelta(hours=1), NOW)
    assert not logins.has_ended("ada 1")
    assert logins.has_ended("ada 1", fresh=True), "for a write it is asked again"
    assert logins.has_ended("ada 1") and not logins.has_ended("ada 2")


def test_logout_elsewhere_is_known_within_seconds_and_then_for_good(
    here: tuple[EndedLogins, Counted, Clock], tmp_path: Path
) -> None:
    logins, objects, clock = here
    assert not logins.has_ended("ada 1")
    EndedLogins(FolderObjects(tmp_path / "state"), clock).end("ada 1", NOW + timedelta(hours=1), NOW)
    clock.now += REMEMBERED_FOR
    assert logins.has_ended("ada 1")
    objects.asked = 0
    assert logins.has_ended("ada 1") and objects.asked == 0


def test_unknown_logout_state_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    objects, clock = Counted(tmp_path / "file"), Clock()
    logins = EndedLogins(objects, clock)
    for _ in range(3):
        with pytest.raises(StoreUnavailable, match="could not be looked up"):
            logins.has_ended("ada 1")
    assert objects.asked == 1, "a bucket that is down is not asked each time either"
    with pytest.raises(StoreUnavailable, match="could not be noted"):
        logins.end("ada 1", NOW + timedelta(hours=1), NOW)
    assert logins.has_ended("ada 1"), "this process knows all the same"
    (tmp_path / "file").unlink()
    assert not logins.has_ended("ada 2")


def test_marks_go_once_the_login_would_have_run_out(here: tuple[EndedLogins, Counted, Clock]) -> None:
    logins, objects, _ = here
    logins.end("ada 1", NOW + timedelta(hours=1), NOW)
    logins.end("ada 2", NOW + timedelta(hours=9), NOW + timedelta(hours=2))
    assert len(objects.keys("logouts")) == 1
