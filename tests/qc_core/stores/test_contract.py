"""What every record store promises; a new store joins by a factory of its own in STORES."""

import json
import shutil
import threading
from typing import Any

import pytest

from qc_core.assets.index import AssetSummary
from qc_core.assets.query import AssetQuery
from qc_core.errors import BadRecord, ConditionFailed, RecordNotFound
from qc_core.json_document import Append, Set
from qc_core.json_document.patch import LengthIs, Missing, Patch, ValueIs
from qc_core.stores.docdb.lines import DocDbLines
from qc_core.stores.folder.metrics import open_metrics
from qc_core.stores.folder.store import FolderStore
from qc_core.stores.index.listed import ListedIndex
from qc_core.stores.index.metrics import StoredMetrics
from qc_core.stores.listing import AssetPage
from tests.qc_core.stores.building import NOW, docdb_index, docdb_store, document, put


class FolderUnderTest:
    """A folder store, and the other programs that change its files."""

    def __init__(self, request: Any) -> None:
        tmp_path = request.getfixturevalue("tmp_path")
        self.root = tmp_path / "assets"
        self.root.mkdir()
        self.store = FolderStore(self.root, lambda: NOW, walk_every=0)
        self.index = ListedIndex(self.store.read_listing)
        self._state = tmp_path / "state"

    def metrics(self, clock: Any) -> Any:
        return open_metrics(lambda: self._state, self.root, self.store, self.index, clock)

    def remove(self, name: str) -> None:
        shutil.rmtree(self.root / name)

    def rename(self, folder: str, name: str) -> None:
        file = self.root / folder / "metadata.nd.json"
        file.write_text(json.dumps(json.loads(file.read_text()) | {"name": name}))

    def add(self, name: str, quality_control: Any, record_id: Any = None) -> Any:
        record = {"name": name, "subject": {"subject_id": "42"}, "quality_control": quality_control}
        put(self.root / name, metadata=record | ({"_id": record_id} if record_id else {}))
        return self.store.find_ids(name)[-1]

    def stored(self, name: str) -> Any:
        return json.loads((self.root / name / "metadata.nd.json").read_text())["quality_control"]


class DocDbUnderTest:
    """A store over a database behind its gateway, and the other programs that write into the database."""

    def __init__(self, request: Any) -> None:
        self.gateway = request.getfixturevalue("fake_gateway")
        client = request.getfixturevalue("client_of")()
        self.store = docdb_store(client, lambda: NOW)
        self.index = docdb_index(client, lambda: NOW, request.getfixturevalue("tmp_path"))
        self.store.on_written = self.index.note_written
        self._client = client

    def metrics(self, clock: Any) -> Any:
        return StoredMetrics(self.index.path, self.index, DocDbLines(self._client, clock))

    def remove(self, name: str) -> None:
        documents = self.gateway.collection.documents
        del documents[next(key for key, document in documents.items() if document["name"] == name)]

    def rename(self, folder: str, name: str) -> None:
        record = next(one for one in self.gateway.collection.documents.values() if one["name"] == folder)
        self.gateway.put({key: value for key, value in record.items() if key != "_last_modified"} | {"name": name})

    def add(self, name: str, quality_control: Any, record_id: Any = None) -> Any:
        record = {"_id": record_id or f"id-of-{name}", "name": name, "location": f"s3://bucket/{name}"}
        return self.gateway.put(record | {"subject": {"subject_id": "42"}, "quality_control": quality_control})

    def stored(self, name: str) -> Any:
        documents = self.gateway.collection.documents.values()
        return next(document["quality_control"] for document in documents if document["name"] == name)


STORES = {"folder": FolderUnderTest, "docdb": DocDbUnderTest}
PASS = {"evaluator": "Eve", "status": "Pass", "timestamp": "2025-05-01T00:00:00Z"}
HISTORY = ("metrics", 0, "status_history")


