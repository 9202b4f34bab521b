"""The part of the table of settings that is about access: people, the login, the server."""

from functools import partial

from qc_core.settings import environment as env
from qc_core.settings.annotators import Annotators, Names, read_administrators, read_annotators
from qc_core.settings.origins import read_origins
from qc_core.settings.setting import Environment, Setting


def _annotators(environment: Environment, name: str) -> Annotators:
    return read_annotators(environment.get(name, ""))


def _projects(environment: Environment, name: str) -> frozenset[str]:
    """Names of projects in lower case, each space one; `*` means all."""
    return frozenset(" ".join(one.lower().split()) for one in environment.get(name, "").split(";") if one.strip())


def _administrators(environment: Environment, name: str) -> Names | None:
    return read_administrators(environment.get(name, ""))


def _websocket_origins(environment: Environment, name: str) -> tuple[str, ...]:
    return read_origins(environment.get(name, ""))


ACCESS_SETTINGS: tuple[Setting, ...] = (
    Setting(
        variable="QC_PORTAL_REVIEWER",
        field="reviewer",
        group="People",
        description="the name annotations are signed with",
        default="the computer's login name",
        example="Ada Lovelace",
        read=env.text,
    ),
    Setting(
        variable="QC_PORTAL_READ_ONLY",
        field="read_only",
        group="People",
        description="`1` to let nobody annotate",
        default="`0`",
        example="1",
        read=env.yes_or_no,
    ),
    Setting(
        variable="QC_PORTAL_TRUST_NETWORK",
        field="trust_network",
        group="People",
        description=(
            "`1` where something in front of the portal lets nobody else in: then people sign with a typed "
            "name, marked as not verified"
        ),
        default="`0`",
        example="1",
        read=env.yes_or_no,
    ),
    Setting(
        variable="QC_PORTAL_GUESTS",
        field="guests",
        group="People",
        description="`0` to show nothing to who is not logged in",
        default="`1`, they may view",
        example="0",
        read=partial(env.yes_or_no, usual=True),
    ),
    Setting(
        variable="QC_PORTAL_ANNOTATORS",
        field="annotators",
        group="People",
        description=(
            "who may annotate of those who may log in: addresses, domains, groups such as `groups=qc-team`, "
            "also for one project (docs/deploy.md)"
        ),
        default="all of them",
        example="example.org, groups=qc-team",
        read=_annotators,
    ),
    Setting(
        variable="QC_PORTAL_ADMINISTRATORS",
        field="administrators",
        group="People",
        description=(
            "who of those who may log in sees the list of everyone's waiting drafts: addresses, domains, groups"
        ),
        default="who may annotate",
        example="ada@example.org",
        read=_administrators,
    ),
    Setting(
        variable="QC_PORTAL_LOCKED_PROJECTS",
        field="locked_projects",
        group="People",
        description=(
            "projects with semicolons between them, or `*` for all, whose metrics' values cannot be changed once they "
            "are set, except by those of QC_PORTAL_ADMINISTRATORS; status and notes stay open"
        ),
        default="none",
        example="Learning mFISH; Brain Computer Interface",
        read=_projects,
    ),
    Setting(
        variable="QC_PORTAL_SIGN_WITH_ADDRESS",
        field="sign_with_address",
        group="People",
        description=(
            "`1` to sign with name and address, such as `Ada Lovelace <ada@example.org>`, so that the record "
            "distinguishes two people of one name"
        ),
        default="`0`",
        example="1",
        read=env.yes_or_no,
    ),
    Setting(
        variable="QC_PORTAL_OIDC_CLIENT_ID",
        field="oidc_client_id",
        group="Login",
        description="the id that the login provider gave this portal; with it the four below are needed too",
        default="no login",
        example="qc-portal",
    ),
    Setting(
        variable="QC_PORTAL_OIDC_CLIENT_SECRET",
        field="oidc_client_secret",
        group="Login",
        description="the secret that goes with it",
        default="no login",
        secret=True,
    ),
    Setting(
        variable="QC_PORTAL_OIDC_METADATA_URL",
        field="oidc_metadata_url",
        group="Login",
        description="where the provider describes itself (`…/.well-known/openid-configuration`)",
        default="no login",
        example="https://login.example.org/.well-known/openid-configuration",
    ),
    Setting(
        variable="QC_PORTAL_OIDC_COOKIE_SECRET",
        field="oidc_cookie_secret",
        group="Login",
        description="signs the cookie of the login, at least 32 letters made at random",
        default="no login",
        secret=True,
    ),
    Setting(
        variable="QC_PORTAL_OIDC_REDIRECT",
        field="oidc_redirect",
        group="Login",
        description="the portal's own address with `/oauth2callback` at its end, as the provider knows it",
        default="no login",
        example="https://qc.example.org/oauth2callback",
    ),
    Setting(
        variable="ALLOW_WEBSOCKET_ORIGIN",
        field="websocket_origins",
        group="Server",
        description=(
            "hosts with commas between, such as `qc.example.org,localhost:8000`, whose pages may open a "
            "connection; `*` allows all"
        ),
        default="the host that the page was loaded from",
        example="qc.example.org,localhost:8000",
        read=_websocket_origins,
    ),
    Setting(
        variable="QC_PORTAL_CORS_ORIGINS",
        field="cors_origins",
        group="Server",
        description=(
            "hosts with commas between, such as `data.example.org`, whose pages may read the answers of "
            "`/get-signed-reference/<name>` in a script"
        ),
        default="none",
        example="data.example.org",
        read=env.origins,
    ),
    Setting(
        variable="QC_PORTAL_CONTACT",
        field="contact",
        group="Server",
        description="whom to ask, shown at the foot of every page",
        default="nobody",
        example="qc@example.org",
        read=env.text,
    ),
    Setting(
        variable="QC_PORTAL_UPLOAD_TOKENS",
        field="upload_tokens",
        group="Server",
        description="tokens with which pipelines may upload test records, with commas between them",
        default="none, only people upload",
        secret=True,
        read=env.tokens,
    ),
    Setting(
        variable="QC_PORTAL_METRICS",
        field="metrics",
        group="Server",
        description="`1` to answer `/metrics` for Prometheus",
        default="`0`",
        example="1",
        read=env.yes_or_no,
    ),
)
