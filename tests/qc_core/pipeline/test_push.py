"""A push to a database: figures, then metrics; whatever breaks off or is lost, each lands once, and is reported."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from qc_core.errors import BadRecord, BadSetting, NotAllowed, RecordNotFound, SeveralRecords, StoreUnavailable
from qc_core.pipeline.api import pick
from qc_core.pipeline.push.execution import Push
from qc_core.pipeline.push.plan import as_text, build_push_plan
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.figures.kachery_keys import kachery_keys
from qc_core.stores.figures.kachery_upload import KacheryUploads
from tests.fakes.gateway import FakeGateway
from tests.fakes.gateway_requests import Fault
from tests.fakes.kachery import Kachery, keys, sha1_of
from tests.qc_core.quality_control.documents import NOW, entry, evaluation, v1, v1_metric, v2, v2_metric
from tests.qc_core.stores.building import docdb_store

NAME, ID = "ecephys_1_2025-01-01_00-00-00", "the-record"
FIGURE = b"a figure"
REFERENCE = f"sha1://{sha1_of(FIGURE)}?label=drift.png"
LOST = [Fault(drop=True, after=True), Fault(status=504, after=True), Fault(html=True, after=True)]
KEYS = keys()


@pytest.fixture(scope="module")
def kachery() -> Iterator[Kachery]:
    kachery = Kachery()
    yield kachery
    kachery.stop()


@pytest.fixture
def desk(
    tmp_path: Path, fake_gateway: FakeGateway, client_of: Callable[..., Gateway], kachery: Kachery
) -> SimpleNamespace:
    """A pipeline's desk: `desk.file(document)`, `desk.push(*files)`, and what the services hold."""
    gateway = client_of()
    kachery.zones.clear()
    kachery.asked.clear()
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "drift.png").write_bytes(FIGURE)
    desk = SimpleNamespace(gateway=fake_gateway, kachery=kachery, lines=[], clock=iter(range(0, 10**6, 10)))
    records = docdb_store(gateway, lambda: NOW)

    def file(document: Any, name: str = "quality_control.json") -> Any:
        (tmp_path / name).write_text(json.dumps(document))
        return tmp_path / name

    def plan(*files: Any, **more: Any) -> Any:
        record = pick(NAME, records.get_asset_metadata(NAME), None)
        return build_push_plan(record, records.get_fresh(ID).quality_control, files, NOW, **more)

    def push(*files: Any, **more: Any) -> None:
        uploads = KacheryUploads(kachery.url, kachery_keys(more.pop("environment", KEYS)), lambda: NOW)
        patient = more.pop("patient", False)
        made = plan(*files, **more)
        Push(
            records, gateway, lambda: uploads, lambda: NOW, desk.lines.append,
            pause=lambda _: time.sleep(0.05) if patient else None,
            monotonic=time.monotonic if patient else lambda: next(desk.clock),
        ).execute(made)  # fmt: skip

    def put(quality_control: Any) -> None:
        more = {} if quality_control is ... else {"quality_control": quality_control}
        fake_gateway.put({"_id": ID, "name": NAME, "location": f"s3://bucket/{NAME}", **more})

    desk.file, desk.plan, desk.push, desk.put = file, plan, push, put
    desk.held = lambda: fake_gateway.get(ID)["quality_control"]
    return desk


def names(document: Any) -> list[Any]:
    inside = document.get("metrics") or [m for one in document["evaluations"] for m in one["metrics"]]
    return [metric["name"] for metric in inside]


NEW_V1 = v1(
    evaluation("Drift", v1_metric("Drift", entry("Pending"), reference="figures/drift.png"), latest_status="Pending"),
    evaluation("Noise", v1_metric("Noise")),
)
NEW_V2 = v2(v2_metric("Drift", entry("Fail"), reference="figures/drift.png"), v2_metric("Noise"))


@pytest.mark.parametrize(
    ("there", "new", "sent"),
    [
        (v1(evaluation("Old", v1_metric("old"))), NEW_V1, {"add_qc_evaluation": 2}),
        (v2(v2_metric("old"), status={"ecephys": "Pass"}), NEW_V2, {"update_one": 1}),
    ],
    ids=["v1", "v2"],
)
def test_new_metrics_land_signed_with_their_figures_and_a_repeat_sends_nothing(
    desk: SimpleNamespace, there: Any, new: Any, sent: Any
) -> None:
    desk.put(there)
    file = desk.file(new)
    desk.push(file)
    assert names(desk.held()) == ["old", "Drift", "Noise"]
    assert REFERENCE in json.dumps(desk.held())
    assert desk.kachery.zones == {"aind": {sha1_of(FIGURE): FIGURE}}
    counts = {name: len(desk.gateway.operations(name)) for name in ("add_qc_evaluation", "update_one")}
    assert {name: count for name, count in counts.items() if count} == sent
    if "status" in there:
        assert desk.held()["status"]["ecephys"] == "Fail"
    before, asked = json.dumps(desk.held()), len(desk.kachery.asked)
    assert desk.plan(file).is_empty
    desk.push(file)
    assert (json.dumps(desk.held()), len(desk.kachery.asked)) == (before, asked)
    assert desk.lines[-1].startswith("read back")


