import copy
import json
from pathlib import Path
from typing import Any

import pytest

from qc_core.errors import StoreUnavailable
from qc_core.pipeline.api import Severity
from qc_core.pipeline.check.checks import check, check_document
from qc_core.pipeline.check.report_text import as_json, as_text
from qc_core.quality_control.document import read
from tests.qc_core.pipeline.check.folders import DESCRIPTION, find_rules, fine_document, fine_metric, write_folder
from tests.qc_core.quality_control.documents import NOW, entry, evaluation, v1, v1_metric


def test_results_that_are_fine_give_no_finding(tmp_path: Path) -> None:
    report = check(write_folder(tmp_path, fine_document()), at=NOW)
    assert report.assets[0].findings == ()
    assert (report.assets[0].generation, report.assets[0].metrics) == ("v2", 1)
    assert report.exit_code() == report.exit_code(strict=True) == 0


def test_each_finding_has_place_fault_and_advice(tmp_path: Path) -> None:
    write_folder(
        tmp_path, fine_document(fine_metric(stage="Nowhere"), fine_metric("Lost", tags={"probe": "B"})), files=()
    )
    for finding in check(tmp_path, at=NOW).assets[0].findings:
        assert finding.place and finding.what.endswith((".", "?")) and finding.do.endswith(".")


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"stage": "Nowhere"}, "metrics[0].stage “Drift”"),
        ({"modality": {"name": "Magic", "abbreviation": "magic"}}, "metrics[0].modality “Drift”"),
        ({"object_type": None}, "metrics[0] “Drift”"),
        ({"tags": {"probe": 1}}, "metrics[0].tags.probe “Drift”"),
        ({"status_history": []}, "metrics[0].status_history “Drift”"),
        ({"status_history": [entry("Passed")]}, "metrics[0].status_history[0].status “Drift”"),
        ({"surprise": 1}, "metrics[0].surprise “Drift”"),
        ({"evaluated_assets": ["one"]}, "metrics[0] “Drift”"),
    ],
)
def test_schema_errors_of_a_v2_document_are_reported_with_their_path(tmp_path: Path, changed: Any, place: str) -> None:
    errors = find_rules(tmp_path, fine_document(fine_metric(**changed)))["schema"]
    assert [finding.place for finding in errors] == [place]
    assert {finding.severity for finding in errors} == {Severity.ERROR}


def test_a_metric_without_any_history_which_trips_the_schema_is_an_error(tmp_path: Path) -> None:
    metric = fine_metric()
    del metric["status_history"]
    assert find_rules(tmp_path, fine_document(metric))["schema"]


def test_validating_does_not_touch_the_document() -> None:
    raw = fine_document(fine_metric(tags=["ProbeA"]))
    before = copy.deepcopy(raw)
    list(check_document(raw, read(raw), lambda path: None, NOW))
    assert raw == before


def test_list_tags_and_lists_of_forgiven_tags_are_judged_by_the_package_that_wrote_them(tmp_path: Path) -> None:
    document = fine_document(fine_metric(tags=["ProbeA", "drift"]), allow_tag_failures=[["ProbeA", "drift"]])
    document["default_grouping"] = ["ProbeA", "drift"]
    assert find_rules(tmp_path, document) == {}


@pytest.mark.parametrize(
    ("document", "place", "word"),
    [
        (v1(evaluation("Drift map", v1_metric(), stage="Nowhere")), "evaluations[0].stage", "Nowhere"),
        (v1(evaluation("Drift map", v1_metric(), modality=None)), "evaluations[0]", "no modality"),
        (v1(evaluation("Drift map", v1_metric(), surprise=1)), "evaluations[0].surprise", "no such field"),
        (v1(evaluation("Drift map", v1_metric(), latest_status=None)), "evaluations[0].latest_status", "null"),
        (v1(evaluation("Drift map", v1_metric(), created="once")), "evaluations[0].created", "not a time"),
        (v1(evaluation("Drift map")), "evaluations[0].metrics", "at least one"),
        (
            v1(evaluation("Drift map", v1_metric(status_history=[]))),
            "evaluations[0].metrics[0].status_history",
            "empty",
        ),
        (v1(evaluation("Drift map", v1_metric("x", entry("Passed")))), "metrics[0].status_history[0].status", "Passed"),
        (v1(evaluation("Drift map", v1_metric(evaluated_assets=["a"]))), "evaluations[0].metrics[0]", "Multi-asset"),
        (
            v1(evaluation("Drift map", v1_metric(), stage="Multi-asset")),
            "evaluations[0].metrics[0]",
            "evaluated_assets",
        ),
        (v1(evaluation("Drift map", v1_metric()), surprise=1), "surprise", "no such field"),
        (v1(evaluation("Drift map", "x")), "evaluations[0].metrics[0]", "not a metric"),
    ],
)
def test_schema_errors_of_a_v1_document_are_reported_with_their_path(
    tmp_path: Path, document: Any, place: str, word: str
) -> None:
    errors = find_rules(tmp_path, document)["schema"]
    assert any(place in finding.place and word in finding.what for finding in errors)


