"""Containers that share a bucket: one reads the database, the others start from its copy; S3 is a server of moto's."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.lines import DocDbLines
from qc_core.stores.index.file import IndexFile
from qc_core.stores.index.pace import Pace
from qc_core.stores.index.process import keep_fresh
from qc_core.stores.index.refresher import Refresher
from qc_core.stores.index.shared import SharedCopy
from qc_core.stores.state.objects import BucketObjects
from tests.fakes.gateway import FakeGateway
from tests.qc_core.stores.building import NOW, document
from tests.qc_core.stores.state.test_shared_drafts import bucket, s3

__all__ = ["bucket", "s3"]


@pytest.fixture
def gateway(fake_gateway: FakeGateway) -> FakeGateway:
    for number in range(12):
        put(fake_gateway, number)
    return fake_gateway


def put(gateway: FakeGateway, number: int) -> None:
    gateway.put({"_id": f"record-{number:04}", "name": f"mouse_{number}", "quality_control": document()})


class Container:
    """A portal's process with a folder and a clock of its own."""

    def __init__(self, folder: Path, bucket: str, client: Gateway) -> None:
        self.path, self.now, self._client = folder / "one.sqlite", NOW, client
        folder.mkdir()
        self.copy = SharedCopy(BucketObjects(bucket), self.path, self.clock)

    def clock(self) -> object:
        return self.now

    def refresh(self) -> bool:
        source = DocDbLines(self._client, self.clock)
        quick = Pace(pause=lambda _: None)
        make = lambda file: Refresher(file, source, self.clock, pace=quick)  # noqa: E731
        return keep_fresh(self.path, make, 0.0, Event(), once=True, shared=self.copy)

    def keys(self) -> list[str]:
        return sorted(IndexFile(self.path).versions("", None))


@pytest.fixture
def containers(
    gateway: FakeGateway, bucket: str, client_of: Callable[[], Gateway], tmp_path: Path
) -> tuple[Container, Container]:
    client = client_of()
    return Container(tmp_path / "a", bucket, client), Container(tmp_path / "b", bucket, client)


def test_one_container_reads_all_and_the_other_starts_from_its_copy(
    gateway: FakeGateway, containers: tuple[Container, Container]
) -> None:
    one, other = containers
    assert one.refresh() and len(one.keys()) == 12
    gateway.asked.clear()
    put(gateway, 50)
    assert other.refresh()
    assert len(other.keys()) == 13, "the copy, and what changed since"
    assert not any("$gt" in str(asked.body["filter"].get("_id")) for asked in gateway.operations("find"))


def test_other_container_shows_the_newest_and_reads_no_more_without_a_copy(
    gateway: FakeGateway, containers: tuple[Container, Container]
) -> None:
    one, other = containers
    assert one.copy.hold()
    assert other.refresh()
    assert IndexFile(other.path).state().all_read_at is None
    assert not any("$gt" in str(asked.body["filter"].get("_id")) for asked in gateway.operations("find"))


def test_a_lease_that_is_not_renewed_runs_out(containers: tuple[Container, Container]) -> None:
    one, other = containers
    assert (one.copy.hold(), other.copy.hold(), one.copy.hold()) == (True, False, True)
    other.now += timedelta(minutes=6)
    assert other.copy.hold()
    one.now += timedelta(minutes=6)
    assert not one.copy.hold()


def test_one_of_many_simultaneous_requests_gets_the_lease(
    bucket: str, client_of: Callable[[], Gateway], tmp_path: Path
) -> None:
    many = [Container(tmp_path / str(number), bucket, client_of()) for number in range(6)]
    outcomes: list[bool] = []
    threads = [Thread(target=lambda one=one: outcomes.append(one.copy.hold())) for one in many]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 5 + [True]


@pytest.mark.parametrize("content", [b"garbage", b""])
def test_a_copy_that_cannot_be_used_is_left_alone(
    containers: tuple[Container, Container], bucket: str, content: bytes
) -> None:
    one, other = containers
    assert one.refresh()
    BucketObjects(bucket).write("index/one.sqlite.gz", content)
    assert not other.copy.adopt()
    assert one.refresh() and len(one.keys()) == 12


def test_a_copy_is_adopted_once(containers: tuple[Container, Container]) -> None:
    one, other = containers
    assert one.refresh()
    assert (other.copy.adopt(), other.copy.adopt(), one.copy.adopt()) == (True, False, False)
