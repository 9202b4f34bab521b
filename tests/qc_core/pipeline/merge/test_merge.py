import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.errors import BadRecord, StoreUnavailable
from qc_core.pipeline.api import merge_files
from qc_core.pipeline.merge.appending import match_keys, plan_append
from qc_core.quality_control.document import read
from tests.paths import RECORDS
from tests.qc_core.quality_control.documents import NOW, entry, evaluation, v1, v1_metric, v2, v2_metric


def merge_documents(old: Any, new: Any) -> Any:
    return plan_append(old, new, NOW).on(old)


def names(document: Any) -> list[Any]:
    return [metric.name for metric in read(document).metrics]


@pytest.mark.parametrize(
    ("old", "new", "merged"),
    [
        ("Probe A10 is noisy.", "Probe A1", "Probe A10 is noisy.\nProbe A1"),
        ("One.\nTwo.\nThree.", "Two.\n Three. ", "One.\nTwo.\nThree."),
        ("One.\nTwo.", "Two.\nOne.", "One.\nTwo.\nTwo.\nOne."),
        ("One.", " ", "One."),
        (None, "One.", "One."),
    ],
)
def test_notes_are_added_unless_all_their_lines_are_there(old: Any, new: Any, merged: str) -> None:
    one = v2(v2_metric(), notes=old)
    result = merge_documents(one, v2(v2_metric(), notes=new))
    assert result["notes"] == merged
    assert merge_documents(result, v2(v2_metric(), notes=new))["notes"] == merged


def test_new_metrics_come_after_the_earlier_ones_which_stay_as_they_are() -> None:
    old = v2(v2_metric("drift", entry("Pass", evaluator="Ada"), value=3))
    result = merge_documents(old, v2(v2_metric("noise"), v2_metric("yield")))
    assert names(result) == ["drift", "noise", "yield"]
    assert result["metrics"][0] == old["metrics"][0]


def test_merge_keeps_annotated_metrics_and_reports_them() -> None:
    old = v2(v2_metric("drift", entry("Pending"), entry("Pass", evaluator="Ada"), value=3), v2_metric("noise"))
    appended = plan_append(old, v2(v2_metric("drift", entry("Pending"), value=4), v2_metric("noise")), NOW)
    assert appended.on(old)["metrics"] == old["metrics"]
    assert appended.differing == ("metrics[0] “drift”",)
    assert appended.kept == ("metrics[1] “noise”",)
    assert appended.added == ()


@pytest.mark.parametrize("changed", [{"tags": {"probe": "B"}}, {"stage": "Processing"}, {"modality": "fib"}])
def test_metrics_that_differ_in_tags_stage_or_modality_are_two(changed: Any) -> None:
    assert len(merge_documents(v2(v2_metric()), v2(v2_metric(**changed)))["metrics"]) == 2


def test_metrics_that_share_all_that_identifies_them_are_matched_in_their_order() -> None:
    assert match_keys(["a", "a", "b"], ["a", "b", "a", "a"]) == [0, 2, 1, None]
    old, new = v2(v2_metric(value=1)), v2(v2_metric(value=1), v2_metric(value=2))
    result = merge_documents(old, new)
    assert [metric["value"] for metric in result["metrics"]] == [1, 2]
    assert merge_documents(result, new) == result


def test_merge_adds_missing_lists_of_the_document() -> None:
    old = v2(v2_metric(), notes="Looked at.", allow_tag_failures=["a"], default_grouping=["probe"])
    new = v2(
        v2_metric("noise"),
        notes="Run again.",
        key_experimenters=["Grace"],
        allow_tag_failures=["a", "b"],
        default_grouping=[["probe"], ["shank", "camera"]],
    )
    result = merge_documents(old, new)
    assert result["notes"] == "Looked at.\nRun again."
    assert result["key_experimenters"] == ["Grace"]
    assert result["allow_tag_failures"] == ["a", "b"]
    assert result["default_grouping"] == ["probe", ["shank", "camera"]]
    assert merge_documents(result, new) == result


