"""The whole result of a query of the list, as a file: for those who may see the list."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas

from tests.fakes.assets import document, made, metric
from tests.fakes.login import cookie, settings
from tests.fakes.portal import Portal


def read_headers(answer: Any) -> dict[str, str]:
    return {key.lower(): value for key, value in answer.headers.items()}


def test_the_same_assets_come_as_csv_parquet_and_json(portal: Portal) -> None:
    query = "?q=734812&pending=1&sort=name&order=up&page=7"
    answers = {form: portal.ask(f"/export/assets.{form}{query}") for form in ("csv", "parquet", "json")}
    for form, answer in answers.items():
        headers = read_headers(answer)
        assert answer.status == 200 and headers["cache-control"] == "no-store"
        assert headers["content-disposition"] in {
            f'attachment; filename="assets{more}.{form}"' for more in ("", "-incomplete")
        }
    rows = json.loads(answers["json"].body)
    lines = list(csv.DictReader(io.StringIO(answers["csv"].body.decode("utf-8-sig"))))
    frame = pandas.read_parquet(io.BytesIO(answers["parquet"].body))
    names = [row["name"] for row in rows]
    assert len(names) == 3 and names == sorted(names) == [line["name"] for line in lines] == list(frame["name"])
    assert [int(line["pending"]) for line in lines] == [row["pending"] for row in rows] == list(frame["pending"])
    assert all(row["subject_id"] == "734812" and row["pending"] > 0 for row in rows)
    assert rows[0]["modalities"] == ["ecephys"] == list(frame["modalities"][0]) and lines[0]["modalities"] == "ecephys"
    assert str(frame["acquisition_time"].dtype).startswith("datetime64") and rows[0]["acquisition_time"].endswith("Z")


def test_an_empty_result_is_an_empty_file_with_its_columns(portal: Portal) -> None:
    assert json.loads(portal.ask("/export/assets.json?q=nothing+is+named+so").body) == []
    assert (
        portal.ask("/export/assets.csv?q=nothing+is+named+so").body.decode("utf-8-sig").startswith('"record_id","name"')
    )
    assert pandas.read_parquet(io.BytesIO(portal.ask("/export/assets.parquet?q=nothing").body)).empty
    assert portal.ask("/export/assets.xlsx").status == 404


def test_only_those_who_may_view_are_given_a_file(start_portal: Callable[..., Portal], tmp_path: Path) -> None:
    at = start_portal(more=settings(1, QC_PORTAL_GUESTS="0"), state=tmp_path / "state")
    assert at.ask("/export/assets.csv").status == 401
    assert at.ask("/export/assets.csv", headers={"Cookie": cookie(1)}).status == 200


def test_a_name_that_is_a_formula_is_text_in_csv(start_portal: Callable[..., Portal], tmp_path: Path) -> None:
    names = ["=1+1", "@SUM(A1)", "+a", "\uff1dx"]
    for name in names:
        asset = made(document(metric("Drift")), tmp_path / "assets")
        metadata = {"name": name, "project_name": "-1; =2"}
        (asset.folder / "data_description.json").write_text(json.dumps(metadata), "utf-8")
    at = start_portal(assets=tmp_path / "assets", state=tmp_path / "state")
    lines = list(csv.DictReader(io.StringIO(at.ask("/export/assets.csv").body.decode("utf-8-sig"))))
    assert {line["name"] for line in lines} == {f"'{name}" for name in names}
    assert {line["project"] for line in lines} == {"'-1; =2"}
