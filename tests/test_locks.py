"""The locks that every install reads hold what the requirements ask for, with hashes; nothing else is installed."""

import re
import sys
from importlib.metadata import distributions
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.paths import ROOT

RUNTIME, DEVELOPMENT, BUILD = "requirements.lock", "requirements-dev.lock", "requirements-build.lock"
INSTALLERS = ["Makefile", "Dockerfile", "tools/install.sh", "tools/test.sh", "docs/deploy.md", ".ci/run"]


def read_lock(lock: Any) -> list[Any]:
    """The requirements of a lock, each with the text of its hashes."""
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text("utf-8"))[1:]
    return [(Requirement(entry.partition(" \\\n")[0]), entry.partition(" \\\n")[2]) for entry in entries]


def versions(lock: Any) -> dict[str, Any]:
    """Name -> version of what a lock installs on this Python and system."""
    applies = [one for one, _ in read_lock(lock) if one.marker is None or one.marker.evaluate()]
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in applies}


def requirements(file: Any) -> list[Any]:
    """The requirements of a file that apply on this Python and system, without those it includes."""
    lines = [line.strip() for line in (ROOT / file).read_text("utf-8").splitlines()]
    found = [Requirement(line) for line in lines if line and not line.startswith(("#", "-r "))]
    return [one for one in found if one.marker is None or one.marker.evaluate()]


@pytest.mark.parametrize(
    ("lock", "file"),
    [(RUNTIME, "requirements.txt"), (DEVELOPMENT, "requirements.txt"), (DEVELOPMENT, "requirements-dev.txt")],
)
def test_the_lock_agrees_with_the_requirements(lock: Any, file: str) -> None:
    held = versions(lock)
    stale = [str(one) for one in requirements(file) if held.get(canonicalize_name(one.name)) not in one.specifier]
    assert not stale, f"{lock} does not hold {', '.join(stale)} of {file}: run `make lock`"


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT, BUILD])
def test_every_locked_package_has_one_version_and_hashes(lock: Any) -> None:
    entries = read_lock(lock)
    assert entries
    for requirement, hashes in entries:
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert re.fullmatch(r"( +--hash=sha256:[0-9a-f]{64}( \\\n|\n?))+", hashes), requirement


def test_people_run_the_versions_that_are_tested() -> None:
    tested = versions(DEVELOPMENT)
    assert {name: tested.get(name) for name in versions(RUNTIME)} == versions(RUNTIME)


def test_exactly_the_locked_packages_are_installed() -> None:
    installed = {canonicalize_name(one.name): one.version for one in distributions(path=site_packages())}
    allowed = versions(DEVELOPMENT) | versions(BUILD)
    installed.pop("pip", None)  # type: ignore[call-overload]  # the stubs know fewer forms than the library takes
    assert installed == allowed, "the environment differs from the lock: remove .venv, then `make test`"


def site_packages() -> list[Any]:
    """Where this environment's packages are; nothing that a tool puts on the path besides."""
    return [path for path in sys.path if path.endswith("site-packages") and path.startswith(sys.prefix)]


@pytest.mark.parametrize("file", INSTALLERS)
def test_every_install_checks_the_hashes_of_a_lock(file: Any) -> None:
    text = (ROOT / file).read_text("utf-8").replace("\\\n", " ")
    for command in re.findall(r"pip install [^\n&|`}]+", text):
        assert "--require-hashes" in command, command
    assert not re.findall(r"install\.sh (?!requirements(?:-dev)?\.lock)\S+", text)
