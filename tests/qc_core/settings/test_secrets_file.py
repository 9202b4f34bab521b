"""The login in `.streamlit/secrets.toml`, for the pages and for `doctor` alike; and a login that lacks something."""

from pathlib import Path
from typing import Any

import pytest

from qc_core.__main__ import main
from qc_core.errors import BadSetting
from qc_core.settings.model import Settings
from qc_core.settings.secrets_file import AUTH_KEYS, with_secrets
from tests.fakes import login
from tests.fakes.login import COOKIE_SECRET

VARIABLES = login.settings(8501)
AUTH = {key: VARIABLES[f"QC_PORTAL_{field.upper()}"] for key, field in AUTH_KEYS.items()}


def write_secrets(folder: Path, auth: Any = AUTH, top: str = "") -> Any:
    file = folder / ".streamlit" / "secrets.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [f'{key} = "{value}"' for key, value in auth.items()]
    file.write_text("\n".join([top, *(["[auth]", *lines] if auth else [])]))
    return file


def read(*files: Any, **environment: Any) -> Any:
    return Settings.from_env(with_secrets(environment, files), address="localhost")


def test_the_section_auth_is_the_login(tmp_path: Path) -> None:
    found = read(write_secrets(tmp_path))
    assert found == Settings.from_env(VARIABLES, address="localhost")
    assert found.login and found.own_origin == "http://localhost:8501" and found.oidc_cookie_secret == COOKIE_SECRET


def test_the_environment_counts_more_and_an_empty_variable_takes_a_setting_away(tmp_path: Path) -> None:
    file = write_secrets(tmp_path, top='QC_PORTAL_CONTACT = "from the file"\nQC_PORTAL_READ_ONLY = 1')
    assert (read(file).contact, read(file).read_only) == ("from the file", True)
    assert read(file, QC_PORTAL_CONTACT="from outside").contact == "from outside"
    assert read(file, QC_PORTAL_OIDC_CLIENT_ID="another").oidc_client_id == "another"
    assert read(file, **dict.fromkeys(VARIABLES, "")).login is False


def test_later_of_two_files_takes_precedence_and_both_may_be_missing(tmp_path: Path) -> None:
    first, last = write_secrets(tmp_path / "home"), write_secrets(tmp_path / "here", {}, 'QC_PORTAL_CONTACT = "here"')
    found = read(first, last, tmp_path / "none" / "secrets.toml")
    assert found.login and found.contact == "here"


@pytest.mark.parametrize("key", AUTH)
def test_missing_login_settings_are_named_for_file_and_environment(tmp_path: Path, key: Any) -> None:
    variable = f"QC_PORTAL_{AUTH_KEYS[key].upper()}"
    file = write_secrets(tmp_path, {name: value for name, value in AUTH.items() if name != key})
    with pytest.raises(BadSetting, match=f"^The login lacks {variable}") as caught:
        read(file)
    assert "all five keys of [auth]" in caught.value.hint
    with pytest.raises(BadSetting, match=f"^The login lacks {variable}"):
        read(**{name: value for name, value in VARIABLES.items() if name != variable})
    assert read(file, **{variable: VARIABLES[variable]}).login


@pytest.mark.parametrize("text", [b"[auth", b"\xff\xfe"])
def test_a_file_that_is_no_toml_is_named_and_not_quoted(tmp_path: Path, text: bytes) -> None:
    file = write_secrets(tmp_path)
    file.write_bytes(text)
    with pytest.raises(BadSetting, match=r"secrets\.toml cannot be read as TOML"):
        read(file)


def test_doctor_asks_the_login_provider_that_the_file_names_as_the_page_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "assets").mkdir()
    write_secrets(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QC_PORTAL_ASSETS", str(tmp_path / "assets"))
    monkeypatch.setenv("KACHERY_GATEWAY_URL", "http://127.0.0.1:9")
    assert main(["doctor"]) == 1
    assert f"FAIL Login provider: {AUTH['server_metadata_url']} does not answer" in capsys.readouterr().out
    write_secrets(tmp_path, {"client_id": "alone"})
    assert main(["doctor"]) == 1
    assert "The login lacks QC_PORTAL_OIDC_CLIENT_SECRET" in capsys.readouterr().err