def test_each_evaluation_is_posted_alone_as_the_client_of_the_database_does(desk: SimpleNamespace) -> None:
    desk.put(v1())
    desk.push(desk.file(NEW_V1))
    sent = [asked.body for asked in desk.gateway.operations("add_qc_evaluation")]
    assert [body["data_asset_id"] for body in sent] == [ID, ID]
    assert [[one["name"] for one in body["qc_evaluation"]] for body in sent] == [["Drift"], ["Noise"]]


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize(
    ("there", "new", "on"),
    [(v1(), NEW_V1, "add_qc_evaluation"), (v2(), NEW_V2, "update_one"), (..., NEW_V2, "update_one")],
)
def test_an_answer_that_was_lost_is_made_up_for_by_reading_back(
    desk: SimpleNamespace, there: Any, new: Any, on: str, lost: Any
) -> None:
    desk.put(there)
    desk.gateway.next(lost, on=on)
    desk.push(desk.file(new))
    assert names(desk.held()) == ["Drift", "Noise"]
    if on == "add_qc_evaluation":
        assert "the gateway's answer was lost" in desk.lines[1]


@pytest.mark.parametrize("trouble", [Fault(status=503), Fault(drop=True)])
def test_an_evaluation_that_did_not_land_is_sent_once_and_a_repeat_adds_the_rest(
    desk: SimpleNamespace, trouble: Any
) -> None:
    desk.put(v1())
    file = desk.file(NEW_V1)
    desk.gateway.next(Fault(), trouble, on="add_qc_evaluation")
    with pytest.raises(StoreUnavailable, match=r"“Noise”.*is not in the record.*Run the same command again"):
        desk.push(file)
    assert names(desk.held()) == ["Drift"]
    assert len(desk.gateway.operations("add_qc_evaluation")) == 1
    desk.push(file)
    assert names(desk.held()) == ["Drift", "Noise"]


def test_an_evaluation_that_arrives_late_is_waited_for_and_not_sent_again(desk: SimpleNamespace) -> None:
    desk.put(v1())
    desk.gateway.next(Fault(wait=2.0), on="add_qc_evaluation")
    desk.push(desk.file(NEW_V1), patient=True)
    assert names(desk.held()) == ["Drift", "Noise"]
    assert len(desk.gateway.operations("add_qc_evaluation")) == 2


def test_after_a_crash_between_figures_and_metrics_a_repeat_goes_on_from_there(desk: SimpleNamespace) -> None:
    desk.put(v1())
    desk.gateway.always(Fault(drop=True), on="add_qc_evaluation")
    with pytest.raises(StoreUnavailable):
        desk.push(desk.file(NEW_V1))
    assert desk.kachery.zones["aind"]
    desk.gateway.heal()
    desk.push(desk.file(NEW_V1))
    assert names(desk.held()) == ["Drift", "Noise"]
    assert [one["type"] for one in desk.kachery.asked].count("finalizeFileUpload") == 1


def test_push_keeps_annotated_metrics_and_reports_that_they_differ(desk: SimpleNamespace) -> None:
    annotated = v2(v2_metric("Drift", entry("Fail"), entry("Pass"), value=7), status={"ecephys": "Pass"})
    desk.put(annotated)
    file = desk.file(NEW_V2)
    assert "its value or reference differs in the record: metrics[0] “Drift”" in as_text(desk.plan(file))
    desk.push(file)
    assert desk.held()["metrics"][0] == annotated["metrics"][0]
    assert "Kachery" not in as_text(desk.plan(file)) and desk.kachery.asked == []  # its figure was not needed


