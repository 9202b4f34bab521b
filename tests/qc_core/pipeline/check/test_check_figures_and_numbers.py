"""What check reports of curated objects' figures, of numbers that are not JSON, and of levels that most metrics
lack."""

import json
from pathlib import Path
from typing import Any

import pytest

from qc_core.pipeline.api import Severity
from tests.qc_core.pipeline.check.folders import DESCRIPTION, find_rules, fine_document, fine_metric
from tests.qc_core.quality_control.documents import evaluation, v1, v1_metric


def curation_metric(*versions: Any) -> Any:
    curation = {"object_type": "Curation metric", "type": "events", "value": list(versions), "curation_history": []}
    return fine_metric(**curation) | {"reference": None}


@pytest.mark.parametrize(
    "version",
    [
        {"0": {"reference": "figures/drift.png"}, "7": {"reference": "figures/gone.png"}},
        {"0": "figures/drift.png", "7": "figures/gone.png"},
        json.dumps({"0": {"reference": "figures/drift.png"}, "7": {"reference": "figures/gone.png"}}),
    ],
)
def test_a_missing_figure_of_an_object_in_a_curation_is_an_error_that_names_it(tmp_path: Path, version: Any) -> None:
    rules = find_rules(tmp_path, fine_document(curation_metric(version)))
    (finding,) = rules["missing-figure"]
    assert (finding.severity, finding.place) == (Severity.ERROR, "metrics[0] “Drift”, object 7")
    assert "figures/gone.png" in finding.what
    assert "no-reference" not in rules


def test_a_missing_figure_of_an_object_in_the_first_generation_is_an_error(tmp_path: Path) -> None:
    value = {"curations": ['{"7": "figures/gone.png"}'], "curation_history": [], "type": "events"}
    rules = find_rules(tmp_path, v1(evaluation("Events", v1_metric("Events", value=value))))
    assert [finding.place for finding in rules["missing-figure"]] == ["evaluations[0].metrics[0] “Events”, object 7"]
    assert "no-reference" not in rules


def test_curation_without_figures_has_no_reference(tmp_path: Path) -> None:
    assert "no-reference" in find_rules(tmp_path, fine_document(curation_metric({})))
    unshown = find_rules(tmp_path, fine_document(curation_metric({"1": {"reference": "figures/data.xyz"}})))
    assert "no-reference" not in unshown and "missing-figure" in unshown


@pytest.mark.parametrize(
    ("number", "word"), [(float("nan"), "NaN"), (float("inf"), "Infinity"), (float("-inf"), "-Infinity")]
)
def test_numbers_that_are_not_json_are_readable_errors(tmp_path: Path, number: Any, word: str) -> None:
    rules = find_rules(
        tmp_path, fine_document(fine_metric(value=number), fine_metric("Licks", value={"left": [1, number]}))
    )
    assert [finding.place for finding in rules["not-json"]] == [
        "metrics[0].value “Drift”",
        "metrics[1].value.left[1] “Licks”",
    ]
    assert {finding.what for finding in rules["not-json"]} == {f"It holds {word}, which is not JSON: write null."}
    assert {finding.severity for finding in rules["not-json"]} == {Severity.ERROR}
    assert "no-editor" not in rules


def test_a_list_full_of_nan_names_a_few_paths_and_counts_the_rest(tmp_path: Path) -> None:
    findings = find_rules(tmp_path, fine_document(fine_metric(value=[float("nan")] * 1000)))["not-json"]
    assert len(findings) == 3 and findings[-1].what.endswith("So do 997 more places in it.")


def test_nan_is_found_in_curation_text_and_in_other_files(tmp_path: Path) -> None:
    description = {**DESCRIPTION, "data_summary": float("nan")}
    document = fine_document(curation_metric('{"1": {"score": NaN}}'), notes=float("nan"))
    places = [finding.place for finding in find_rules(tmp_path, document, description=description)["not-json"]]
    assert places == [
        "data_description.json, data_summary",
        "notes",
        "metrics[0].value[0] “Drift”, 1.score",
    ]


def test_nan_in_the_first_generation_is_found_in_its_metric(tmp_path: Path) -> None:
    document = v1(evaluation("Drift", v1_metric(value={"metrics": [float("nan")] * 4})))
    places = [finding.place for finding in find_rules(tmp_path, document)["not-json"]]
    assert places == [f"evaluations[0].metrics[0].value.metrics[{place}] “drift”" for place in range(3)]


def test_a_level_that_most_metrics_lack_is_a_warning(tmp_path: Path) -> None:
    metrics = [fine_metric(name, tags={"probe": "A"}) for name in "abc"] + [fine_metric("d", tags={"camera": "Face"})]
    document = fine_document(*metrics)
    document["default_grouping"] = ["probe", "camera"]
    rules = find_rules(tmp_path, document)
    (finding,) = rules["level-mostly-lacking"]
    assert (finding.severity, finding.place) == (Severity.WARNING, "default_grouping[1]")
    assert finding.what.startswith("3 of 4 metrics lack “camera”")
    assert [finding.severity for finding in rules["ungrouped"]] == [Severity.NOTE]
    document["default_grouping"] = [["probe", "camera"]]
    assert "level-mostly-lacking" not in find_rules(tmp_path, document)
