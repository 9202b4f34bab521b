"""Metrics of many records in one file: typed, whole, and safe to open in a spreadsheet."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from qc_core.pipeline.export.cells import format_csv_cell
from qc_core.pipeline.export.rows import build_rows
from qc_core.pipeline.export.table import COLUMNS, Shape
from qc_core.pipeline.export.writers import Format, open_writer
from qc_core.stores.docdb.parsing import parse_stored_record
from tests.qc_core.quality_control.documents import NOW, any_json, entry, evaluation, v1, v1_metric, v2, v2_metric

VALUES = [None, "", 0, False, 0.0, -3.5, [], {}, "0", "text", [1, "a"], {"value": "", "type": "dropdown"}]
TYPES = [
    *("null", "string", "number", "boolean", "number", "number"),
    *("list", "object", "string", "string", "list", "object"),
]


def record(quality_control: Any, **more: Any) -> Any:
    metadata = {
        "data_description": {"project_name": "Learning", "data_level": "raw", "subject_id": "1"},
        "acquisition": {"acquisition_start_time": "2025-01-01T00:00:00-08:00"},
    }
    return parse_stored_record({"name": "asset", "quality_control": quality_control, **metadata, **more}, "an-id")


def write_export(form: Any, *records: Any, shape: Any = Shape.METRICS, mark: bool = False) -> Any:
    file = io.BytesIO()
    out = open_writer(form, shape, file, mark=mark)
    for one in records:
        out.write(build_rows(one, NOW))
    out.close()
    file.seek(0)
    return file


def of_csv(file: Any) -> Any:
    return list(csv.DictReader(io.StringIO(file.getvalue().decode())))


def test_json_keeps_the_types_of_values_and_nests_tags_and_history() -> None:
    document = v2(*(v2_metric(str(number), value=value) for number, value in enumerate(VALUES)))
    rows = json.loads(write_export(Format.JSON, record(document)).read())
    assert [(json.dumps(row["value"]), row["value_type"]) for row in rows] == [
        (json.dumps(value), kind) for value, kind in zip(VALUES, TYPES, strict=True)
    ]
    assert rows[0]["tags"] == {"probe": "ProbeA"}
    assert rows[0]["status_history"] == [
        {"status": "Pass", "evaluator": "Ada", "timestamp": "2025-01-01T00:00:00.000000Z"}
    ]


def test_csv_and_parquet_have_values_as_text_with_their_type() -> None:
    document = v2(*(v2_metric(str(number), value=value) for number, value in enumerate(VALUES)))
    rows = of_csv(write_export(Format.CSV, record(document)))
    frame = pandas.read_parquet(write_export(Format.PARQUET, record(document)))
    for found in (rows, frame.to_dict("records")):
        assert [row["value_type"] for row in found] == TYPES
        back = [
            None
            if row["value_type"] == "null"
            else row["value"]
            if row["value_type"] == "string"
            else json.loads(row["value"])
            for row in found
        ]
        assert [json.dumps(value) for value in back] == [json.dumps(value) for value in VALUES]
    assert frame["value"].isna().sum() == 1


def test_parquet_has_times_lists_and_histories_as_such() -> None:
    document = v2(v2_metric("drift", entry("Pending"), entry("Pass", "2025-02-01T00:00:00+01:00", "Grace")))
    frame = pandas.read_parquet(write_export(Format.PARQUET, record(document)))
    assert frame["acquisition_time"][0] == datetime(2025, 1, 1, 8, tzinfo=UTC)
    assert list(frame["tags"][0]) == ["probe:ProbeA"]
    assert [one["evaluator"] for one in frame["status_history"][0]] == ["Ada", "Grace"]
    assert frame["status_history"][0][1]["timestamp"] == datetime(2025, 1, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize("form", Format)
def test_history_can_have_its_own_rows(form: Any) -> None:
    document = v2(
        v2_metric("drift", entry("Pending"), entry("Pass", "2025-02-01T00:00:00Z", "Grace")), v2_metric("noise")
    )
    file = write_export(form, record(document), shape=Shape.HISTORY)
    rows = {  # type: ignore[no-untyped-call]  # a lambda or fake without types
        Format.CSV: of_csv,
        Format.JSON: lambda file: json.loads(file.read()),
        Format.PARQUET: lambda file: pandas.read_parquet(file).to_dict("records"),
    }[form](file)
    assert [(row["metric"], row["status"], row["evaluator"]) for row in rows] == [
        ("drift", "Pending", "Ada"),
        ("drift", "Pass", "Grace"),
        ("noise", "Pass", "Ada"),
    ]
    # What the value was at an earlier entry is not recorded.
    assert [row["metric"] for row in rows if row["value_type"] == "number"] == ["drift", "noise"]
    assert [row["status"] for row in rows if row["value_type"] != "number"] == ["Pending"]
    assert rows[0]["value"] in ("", None) or pandas.isna(rows[0]["value"])


def test_one_table_holds_both_generations_by_their_own_rules() -> None:
    history = (entry("Fail", "2025-03-01T00:00:00Z"), entry("Pass"))
    first = v1(evaluation("Drift map", v1_metric("drift", *history), tags=["A"], allow_failed_metrics=True))
    rows = of_csv(write_export(Format.CSV, record(first), record(v2(v2_metric("drift", *history)))))
    assert [(row["generation"], row["evaluation"], row["tags"], row["status"]) for row in rows] == [
        ("v1", "Drift map", "A", "Pass"),
        ("v2", "", "probe:ProbeA", "Fail"),
    ]
    assert [(row["project_name"], row["subject_id"], row["place"]) for row in rows][1] == ("Learning", "1", "metrics/0")


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("shape", Shape)
def test_nothing_is_a_file_too(form: Any, shape: Any) -> None:
    file = write_export(form, shape=shape)
    if form is Format.JSON:
        assert json.loads(file.read()) == []
    else:
        frame = pandas.read_csv(file) if form is Format.CSV else pandas.read_parquet(file)
        assert (len(frame), tuple(frame.columns)) == (0, COLUMNS[shape])


FORMULAS = [
    *("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1"),
    *("\uff1d1", "\uff0dx", '=HYPERLINK("x")'),
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_a_record_becomes_a_formula_in_a_spreadsheet(text: Any) -> None:
    metric = v2_metric(text, entry("Pass", evaluator=text), value=text, description=text, tags={text: text})
    raw = write_export(Format.CSV, record(v2(metric), name=text)).getvalue().decode()
    (row,) = csv.DictReader(io.StringIO(raw, newline=""))
    for name in ("asset", "metric", "value", "description", "evaluator", "tags"):
        assert row[name].startswith("'")
    assert row["value"] == f"'{text}"
    assert json.loads(write_export(Format.JSON, record(v2(metric))).read())[0]["value"] == text  # as it is


@pytest.mark.parametrize("text", ["-3.5", "+1e-9", "-.5", "0", "Pass", "a=b", "", "a-b", "mean @ 5 Hz"])
def test_numbers_and_plain_texts_stay_as_they_are(text: str) -> None:
    assert format_csv_cell(text) == text


@settings(deadline=None)
@given(st.text())
def test_a_cell_never_begins_as_a_formula_unless_it_is_a_number(text: Any) -> None:
    cell = format_csv_cell(text)
    assert cell in (text, f"'{text}")
    if cell.strip()[:1] in tuple("=+-@"):
        float(cell)


def test_a_semicolon_parts_no_cell_into_a_formula() -> None:
    raw = write_export(Format.CSV, record(v2(v2_metric("a;=1+1")))).getvalue().decode()
    assert '"a;=1+1"' in raw


def test_csv_files_have_a_byte_order_mark_for_excel() -> None:
    document = v2(v2_metric(description="Pass when below 10 µm"))
    assert write_export(Format.CSV, record(document), mark=True).getvalue().startswith(b"\xef\xbb\xbf")
    frame = pandas.read_csv(write_export(Format.CSV, record(document), mark=True))
    assert (frame.columns[0], frame["description"][0]) == ("asset", "Pass when below 10 µm")


@settings(max_examples=40, deadline=None)
@given(any_json)
def test_every_document_can_be_written_in_every_form(value: Any) -> None:
    for document in (value, v2(v2_metric(value=value, description="\ud800"), v2_metric(reference=value))):
        for form in Format:
            file = write_export(form, record(document))
            if form is Format.JSON:
                rows = json.loads(file.read(), parse_constant=pytest.fail)
                assert len(rows) == len(record(document).document.metrics)
            else:
                assert file.read(3)


@pytest.mark.parametrize("shape", Shape)
def test_time_without_a_zone_is_never_exported_as_utc(shape: Any) -> None:
    acquisition = {"acquisition_start_time": "2025-01-01T09:00:00"}
    held = record(v2(v2_metric("drift", entry("Pass", "2025-02-01T10:00:00"))), acquisition=acquisition)
    csv_line = of_csv(write_export(Format.CSV, held, shape=shape))[0]
    json_line = json.loads(write_export(Format.JSON, held, shape=shape).read())[0]
    for line in (csv_line, json_line):
        assert line["timestamp"] == "2025-02-01T10:00:00.000000"
        assert line["acquisition_time"] == "2025-01-01T09:00:00.000000"
    assert "Z" not in str(csv_line.get("status_history", "")) + str(json_line.get("status_history", ""))
    parquet_line = parquet.read_table(write_export(Format.PARQUET, held, shape=shape)).to_pylist()[0]
    assert parquet_line["timestamp"] is None and parquet_line["acquisition_time"] is None
    assert all(one["timestamp"] is None for one in parquet_line.get("status_history", []))