def test_a_field_that_validation_would_drop_silently_is_a_warning(tmp_path: Path) -> None:
    (finding,) = find_rules(tmp_path, v1(evaluation("Drift map", v1_metric(unit="µm"))))["unknown-field"]
    assert finding.severity is Severity.WARNING and "unit" in finding.what


def test_a_figure_that_is_not_there_is_one_error_however_many_metrics_share_it(tmp_path: Path) -> None:
    metrics = [fine_metric(f"Drift {number}") for number in range(5)]
    (finding,) = find_rules(tmp_path, fine_document(*metrics), files=())["missing-figure"]
    assert "figures/drift.png" in finding.what and "and 2 more" in finding.place


def test_an_existing_figure_with_a_semicolon_in_its_name_is_no_pair(tmp_path: Path) -> None:
    metric = fine_metric() | {"reference": "figures/semi;colon.png"}
    assert find_rules(tmp_path, fine_document(metric), files=("figures/semi;colon.png",)) == {}
    (tmp_path / "figures/semi;colon.png").unlink()
    assert "reference-not-shown" in find_rules(tmp_path)


def test_both_figures_of_a_pair_are_checked(tmp_path: Path) -> None:
    metric = fine_metric() | {"reference": "figures/drift.png;figures/after.png"}
    (finding,) = find_rules(tmp_path, fine_document(metric))["missing-figure"]
    assert "after.png" in finding.what


@pytest.mark.parametrize(
    ("reference", "rule"),
    [
        ("ecephys-drift-map", "reference-not-shown"),
        ("../other/drift.png", "reference-not-shown"),
        ("javascript:alert(1)", "reference-not-shown"),
        ("/results/figures/drift.png", "absolute-reference"),
        (None, "no-reference"),
        ("", "no-reference"),
    ],
)
def test_references_that_cannot_be_shown_are_reported(tmp_path: Path, reference: str | None, rule: str) -> None:
    assert set(find_rules(tmp_path, fine_document(fine_metric() | {"reference": reference}))) == {rule}


@pytest.mark.parametrize("value", [0, False, 0.0, "", None, [], [1, 2], {"a": [1, 2], "index": ["x", "y"]}])
def test_values_with_an_editor_are_not_complained_of(tmp_path: Path, value: Any) -> None:
    assert "no-editor" not in find_rules(tmp_path, fine_document(fine_metric(value=value)))


def test_value_without_an_editor_is_a_warning_with_a_reason(tmp_path: Path) -> None:
    (finding,) = find_rules(tmp_path, fine_document(fine_metric(value=[[1], [2]])))["no-editor"]
    assert finding.severity is Severity.WARNING and "list of lists" in finding.what


def test_contradictory_choices_are_reported(tmp_path: Path) -> None:
    value = {"value": "Huge", "options": ["Low", "High"], "status": ["Pass"], "type": "dropdown"}
    assert {"value-is-no-option", "option-without-status"} == set(
        find_rules(tmp_path, fine_document(fine_metric(value=value)))
    )


def test_metrics_with_one_fingerprint_are_reported_once(tmp_path: Path) -> None:
    (finding,) = find_rules(tmp_path, fine_document(fine_metric(), fine_metric(), fine_metric()))["duplicate"]
    assert finding.what.startswith("3 metrics")
    assert "duplicate" not in find_rules(tmp_path / "b", fine_document(fine_metric(), fine_metric(tags={"probe": "B"})))


def test_tags_and_levels_that_group_nothing_are_reported(tmp_path: Path) -> None:
    document = fine_document(fine_metric(tags={"shank": "1"}), allow_tag_failures=["shank"])
    document["default_grouping"] = ["probe", "stage", ["modality", "camera"]]
    rules = find_rules(tmp_path, document)
    assert [finding.place for finding in rules["groups-nothing"]] == ["default_grouping[0]"]
    assert "“shank”" in rules["tag-unused"][0].what
    assert "a key alone matches nothing" in rules["forgives-nothing"][0].do


def test_metric_without_a_level_is_reported(tmp_path: Path) -> None:
    rules = find_rules(tmp_path, fine_document(fine_metric(), fine_metric("Clock", tags={})))
    assert [finding.place for finding in rules["ungrouped"]] == ["metrics[1] “Clock”"]


def test_misleading_times_are_reported(tmp_path: Path) -> None:
    metric = fine_metric(
        status_history=[entry("Fail", "2025-03-01T00:00:00Z"), entry("Pass", "2025-01-01T00:00:00")],
    )
    assert set(find_rules(tmp_path, fine_document(metric))) == {"history-out-of-order", "time-without-zone"}


