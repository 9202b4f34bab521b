"""Drafts of many records: how often a bucket is asked for them, and that each answer is as fresh as it may be."""

import threading
from collections.abc import Iterator

import pytest

from qc_core.errors import StoreUnavailable
from qc_core.quality_control.annotating.merging import StoredDraft
from qc_core.stores.state.draft_store import Drafts
from qc_core.stores.state.objects import BucketObjects
from qc_core.stores.state.tab_drafts import DraftsAhead
from tests.fakes.portal import TIMEOUT
from tests.fakes.s3 import KEYS, S3
from tests.qc_core.stores.state.test_shared_drafts import an_edit

RECORDS = [f"record-{number}" for number in range(20)]


@pytest.fixture
def address(s3: S3, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where Ada has a draft of each record, in a bucket; what was asked for until then is not counted."""
    for name, value in (KEYS | {"AWS_ENDPOINT_URL": s3.url, "AWS_DEFAULT_REGION": "us-west-2"}).items():
        monkeypatch.setenv(name, value)
    state = f"s3://private/{request.node.name}"
    drafts = Drafts(BucketObjects(state))
    for record_id in RECORDS:
        drafts.write("Ada", record_id, "tab", {"x": an_edit()}, is_known=True)
    s3.asked.clear()
    yield state
    s3.reset()


def count_requests(s3: S3) -> tuple[int, int]:
    """How often the bucket was listed, and how many objects were read, since this was asked the last time."""
    found = [one.path for one in s3.asked if one.method == "GET"]
    s3.asked.clear()
    read = sum(path.endswith(".json") for path in found)
    return len(found) - read, read


def test_a_persons_edits_are_listed_by_one_request_and_only_what_changed_is_read_again(s3: S3, address: str) -> None:
    drafts = Drafts(BucketObjects(address))
    assert drafts.list_edits("Ada") == {record_id: {"x": an_edit().edit} for record_id in RECORDS}
    assert count_requests(s3) == (1, 20)
    Drafts(BucketObjects(address)).write("Ada", "record-3", "tab", {"y": an_edit()}, is_known=True)
    count_requests(s3)
    assert list(drafts.list_edits("Ada")["record-3"]) == ["y"]
    assert count_requests(s3) == (1, 1)
    assert len(drafts.list_unsubmitted()) == 20 and count_requests(s3) == (1, 0)
    assert drafts.list_edits("Nobody") == {} and drafts.list_edits("") == {}


def test_objects_of_a_bucket_are_read_at_the_same_time(s3: S3, address: str) -> None:
    together = threading.Barrier(5)

    def wait_for_five(path: str) -> bool:
        if path.endswith(".json"):
            together.wait(TIMEOUT)  # it raises where fewer than five are ever asked for
        return True

    s3.admit = wait_for_five
    assert len(Drafts(BucketObjects(address)).list_unsubmitted()) == 20


def test_one_unreadable_draft_costs_one_row(s3: S3, address: str) -> None:
    objects = BucketObjects(address)
    objects.write(objects.keys("drafts")[0], b'{"version": 1, "record_id": "lost", "entries": {"x": {}}}')
    objects.write(objects.keys("drafts")[1], b"\xff\xfe")
    drafts = Drafts(objects)
    listed = [(one.record_id, one.changes, one.unreadable) for one in drafts.list_unsubmitted()]
    assert listed.count(("lost", 0, True)) == listed.count((None, 0, True)) == 1
    assert len([1 for _, changes, unreadable in listed if (changes, unreadable) == (1, False)]) == 18
    assert len(drafts.list_edits("Ada")) == 18


def test_a_bucket_that_fails_while_drafts_are_read_is_reported(s3: S3, address: str) -> None:
    s3.admit = lambda path: not path.endswith(".json")
    drafts = Drafts(BucketObjects(address))
    with pytest.raises(StoreUnavailable, match=r"could not be listed, because .* storage refuses access\.$"):
        drafts.list_unsubmitted()
    drafts.read_ahead("Ada", RECORDS)  # is left to who reads one of them
    with pytest.raises(StoreUnavailable, match=r"^Your draft could not be read, because"):
        drafts.get_draft("Ada", "record-1")
    s3.reset()
    assert len(drafts.list_unsubmitted()) == 20


def test_drafts_that_are_read_ahead_are_given_once_and_never_after_a_write(s3: S3, address: str) -> None:
    drafts = Drafts(BucketObjects(address))
    drafts.read_ahead("Ada", [*RECORDS, "without a draft"])
    assert count_requests(s3) == (1, 20)
    assert drafts.get_draft("Ada", "record-1").tabs == {"tab": {"x": an_edit()}}
    assert drafts.get_draft("Ada", "without a draft") == StoredDraft()
    assert count_requests(s3) == (0, 0)
    assert drafts.read("Ada", "record-2") and count_requests(s3) == (1, 1), "what is submitted is never older than now"
    assert drafts.get_draft("Ada", "record-1").tabs and count_requests(s3) == (1, 1), "the second one asks"
    drafts.write("Ada", "record-2", "other", {"y": an_edit()}, is_known=True)
    drafts.forget(["record-3"])
    count_requests(s3)
    assert set(drafts.get_draft("Ada", "record-2").tabs) == {"tab", "other"}
    assert drafts.get_draft("Ada", "record-3").tabs == {}
    drafts.read_ahead("", RECORDS)
    assert drafts.get_draft("", "record-5") == StoredDraft()


def test_a_draft_that_is_written_while_it_is_read_ahead_is_read_again() -> None:
    ahead, old, new = DraftsAhead(), StoredDraft({"tab": {}}), StoredDraft({"other": {}})
    first = ahead.expect(["one", "two", "three"])
    ahead.drop("one")
    second = ahead.expect(["two"])
    for folder in ("one", "two", "three"):
        ahead.put(first, folder, old)
    assert ahead.take("one") is None, "it was written"
    assert ahead.take("two") is None, "somebody else began to read it later, and is not done"
    assert ahead.take("three") is old and ahead.take("three") is None
    second = ahead.expect(["two"])
    ahead.put(second, "two", new)
    assert ahead.take("two") is new
