"""The image and the workflows that build it: linted by the tools that know them, and the image's steps run."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools.image_steps import ROOT, Image, answers, keep_install, stages

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def assert_accepts(*command: Any) -> None:
    """Run a linter that is installed with this Python: it must report nothing."""
    name, *arguments = command
    tool = Path(sys.executable).with_name(name)
    done = subprocess.run([tool, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_hadolint_has_nothing_against_the_dockerfile() -> None:
    assert_accepts("hadolint", "Dockerfile")


def test_the_image_is_two_stages_one_process_and_nobody_special() -> None:
    first, last = stages(DOCKERFILE)
    names = [name for name, _ in last]
    assert names.count("CMD") == names.count("USER") == names.count("HEALTHCHECK") == 1
    assert "ENTRYPOINT" not in names
    steps = dict(last)
    assert steps["USER"].isdigit() and int(steps["USER"]) > 0
    assert steps["EXPOSE"] == "8000" and "/healthz" in steps["HEALTHCHECK"]
    assert any("--require-hashes" in arguments for name, arguments in first if name == "RUN")


def test_only_what_is_copied_goes_to_the_builder() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    copied = set()
    for stage in stages(DOCKERFILE):
        for name, steps in stage:
            if name == "COPY" and not steps.startswith("--from="):
                copied.update(steps.split()[:-1])
    assert copied == kept
    assert all((ROOT / path).exists() for path in copied)


def test_the_portal_runs_from_what_is_copied_and_writes_nowhere_but_in_its_state(tmp_path: Path) -> None:
    first, last = stages(DOCKERFILE)
    image = Image(tmp_path, keep_install(first), last)
    image.copy()
    state = tmp_path / "var"
    before = {path for path in tmp_path.rglob("*") if state not in path.parents and path != state}
    with image.running() as port:
        assert answers(port, "/", b"<title>")
        healthy = subprocess.run(image.healthcheck(port), env=image.environment(port), check=False, capture_output=True)
        if "/healthz" in (ROOT / "app.py").read_text("utf-8"):
            assert healthy.returncode == 0, healthy.stderr
        else:
            assert b"JSON" in healthy.stderr  # the page itself must never pass for health
    after = {path for path in tmp_path.rglob("*") if state not in path.parents and path != state}
    assert after == before


def test_githubs_own_schemas_accept_the_workflows() -> None:
    assert_accepts("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS)
    assert_accepts("check-jsonschema", "--builtin-schema", "vendor.dependabot", ".github/dependabot.yml")


def test_zizmor_finds_nothing_unsafe_in_the_workflows() -> None:
    assert_accepts("zizmor", "--offline", "--quiet", ".github")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_named_by_their_whole_version_and_rights_are_given_sparingly(path: Any) -> None:
    text = path.read_text("utf-8")
    for action in re.findall(r"uses: (\S+)", text):
        assert action.startswith("./") or re.search(r"@v\d+\.\d+\.\d+$", action), action
    assert re.search(r"^permissions:( \{\}|\n  contents: read)$", text, re.M)
    assert "write-all" not in text and "pull_request_target" not in text


def test_the_workflows_test_each_python_and_publish_dev_and_main() -> None:
    tests, image = ((ROOT / ".github/workflows" / name).read_text("utf-8") for name in ("tests.yml", "image.yml"))
    assert "pull_request:" in tests and '["3.11", "3.12", "3.13"]' in tests and "make test" in tests
    assert "branches: [dev, main]" in image and "needs: tests" in image
    assert "ghcr.io/${GITHUB_REPOSITORY,,}" in image and "'latest' || 'dev'" in image
    assert image.index("docker build") < image.index("anchore/scan-action") < image.index("docker push")
    assert "ECS_SERVICE_MAIN != ''" in image and "update-service" in image
