"""Whatever a write is answered with, or not: the record shows what landed, and what did not stays a draft."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qc_core.errors import NotAllowed, RecordNotFound, StoreFault, StoreUnavailable
from qc_core.json_document import Set
from qc_core.json_document.patch import Patch
from qc_core.quality_control.status import Status
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.http_session import Timeouts
from qc_core.stores.docdb.read_back import Verdict, verdict
from qc_core.stores.docdb.store import DocDbStore
from qc_core.stores.docdb.validation import Validator
from tests.fakes.gateway import FakeGateway
from tests.fakes.gateway_requests import Fault
from tests.fakes.mongo import Collection
from tests.qc_core.stores.building import docdb_store
from tests.qc_core.stores.reviewers import Reviewer, StoredInDatabase, v1_document, v2_document
from tests.waiting import wait_until

ADA = "Ada Lovelace"


@pytest.fixture
def stored(tmp_path: Path, fake_gateway: FakeGateway, client_of: Callable[..., Gateway]) -> StoredInDatabase:
    client = client_of()
    return StoredInDatabase(tmp_path, v2_document(), fake_gateway, lambda clock: docdb_store(client, clock))


@pytest.fixture
def ada(stored: StoredInDatabase) -> Reviewer:
    reviewer = Reviewer(stored, ADA)
    reviewer.choose("noise", Status.FAIL)
    return reviewer


def sign_change(stored: Any, evaluator: Any = ADA) -> list[Any]:
    entries = [entry for metric in stored.raw()["metrics"] for entry in metric["status_history"]]
    return [entry["status"] for entry in entries if entry["evaluator"] == evaluator]


@pytest.mark.parametrize(
    "lost", [Fault(drop=True, after=True), Fault(status=504, after=True), Fault(html=True, after=True, status=502)]
)
def test_a_change_whose_answer_was_lost_has_landed_and_is_not_sent_again(
    stored: StoredInDatabase, ada: Reviewer, lost: Any
) -> None:
    stored.gateway.next(lost, on="update_one")
    outcome = ada.submit()
    assert (len(outcome.landed), outcome.failure) == (1, None)
    assert (sign_change(stored), len(stored.gateway.operations("update_one"))) == (["Fail"], 1)
    assert ada.reload().edits == {}


@pytest.mark.parametrize("kept_out", [Fault(drop=True), Fault(status=503), Fault(status=429, retry_after="1")])
def test_write_that_did_not_land_is_sent_once_more(stored: StoredInDatabase, ada: Reviewer, kept_out: Any) -> None:
    stored.gateway.next(kept_out, on="update_one")
    assert (len(ada.submit().landed), sign_change(stored)) == (1, ["Fail"])


def test_a_gateway_that_takes_no_change_keeps_the_draft_and_is_not_asked_for_ever(
    stored: StoredInDatabase, ada: Reviewer
) -> None:
    before = stored.text()
    stored.gateway.always(Fault(status=503), on="update_one")
    outcome = ada.submit()
    assert (outcome.landed, type(outcome.failure).__mro__[1]) == ((), StoreUnavailable)
    assert "draft is kept" in outcome.failure.hint
    assert stored.text() == before
    stored.gateway.heal()
    assert (len(ada.submit().landed), sign_change(stored)) == (1, ["Fail"])


def test_a_change_that_arrives_late_is_recognised_and_not_sent_again(stored: StoredInDatabase, ada: Reviewer) -> None:
    stored.gateway.next(Fault(until_healed=True), on="update_one")  # past the waiting for it, and the reading back
    outcome = ada.submit()
    assert (outcome.landed, "did not answer in time" in str(outcome.failure)) == ((), True)
    stored.gateway.heal()
    wait_until(lambda: sign_change(stored))
    assert ada.reload().landed_keys
    assert (ada.submit().landed, sign_change(stored)) == ((), ["Fail"])


def test_one_of_two_sendings_lands_where_the_first_is_late(stored: StoredInDatabase, ada: Reviewer) -> None:
    stored.gateway.next(Fault(until_healed=True), on="update_one")
    assert ada.submit().landed == ()
    assert (len(ada.submit().landed), sign_change(stored)) == (1, ["Fail"])
    stored.gateway.heal()
    wait_until(lambda: len(stored.gateway.operations("update_one")) == 2)  # the first sending arrives
    assert sign_change(stored) == ["Fail"]


def test_a_record_that_was_just_read_is_asked_for_once_more_when_it_is_submitted(
    tmp_path: Path, fake_gateway: FakeGateway, client_of: Callable[..., Gateway]
) -> None:
    client = client_of(timeouts=Timeouts())  # no request is repeated because the machine is slow
    stored = StoredInDatabase(tmp_path, v2_document(), fake_gateway, lambda clock: docdb_store(client, clock))
    ada = Reviewer(stored, ADA)
    ada.choose("noise", Status.FAIL)
    seen = ada.reload().stored
    asked = len(stored.gateway.operations("find"))
    assert len(ada.submit(seen=seen).landed) == 1
    shown = ada.store.get_cached(stored.record_id).record.document
    assert ADA in {entry.evaluator for metric in shown.metrics for entry in metric.history}
    assert len(stored.gateway.operations("find")) == asked + 1, "it is read back, and nothing else"


def test_what_was_seen_does_not_hide_what_somebody_else_wrote_since(stored: StoredInDatabase, ada: Reviewer) -> None:
    seen = ada.reload().stored
    eve = Reviewer(stored, "Eve")
    eve.choose("noise", Status.PASS)
    assert len(eve.submit().landed) == 1
    outcome = ada.submit(seen=seen)
    assert (outcome.landed, [one.key for one in outcome.conflicts]) == ((), list(ada.reload().edits))
    assert (sign_change(stored), sign_change(stored, "Eve")) == ([], ["Pass"])


def test_a_lost_race_makes_no_second_record(stored: StoredInDatabase, ada: Reviewer) -> None:
    def eve_is_faster() -> None:
        stored.gateway.before_update = None
        stored.rewrite(lambda raw: raw["metrics"][0]["status_history"].append({"evaluator": "Eve"}))

    stored.gateway.before_update = eve_is_faster
    assert len(ada.submit().landed) == 1
    assert len(stored.gateway.collection.documents) == 1
    assert len(stored.gateway.operations("update_one")) == 2


def test_a_record_deleted_in_between_is_reported_as_the_fragment_that_it_comes_back_as(
    stored: StoredInDatabase, ada: Reviewer
) -> None:
    ada.undo("noise")
    ada.write_notes("where is it?")
    stored.gateway.before_update = lambda: stored.gateway.collection.documents.clear()
    outcome = ada.submit()
    assert (outcome.landed, type(outcome.failure)) == ((), StoreFault)
    assert "fragment" in outcome.failure.message and "draft is kept" in outcome.failure.hint


def test_added_status_never_creates_a_fragment(stored: StoredInDatabase, ada: Reviewer) -> None:
    stored.gateway.before_update = lambda: stored.gateway.collection.documents.clear()
    outcome = ada.submit()
    assert (outcome.landed, type(outcome.failure)) == ((), RecordNotFound)
    assert stored.gateway.collection.documents == {}


def test_a_deleted_record_is_not_written_to(stored: StoredInDatabase, ada: Reviewer) -> None:
    del stored.gateway.collection.documents[stored.record_id]
    with pytest.raises(Exception, match="no record"):
        ada.submit()
    assert stored.gateway.collection.documents == {}
    assert stored.gateway.operations("update_one") == []


def test_a_gateway_that_ignores_conditions_is_reported(stored: StoredInDatabase, ada: Reviewer) -> None:
    def eve_is_faster() -> None:
        eve = {"evaluator": "Eve", "status": "Pass", "timestamp": "2026-01-01T00:00:00Z"}
        stored.gateway.get(stored.record_id)["quality_control"]["metrics"][1]["status_history"].append(eve)

    stored.gateway.ignores_conditions = True
    stored.gateway.before_update = eve_is_faster
    outcome = ada.submit()
    assert (type(outcome.failure), "ignored the conditions" in outcome.failure.message) == (StoreFault, True)
    assert (sign_change(stored), sign_change(stored, "Eve")) == (["Fail"], ["Pass"]), (
        "the other's entry was not overwritten"
    )


def test_an_old_copy_on_reading_back_is_reported_and_recognised_later(stored: StoredInDatabase, ada: Reviewer) -> None:
    def replica_falls_behind() -> None:
        stored.gateway.before_update, stored.gateway.old_copy = None, Collection()
        stored.gateway.old_copy.documents = copy.deepcopy(stored.gateway.collection.documents)

    stored.gateway.before_update = replica_falls_behind
    outcome = ada.submit()
    assert outcome.landed == () and "are not in the record as read back" in outcome.failure.message
    stored.gateway.heal()
    assert ada.reload().landed_keys
    assert (ada.submit().landed, sign_change(stored)) == ((), ["Fail"])


def test_credentials_that_expire_are_reported_and_renewed_ones_are_used_with_the_next_click(
    stored: StoredInDatabase, ada: Reviewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored.gateway.secret = "a new secret"
    outcome = ada.submit()
    assert isinstance(outcome.failure, NotAllowed) and "may have expired" in outcome.failure.message
    assert sign_change(stored) == [] and ada.reload().edits
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a new secret")
    outcome = ada.submit()
    assert (outcome.failure, len(outcome.landed), sign_change(stored)) == (None, 1, ["Fail"])


def test_database_is_read_only_without_credentials_with_a_reason(
    stored: StoredInDatabase, ada: Reviewer, monkeypatch: pytest.MonkeyPatch, client_of: Callable[..., Gateway]
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    ada.store = docdb_store(client_of(), stored.clock)
    assert "no AWS credentials" in ada.reload().stored.read_only
    assert "no AWS credentials" in str(ada.submit().failure)
    assert stored.gateway.operations("update_one") == []


def test_a_change_that_is_too_large_is_not_sent(stored: StoredInDatabase) -> None:
    store = stored.store()
    with pytest.raises(StoreUnavailable, match=r"12\.0 MB; the database takes 10 MB"):
        store.submit(stored.record_id, Patch((), (Set(("notes",), "x" * 12_000_000),)))
    assert stored.gateway.operations("update_one") == []


def test_only_what_changed_is_sent_never_the_whole_record(stored: StoredInDatabase, ada: Reviewer) -> None:
    ada.set_value("drift", ada.metric("drift").value | {"value": "High"})
    ada.submit()
    (sent,) = stored.gateway.operations("update_one")
    assert sent.body["filter"]["_id"] == "record-1"
    assert sorted(sent.body["update"]["$set"]) == [
        "quality_control.metrics.0.value.value",
        *(f"quality_control.status.{key}" for key in ("Raw data", "ecephys", "probe:A")),
    ]
    assert sorted(sent.body["update"]["$push"]) == [f"quality_control.metrics.{n}.status_history" for n in (0, 1)]
    assert sent.size < 4000


def test_a_fragment_is_distinguished_from_a_record_that_a_pipeline_rewrote() -> None:
    before = {"_id": "a", "name": "x", "quality_control": v1_document()}
    nothing = Patch((), (Set(("notes",), "n"),))
    assert verdict(before, before | {"quality_control": v2_document()}, nothing) is Verdict.ABSENT
    assert verdict(before, {"_id": "a", "quality_control": v1_document()}, nothing) is Verdict.FRAGMENT
    broken = {"_id": "a", "name": "x", "quality_control": {"evaluations": {"0": {}}}}
    assert verdict(before, broken, nothing) is Verdict.FRAGMENT


def test_only_errors_that_the_edit_made_stop_a_v2_record(
    stored: StoredInDatabase, client_of: Callable[..., Gateway]
) -> None:
    validator = Validator()
    store = DocDbStore(client_of(), stored.clock, validator, pause=lambda _: None)
    stored.rewrite(lambda raw: raw["metrics"][2].update(tags=7))  # invalid before already
    before = json.dumps(stored.raw())
    store.submit(stored.record_id, Patch((), (Set(("metrics", 0, "value"), 3),)))
    assert stored.raw()["metrics"][0]["value"] == 3
    with pytest.raises(Exception, match="schema does not accept the change: metrics"):
        store.submit(stored.record_id, Patch((), (Set(("metrics", 0, "stage"), "Nowhere"),)))
    assert json.loads(before)["metrics"][0]["stage"] == stored.raw()["metrics"][0]["stage"]
    validator.close()
