import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qc_core.settings.model import Database
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.http_session import Timeouts
from tests.fakes.aws_descriptions import share_descriptions
from tests.fakes.gateway import FakeGateway, run_gateway
from tests.fakes.mongo import Collection
from tests.fakes.signatures import SECRET
from tests.qc_core.stores.building import docdb_store
from tests.qc_core.stores.reviewers import StoredInDatabase, StoredInFolder

share_descriptions()

SHORT_TIMEOUTS = Timeouts(connect=2, read=1.5, write=1.5, all_tries=6, tries=4, first_pause=0.01, longest_pause=0.2)
"""Time-outs for tests that wait for them."""


@pytest.fixture(params=["folder", "docdb"])
def store_asset(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., StoredInFolder | StoredInDatabase]:
    """One asset with this document, in each kind of store: `store_asset(document)`."""
    if request.param == "folder":
        return lambda document: StoredInFolder(tmp_path, document)
    gateway, client_of = request.getfixturevalue("fake_gateway"), request.getfixturevalue("client_of")
    client = client_of()
    return lambda document: StoredInDatabase(tmp_path, document, gateway, lambda clock: docdb_store(client, clock))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder whose parents any account may enter; pytest's own belong to one account alone."""
    folder = Path(tempfile.mkdtemp(prefix="qc-portal-test-"))
    folder.chmod(0o755)
    yield folder
    for inner, _, _ in os.walk(folder):
        Path(inner).chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", disk], check=True)


@pytest.fixture(scope="session")
def _running_gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeGateway]:
    with run_gateway(tmp_path_factory.mktemp("gateway")) as gateway:
        yield gateway


@pytest.fixture
def fake_gateway(_running_gateway: FakeGateway, monkeypatch: pytest.MonkeyPatch) -> FakeGateway:
    """A gateway over an empty collection, without faults, and an environment that can sign."""
    gateway: FakeGateway = _running_gateway
    gateway.heal()
    gateway.collection, gateway.asked, gateway.before_update, gateway.secret = Collection(), [], None, SECRET
    gateway.remembers = True
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in gateway.environment.items():
        monkeypatch.setenv(name, value)
    return gateway


@pytest.fixture
def client_of(fake_gateway: FakeGateway) -> Callable[..., Gateway]:
    """The portal's gateway over the fake one: `client_of(timeouts=…)`."""

    def make(**more: Any) -> Gateway:
        return Gateway(Database(fake_gateway.host, version="v2"), **({"timeouts": SHORT_TIMEOUTS} | more))

    return make
