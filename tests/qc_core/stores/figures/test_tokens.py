import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from qc_core.stores.figures.tokens import FigureKey, FigureTokens

NOW = datetime(2025, 6, 1, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> Any:
        return self.time


def test_a_token_is_valid_for_ten_minutes(tmp_path: Path) -> None:
    clock = Clock()
    tokens = FigureTokens(tmp_path, clock)
    token = tokens.issue("r", "d")
    clock.time += timedelta(minutes=9, seconds=59)
    assert tokens.verify(token) == FigureKey("r", "d")
    clock.time += timedelta(seconds=1)
    assert tokens.verify(token) is None


def test_every_process_over_one_state_folder_accepts_a_token(tmp_path: Path) -> None:
    token = FigureTokens(tmp_path / "state", Clock()).issue("r", "d")
    assert FigureTokens(tmp_path / "state", Clock()).verify(token) == FigureKey("r", "d")
    assert FigureTokens(tmp_path / "other", Clock()).verify(token) is None
    assert stat.S_IMODE((tmp_path / "state" / "loans.key").stat().st_mode) == 0o600


def test_containers_that_share_the_secret_of_a_login_accept_each_others_tokens(tmp_path: Path) -> None:
    token = FigureTokens(tmp_path / "one", Clock(), secret="the same").issue("r", "d")
    assert FigureTokens(tmp_path / "two", Clock(), secret="the same").verify(token) == FigureKey("r", "d")
    assert FigureTokens(tmp_path / "two", Clock(), secret="another").verify(token) is None
    assert not list(tmp_path.iterdir())


def test_no_state_is_made_before_the_first_token(tmp_path: Path) -> None:
    FigureTokens(tmp_path / "state", Clock())
    assert not (tmp_path / "state").exists()


def test_process_has_its_own_key_where_none_can_be_stored(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    tokens = FigureTokens(tmp_path / "file", Clock())
    assert tokens.verify(tokens.issue("r", "d")) == FigureKey("r", "d")


@pytest.mark.parametrize(
    "change",
    [
        lambda t: "",
        lambda t: t[:-1],
        lambda t: "A" + t,
        lambda t: t.split(".")[0] + ".",
        lambda t: t + ".x",
        lambda t: "é.é",
        lambda t: "WyJyIl0." + t.split(".")[1],
    ],
)
def test_a_token_that_was_changed_lends_nothing(tmp_path: Path, change: Any) -> None:
    tokens = FigureTokens(tmp_path, Clock())
    assert tokens.verify(change(tokens.issue("r", "d"))) is None
