"""Settings from `.streamlit/secrets.toml`: read the same way by the pages and by the commands.

Streamlit has two files for it, and takes texts and numbers at its top level for environment variables. Its section
`[auth]` is the login, under the names that Streamlit gave its keys.
"""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from qc_core.errors import BadSetting

AUTH_KEYS = {
    "client_id": "oidc_client_id",
    "client_secret": "oidc_client_secret",
    "server_metadata_url": "oidc_metadata_url",
    "cookie_secret": "oidc_cookie_secret",
    "redirect_uri": "oidc_redirect",
}
"""The keys of `[auth]`, and the field of the settings that each is."""


def secrets_files() -> tuple[Path, ...]:
    """Where the file may lie: in the home folder, and, which counts more, where the portal was started."""
    try:
        home: tuple[Path, ...] = (Path.home(),)
    except RuntimeError:  # an account without a home
        home = ()
    return tuple(folder / ".streamlit" / "secrets.toml" for folder in (*home, Path.cwd()))


def with_secrets(environment: Mapping[str, str], files: Iterable[Path] | None = None) -> dict[str, str]:
    """The environment, and for what it does not set, the files. Raises BadSetting where one of them cannot be read."""
    found: dict[str, str] = {}
    for file in secrets_files() if files is None else files:
        table = _read(file)
        found |= {name: str(value) for name, value in table.items() if type(value) in {str, int, float}}
        section = table.get("auth")
        if isinstance(section, dict):
            found |= {f"QC_PORTAL_{AUTH_KEYS[key].upper()}": str(section[key]) for key in AUTH_KEYS if key in section}
    return {**found, **environment}


def _read(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:  # its text may be secret
        raise BadSetting(f"{file} cannot be read as TOML.", "Correct it, or take it away.") from error
