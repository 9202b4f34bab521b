"""The part of the table of settings that is about data: records, drafts and copies, figures."""

from functools import partial

from qc_core.settings import environment as env
from qc_core.settings.defaults import (
    DEFAULT_GATEWAY,
    DEFAULT_INDEX_EVERY,
    DEFAULT_REGION,
    DEFAULT_RERUN_VIEWER,
    DEFAULT_ZONE,
    FRAME_ORIGINS,
    SCRIPT_ORIGINS,
)
from qc_core.settings.links import read_link_templates
from qc_core.settings.reasons import read_reasons
from qc_core.settings.setting import Environment, Setting


def _text_or(environment: Environment, name: str, *, usual: str) -> str:
    return env.text(environment, name) or usual


def _gateway(environment: Environment, name: str) -> str:
    return env.service(environment, name) or DEFAULT_GATEWAY


def _further_origins(environment: Environment, name: str, *, usual: tuple[str, ...]) -> tuple[str, ...]:
    return usual + env.origins(environment, name)


DATA_SETTINGS: tuple[Setting, ...] = (
    Setting(
        variable="QC_PORTAL_STORE",
        field="database",
        group="Records",
        description="where records are: `folder` or `docdb`",
        default="`docdb` where `API_GATEWAY_HOST` is set, else `folder`",
        example="docdb",
    ),
    Setting(
        variable="QC_PORTAL_ASSETS",
        field="assets",
        group="Records",
        description="a folder of assets, or one asset",
        default="a working copy of the demo",
        example="/data/assets",
    ),
    Setting(
        variable="API_GATEWAY_HOST",
        field="host",
        group="Records",
        description=(
            "the host of the gateway, such as `api.allenneuraldynamics.org`, with a port behind a colon where "
            "it is not 443"
        ),
        default="none",
        example="api.allenneuraldynamics.org",
        of_database=True,
    ),
    Setting(
        variable="DATABASE",
        field="name",
        group="Records",
        description="the database",
        default="`metadata_index`",
        example="metadata_index_v2",
        of_database=True,
    ),
    Setting(
        variable="COLLECTION",
        field="collection",
        group="Records",
        description="the collection",
        default="`data_assets`",
        example="data_assets",
        of_database=True,
    ),
    Setting(
        variable="DOCDB_VERSION",
        field="version",
        group="Records",
        description="the gateway's interface: `v1` or `v2`",
        default="`v1`",
        example="v2",
        of_database=True,
    ),
    Setting(
        variable="QC_PORTAL_INDEX_EVERY_SECONDS",
        field="index_every",
        group="Records",
        description="after how many seconds the index of assets asks the database what changed",
        default="60",
        example="300",
        read=partial(env.seconds, usual=DEFAULT_INDEX_EVERY),
    ),
    Setting(
        variable="QC_PORTAL_FAIL_REASONS",
        field="fail_reasons",
        group="Records",
        description=(
            "the short reasons that a Fail can have, by the abbreviation of a modality, `*` for any other, with a bar "
            "between modalities; they replace the usual ones"
        ),
        default="a short list for each modality",
        example="ecephys=drift, noise, few units",
        read=read_reasons,
    ),
    Setting(
        variable="QC_PORTAL_ASSET_TABLES",
        field="asset_tables",
        group="Records",
        description=(
            "Parquet tables of all assets, paths or `s3://bucket/key` with commas between them, which a new index "
            "begins with before it has read the database (docs/database.md)"
        ),
        default="none",
        example="s3://my-tables/assets.parquet",
        read=env.tables,
    ),
    Setting(
        variable="QC_PORTAL_STATE",
        field="state",
        group="Drafts and copies",
        description=(
            "the folder for drafts, for copies of hosted figures, and for the demo's working copy; or "
            "`s3://bucket/prefix` for drafts that several portals share"
        ),
        default="the user's state folder of the platform",
        example="/var/lib/qc-portal",
    ),
    Setting(
        variable="QC_PORTAL_SCRATCH",
        field="scratch",
        group="Drafts and copies",
        description=(
            "the folder for what can be made again: copies of hosted figures, converted pictures, and with a "
            "bucket the demo's working copy"
        ),
        default=(
            "the folder of the state; with a bucket the user's state folder or, where that cannot be made, "
            "one in the temporary folder"
        ),
        example="/var/cache/qc-portal",
        read=env.path,
    ),
    Setting(
        variable="QC_PORTAL_DRAFTS_EXPIRE_DAYS",
        field="drafts_expire_after",
        group="Drafts and copies",
        description="after how many days a draft that nobody touched is removed",
        default="never",
        example="365",
        read=env.days,
    ),
    Setting(
        variable="QC_PORTAL_S3_BUCKETS",
        field="s3_buckets",
        group="Figures",
        description="the buckets that the portal may read and sign for, with commas between them",
        default="none",
        example="my-figures, my-assets",
        read=env.buckets,
    ),
    Setting(
        variable="QC_PORTAL_S3_REGION",
        field="s3_region",
        group="Figures",
        description="the region of S3 to ask where a bucket does not report its own",
        default="`us-west-2`",
        example="eu-central-1",
        read=partial(env.region, usual=DEFAULT_REGION),
    ),
    Setting(
        variable="QC_PORTAL_S3_ENDPOINT",
        field="s3_endpoint",
        group="Figures",
        description="the address of another server that speaks S3",
        default="Amazon's",
        example="https://s3.lab.example",
        read=env.service,
    ),
    Setting(
        variable="KACHERY_ZONE",
        field="kachery_zone",
        group="Figures",
        description="the zone to look for Kachery files in, as kachery-cloud has it",
        default="`default`",
        example="aind",
        read=partial(_text_or, usual=DEFAULT_ZONE),
    ),
    Setting(
        variable="KACHERY_GATEWAY_URL",
        field="kachery_gateway",
        group="Figures",
        description="the gateway to ask for them",
        default="kachery-cloud's own",
        example="https://kachery.lab.example",
        read=_gateway,
    ),
    Setting(
        variable="QC_PORTAL_FIGURE_HOSTS",
        field="figure_hosts",
        group="Figures",
        description=(
            "hosts of your own network from which pictures and videos at `http:` addresses are loaded, such as "
            "`files.lab.example`, with commas between them"
        ),
        default="none, only by https",
        example="files.lab.example",
        read=partial(env.origins, scheme="http"),
    ),
    Setting(
        variable="QC_PORTAL_FRAME_HOSTS",
        field="frame_origins",
        group="Figures",
        description="further hosts whose pages may be shown in a frame, with commas between them",
        default="FigURL, Neuroglancer and the ephys GUI; Rerun's viewer besides",
        example="views.lab.example",
        read=partial(_further_origins, usual=FRAME_ORIGINS),
    ),
    Setting(
        variable="QC_PORTAL_LINKS",
        field="links",
        group="Figures",
        description=(
            "links of each asset to other sites, in its review's header: `Label=https://…{name}…`, with a bar between "
            "two (docs/deploy.md)"
        ),
        default="none",
        example="Code Ocean=https://codeocean.allenneuraldynamics.org/data-assets/{code_ocean_id}",
        read=read_link_templates,
    ),
    Setting(
        variable="QC_PORTAL_SCRIPT_HOSTS",
        field="script_origins",
        group="Figures",
        description=(
            "further hosts that HTML figures may load their library from, inside their sandbox, with commas "
            "between them"
        ),
        default="those of Altair, Plotly and Bokeh",
        example="cdn.lab.example",
        read=partial(_further_origins, usual=SCRIPT_ORIGINS),
    ),
    Setting(
        variable="QC_PORTAL_RERUN_VIEWER",
        field="rerun_viewer",
        group="Figures",
        description="the address of Rerun's viewer, `{version}` in it",
        default="app.rerun.io",
        example="https://rerun.lab.example/{version}/",
        read=partial(env.viewer, usual=DEFAULT_RERUN_VIEWER),
    ),
    Setting(
        variable="QC_PORTAL_RERUN_VERSION",
        field="rerun_version",
        group="Figures",
        description="the version for recordings whose name has none",
        default="none is shown",
        example="0.24.1",
        read=env.version,
    ),
)
