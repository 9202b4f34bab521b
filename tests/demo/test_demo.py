"""The demo is what its script makes, and what it states about itself is right."""

from __future__ import annotations

import copy
import importlib
import json
import os
import platform
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qc_core.quality_control.values.editor_kinds import TableEditor
from qc_core.quality_control.values.editors import editor
from tests.paths import ROOT

ASSETS = ROOT / "demo" / "assets"
AWKWARD = "behavior_000000_2025-03-03_03-03-03"


def quality_controls() -> dict[str, dict[str, Any]]:
    """Every document of the demo by its asset's name."""
    found = {}
    for path in sorted(ASSETS.rglob("quality_control.json")):
        found[path.parent.name] = json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(ASSETS.rglob("metadata.nd.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        if "quality_control" in record:  # of the gallery it holds only where the asset lies
            found[path.parent.name] = record["quality_control"]
    return found


DOCUMENTS = quality_controls()
SECOND = {name: made for name, made in DOCUMENTS.items() if "metrics" in made and name != AWKWARD}
FIRST = {name: made for name, made in DOCUMENTS.items() if "evaluations" in made}


def folder_of(name: str) -> Path:
    return next(path for path in ASSETS.rglob(name) if path.is_dir())


def metrics_of(document: dict[str, Any]) -> Any:
    inner = [metric for evaluation in document.get("evaluations", []) for metric in evaluation["metrics"]]
    return document.get("metrics", []) + inner


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_demo_is_rebuilt_to_the_byte_anywhere(tmp_path: Path) -> None:
    """Another folder, time zone, home, locale and hash seed: nothing but the seed of the demo may matter."""
    pytest.importorskip("matplotlib", reason="matplotlib draws the demo")
    ffmpeg = pytest.importorskip("imageio_ffmpeg", reason="imageio-ffmpeg encodes the demo's movies")
    pytest.importorskip("vl_convert", reason="vl-convert-python puts Vega into the demo's HTML")
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        pytest.skip("the same bytes are promised on Linux on x86-64 only: encoders differ elsewhere")
    surroundings = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "HOME": str(tmp_path), "TZ": "Asia/Kathmandu"}
    surroundings |= {"PYTHONHASHSEED": "77", "LC_ALL": "C", "IMAGEIO_FFMPEG_EXE": ffmpeg.get_ffmpeg_exe()}
    target = tmp_path / "built"
    command = [sys.executable, "-m", "demo.build", str(target)]
    subprocess.run(command, cwd=tmp_path, env=surroundings, check=True, capture_output=True, timeout=600)
    made, kept = files_in(target), files_in(ASSETS)
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == []


def test_the_demo_stays_small() -> None:
    assert 8 <= len(DOCUMENTS) <= 12
    assert sum(len(content) for content in files_in(ASSETS).values()) < 8_000_000


@pytest.mark.parametrize("name", SECOND)
def test_a_second_generation_document_is_valid_and_its_status_map_is_right(name: str) -> None:
    pytest.importorskip("aind_data_schema", reason="aind-data-schema judges the documents")
    from aind_data_schema.core.quality_control import QualityControl

    stored = SECOND[name]
    judged = QualityControl.model_validate(copy.deepcopy(stored))
    assert judged.status is not None
    computed = {str(getattr(key, "value", key)): status.value for key, status in judged.status.items()}
    if stored["schema_version"] < "2.4":  # the older dialect keys a tag by its value alone
        computed = {re.sub(r"^tag_\d+:", "", key): status for key, status in computed.items()}
    assert stored["status"] == computed


def test_the_other_parts_of_second_generation_records_are_valid() -> None:
    core = pytest.importorskip("aind_data_schema.core", reason="aind-data-schema judges the documents").__name__
    judges = {"data_description": "DataDescription", "subject": "Subject", "processing": "Processing"}
    judges |= {"acquisition": "Acquisition"}
    judged = set()
    for part, name in judges.items():
        judge = getattr(importlib.import_module(f"{core}.{part}"), name)
        for path in ASSETS.rglob(f"{part}.json"):
            stored = json.loads(path.read_text(encoding="utf-8"))
            if path.parent.name != AWKWARD and "object_type" in stored:
                judge.model_validate(stored)
                judged.add(part)
    assert judged == set(judges)


@pytest.mark.parametrize("name", FIRST)
def test_the_latest_status_of_a_first_generation_evaluation_is_right(name: str) -> None:
    for evaluation in FIRST[name]["evaluations"]:
        latest = {metric["status_history"][-1]["status"] for metric in evaluation["metrics"]}
        if evaluation["allow_failed_metrics"]:
            latest.discard("Fail")
        expected = "Fail" if "Fail" in latest else "Pending" if "Pending" in latest else "Pass"
        if FIRST[name]["schema_version"] == "1.1.1":
            assert "latest_status" not in evaluation
        else:
            assert evaluation["latest_status"] == expected


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name != AWKWARD])
def test_every_reference_to_a_file_names_one_that_is_there(name: str) -> None:
    folder = folder_of(name)
    for metric in metrics_of(DOCUMENTS[name]):
        if str(metric["description"]).startswith("Made up"):
            continue
        for reference in (metric["reference"] or "").split(";"):
            if reference and "://" not in reference and "%3A//" not in reference:
                assert (folder / reference.removeprefix("/").removeprefix("results/")).exists(), reference


