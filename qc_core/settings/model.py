"""What the portal is told from outside: the environment, read once into a typed value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import platformdirs

from qc_core.errors import BadSetting
from qc_core.settings import environment as env
from qc_core.settings.annotators import EVERYONE, Annotators, Names, read_administrators, read_annotators
from qc_core.settings.origins import host_name, is_loopback, read_origins

DEMO = Path(__file__).resolve().parents[2] / "demo" / "assets"
FRAME_ORIGINS = (
    "https://figurl.org",
    "https://www.figurl.org",
    "https://neuroglancer-demo.appspot.com",
    "https://ephys.allenneuraldynamics.org",
)
SCRIPT_ORIGINS = ("https://cdn.jsdelivr.net", "https://cdn.plot.ly", "https://cdn.bokeh.org")
DEFAULT_RERUN_VIEWER = "https://app.rerun.io/version/{version}/index.html"
_DEFAULT_REGION = "us-west-2"
_DEFAULT_ZONE, _DEFAULT_GATEWAY = "default", "https://kachery-gateway.figurl.org"


@dataclass(frozen=True, slots=True)
class Database:
    """Which collection of the document database, behind which gateway.

    host: API_GATEWAY_HOST, the host of the gateway, such as `api.allenneuraldynamics.org`, with a port behind a colon
        where it is not 443. Default: none.
    name: DATABASE, the database. Default: `metadata_index`.
    collection: COLLECTION, the collection. Default: `data_assets`.
    version: DOCDB_VERSION, the gateway's interface: `v1` or `v2`. Default: `v1`.
    """

    host: str
    name: str = "metadata_index"
    collection: str = "data_assets"
    version: str = "v1"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of the portal.

    database: QC_PORTAL_STORE, where records are: `folder` or `docdb`. Default: `docdb` where `API_GATEWAY_HOST` is
        set, else `folder`.
    assets: QC_PORTAL_ASSETS, a folder of assets, or one asset. Default: a working copy of the demo.
    state: QC_PORTAL_STATE, the folder for drafts, for copies of hosted figures, and for the demo's working copy; or
        `s3://bucket/prefix` for drafts that several portals share. Default: the user's state folder of the platform.
    bucket: the same, where it names a bucket.
    scratch: QC_PORTAL_SCRATCH, the folder for what can be made anew: copies of hosted figures, converted pictures, and
        beside a bucket the demo's working copy. Default: the folder of the state; beside a bucket the user's state
        folder or, where that cannot be made, one in the temporary folder.
    drafts_expire_after: QC_PORTAL_DRAFTS_EXPIRE_DAYS, after how many days a draft that nobody touched is removed.
        Default: never.
    reviewer: QC_PORTAL_REVIEWER, the name annotations are signed with. Default: the computer's login name.
    read_only: QC_PORTAL_READ_ONLY, `1` to let nobody annotate. Default: `0`.
    contact: QC_PORTAL_CONTACT, whom to ask, shown at the foot of every page. Default: nobody.
    s3_buckets: QC_PORTAL_S3_BUCKETS, the buckets that the portal may read and sign for. Default: none.
    s3_region: QC_PORTAL_S3_REGION, the region of S3 to ask where a bucket does not tell its own. Default: `us-west-2`.
    s3_endpoint: QC_PORTAL_S3_ENDPOINT, the address of another server that speaks S3. Default: Amazon's.
    kachery_zone: KACHERY_ZONE, the zone to look for Kachery files in, as kachery-cloud has it. Default: `default`.
    kachery_gateway: KACHERY_GATEWAY_URL, the gateway to ask for them. Default: kachery-cloud's own.
    figure_hosts: QC_PORTAL_FIGURE_HOSTS, hosts of your own network from which pictures and films at `http:` addresses
        are loaded, such as `files.lab.example`. Default: none, only by https.
    frame_origins: QC_PORTAL_FRAME_HOSTS, further hosts whose pages may be shown in a frame. Default: FigURL,
        Neuroglancer and the ephys GUI; Rerun's viewer besides.
    script_origins: QC_PORTAL_SCRIPT_HOSTS, further hosts that HTML figures may load their library from, inside their
        sandbox. Default: those of Altair, Plotly and Bokeh.
    rerun_viewer: QC_PORTAL_RERUN_VIEWER, the address of Rerun's viewer, `{version}` in it. Default: app.rerun.io.
    rerun_version: QC_PORTAL_RERUN_VERSION, the version for recordings whose name says none. Default: none is shown.
    websocket_origins: ALLOW_WEBSOCKET_ORIGIN, hosts with commas between, such as `qc.example.org,localhost:8000`, whose
        pages may open a connection; `*` allows all. Default: the host that the page was loaded from.
    oidc_client_id: QC_PORTAL_OIDC_CLIENT_ID, the id that the login provider gave this portal; with it the four below
        are needed too. Default: no login.
    oidc_client_secret: QC_PORTAL_OIDC_CLIENT_SECRET, the secret that goes with it. Default: no login.
    oidc_metadata_url: QC_PORTAL_OIDC_METADATA_URL, where the provider describes itself
        (`…/.well-known/openid-configuration`). Default: no login.
    oidc_cookie_secret: QC_PORTAL_OIDC_COOKIE_SECRET, signs the cookie of the login, at least 32 letters made at random.
        Default: no login.
    oidc_redirect: QC_PORTAL_OIDC_REDIRECT, the portal's own address with `/oauth2callback` at its end, as the provider
        knows it. Default: no login.
    trust_network: QC_PORTAL_TRUST_NETWORK, `1` where something in front of the portal lets nobody else in: then people
        sign with a typed name, marked as not verified. Default: `0`.
    guests: QC_PORTAL_GUESTS, `0` to show nothing to who is not logged in. Default: `1`, they may look.
    annotators: QC_PORTAL_ANNOTATORS, who may annotate of those who may log in: addresses, domains, groups such as
        `groups=qc-team`, also for one project (docs/deploy.md). Default: all of them.
    administrators: QC_PORTAL_ADMINISTRATORS, who of those who may log in sees the list of everyone's waiting drafts:
        addresses, domains, groups. Default: who may annotate.
    sign_with_address: QC_PORTAL_SIGN_WITH_ADDRESS, `1` to sign with name and address, such as
        `Ada Lovelace <ada@example.org>`, so that the record tells two people of one name apart. Default: `0`.
    upload_tokens: QC_PORTAL_UPLOAD_TOKENS, tokens with which pipelines may upload test records, with commas between
        them. Default: none, only people upload.
    metrics: QC_PORTAL_METRICS, `1` to answer `/metrics` for Prometheus. Default: `0`.
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
    figure_hosts: tuple[str, ...] = ()
    frame_origins: tuple[str, ...] = FRAME_ORIGINS
    script_origins: tuple[str, ...] = SCRIPT_ORIGINS
    rerun_viewer: str = DEFAULT_RERUN_VIEWER
    rerun_version: str | None = None
    websocket_origins: tuple[str, ...] = ()
    database: Database | None = None
    bucket: str | None = None
    scratch: Path | None = None
    drafts_expire_after: timedelta | None = None
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
    upload_tokens: tuple[str, ...] = field(default=(), repr=False)
    metrics: bool = False

    @property
    def login(self) -> bool:
        """Whether people log in here: all of its settings are there, or none (`from_env` sees to that)."""
        return self.oidc_client_id is not None

    @property
    def copies(self) -> Path:
        """The folder for what can be made anew."""
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
        return (self.kachery_zone, self.kachery_gateway) != (_DEFAULT_ZONE, _DEFAULT_GATEWAY)

    @property
    def figure_origins(self) -> tuple[str, ...]:
        """Where figures come from besides https addresses: origins of these services and hosts that are plain http."""
        places = (self.s3_endpoint, self.kachery_gateway, *self.figure_hosts)
        return tuple(dict.fromkeys(env.origin_of(said) for said in places if said and said.startswith("http://")))

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
        bucket = env.place_in_bucket(environment, "QC_PORTAL_STATE")
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
        return Settings(
            assets=assets,
            state=state,
            reviewer=env.text(environment, "QC_PORTAL_REVIEWER"),
            read_only=env.yes_or_no(environment, "QC_PORTAL_READ_ONLY"),
            contact=env.text(environment, "QC_PORTAL_CONTACT"),
            address=address,
            s3_buckets=env.buckets(environment, "QC_PORTAL_S3_BUCKETS"),
            s3_region=env.region(environment, "QC_PORTAL_S3_REGION", _DEFAULT_REGION),
            s3_endpoint=env.service(environment, "QC_PORTAL_S3_ENDPOINT"),
            kachery_zone=env.text(environment, "KACHERY_ZONE") or _DEFAULT_ZONE,
            kachery_gateway=env.service(environment, "KACHERY_GATEWAY_URL") or _DEFAULT_GATEWAY,
            figure_hosts=env.origins(environment, "QC_PORTAL_FIGURE_HOSTS", scheme="http"),
            frame_origins=FRAME_ORIGINS + env.origins(environment, "QC_PORTAL_FRAME_HOSTS"),
            script_origins=SCRIPT_ORIGINS + env.origins(environment, "QC_PORTAL_SCRIPT_HOSTS"),
            rerun_viewer=env.viewer(environment, "QC_PORTAL_RERUN_VIEWER", DEFAULT_RERUN_VIEWER),
            rerun_version=env.version(environment, "QC_PORTAL_RERUN_VERSION"),
            websocket_origins=read_origins(environment.get("ALLOW_WEBSOCKET_ORIGIN", "")),
            database=_database(environment),
            bucket=bucket,
            scratch=scratch,
            drafts_expire_after=env.days(environment, "QC_PORTAL_DRAFTS_EXPIRE_DAYS"),
            **env.login(environment),
            trust_network=env.yes_or_no(environment, "QC_PORTAL_TRUST_NETWORK"),
            guests=env.yes_or_no(environment, "QC_PORTAL_GUESTS", usual=True),
            annotators=read_annotators(environment.get("QC_PORTAL_ANNOTATORS", "")),
            administrators=read_administrators(environment.get("QC_PORTAL_ADMINISTRATORS", "")),
            sign_with_address=env.yes_or_no(environment, "QC_PORTAL_SIGN_WITH_ADDRESS"),
            upload_tokens=env.tokens(environment, "QC_PORTAL_UPLOAD_TOKENS"),
            metrics=env.yes_or_no(environment, "QC_PORTAL_METRICS"),
        )


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