@pytest.fixture(params=list(STORES.values()), ids=list(STORES))
def under_test(request: pytest.FixtureRequest) -> Any:
    return request.param(request)


def list_summaries(under_test: Any) -> tuple[AssetSummary, ...]:
    page: AssetPage = under_test.index.query(AssetQuery())
    return page.result.rows


def test_an_empty_store_lists_nothing(under_test: Any) -> None:
    assert list_summaries(under_test) == ()
    assert under_test.store.find_ids("nobody") == ()


def test_a_record_is_fetched_as_it_was_stored(under_test: Any) -> None:
    raw = document("Pass", "Pending", notes="as read")
    record_id = under_test.add("mouse", raw)
    record = under_test.store.get_fresh(record_id)
    assert record.quality_control == raw
    assert (record.record_id, record.name, record.asset.subject_id) == (record_id, "mouse", "42")
    assert [metric.name for metric in record.document.metrics] == ["drift 0", "drift 1"]
    assert (record.problems, record.read_only) == ((), None)


def test_a_record_is_listed_with_its_status(under_test: Any) -> None:
    record_id = under_test.add("mouse", document("Pass", "Pending", "Pending"))
    (summary,) = list_summaries(under_test)
    assert (summary.record_id, summary.name, summary.subject_id) == (record_id, "mouse", "42")
    assert (summary.status, summary.pending, summary.metrics, summary.generation) == ("Pending", 2, 3, "v2")
    assert summary.problem is None


def test_a_records_own_id_is_its_id(under_test: Any) -> None:
    own = "1f3b131e-c013-444a-90c2-b4ea1f5153ee"
    assert under_test.add("mouse", document(), own) == own


def test_ids_are_stable_and_found_by_name(under_test: Any) -> None:
    ids = [under_test.add(name, document()) for name in ("one", "two", "three")]
    assert len(set(ids)) == 3
    assert [under_test.store.find_ids(name) for name in ("one", "two", "three")] == [(each,) for each in ids]


def test_missing_records_are_not_found(under_test: Any) -> None:
    under_test.add("mouse", document())
    for attempt in (under_test.store.get_fresh, lambda record_id: under_test.store.submit(record_id, Patch((), ()))):
        with pytest.raises(RecordNotFound):
            attempt("nobody")


def test_a_record_without_quality_control_is_read_only_with_the_reason(under_test: Any) -> None:
    record = under_test.store.get_fresh(under_test.add("mouse", None))
    assert record.quality_control is None
    assert record.document.metrics == ()
    assert "no quality control" in record.read_only
    (summary,) = list_summaries(under_test)
    assert (summary.status, summary.metrics, summary.problem) == ("", 0, record.read_only)


def test_a_new_and_a_changed_record_appear_at_once(under_test: Any) -> None:
    record_id = under_test.add("mouse", document("Pending"))
    before = under_test.store.get_fresh(record_id)
    assert [each.status for each in list_summaries(under_test)] == ["Pending"]
    under_test.add("mouse", document("Fail"))
    under_test.add("rat", document("Pass"))
    after = under_test.store.get_fresh(record_id)
    assert before.version != after.version
    assert after.quality_control == document("Fail")
    assert sorted(each.status for each in list_summaries(under_test)) == ["Fail", "Pass"]


def test_a_patch_changes_its_paths_and_nothing_else(under_test: Any) -> None:
    raw = document("Pending", "Pending", notes="kept")
    record_id = under_test.add("mouse", raw)
    conditions = (ValueIs(("metrics", 0, "value"), 0.5), LengthIs(HISTORY, 1), Missing(("metrics", 0, "curation")))
    operations = (Set(("metrics", 0, "value"), 0.75), Append(HISTORY, PASS))
    under_test.store.submit(record_id, Patch(conditions, operations))
    wanted = document("Pending", "Pending", notes="kept")
    wanted["metrics"][0]["value"] = 0.75
    wanted["metrics"][0]["status_history"].append(PASS)
    assert under_test.stored("mouse") == wanted
    assert under_test.store.get_fresh(record_id).quality_control == wanted
    assert [each.pending for each in list_summaries(under_test)] == [1]