def test_a_stored_roll_up_is_brought_up_to_date_and_none_is_added() -> None:
    status = {"probe:ProbeA": "Pass", "ecephys": "Pass", "Raw data": "Pass"}
    new = v2(v2_metric("noise", entry("Fail"), stage="Processing"), status={})
    result = merge_documents(v2(v2_metric(), status=status), new)
    assert result["status"] == {"probe:ProbeA": "Fail", "ecephys": "Fail", "Raw data": "Pass", "Processing": "Fail"}
    assert merge_documents(v2(v2_metric()), new)["status"] is None


def test_an_empty_document_becomes_the_new_one() -> None:
    new = v2(v2_metric(), default_grouping=["probe"], status={"ecephys": "Pass"})
    result = merge_documents(v2(default_grouping=[], metrics=None), new)
    assert names(result) == ["drift"] and result["default_grouping"] == ["probe"]
    assert result["status"] == {"probe:ProbeA": "Pass", "ecephys": "Pass", "Raw data": "Pass"}


def test_new_evaluations_are_added_whole() -> None:
    old = v1(evaluation("Drift map", v1_metric()))
    fresh = evaluation("Sorting", v1_metric("units"))
    assert merge_documents(old, v1(fresh))["evaluations"] == [*old["evaluations"], fresh]


def test_new_metrics_of_an_evaluation_that_was_there_are_added_to_it_with_its_status_right() -> None:
    old = v1(evaluation("Drift map", v1_metric("a"), latest_status="Pass", notes="Looked at."))
    new = v1(evaluation("Drift map", v1_metric("a", value=9), v1_metric("b", entry("Fail")), notes="Run again."))
    appended = plan_append(old, new, NOW)
    (result,) = appended.on(old)["evaluations"]
    assert [metric["name"] for metric in result["metrics"]] == ["a", "b"]
    assert result["metrics"][0]["value"] == 1
    assert (result["latest_status"], result["notes"]) == ("Fail", "Looked at.\nRun again.")
    assert appended.differing == ("evaluations[0].metrics[0] “a”",)


def test_the_same_evaluation_in_another_stage_is_another_one() -> None:
    old, new = v1(evaluation("Drift", v1_metric())), v1(evaluation("Drift", v1_metric(), stage="Processing"))
    assert len(merge_documents(old, new)["evaluations"]) == 2


def test_the_earliest_shape_with_its_named_values_is_merged_too() -> None:
    def early(**metrics: Any) -> dict[str, Any]:
        return {"evaluations": [{"evaluation_modality": None, "evaluation_stage": "x", "qc_metrics": metrics}]}

    assert merge_documents(early(a=1), early(a=2, b=0)) == early(a=1, b=0)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (v1(evaluation("x", v1_metric())), v2(v2_metric()), r"first \(evaluations\).*second \(metrics\)"),
        (v2(v2_metric()), v1(evaluation("x", v1_metric())), r"second \(metrics\).*first \(evaluations\)"),
        (v2(v2_metric(tags=["A"])), v2(v2_metric()), "list tags.*dict tags"),
        ({}, v2(v2_metric()), "The earlier document cannot be merged"),
        (v2(v2_metric()), None, "The new document cannot be merged"),
        (v2(), v2("x"), "is not a metric"),
        (v1(), v1("x"), "is not an evaluation"),
    ],
)
def test_documents_that_are_not_of_one_shape_are_refused_with_a_sentence(old: Any, new: Any, words: str) -> None:
    with pytest.raises(BadRecord, match=words) as caught:
        plan_append(old, new, NOW)
    assert caught.value.hint


small_metrics = st.builds(
    lambda name, tag, value: v2_metric(name, value=value, tags={"probe": tag}),
    st.sampled_from("ab"),
    st.sampled_from("AB"),
    st.integers(0, 2),
)
small_evaluations = st.builds(
    lambda name, metrics: evaluation(name, *metrics),
    st.sampled_from("xy"),
    st.lists(st.builds(v1_metric, st.sampled_from("ab")), min_size=1, max_size=3),
)
documents = st.lists(small_metrics, max_size=5).map(lambda metrics: v2(*metrics))
first_documents = st.lists(small_evaluations, max_size=3).map(lambda evaluations: v1(*evaluations))


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.tuples(documents, documents), st.tuples(first_documents, first_documents)))
def test_nothing_is_lost_nothing_is_doubled_and_both_stay_untouched(both: Any) -> None:
    before = copy.deepcopy(both)
    old, new = both
    appended = plan_append(old, new, NOW)
    result = appended.on(old)
    assert both == before
    assert len(appended.added) + len(appended.kept) + len(appended.differing) == len(read(new).metrics)
    assert len(read(result).metrics) == len(read(old).metrics) + len(appended.added)
    kept = {metric.path: metric for metric in read(result).metrics}
    assert all(kept[metric.path].value == metric.value for metric in read(old).metrics)
    assert plan_append(result, new, NOW).steps == ()


