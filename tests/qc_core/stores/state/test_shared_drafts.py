"""Drafts in a folder and in a bucket keep the same promises; S3 is a real server on loopback (moto)."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from qc_core.errors import NotAllowed, StoreUnavailable
from qc_core.quality_control.annotating.changes import DraftEntry, MetricEdit, NewValue, Seen, Tombstone
from qc_core.quality_control.metric import Fingerprint
from qc_core.quality_control.status import Status
from qc_core.stores.state.draft_store import Drafts, FolderDrafts
from qc_core.stores.state.notified import Notified, NotifiedStore
from qc_core.stores.state.objects import BucketObjects, FolderObjects
from tests.qc_core.stores.reviewers import Reviewer, StoredInFolder, v2_document

AT = datetime(2025, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def s3() -> Iterator[ThreadedMotoServer]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def bucket(s3: ThreadedMotoServer, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    host, port = s3.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-west-2")
    client = boto3.client("s3")
    name = f"drafts-{abs(hash(request.node.nodeid)) % 10**9}"
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
    return f"s3://{name}"


@pytest.fixture(params=["folder", "bucket", "prefix"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> FolderObjects | BucketObjects:
    if request.param == "folder":
        return FolderObjects(tmp_path / "state")
    address = request.getfixturevalue("bucket")
    return BucketObjects(address if request.param == "bucket" else f"{address}/portal/state")


@pytest.fixture
def drafts(objects: FolderObjects | BucketObjects) -> Drafts:
    return Drafts(objects)


def an_edit(at: Any = AT, value: int = 1) -> DraftEntry:
    seen = Seen(value=None, reference=None, status=None, history_length=0, last=None)
    mark = Fingerprint("drift", "Raw data", "ecephys", ())
    return DraftEntry(MetricEdit(("metrics", 0), mark, seen, at, value=NewValue(value), status=Status.PASS))


def test_a_draft_can_be_read_by_another_container(drafts: Drafts, objects: FolderObjects | BucketObjects) -> None:
    assert drafts.read("Ada", "one") == {}
    drafts.write("Ada", "one", "a", {"x": an_edit()})
    drafts.write("Ada", "one", "b", {"y": DraftEntry(Tombstone(AT))})
    drafts.write("Ada", "two", "a", {"z": an_edit()})
    drafts.write("Eve", "one", "a", {"w": an_edit()})
    other = Drafts(type(objects)(objects.where) if isinstance(objects, BucketObjects) else objects)
    assert other.read("Ada", "one") == {"a": {"x": an_edit()}, "b": {"y": DraftEntry(Tombstone(AT))}}
    drafts.write("Ada", "one", "a", {})
    assert other.read("Ada", "one") == {"b": {"y": DraftEntry(Tombstone(AT))}}
    assert other.read("Eve", "one") == {"a": {"w": an_edit()}}


def test_an_unreadable_object_is_reported_set_aside_and_never_destroyed(
    drafts: Drafts, objects: FolderObjects | BucketObjects
) -> None:
    drafts.write("Ada", "one", "a", {"x": an_edit()})
    (key,) = objects.keys("drafts")
    objects.write(key, b"{half a dra")
    assert (drafts.read("Ada", "one"), len(drafts.get_draft("Ada", "one")[1])) == ({}, 1)
    drafts.write("Ada", "one", "a", {"y": an_edit()})
    assert drafts.read("Ada", "one") == {"a": {"y": an_edit()}}
    (aside,) = [each for each in objects.keys("drafts") if each.endswith(".unreadable")]
    assert objects.read(aside) == b"{half a dra"


def test_unsubmitted_drafts_are_listed_with_person_record_and_time(drafts: Drafts) -> None:
    drafts.write("Eve", "two", "a", {"x": an_edit(AT), "y": DraftEntry(Tombstone(AT))})
    drafts.write("Ada Lovelace", "one", "a", {"x": an_edit(AT - timedelta(days=3)), "z": an_edit(AT - timedelta(1))})
    drafts.write("Bob", "one", "a", {"x": DraftEntry(Tombstone(AT))})
    listed = [(one.person, one.record_id, one.changes, one.touched_at) for one in drafts.list_unsubmitted()]
    assert listed == [("Ada Lovelace", "one", 2, AT - timedelta(days=1)), ("Eve", "two", 1, AT)]


def test_a_change_that_another_tab_submitted_is_not_listed_as_unsubmitted(tmp_path: Path) -> None:
    stored = StoredInFolder(tmp_path, v2_document())
    ada = Reviewer(stored, "Ada")
    ada.choose("noise", Status.FAIL)
    reloaded = Reviewer(stored, "Ada", tab="tab-2")
    assert [one.changes for one in reloaded.drafts.list_unsubmitted()] == [1]
    assert len(reloaded.submit().landed) == 1
    assert reloaded.drafts.list_unsubmitted() == (), "the first tab still holds it, and it is in the record"
    reloaded.choose("drift", Status.FAIL)
    ada.reload()
    ada.choose("drift", Status.PASS)
    (one,) = reloaded.drafts.list_unsubmitted()
    assert one.changes == 1, "one change in two tabs is one"


def test_a_tombstone_stays_as_long_as_what_it_hides(drafts: Drafts) -> None:
    old = AT - timedelta(days=40)
    drafts.write("Ada", "one", "a", {"x": an_edit(old), "y": an_edit(AT)})
    drafts.write("Ada", "one", "b", {"x": DraftEntry(Tombstone(old))})
    assert drafts.expire(AT - timedelta(days=30)) == 0
    assert drafts.count_changes("Ada") == {"one": 1}
    assert drafts.expire(AT + timedelta(days=1)) == 2


def test_a_person_with_a_name_is_listed_by_it(drafts: Drafts) -> None:
    drafts.write("https://login.example.org 123", "one", "a", {"x": an_edit()}, name="Ada Lovelace")
    assert [one.person for one in drafts.list_unsubmitted()] == ["Ada Lovelace"]


def test_the_changes_of_one_person_are_counted_over_all_tabs_and_read_once(
    drafts: Drafts, objects: FolderObjects | BucketObjects, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts.write("Ada", "one", "a", {"x": an_edit(), "y": an_edit()})
    drafts.write("Ada", "one", "b", {"x": an_edit(AT + timedelta(1)), "y": DraftEntry(Tombstone(AT)), "z": an_edit()})
    drafts.write("Ada", "two", "a", {"x": DraftEntry(Tombstone(AT))})
    drafts.write("Eve", "three", "a", {"x": an_edit()})
    assert drafts.count_changes("Ada") == {"one": 2}
    read = []
    asked = type(objects).read
    monkeypatch.setattr(type(objects), "read", lambda self, key: read.append(key) or asked(self, key))
    assert drafts.count_changes("Ada") == {"one": 2} and read == []
    Drafts(objects).write("Ada", "two", "a", {"w": an_edit()})
    read.clear()
    assert drafts.count_changes("Ada") == {"one": 2, "two": 1} and len(read) == 1
    assert drafts.count_changes("Nobody") == {}


def test_a_count_of_a_moment_ago_is_given_again_until_something_is_written_here(
    drafts: Drafts, objects: FolderObjects | BucketObjects, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = []
    asked = type(objects).versions
    monkeypatch.setattr(type(objects), "versions", lambda self, key: listed.append(key) or asked(self, key))
    drafts.write("Ada", "one", "a", {"x": an_edit()})
    for _ in range(3):
        assert drafts.count_changes("Ada", max_age=3600) == {"one": 1}
    assert len(listed) == 1
    Drafts(objects).write("Ada", "two", "b", {"x": an_edit()})  # in another container
    assert drafts.count_changes("Ada", max_age=3600) == {"one": 1} and len(listed) == 1
    assert drafts.count_changes("Ada") == drafts.count_changes("Ada", max_age=3600) == {"one": 1, "two": 1}
    drafts.write("Ada", "one", "a", {})
    assert drafts.count_changes("Ada", max_age=3600) == {"two": 1}
    drafts.forget(["two"])
    assert drafts.count_changes("Ada", max_age=3600) == {}


def test_a_mark_stays_after_submission_and_is_removed_only_with_the_folder(
    drafts: Drafts, objects: FolderObjects | BucketObjects
) -> None:
    drafts.write("Ada", "one", "a", {"x": an_edit()}, mark="0123456789ab")
    seen = drafts.get_draft("Ada", "one").marks
    assert seen == {"0123456789ab"}
    drafts.write("Ada", "one", "a", {})
    assert drafts.get_draft("Ada", "one") == ({}, (), seen)
    drafts.write("Ada", "one", "a", {"x": an_edit()})
    drafts.forget(["one"])
    assert not drafts.get_draft("Ada", "one").was_removed_since(seen), "the portal removed them itself"
    for key in objects.keys("drafts"):
        objects.remove(key)
    assert drafts.get_draft("Ada", "one").was_removed_since(seen)
    drafts.write("Ada", "one", "b", {"y": an_edit()}, mark="ba9876543210")
    assert drafts.get_draft("Ada", "one").was_removed_since(seen), "also once another tab has stored something again"
    assert not drafts.get_draft("Ada", "one").was_removed_since(frozenset())


@pytest.mark.parametrize("nobody", ["", " ", "\t"])
def test_guests_have_no_drafts_read_or_written(
    drafts: Drafts, objects: FolderObjects | BucketObjects, nobody: str
) -> None:
    with pytest.raises(NotAllowed, match="The portal does not know who you are"):
        drafts.write(nobody, "one", "a", {"x": an_edit()})
    assert objects.keys("drafts") == []


def test_drafts_that_earlier_versions_stored_for_guests_are_never_shown(
    drafts: Drafts, objects: FolderObjects | BucketObjects
) -> None:
    drafts.write("Ada", "one", "a", {"x": an_edit()})
    ((key, text),) = [(key, objects.read(key)) for key in objects.keys("drafts")]
    _, _, record, tab = key.split("/")
    # The folder name of the empty key: a slug, and the beginning of SHA-256 of no text.
    of_guests = f"drafts/someone-e3b0c44298fc1c149afb/{record}/{tab}"
    objects.write(of_guests, text.replace(b'"Ada"', b'""'))
    assert drafts.get_draft("", "one") == ({}, (), frozenset()) and drafts.count_changes("") == {}
    assert [one.person for one in drafts.list_unsubmitted()] == ["Ada"]


def test_only_drafts_that_nobody_touched_for_long_enough_expire(drafts: Drafts) -> None:
    drafts.write("Ada", "one", "a", {"x": an_edit(AT - timedelta(days=40))})
    drafts.write("Eve", "one", "a", {"x": an_edit(AT - timedelta(days=40)), "y": an_edit(AT)})
    assert drafts.expire(AT - timedelta(days=50)) == 0
    assert drafts.expire(AT - timedelta(days=30)) == 1
    assert (drafts.read("Ada", "one"), len(drafts.read("Eve", "one"))) == ({}, 1)


def test_an_old_draft_without_owner_is_listed_by_its_folder(tmp_path: Path) -> None:
    objects = FolderObjects(tmp_path)
    objects.write("drafts/ada-lovelace-0123/4567/tab.json", b'{"version": 1, "entries": {"x": {}}}')
    (one,) = Drafts(objects).list_unsubmitted()
    assert (one.person, one.record_id, one.unreadable) == ("ada-lovelace", None, True)


def test_a_submission_goes_through_drafts_in_a_bucket(tmp_path: Path, bucket: str) -> None:
    stored = StoredInFolder(tmp_path, v2_document())
    ada = Reviewer(stored, "Ada", drafts=Drafts(BucketObjects(f"{bucket}/state")))
    ada.choose("noise", Status.FAIL)
    again = Reviewer(stored, "Ada", tab="tab-2", drafts=Drafts(BucketObjects(f"{bucket}/state")))
    assert list(again.screen.edits) == list(ada.screen.edits)
    assert len(again.submit().landed) == 1
    assert ada.reload().edits == {}


def test_an_unreachable_bucket_is_reported_and_used_again_later(
    bucket: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    working = Drafts(BucketObjects(bucket))
    working.write("Ada", "one", "a", {"x": an_edit()})
    address = os.environ["AWS_ENDPOINT_URL"]
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    drafts = Drafts(BucketObjects(bucket))
    with pytest.raises(StoreUnavailable, match=r"^The draft could not be kept, because .* storage does not answer\.$"):
        drafts.write("Ada", "one", "a", {"x": an_edit()})
    with pytest.raises(StoreUnavailable, match=r"^Your draft could not be read, because .* storage does not answer\.$"):
        drafts.read("Ada", "one")
    (message,) = [record.getMessage() for record in caplog.records if record.name == "qc_portal"]
    assert f"{bucket} cannot be used" in message and "127.0.0.1:9" in message, "the reason is logged once"
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    assert drafts.read("Ada", "one") == {"a": {"x": an_edit()}}
    with pytest.raises(StoreUnavailable, match="storage refuses access"):
        Drafts(BucketObjects("s3://nobody-made-this-one")).read("Ada", "one")


def test_listing_drafts_creates_no_state_folder(tmp_path: Path) -> None:
    assert FolderDrafts(tmp_path).list_unsubmitted() == ()
    assert list(tmp_path.iterdir()) == []


def test_one_of_two_simultaneous_writes_of_sent_events_wins(objects: FolderObjects | BucketObjects) -> None:
    store = NotifiedStore(objects)
    assert store.read("ada@example.org") == (Notified(), None)
    first = store.write("ada@example.org", Notified(day="2026-03-01"), None)
    assert first is not None and store.write("ada@example.org", Notified(day="2026-03-02"), None) is None
    second = store.write("ada@example.org", Notified(day="2026-03-03"), first)
    assert second is not None and store.write("ada@example.org", Notified(day="2026-03-04"), first) is None
    assert store.read("ada@example.org") == (Notified(day="2026-03-03"), second)
    assert store.read("eve@example.org") == (Notified(), None)
    # A bucket that took a write, and whose answer was lost, refuses the second attempt: it is ours all the same.
    assert store.write("ada@example.org", Notified(day="2026-03-03"), first) == second