def test_an_annotation_while_pushing_is_kept_and_the_push_goes_in_behind_it(desk: SimpleNamespace) -> None:
    desk.put(v2(v2_metric("old"), status={"ecephys": "Pass"}))

    def annotate() -> None:
        desk.gateway.before_update = None
        held = desk.gateway.get(ID)
        held["quality_control"]["metrics"][0]["status_history"].append(entry("Fail", "2025-02-01T00:00:00Z", "Grace"))

    desk.gateway.before_update = annotate
    desk.push(desk.file(v2(v2_metric("Noise"))))
    assert names(desk.held()) == ["old", "Noise"]
    assert desk.held()["status"]["ecephys"] == "Fail"


@pytest.mark.parametrize("new", [NEW_V1, NEW_V2])
@pytest.mark.parametrize("nothing", [..., None])
def test_a_record_without_quality_control_gets_it_whole_and_once(desk: SimpleNamespace, new: Any, nothing: Any) -> None:
    desk.put(nothing)
    assert "to a record that has no quality control yet" in as_text(desk.plan(desk.file(new)))
    desk.push(desk.file(new))
    desk.push(desk.file(new))
    assert names(desk.held()) == ["Drift", "Noise"]


def test_somebody_who_pushes_the_same_at_this_moment_is_noticed(desk: SimpleNamespace) -> None:
    desk.put(v1())

    def also() -> None:
        desk.gateway.before_update = None
        desk.gateway.get(ID)["quality_control"]["evaluations"].append(evaluation("Drift", v1_metric("Drift")))

    desk.gateway.before_update = also
    desk.push(desk.file(v1(evaluation("Drift", v1_metric("Drift")))))
    assert any("somebody else pushed the same" in line for line in desk.lines)


def test_several_files_go_in_one_after_the_other_each_metric_once(desk: SimpleNamespace) -> None:
    desk.put(v2())
    desk.push(desk.file(NEW_V2, "a.json"), desk.file(v2(v2_metric("Noise"), v2_metric("Yield")), "b.json"))
    assert names(desk.held()) == ["Drift", "Noise", "Yield"]


def test_errors_stop_a_push_before_anything_is_stored_or_sent(
    desk: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(v2())
    for document, error, words in (
        (v2(v2_metric(stage="Nowhere")), BadRecord, "has errors"),
        (v2(v2_metric(reference="figures/gone.png")), Exception, "not there: figures/gone.png.*--keep-missing"),
        (NEW_V1, BadRecord, "generation v1 .* record is of v2.*DOCDB_VERSION"),
        (v2(v2_metric(value="x" * 10_000_000)), BadRecord, "takes 10.0 MB to send at once"),
    ):
        with pytest.raises(error, match=f"(?s){words}"):
            desk.push(desk.file(document))
    with pytest.raises(BadSetting, match="KACHERY_CLOUD_PRIVATE_KEY"):
        desk.push(desk.file(NEW_V2), environment={"KACHERY_CLOUD_CLIENT_ID": "a"})
    assert (names(desk.held()) if desk.held()["metrics"] else [], desk.kachery.asked) == ([], [])
    desk.push(desk.file(v2(v2_metric(reference="figures/gone.png"))), keep_missing=True)
    assert desk.held()["metrics"][0]["reference"] == "figures/gone.png"


def test_push_without_valid_credentials_changes_nothing_and_names_the_role(
    desk: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, client_of: Callable[..., Gateway]
) -> None:
    desk.put(v1())
    desk.gateway.secret = "another"
    with pytest.raises(NotAllowed, match="power-user role"):
        desk.push(desk.file(v1(evaluation("Noise", v1_metric("Noise")))))
    assert desk.held()["evaluations"] == []


def test_refused_evaluation_is_reported_with_the_gateways_reason(desk: SimpleNamespace) -> None:
    desk.put(v1())
    desk.gateway.next(Fault(status=422), on="add_qc_evaluation")
    with pytest.raises(BadRecord, match=r"does not accept the evaluation \(422\).*as the test wants it.*check"):
        desk.push(desk.file(NEW_V1))


def test_a_name_that_several_records_share_is_refused_with_their_ids(
    desk: SimpleNamespace, client_of: Callable[..., Gateway]
) -> None:
    records = docdb_store(client_of(), lambda: NOW)
    desk.put(v1())
    desk.gateway.put({"_id": "its-twin", "name": NAME, "location": "s3://other/x"})
    with pytest.raises(SeveralRecords, match=r"(?s)2 records.*its-twin  s3://other/x.*the-record  s3://bucket"):
        pick(NAME, records.get_asset_metadata(NAME), None)
    assert pick(NAME, records.get_asset_metadata(NAME), "its-twin").location == "s3://other/x"
    for name, record_id in ((NAME, "nobody's"), ("no such name", None)):
        with pytest.raises(RecordNotFound):
            pick(name, records.get_asset_metadata(name), record_id)
