"""docs/deploy.md: what it gives to paste is well-formed, and agrees with the image, the settings and the workflows."""

import json
import re
import tomllib
from typing import Any

import pytest

from qc_core.settings.model import Settings
from qc_core.settings.table import SETTINGS
from tools.image_steps import ROOT, stages

PAGE = (ROOT / "docs" / "deploy.md").read_text("utf-8")
SECRETS = {
    "QC_PORTAL_OIDC_CLIENT_SECRET": "from the secret store",
    "QC_PORTAL_OIDC_COOKIE_SECRET": "from the secret store, and long enough",
}
LAST = stages((ROOT / "Dockerfile").read_text("utf-8"))[1]


def blocks(language: Any) -> Any:
    return re.findall(rf"```{language}\n(.*?)\n```", PAGE, re.DOTALL)


JSON = [json.loads(block) for block in blocks("json")]
(ENV_FILE,) = [block for block in blocks("ini") if "[" not in block]
PORTAL_ENV = dict(line.split("=", 1) for line in ENV_FILE.splitlines())
POLICIES = [block for block in JSON if "Statement" in block]
TASKS = [block for block in JSON if "containerDefinitions" in block]
CONTAINERS = [task["containerDefinitions"][0] for task in TASKS]
OVER_FOLDER, OVER_DATABASE = ({one["name"]: one["value"] for one in each["environment"]} for each in CONTAINERS)
of_each_task = pytest.mark.parametrize("container", CONTAINERS, ids=["folder", "database"])


@of_each_task
def test_the_task_is_the_image_as_it_is(container: Any) -> None:
    steps = dict(LAST)
    assert container["portMappings"][0]["containerPort"] == int(steps["EXPOSE"])
    assert container["healthCheck"]["command"][1:] == json.loads(re.search(r"CMD (\[.*\])", steps["HEALTHCHECK"])[1])
    assert container["readonlyRootFilesystem"] is True
    (task,) = [one for one in TASKS if one["containerDefinitions"] == [container]]
    assert [one["sourceVolume"] for one in container["mountPoints"]] == [one["name"] for one in task["volumes"]]


def test_over_a_folder_the_state_is_the_volume_of_the_image() -> None:
    assert OVER_FOLDER["QC_PORTAL_STATE"] == CONTAINERS[0]["mountPoints"][0]["containerPath"] == dict(LAST)["VOLUME"]
    assert OVER_FOLDER["QC_PORTAL_ASSETS"] in [one["containerPath"] for one in CONTAINERS[0]["mountPoints"]]
    assert f"user and group {dict(LAST)['USER']}" in PAGE


def test_over_the_database_the_role_may_do_just_what_the_settings_say() -> None:
    settings = Settings.from_env(OVER_DATABASE | SECRETS, address="0.0.0.0")
    (policy,) = [block for block in POLICIES if any(one.get("Sid") == "Gateway" for one in block["Statement"])]
    may = {one["Sid"]: one["Resource"] for one in policy["Statement"]}
    assert settings.login and settings.database
    assert may["Gateway"].endswith(
        f"/POST/{settings.database.version}/{settings.database.name}/{settings.database.collection}/update_one"
    )
    assert {one.removeprefix("arn:aws:s3:::") for one in may["Buckets"]} == settings.s3_buckets
    assert {one.removeprefix("arn:aws:s3:::").removesuffix("/*") for one in may["Figures"]} == settings.s3_buckets
    assert settings.bucket == may["StateList"].replace("arn:aws:s3:::", "s3://")


def test_the_role_that_deploys_is_for_the_branches_that_are_deployed_and_their_services() -> None:
    (trust,) = [one for block in POLICIES for one in block["Statement"] if "Principal" in one]
    subjects = trust["Condition"]["StringEquals"]["token.actions.githubusercontent.com:sub"]
    assert sorted(one.rpartition("/")[2] for one in subjects) == ["dev", "main"]
    (deploy,) = [one for block in POLICIES for one in block["Statement"] if one.get("Sid") == "Deploy"]
    assert len(deploy["Resource"]) == len(subjects)


def test_every_variable_of_the_task_and_the_service_is_a_setting() -> None:
    known = {one.variable for one in SETTINGS}
    named = {*OVER_FOLDER, *OVER_DATABASE, *(one["name"] for each in CONTAINERS for one in each["secrets"])}
    named |= set(re.findall(r"^Environment=([A-Z_]+)=", PAGE, re.M)) | set(tomllib.loads(blocks("toml")[0]))
    named |= set(re.findall(r"-e ([A-Z_]+)=", PAGE))
    named |= {name for name in PORTAL_ENV if not name.startswith("AWS_")}
    assert named <= known
    of_settings = {one.field for one in SETTINGS if not one.of_database}
    assert of_settings | {"address", "bucket"} == set(Settings.__dataclass_fields__)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy["Statement"][0].get("Sid", "trust"))
def test_no_role_may_do_more_than_is_named(policy: Any) -> None:
    for statement in policy["Statement"]:
        named = json.dumps([statement["Action"], statement.get("Resource", "")])
        # All objects of one bucket by its name, and nothing wider.
        assert "*" not in re.sub(r"arn:aws:s3:::[a-z0-9.-]+/\*\"", "", named)


def test_the_variables_of_the_workflow_are_those_of_the_page() -> None:
    workflow = (ROOT / ".github" / "workflows" / "image.yml").read_text("utf-8")
    assert set(re.findall(r"vars\.([A-Z_]+)", workflow)) == set(
        re.findall(r"^\| `([AE][A-Z]+_[A-Z_]+)` \|", PAGE, re.M)
    ) - {"ALLOW_WEBSOCKET_ORIGIN", "API_GATEWAY_HOST"}


def test_settings_for_running_it_for_others_have_a_row() -> None:
    rows = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", "".join(re.findall(r"^\| `[A-Z].*? \|", PAGE, re.M))))
    assert {*OVER_FOLDER, *OVER_DATABASE, *PORTAL_ENV} - rows <= {"AWS_DEFAULT_REGION"}
    assert {"QC_PORTAL_STORE", "QC_PORTAL_DRAFTS_EXPIRE_DAYS", "REQUESTS_CA_BUNDLE"} <= rows


def test_nginx_passes_what_a_websocket_needs() -> None:
    (nginx,) = blocks("nginx")
    assert nginx.count("{") == nginx.count("}")
    for line in (
        "proxy_http_version 1.1;",
        "Upgrade $http_upgrade;",
        "Host $host;",
        "proxy_pass http://127.0.0.1:8000;",
    ):
        assert line in nginx
