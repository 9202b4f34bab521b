"""Nothing makes a check fall over: not the real records, and not what nobody would write."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.pipeline.check.checks import check, check_document
from qc_core.pipeline.check.report_text import as_json, as_text
from qc_core.quality_control.document import read
from tests.paths import RECORDS
from tests.qc_core.pipeline.check.folders import write_folder
from tests.qc_core.quality_control.documents import NOW, any_json, evaluation, v1_metric, v2_metric


@pytest.mark.skipif(not RECORDS.is_dir(), reason="the records shared next to the project are not here")
@pytest.mark.parametrize("path", sorted(RECORDS.glob("*.json")), ids=lambda path: path.name[:24])
def test_every_real_record_can_be_checked(path: Any) -> None:
    report = check(path, at=NOW)
    assert report.exit_code() in (0, 2)
    assert as_text(report).encode() and json.loads(as_json(report))


@pytest.mark.skipif(not RECORDS.is_dir(), reason="the records shared next to the project are not here")
def test_the_documents_that_the_schema_wrote_itself_have_no_schema_error() -> None:
    for path in RECORDS.glob("v2__aind-data-access-api__*.json"):
        assert "schema" not in {finding.rule for finding in check(path, at=NOW).assets[0].findings}


@settings(deadline=None, max_examples=150)
@given(any_json)
def test_no_json_at_all_makes_a_check_fall_over(raw: Any) -> None:
    for finding in check_document(raw, read(raw), lambda path: None, NOW):
        assert finding.what and finding.do
        (finding.place + finding.what).encode()


KEYS = ["name", "value", "tags", "stage", "modality", "status_history", "reference", "object_type", "evaluated_assets"]


@settings(deadline=None, max_examples=150)
@given(st.dictionaries(st.sampled_from(KEYS), any_json), st.dictionaries(st.text(max_size=5), any_json, max_size=2))
def test_no_metric_at_all_makes_a_check_fall_over(metric: Any, more: Any) -> None:
    for raw in (
        {"metrics": [v2_metric() | metric], **more},
        {"metrics": [metric], "default_grouping": list(more.values()), "status": more},
        {"evaluations": [evaluation("x", v1_metric() | metric), metric], **more},
        {"evaluations": [{"evaluation_name": "x", "qc_metrics": metric}]},
    ):
        for finding in check_document(raw, read(raw), lambda path: "It is gone.", NOW):
            assert (finding.place + finding.what).encode()


def test_a_document_nested_beyond_reason_is_a_finding(tmp_path: Path) -> None:
    deep = '{"metrics": [' + '{"value": ' * 400 + "1" + "}" * 400 + '], "default_grouping": []}'
    assert check(write_folder(tmp_path, deep), at=NOW).exit_code() == 2
