"""What check reports of files next to the document that is read."""

import json
from pathlib import Path

from qc_core.pipeline.api import Severity
from qc_core.pipeline.check.checks import check
from tests.qc_core.pipeline.check.folders import DESCRIPTION, find_rules, fine_document, fine_metric, write_folder
from tests.qc_core.quality_control.documents import NOW


def test_second_document_in_a_folder_is_a_warning(tmp_path: Path) -> None:
    write_folder(tmp_path, fine_document())
    (tmp_path / "quality_control_fib.json").write_text(json.dumps(fine_document(fine_metric("Bleaching"))))
    (finding,) = find_rules(tmp_path)["not-read"]
    assert (finding.severity, finding.place) == (Severity.WARNING, "quality_control_fib.json")
    assert "merge" in finding.do


def test_a_file_that_is_nearly_named_as_quality_control_is_an_error_that_names_it(tmp_path: Path) -> None:
    write_folder(tmp_path, fine_document()).joinpath("quality_control.json").rename(tmp_path / "quality_controlfib")
    (finding,) = find_rules(tmp_path)["unreadable"]
    assert finding.severity is Severity.ERROR
    assert finding.place.endswith("quality_controlfib") and "Name the file quality_control.json." in finding.do


def test_a_document_that_is_read_under_a_name_that_is_nearly_right_is_warned_of(tmp_path: Path) -> None:
    write_folder(tmp_path, fine_document()).joinpath("quality_control.json").rename(tmp_path / "quality-control.json")
    rules = find_rules(tmp_path)
    assert rules.keys() == {"file-name"} and rules["file-name"][0].severity is Severity.WARNING


def test_files_next_to_a_document_of_another_name_count(tmp_path: Path) -> None:
    write_folder(tmp_path, fine_document()).joinpath("quality_control.json").rename(tmp_path / "qc.json")
    assert find_rules(tmp_path) == {}
    (asset,) = check(tmp_path / "qc.json", at=NOW).assets
    assert (asset.name, asset.findings) == (DESCRIPTION["name"], ())
