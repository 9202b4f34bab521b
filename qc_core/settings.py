"""What the portal is told from outside: the environment, read once into a typed value."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from qc_core.errors import BadSetting
from qc_core.origins import host_name, read_origins

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
_DEFAULT_REGION = "us-west-2"
_DEFAULT_ZONE, _DEFAULT_GATEWAY = "default", "https://kachery-gateway.figurl.org"
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_REGION = re.compile(r"[a-z0-9-]+")
_SERVICE = re.compile(r"https?://[A-Za-z0-9._-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?")
"""Letters that mean nothing more inside a Content-Security-Policy, where the origin comes to stand."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of the portal.

    assets: QC_PORTAL_ASSETS, a folder of assets, or one asset. Default: a working copy of the demo.
    state: QC_PORTAL_STATE, the folder for drafts. Default: the user's state folder of the platform.
    reviewer: QC_PORTAL_REVIEWER, the name annotations are signed with. Default: the computer's login name.
    read_only: QC_PORTAL_READ_ONLY, `1` to let nobody annotate. Default: `0`.
    contact: QC_PORTAL_CONTACT, whom to ask, shown at the foot of every page. Default: nobody.
    s3_buckets: QC_PORTAL_S3_BUCKETS, the buckets that the portal may read and sign for. Default: none.
    s3_region: QC_PORTAL_S3_REGION, the region of S3 to ask where a bucket does not tell its own. Default: `us-west-2`.
    s3_endpoint: QC_PORTAL_S3_ENDPOINT, the address of another server that speaks S3. Default: Amazon's.
    kachery_zone: KACHERY_ZONE, the zone to look for Kachery files in, as kachery-cloud has it. Default: `default`.
    kachery_gateway: KACHERY_GATEWAY_URL, the gateway to ask for them. Default: kachery-cloud's own.
    frame_origins: QC_PORTAL_FRAME_HOSTS, further hosts whose pages may be shown in a frame. Default: FigURL,
        Neuroglancer and the ephys GUI; Rerun's viewer besides.
    script_origins: QC_PORTAL_SCRIPT_HOSTS, further hosts that HTML figures may load their library from, inside their
        sandbox. Default: those of Altair, Plotly and Bokeh.
    rerun_viewer: QC_PORTAL_RERUN_VIEWER, the address of Rerun's viewer, `{version}` in it. Default: app.rerun.io.
    rerun_version: QC_PORTAL_RERUN_VERSION, the version for recordings whose name says none. Default: none is shown.
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
    s3_buckets: frozenset[str] = frozenset()
    s3_region: str = _DEFAULT_REGION
    s3_endpoint: str | None = None
    kachery_zone: str = _DEFAULT_ZONE
    kachery_gateway: str = _DEFAULT_GATEWAY
    frame_origins: tuple[str, ...] = FRAME_ORIGINS
    script_origins: tuple[str, ...] = SCRIPT_ORIGINS
    rerun_viewer: str = DEFAULT_RERUN_VIEWER
    rerun_version: str | None = None
    websocket_origins: tuple[str, ...] = ()

    @property
    def figure_origins(self) -> tuple[str, ...]:
        """Where figures come from besides https addresses: the origins of these services that are plain http."""
        services = (self.s3_endpoint, self.kachery_gateway)
        return tuple(dict.fromkeys(origin_of(said) for said in services if said and said.startswith("http://")))

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
            s3_buckets=_buckets(environment, "QC_PORTAL_S3_BUCKETS"),
            s3_region=_region(environment, "QC_PORTAL_S3_REGION") or _DEFAULT_REGION,
            s3_endpoint=_service(environment, "QC_PORTAL_S3_ENDPOINT"),
            kachery_zone=_text(environment, "KACHERY_ZONE") or _DEFAULT_ZONE,
            kachery_gateway=_service(environment, "KACHERY_GATEWAY_URL") or _DEFAULT_GATEWAY,
            frame_origins=FRAME_ORIGINS + _origins(environment, "QC_PORTAL_FRAME_HOSTS"),
            script_origins=SCRIPT_ORIGINS + _origins(environment, "QC_PORTAL_SCRIPT_HOSTS"),
            rerun_viewer=_viewer(environment, "QC_PORTAL_RERUN_VIEWER"),
            rerun_version=_version(environment, "QC_PORTAL_RERUN_VERSION"),
            websocket_origins=read_origins(environment.get("ALLOW_WEBSOCKET_ORIGIN", "")),
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


def _buckets(environment: Mapping[str, str], name: str) -> frozenset[str]:
    said = environment.get(name, "").replace(",", " ").split()
    for bucket in said:
        if not _BUCKET.fullmatch(bucket):
            raise BadSetting(
                f"{name} names the bucket {bucket!r}, which cannot be one.", "Set it to names with commas between them."
            )
    return frozenset(said)


def _region(environment: Mapping[str, str], name: str) -> str | None:
    said = _text(environment, name)
    if said and not _REGION.fullmatch(said):
        raise BadSetting(f"{name} is {said!r}.", "Set it to the name of a region, such as us-west-2.")
    return said


def _service(environment: Mapping[str, str], name: str) -> str | None:
    """The address of a service, without a slash at its end: scheme, host, port, and maybe a path."""
    said = _text(environment, name)
    if said and not _SERVICE.fullmatch(said):
        raise BadSetting(f"{name} is {said!r}.", "Set it to an address that begins with https:// or http://.")
    return said.rstrip("/") if said else None


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
