"""What the portal is told from outside: the environment, read once into a typed value."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from qc_core.errors import BadSetting

DEMO = Path(__file__).resolve().parent.parent / "demo" / "assets"
FRAME_ORIGINS = (
    "https://figurl.org",
    "https://www.figurl.org",
    "https://neuroglancer-demo.appspot.com",
    "https://ephys.allenneuraldynamics.org",
)
SCRIPT_ORIGINS = ("https://cdn.jsdelivr.net", "https://cdn.plot.ly", "https://cdn.bokeh.org")
DEFAULT_RERUN_VIEWER = "https://app.rerun.io/version/{version}/index.html"
_HOST = re.compile(r"(https?://)?([a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?)/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of the portal.

    assets: QC_PORTAL_ASSETS, a folder of assets, or one asset. Default: a working copy of the demo.
    state: QC_PORTAL_STATE, the folder for drafts. Default: the user's state folder of the platform.
    reviewer: QC_PORTAL_REVIEWER, the name annotations are signed with. Default: the computer's login name.
    read_only: QC_PORTAL_READ_ONLY, `1` to let nobody annotate. Default: `0`.
    contact: QC_PORTAL_CONTACT, whom to ask, shown at the foot of every page. Default: nobody.
    frame_origins: QC_PORTAL_FRAME_HOSTS, further hosts whose pages may be shown in a frame. Default: FigURL,
        Neuroglancer and the ephys GUI; Rerun's viewer besides.
    script_origins: QC_PORTAL_SCRIPT_HOSTS, further hosts that HTML figures may load their library from, inside their
        sandbox. Default: those of Altair, Plotly and Bokeh.
    rerun_viewer: QC_PORTAL_RERUN_VIEWER, the address of Rerun's viewer, `{version}` in it. Default: app.rerun.io.
    rerun_version: QC_PORTAL_RERUN_VERSION, the version for recordings whose name says none. Default: none is shown.
    address: the address the server listens on (Streamlit's `server.address`).
    """

    assets: Path
    state: Path
    reviewer: str | None
    read_only: bool
    contact: str | None
    address: str
    frame_origins: tuple[str, ...] = FRAME_ORIGINS
    script_origins: tuple[str, ...] = SCRIPT_ORIGINS
    rerun_viewer: str = DEFAULT_RERUN_VIEWER
    rerun_version: str | None = None

    @property
    def on_loopback(self) -> bool:
        """Whether only this computer can reach the server."""
        if self.address == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.address).is_loopback
        except ValueError:
            return False

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
            frame_origins=FRAME_ORIGINS + _origins(environment, "QC_PORTAL_FRAME_HOSTS"),
            script_origins=SCRIPT_ORIGINS + _origins(environment, "QC_PORTAL_SCRIPT_HOSTS"),
            rerun_viewer=_viewer(environment, "QC_PORTAL_RERUN_VIEWER"),
            rerun_version=_version(environment, "QC_PORTAL_RERUN_VERSION"),
        )


def origin_of(address: str) -> str:
    """The origin of an http(s) address, as browsers write it: `https://figurl.org`; "" where it has none."""
    try:
        parts = urlsplit(address.replace("{version}", "0"))
        port = parts.port
    except ValueError:
        return ""
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    if usual is None or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + ("" if port in (None, usual) else f":{port}")


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


def _origins(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Hosts with commas between them: `example.org`, `example.org:8443`, `http://localhost:8080`."""
    found = []
    for entry in environment.get(name, "").replace(",", " ").split():
        read = _HOST.fullmatch(entry)
        origin = origin_of((read[1] or "https://").lower() + read[2]) if read else ""
        if not origin:
            raise BadSetting(
                f"{name} holds {entry!r}, which is no host.", "Write hosts with commas between, such as example.org."
            )
        found.append(origin)
    return tuple(found)


def _viewer(environment: Mapping[str, str], name: str) -> str:
    said = _text(environment, name) or DEFAULT_RERUN_VIEWER
    if not origin_of(said) or re.search(r"[\s;,'\"#]", said):
        raise BadSetting(f"{name} is {said!r}.", "Set it to an https address, with {version} where the version stands.")
    return said


def _version(environment: Mapping[str, str], name: str) -> str | None:
    said = _text(environment, name)
    if said and not re.fullmatch(r"\d+\.\d+\.\d+[0-9A-Za-z.-]*", said):
        raise BadSetting(f"{name} is {said!r}.", "Set it to a version such as 0.24.1.")
    return said
