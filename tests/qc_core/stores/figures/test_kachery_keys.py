"""The keys of Kachery: the environment's, or the secret's; never in a message, a log or a representation."""

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qc_core.errors import BadSetting, NotAllowed, QcError, StoreUnavailable
from qc_core.stores.figures.kachery_keys import SECRET, kachery_keys
from tests.fakes.secrets_manager import SecretsManager

PRIVATE = "5ec2e7" * 10
KEYS = {"KACHERY_ZONE": "aind", "KACHERY_CLOUD_CLIENT_ID": "c11e27", "KACHERY_CLOUD_PRIVATE_KEY": PRIVATE}


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretsManager]:
    manager = SecretsManager()
    for name, value in manager.environment.items():
        monkeypatch.setenv(name, value)
    yield manager
    manager.stop()


def test_keys_of_the_environment_are_taken_and_nobody_is_asked(manager: SecretsManager) -> None:
    keys = kachery_keys(KEYS)
    assert (keys.zone, keys.client_id, keys.private_key) == ("aind", "c11e27", PRIVATE)
    assert manager.asked == []


@pytest.mark.parametrize("environment", [{}, {"KACHERY_ZONE": "of the portal"}])
def test_secret_is_read_by_a_signed_request_without_keys_in_the_environment(
    manager: SecretsManager, environment: Any
) -> None:
    manager.secret(SECRET, KEYS | {"more": "is left alone"})
    keys = kachery_keys(environment)
    assert (keys.zone, keys.client_id, keys.private_key) == ("aind", "c11e27", PRIVATE)
    assert all(asked.signed for asked in manager.asked)
    assert PRIVATE not in repr(keys)


@pytest.mark.parametrize("missing", sorted(KEYS))
def test_keys_that_are_incomplete_name_what_is_missing_and_not_the_rest(manager: SecretsManager, missing: Any) -> None:
    output = {name: value for name, value in KEYS.items() if name != missing}
    manager.secret(SECRET, output)
    for environment in (output, {}):
        with pytest.raises(BadSetting, match=missing) as raised:
            kachery_keys(environment)
        assert PRIVATE not in str(raised.value)


@pytest.mark.parametrize("text", [f"no json {PRIVATE}", f'["{PRIVATE}"]'])
def test_a_secret_that_is_none_is_reported_without_its_text_anywhere(
    manager: SecretsManager, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    manager.secret(SECRET, text)
    with caplog.at_level(logging.INFO), pytest.raises(BadSetting) as raised:
        kachery_keys({})
    assert PRIVATE not in "".join(traceback.format_exception(raised.value)) + caplog.text


def test_a_secret_that_may_not_be_read_is_reported_with_the_role_that_it_takes(manager: SecretsManager) -> None:
    with pytest.raises(NotAllowed, match=r"ResourceNotFoundException.*power-user role.*KACHERY_CLOUD_PRIVATE_KEY"):
        kachery_keys({})


def test_missing_credentials_and_missing_answers_give_a_sentence(
    manager: SecretsManager, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:1")
    with pytest.raises(StoreUnavailable, match="cannot be asked"):
        kachery_keys({})
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with pytest.raises(QcError, match="no AWS credentials"):
        kachery_keys({})
