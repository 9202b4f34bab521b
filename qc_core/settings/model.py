"""The settings from outside: the environment, read once into a typed value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import platformdirs

from qc_core.errors import BadSetting
from qc_core.settings import environment as env
from qc_core.settings.annotators import EVERYONE, Annotators, Names
from qc_core.settings.defaults import (
    DEFAULT_GATEWAY,
    DEFAULT_INDEX_EVERY,
    DEFAULT_REGION,
    DEFAULT_RERUN_VIEWER,
    DEFAULT_ZONE,
    FRAME_ORIGINS,
    SCRIPT_ORIGINS,
)
from qc_core.settings.links import LinkTemplate
from qc_core.settings.notifications import MailServer, Subscription
from qc_core.settings.origins import host_name, is_loopback
from qc_core.settings.reasons import DEFAULT_REASONS, Reasons
from qc_core.settings.table import SETTINGS

DEMO = Path(__file__).resolve().parents[2] / "demo" / "assets"


@dataclass(frozen=True, slots=True)
class Database:
    """Which collection of the document database, behind which gateway. The fields are described in `table.SETTINGS`."""

    host: str
    name: str = "metadata_index"
    collection: str = "data_assets"
    version: str = "v1"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of the portal, as `table.SETTINGS` describes them; and:

    bucket: QC_PORTAL_STATE where that names a bucket.
    address: the address the server listens on (Streamlit's `server.address`).
    """

    assets: Path
    state: Path
    reviewer: str | None
    read_only: bool
    contact: str | None
    address: str
    s3_buckets: frozenset[str] = frozenset()
    s3_region: str = DEFAULT_REGION
    s3_endpoint: str | None = None
    kachery_zone: str = DEFAULT_ZONE
    kachery_gateway: str = DEFAULT_GATEWAY
    figure_hosts: tuple[str, ...] = ()
    frame_origins: tuple[str, ...] = FRAME_ORIGINS
    script_origins: tuple[str, ...] = SCRIPT_ORIGINS
    rerun_viewer: str = DEFAULT_RERUN_VIEWER
    rerun_version: str | None = None
    links: tuple[LinkTemplate, ...] = ()
    fail_reasons: Reasons = DEFAULT_REASONS
    locked_projects: frozenset[str] = frozenset()
    websocket_origins: tuple[str, ...] = ()
    database: Database | None = None
    bucket: str | None = None
    scratch: Path | None = None
    drafts_expire_after: timedelta | None = None
    index_every: timedelta = DEFAULT_INDEX_EVERY
    asset_tables: tuple[str, ...] = ()
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = field(default=None, repr=False)
    oidc_metadata_url: str | None = None
    oidc_cookie_secret: str | None = field(default=None, repr=False)
    oidc_redirect: str | None = None
    trust_network: bool = False
    guests: bool = True
    annotators: Annotators = EVERYONE
    administrators: Names | None = None
    sign_with_address: bool = False
    cors_origins: tuple[str, ...] = ()
    upload_tokens: tuple[str, ...] = field(default=(), repr=False)
    metrics: bool = False
    subscriptions: tuple[Subscription, ...] = ()
    notify_hour: int = 6
    overdue_days: int = 14
    portal_address: str | None = None
    mail_server: MailServer | None = None
    mail_user: str | None = None
    mail_password: str | None = field(default=None, repr=False)
    mail_from: str | None = None
    webhook_secret: str | None = field(default=None, repr=False)

    @property
    def login(self) -> bool:
        """Whether people log in here: all of its settings are there, or none (`from_env` sees to that)."""
        return self.oidc_client_id is not None

    @property
    def copies(self) -> Path:
        """The folder for what can be made again."""
        return self.scratch or self.state

    @property
    def claims(self) -> frozenset[str]:
        """The claims of a login that say the groups which the lists of people ask for."""
        administrators = self.administrators.groups if self.administrators else frozenset[tuple[str, str]]()
        return self.annotators.claims | {claim for claim, _ in administrators}

    @property
    def own_origin(self) -> str | None:
        """The origin under which people reach a portal with a login, such as `https://qc.example.org`."""
        return env.origin_of(self.oidc_redirect) if self.oidc_redirect else None

    @property
    def names_kachery(self) -> bool:
        """Whether somebody set where Kachery is: then it is used."""
        return (self.kachery_zone, self.kachery_gateway) != (DEFAULT_ZONE, DEFAULT_GATEWAY)

    @property
    def figure_origins(self) -> tuple[str, ...]:
        """Where figures come from besides https addresses: origins of these services and hosts that are plain http."""
        addresses = (self.s3_endpoint, self.kachery_gateway, *self.figure_hosts)
        return tuple(
            dict.fromkeys(env.origin_of(value) for value in addresses if value and value.startswith("http://"))
        )

    @property
    def on_loopback(self) -> bool:
        """Whether only this computer can reach the server.

        It listens on loopback, and no page of another host may connect: behind a proxy, one is named.
        """
        return is_loopback(self.address) and all(is_loopback(host_name(one)) for one in self.websocket_origins)

    @staticmethod
    def from_env(environment: Mapping[str, str], *, address: str) -> "Settings":
        """Read the settings from an environment; `address` is where the server listens ("" = everywhere).

        Raises BadSetting that names the variable.
        """
        bucket = env.bucket_prefix(environment, "QC_PORTAL_STATE")
        scratch = env.path(environment, "QC_PORTAL_SCRATCH")
        named_state = scratch if bucket else env.path(environment, "QC_PORTAL_STATE")
        state = named_state or Path(platformdirs.user_state_dir("qc-portal", appauthor=False))
        named = env.path(environment, "QC_PORTAL_ASSETS")
        assets = named or state / "demo"
        if named and not assets.exists():
            raise BadSetting(
                f"QC_PORTAL_ASSETS names {assets}, which does not exist.",
                "Set it to a folder of assets, or to one asset's results folder.",
            )
        values: dict[str, Any] = {one.field: one.read(environment, one.variable) for one in SETTINGS if one.read}
        values |= {"assets": assets, "state": state, "bucket": bucket, "database": _database(environment)}
        return Settings(address=address, **(values | env.login(environment)))


def _database(environment: Mapping[str, str]) -> Database | None:
    store = env.text(environment, "QC_PORTAL_STORE")
    store = store or ("docdb" if env.text(environment, "API_GATEWAY_HOST") else "folder")
    if store not in {"folder", "docdb"}:
        raise BadSetting(f"QC_PORTAL_STORE is {store!r}.", "Set it to folder or docdb.")
    if store == "folder":
        return None
    version = env.text(environment, "DOCDB_VERSION") or "v1"
    if version not in {"v1", "v2"}:
        raise BadSetting(f"DOCDB_VERSION is {version!r}.", "Set it to v1 or v2.")
    return Database(
        host=env.host(environment, "API_GATEWAY_HOST"),
        name=env.word(environment, "DATABASE", "metadata_index"),
        collection=env.word(environment, "COLLECTION", "data_assets"),
        version=version,
    )