def write_document(path: Path, document: Any, **style: Any) -> Any:
    path.write_text(json.dumps(document, **style))
    return path


def test_a_file_stays_byte_for_byte_where_nothing_is_added(tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text('{"metrics" : [ ],  "x": 1.50, "default_grouping":[],"é": "\\u00e9"}\n')
    new = write_document(tmp_path / "new.json", v2(v2_metric(), default_grouping=[]))
    assert merge_files(old, old, at=NOW).text == old.read_bytes()
    text = merge_files(old, new, at=NOW, output=old).text.decode()
    assert old.read_text() == text
    assert text.startswith('{"metrics" : [') and text.endswith('],  "x": 1.50, "default_grouping":[],"é": "\\u00e9"}\n')


def test_the_result_has_the_form_of_the_earlier_file_and_may_replace_either(tmp_path: Path) -> None:
    old = write_document(tmp_path / "old.json", v2(v2_metric()), indent=3)
    new = write_document(tmp_path / "quality_control.json", v2(v2_metric("noise")))
    result = merge_files(old, tmp_path, at=NOW, output=new)
    assert new.read_bytes() == result.text == json.dumps(v2(v2_metric(), v2_metric("noise")), indent=3).encode()


def test_a_whole_record_is_merged_as_a_record(tmp_path: Path) -> None:
    record = {"_id": "x", "quality_control": v2(v2_metric()), "name": "y"}
    old = write_document(tmp_path / "metadata.nd.json", record)
    new = write_document(tmp_path / "new.json", v2(v2_metric("noise")))
    result = json.loads(merge_files(old, new, at=NOW).text)
    assert names(result["quality_control"]) == ["drift", "noise"] and result["_id"] == "x"


def test_nothing_is_written_where_a_merge_is_refused(tmp_path: Path) -> None:
    old, new = write_document(tmp_path / "a.json", v2(v2_metric())), write_document(tmp_path / "b.json", v1())
    with pytest.raises(BadRecord):
        merge_files(old, new, at=NOW, output=tmp_path / "c.json")
    with pytest.raises(StoreUnavailable, match="There is no file"):
        merge_files(old, tmp_path / "gone.json", at=NOW)
    with pytest.raises(StoreUnavailable, match="There is no folder"):
        merge_files(old, old, at=NOW, output=tmp_path / "gone" / "c.json")
    assert not (tmp_path / "c.json").exists()


def test_a_value_that_is_no_json_is_refused_and_one_that_was_there_is_kept(tmp_path: Path) -> None:
    old = write_document(tmp_path / "a.json", v2(v2_metric(value=float("nan"))))
    assert b"NaN" in merge_files(old, write_document(tmp_path / "b.json", v2(v2_metric("x"))), at=NOW).text
    with pytest.raises(BadRecord, match="cannot be written as JSON"):
        merge_files(old, write_document(tmp_path / "b.json", v2(v2_metric("x", value=float("nan")))), at=NOW)


@pytest.mark.skipif(not RECORDS.is_dir(), reason="the records shared next to the project are not here")
@pytest.mark.parametrize("path", sorted(RECORDS.glob("v*.json")), ids=lambda path: path.name[:24])
def test_a_real_record_merged_with_itself_stays_as_it_is_but_for_a_stale_status(path: Any) -> None:
    result = merge_files(path, path, at=NOW)
    assert result.added == result.differing == ()
    again = json.loads(result.text)
    before = json.loads(path.read_bytes())
    for document in (again.get("quality_control", again), before.get("quality_control", before)):
        document.pop("status", None)
        for one in document.get("evaluations") or []:
            one.pop("latest_status", None)
    assert again == before
