"""What the portal is told from outside: the environment, read once into a typed value."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import platformdirs

from qc_core.errors import BadSetting

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?")
_WORD = re.compile(r"[A-Za-z0-9_.-]+")
_BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[A-Za-z0-9!_.*'()-]+)*/?")
DEMO = Path(__file__).resolve().parent.parent / "demo" / "assets"


@dataclass(frozen=True, slots=True)
class Database:
    """Which collection of the document database, behind which gateway.

    host: API_GATEWAY_HOST, e.g. `api.allenneuraldynamics.org`, a port behind a colon where it is not 443.
    name: DATABASE. Default: `metadata_index`.
    collection: COLLECTION. Default: `data_assets`.
    version: DOCDB_VERSION, of the gateway's interface: `v1` or `v2`. Default: `v1`.
    """

    host: str
    name: str = "metadata_index"
    collection: str = "data_assets"
    version: str = "v1"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of the portal.

    database: QC_PORTAL_STORE, `folder` or `docdb`: where records are. Default: `docdb` where API_GATEWAY_HOST is set.
    assets: QC_PORTAL_ASSETS, a folder of assets, or one asset. Default: a working copy of the demo.
    state: QC_PORTAL_STATE, the folder for drafts. Default: the user's state folder of the platform.
    bucket: the same, where it names a bucket and a prefix in it: `s3://bucket/prefix`.
    drafts_expire_after: QC_PORTAL_DRAFTS_EXPIRE_DAYS, after how many days an untouched draft goes. Default: never.
    reviewer: QC_PORTAL_REVIEWER, the name annotations are signed with. Default: the computer's login name.
    read_only: QC_PORTAL_READ_ONLY, `1` to let nobody annotate. Default: `0`.
    contact: QC_PORTAL_CONTACT, whom to ask, shown at the foot of every page. Default: nobody.
    address: the address the server listens on (Streamlit's `server.address`).
    """

    assets: Path
    state: Path
    reviewer: str | None
    read_only: bool
    contact: str | None
    address: str
    database: Database | None = None
    bucket: str | None = None
    drafts_expire_after: timedelta | None = None

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
        bucket = _bucket(environment, "QC_PORTAL_STATE")
        named_state = None if bucket else _path(environment, "QC_PORTAL_STATE")
        state = named_state or Path(platformdirs.user_state_dir("qc-portal", appauthor=False))
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
            database=_database(environment),
            bucket=bucket,
            drafts_expire_after=_days(environment, "QC_PORTAL_DRAFTS_EXPIRE_DAYS"),
        )


def _text(environment: Mapping[str, str], name: str) -> str | None:
    return environment.get(name, "").strip() or None


def _database(environment: Mapping[str, str]) -> Database | None:
    host = _text(environment, "API_GATEWAY_HOST")
    store = _text(environment, "QC_PORTAL_STORE") or ("docdb" if host else "folder")
    if store not in {"folder", "docdb"}:
        raise BadSetting(f"QC_PORTAL_STORE is {store!r}.", "Set it to folder or docdb.")
    if store == "folder":
        return None
    if host is None or not _HOST.fullmatch(host):
        raise BadSetting(
            f"API_GATEWAY_HOST is {host!r}, so the document database cannot be reached.",
            "Set it to the host alone, such as api.allenneuraldynamics.org, without https:// and without a path.",
        )
    version = _text(environment, "DOCDB_VERSION") or "v1"
    if version not in {"v1", "v2"}:
        raise BadSetting(f"DOCDB_VERSION is {version!r}.", "Set it to v1 or v2.")
    return Database(
        host=host,
        name=_name(environment, "DATABASE", "metadata_index"),
        collection=_name(environment, "COLLECTION", "data_assets"),
        version=version,
    )


def _name(environment: Mapping[str, str], name: str, usual: str) -> str:
    said = _text(environment, name) or usual
    if not _WORD.fullmatch(said):
        raise BadSetting(f"{name} is {said!r}, which is no name of a database or collection.", f"Such as {usual}.")
    return said


def _bucket(environment: Mapping[str, str], name: str) -> str | None:
    said = _text(environment, name)
    if said is None or not said.startswith("s3:"):
        return None
    if not _BUCKET.fullmatch(said):
        raise BadSetting(f"{name} is {said!r}, which names no bucket.", "Write it as s3://bucket/prefix.")
    return said.rstrip("/")


def _days(environment: Mapping[str, str], name: str) -> timedelta | None:
    said = _text(environment, name)
    if said is None:
        return None
    if not (said.isascii() and said.isdigit() and 0 < int(said) < 100_000):
        raise BadSetting(f"{name} is {said!r}.", "Set it to a number of days, or leave it out to keep drafts for ever.")
    return timedelta(days=int(said))


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