def test_a_submission_changes_the_revision(under_test: Any) -> None:
    record_id = under_test.add("mouse", document("Pass", "Pending"))
    before = under_test.store.get_revision(record_id)
    assert under_test.store.get_revision(record_id) == before
    under_test.store.submit(record_id, Patch((), (Append(HISTORY, PASS),)))
    after = under_test.store.get_revision(record_id)
    assert after != before and after == under_test.store.get_fresh(record_id).revision


@pytest.mark.parametrize(
    ("condition", "path"),
    [
        (ValueIs(("metrics", 0, "value"), 1), "metrics[0].value"),
        (ValueIs(("metrics", 7, "value"), None), "metrics[7].value"),
        (LengthIs(HISTORY, 2), "metrics[0].status_history"),
        (Missing(("notes",)), "notes"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_a_condition_that_does_not_hold_is_named_and_nothing_is_written(
    under_test: Any, condition: Any, path: str
) -> None:
    raw = document("Pending")
    record_id = under_test.add("mouse", raw)
    holds = ValueIs(("metrics", 0, "name"), "drift 0")
    with pytest.raises(ConditionFailed) as caught:
        under_test.store.submit(record_id, Patch((holds, condition), (Append(HISTORY, PASS),)))
    assert path in caught.value.message
    assert "metrics[0].name" not in caught.value.message
    assert under_test.stored("mouse") == raw


def test_an_operation_that_cannot_be_done_writes_none_of_its_patch(under_test: Any) -> None:
    raw = document("Pending")
    record_id = under_test.add("mouse", raw)
    with pytest.raises(BadRecord):
        under_test.store.submit(record_id, Patch((), (Append(HISTORY, PASS), Append(("metrics", 5, "x"), 1))))
    assert under_test.stored("mouse") == raw


@pytest.mark.parametrize("value", [None, "", 0, 0.0, False, [], {}, "é ☃ \U0001f400", 1e300, 2**63 - 1])
def test_any_value_is_stored_as_what_it_is(under_test: Any, value: Any) -> None:
    record_id = under_test.add("mouse", document())
    under_test.store.submit(record_id, Patch((), (Set(("metrics", 0, "value"), value),)))
    stored = under_test.store.get_fresh(record_id).document.metrics[0].value
    assert (type(stored), stored) == (type(value), value)


def test_one_of_many_writers_who_saw_the_same_wins(under_test: Any) -> None:
    record_id = under_test.add("mouse", document())
    patch = Patch((LengthIs(HISTORY, 1),), (Append(HISTORY, PASS),))
    outcomes = []

    def submit() -> None:
        try:
            under_test.store.submit(record_id, patch)
            outcomes.append("landed")
        except ConditionFailed:
            outcomes.append("refused")

    threads = [threading.Thread(target=submit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["landed"] + ["refused"] * 7
    assert len(under_test.stored("mouse")["metrics"][0]["status_history"]) == 2


def test_asset_metadata_of_a_name_is_found_without_quality_control(under_test: Any) -> None:
    record_id = under_test.add("mouse", document())
    (found,) = under_test.store.get_asset_metadata("mouse")
    assert (found.record_id, found.name, found.subject_id) == (record_id, "mouse", "42")
    assert under_test.store.get_asset_metadata("nobody") == ()


def test_a_cached_record_is_as_fresh_as_a_fetched_one(under_test: Any) -> None:
    record_id = under_test.add("mouse", document("Pending"))
    under_test.store.get_cached(record_id)
    under_test.add("mouse", document("Fail"))
    cached = under_test.store.get_cached(record_id)
    assert (cached.record.quality_control, cached.error, cached.read_at) == (document("Fail"), None, None)
