"""docs/deploy.md: what it says to paste is well-formed, and agrees with the image, the settings and the workflows."""

import json
import re
import tomllib

import pytest

from qc_core.settings import Database, Settings
from qc_core.settings_page import documented
from tools.image_steps import ROOT, stages

PAGE = (ROOT / "docs" / "deploy.md").read_text("utf-8")
LAST = stages((ROOT / "Dockerfile").read_text("utf-8"))[1]


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)\n```", PAGE, re.DOTALL)


JSON = [json.loads(block) for block in blocks("json")]
(ENV_FILE,) = [block for block in blocks("ini") if "[" not in block]
PORTAL_ENV = dict(line.split("=", 1) for line in ENV_FILE.splitlines())
POLICIES = [block for block in JSON if "Statement" in block]
(TASK,) = [block for block in JSON if "containerDefinitions" in block]
(CONTAINER,) = TASK["containerDefinitions"]


def test_the_task_is_the_image_as_it_is():
    said = dict(LAST)
    assert CONTAINER["portMappings"][0]["containerPort"] == int(said["EXPOSE"])
    assert CONTAINER["mountPoints"][0]["containerPath"] == said["VOLUME"]
    assert CONTAINER["healthCheck"]["command"][1:] == json.loads(re.search(r"CMD (\[.*\])", said["HEALTHCHECK"])[1])
    assert CONTAINER["readonlyRootFilesystem"] is True
    assert f"user and group {said['USER']}" in PAGE


def test_every_variable_of_the_task_and_the_service_is_a_setting():
    known = {one.variable for one in documented()}
    named = {one["name"] for one in CONTAINER["environment"]}
    named |= set(re.findall(r"^Environment=([A-Z_]+)=", PAGE, re.M)) | set(tomllib.loads(blocks("toml")[0]))
    named |= set(re.findall(r"-e ([A-Z_]+)=", PAGE))
    named |= {name for name in PORTAL_ENV if not name.startswith("AWS_")}
    assert named <= known
    of_settings = {one.field for one in documented()} - set(Database.__dataclass_fields__)
    assert of_settings | {"address", "bucket"} == set(Settings.__dataclass_fields__)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy["Statement"][0].get("Sid", "trust"))
def test_no_role_may_do_more_than_is_named(policy):
    for statement in policy["Statement"]:
        named = json.dumps([statement["Action"], statement.get("Resource", "")])
        # All objects of one bucket by its name, and nothing wider.
        assert "*" not in re.sub(r"arn:aws:s3:::[a-z0-9.-]+/\*\"", "", named)


def test_the_variables_of_the_workflow_are_those_of_the_page():
    workflow = (ROOT / ".github" / "workflows" / "image.yml").read_text("utf-8")
    assert set(re.findall(r"vars\.([A-Z_]+)", workflow)) == set(
        re.findall(r"^\| `([AE][A-Z]+_[A-Z_]+)` \|", PAGE, re.M)
    ) - {"ALLOW_WEBSOCKET_ORIGIN", "API_GATEWAY_HOST"}


def test_nginx_passes_what_a_websocket_needs():
    (nginx,) = blocks("nginx")
    assert nginx.count("{") == nginx.count("}")
    for line in (
        "proxy_http_version 1.1;",
        "Upgrade $http_upgrade;",
        "Host $host;",
        "proxy_pass http://127.0.0.1:8000;",
    ):
        assert line in nginx