def test_every_figure_is_named_by_a_metric() -> None:
    for name, document in DOCUMENTS.items():
        text = json.dumps(document, ensure_ascii=False)  # objects of a curation name figures too
        for path in folder_of(name).rglob("*"):
            if path.is_file() and path.parent != folder_of(name):
                here = path.relative_to(folder_of(name))
                named = [here, *(one for one in here.parents if one.suffix == ".zarr")]  # a Zarr is a folder
                assert any(one.as_posix() in text for one in named), path


def test_the_histories_run_forward_in_time() -> None:
    for name, document in DOCUMENTS.items():
        for metric in metrics_of(document):
            if name != AWKWARD:
                times = [entry["timestamp"] for entry in metric["status_history"]]
                assert times == sorted(times)
                assert len(set(times)) == len(times) <= 4


def test_the_large_asset_has_what_the_review_page_needs() -> None:
    large = next(made for name, made in SECOND.items() if "_sorted_2025-01-21" in name)
    assert len(large["metrics"]) >= 60
    assert len(large["default_grouping"]) == 2
    shared = Counter(metric["reference"] for metric in large["metrics"])
    assert shared["quality_control/ProbeA/drift_map.png"] > 2
    assert {metric["status_history"][-1]["status"] for metric in large["metrics"]} == {"Pass", "Fail", "Pending"}


def test_every_kind_of_value_is_there() -> None:
    def kind(metric: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        found = editor(metric["value"], metric.get("object_type"), tuple(metric.get("evaluated_assets") or ()))
        of = {"NumberEditor": "integer", "ListEditor": "item_kind", "TableEditor": "form"}.get(type(found).__name__)
        yield type(found).__name__, getattr(found, of) if of else None
        if isinstance(found, TableEditor) and found.index:
            yield "TableEditor", found.index

    metrics = [metric for name, made in DOCUMENTS.items() if name != AWKWARD for metric in metrics_of(made)]
    kinds = {one for metric in metrics for one in kind(metric)}
    plain = ("Text", "YesNo", "Unset", "Choice", "Choices", "Encoded", "Json", "Rule", "MultiAsset", "Curation")
    assert kinds >= {(f"{name}Editor", None) for name in plain}
    assert kinds >= {("NumberEditor", whole) for whole in (True, False)}
    assert kinds >= {("ListEditor", items) for items in ("integer", "number", "text")}
    assert kinds >= {("TableEditor", form) for form in ("columns", "scalars")}
    assert {index for name, index in kinds if name == "TableEditor"} - {"columns", "scalars"}
    texts = [metric["value"] for metric in metrics if isinstance(metric["value"], list) and metric["value"]]
    assert any(isinstance(one, str) for value in texts for one in value)


def test_every_kind_of_figure_is_there() -> None:
    suffixes = {path.suffix for path in ASSETS.rglob("*") if path.is_file()}
    assert suffixes >= {".png", ".PNG", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf", ".mp4", ".webm", ".json"}
    assert suffixes >= {".bmp", ".tif", ".tiff", ".avi", ".mov", ".html", ".csv", ".md", ".h5", ".nwb", ".rrd"}


def test_no_figure_carries_a_date_or_a_version_of_software() -> None:
    stamps = (b"CreationDate", b"matplotlib.org", b"<dc:date>", b"Lavf6", b"tEXtSoftware")
    for name, content in files_in(ASSETS).items():
        assert not [stamp for stamp in stamps if stamp in content], name