def test_stale_stored_status_is_reported(tmp_path: Path) -> None:
    status = {"probe:ProbeA": "Pending", "ecephys": "Pass", "Raw data": "Pass"}
    (finding,) = find_rules(tmp_path, fine_document(status=status))["stale-status"]
    assert finding.place == "status.probe:ProbeA"


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"project_name": None}, "no-project"),
        ({"modalities": []}, "no-modality"),
        ({"source_data": None, "name": "sorted again"}, "no-source"),
    ],
)
def test_missing_fields_of_the_data_description_are_reported(tmp_path: Path, changed: Any, rule: str) -> None:
    assert set(find_rules(tmp_path, fine_document(), description=DESCRIPTION | changed)) == {rule}


def test_missing_data_description_is_reported_once(tmp_path: Path) -> None:
    rules = find_rules(tmp_path, fine_document(), description=None)
    assert "no-data-description" in rules and "no-project" not in rules and "no-subject" in rules


def test_a_whole_record_in_one_file_is_described(tmp_path: Path) -> None:
    record = {"name": DESCRIPTION["name"], "data_description": DESCRIPTION, "quality_control": fine_document()}
    (tmp_path / "metadata.nd.json").write_text(json.dumps(record))
    assert "no-data-description" not in find_rules(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"metrics": 3}', '{"a": 1}'])
def test_a_file_that_is_no_quality_control_is_an_error(tmp_path: Path, text: str) -> None:
    report = check(write_folder(tmp_path, text), at=NOW)
    assert report.exit_code() == 2


def test_a_single_file_and_a_folder_of_many_are_checked_too(tmp_path: Path) -> None:
    write_folder(tmp_path / "a", fine_document())
    write_folder(tmp_path / "b", fine_document(), files=())
    assert [asset.path for asset in check(tmp_path, at=NOW).assets] == [str(tmp_path / "a"), str(tmp_path / "b")]
    assert check(tmp_path / "b" / "quality_control.json", at=NOW).exit_code() == 2
    (tmp_path / "loose.json").write_text(json.dumps(fine_document()))
    assert check(tmp_path / "loose.json", at=NOW).assets[0].metrics == 1


def test_a_folder_without_an_asset_is_reported_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match=r"no quality_control\.json"):
        check(tmp_path, at=NOW)
    with pytest.raises(StoreUnavailable, match="There is no file"):
        check(tmp_path / "gone", at=NOW)


def test_warnings_fail_a_check_only_where_it_is_strict_and_notes_never_do(tmp_path: Path) -> None:
    noted = check(write_folder(tmp_path / "a", fine_document(fine_metric() | {"reference": None})), at=NOW)
    assert (noted.exit_code(), noted.exit_code(strict=True)) == (0, 0)
    warned = check(write_folder(tmp_path / "b", fine_document(fine_metric(value={}))), at=NOW)
    assert (warned.exit_code(), warned.exit_code(strict=True)) == (0, 1)
    wrong = check(write_folder(tmp_path / "c", fine_document(fine_metric(stage=""))), at=NOW)
    assert (wrong.exit_code(), wrong.exit_code(strict=True)) == (2, 2)


def test_the_text_puts_the_worst_first_and_counts(tmp_path: Path) -> None:
    metrics = [fine_metric(f"Drift {number}", value={}) for number in range(30)]
    text = as_text(check(write_folder(tmp_path, fine_document(*metrics), files=()), at=NOW))
    assert text.index("error") < text.index("warning")
    assert "20 more like these; --json lists them all." in text
    assert text.endswith("1 error, 30 warnings, 0 notes.\n")


def test_the_json_holds_every_finding(tmp_path: Path) -> None:
    metrics = [fine_metric(f"Drift {number}", value={}) for number in range(30)]
    output = json.loads(as_json(check(write_folder(tmp_path, fine_document(*metrics)), at=NOW)))
    assert (output["errors"], output["warnings"], output["notes"]) == (0, 30, 0)
    assert output["assets"][0]["findings"][0].keys() == {"severity", "rule", "place", "what", "do"}


def test_further_keys_of_choices_and_rules_are_noted(tmp_path: Path) -> None:
    choice = {"value": "", "options": ["a"], "type": "dropdown"}
    ruled = {"value": 1, "rule": "value > 0"}
    for value in ({**choice, "unit": "um", "n": 3}, {**ruled, "unit": "um", "n": 3}):
        (finding,) = find_rules(tmp_path, fine_document(fine_metric(value=value)))["further-keys"]
        assert finding.severity is Severity.NOTE
        assert "“unit”, “n”" in finding.what
    assert "further-keys" not in find_rules(tmp_path, fine_document(fine_metric(value=choice)))
