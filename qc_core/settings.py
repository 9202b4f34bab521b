"""What the portal is told from outside: the environment, read once into a typed value."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from qc_core.errors import BadSetting
from qc_core.origins import host_name, read_origins

DEMO = Path(__file__).resolve().parent.parent / "demo" / "assets"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of the portal.

    assets: QC_PORTAL_ASSETS, a folder of assets, or one asset. Default: a working copy of the demo.
    state: QC_PORTAL_STATE, the folder for drafts. Default: the user's state folder of the platform.
    reviewer: QC_PORTAL_REVIEWER, the name annotations are signed with. Default: the computer's login name.
    read_only: QC_PORTAL_READ_ONLY, `1` to let nobody annotate. Default: `0`.
    contact: QC_PORTAL_CONTACT, whom to ask, shown at the foot of every page. Default: nobody.
    websocket_origins: ALLOW_WEBSOCKET_ORIGIN, hosts with commas between, such as `qc.example.org,localhost:8000`, whose
        pages may open a connection; `*` allows all. Default: the host that the page was loaded from.
    address: the address the server listens on (Streamlit's `server.address`).
    """

    assets: Path
    state: Path
    reviewer: str | None
    read_only: bool
    contact: str | None
    address: str
    websocket_origins: tuple[str, ...] = ()

    @property
    def on_loopback(self) -> bool:
        """Whether only this computer can reach the server.

        It listens on loopback, and no page of another host may connect: behind a proxy, one is named.
        """
        return _is_loopback(self.address) and all(_is_loopback(host_name(one)) for one in self.websocket_origins)

    @staticmethod
    def from_env(environment: Mapping[str, str], *, address: str) -> "Settings":
        """Read the settings from an environment; `address` is where the server listens ("" = everywhere).

        Raises BadSetting that names the variable.
        """
        state = _path(environment, "QC_PORTAL_STATE") or Path(platformdirs.user_state_dir("qc-portal", appauthor=False))
        named = _path(environment, "QC_PORTAL_ASSETS")
        assets = named or state / "demo"
        if named and not assets.exists():
            raise BadSetting(
                f"QC_PORTAL_ASSETS names {assets}, which does not exist.",
                "Set it to a folder of assets, or to one asset's results folder.",
            )
        return Settings(
            assets=assets,
            state=state,
            reviewer=_text(environment, "QC_PORTAL_REVIEWER"),
            read_only=_yes_or_no(environment, "QC_PORTAL_READ_ONLY"),
            contact=_text(environment, "QC_PORTAL_CONTACT"),
            address=address,
            websocket_origins=read_origins(environment.get("ALLOW_WEBSOCKET_ORIGIN", "")),
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _text(environment: Mapping[str, str], name: str) -> str | None:
    return environment.get(name, "").strip() or None


def _path(environment: Mapping[str, str], name: str) -> Path | None:
    said = _text(environment, name)
    try:
        return Path(said).expanduser() if said else None
    except RuntimeError as error:  # "~nobody"
        raise BadSetting(f"{name} is {said!r}, whose home folder is not known.", "Write the path out.") from error


def _yes_or_no(environment: Mapping[str, str], name: str) -> bool:
    said = environment.get(name, "").strip().lower()
    if said in {"", "0", "no", "false"}:
        return False
    if said in {"1", "yes", "true"}:
        return True
    raise BadSetting(f"{name} is {said!r}.", "Set it to 1 or 0.")
