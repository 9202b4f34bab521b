"""Assets for tests: copies of the demo's, and small ones made for one question."""

import itertools
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.paths import ROOT

DEMO = ROOT / "demo" / "assets"
ECEPHYS = {"name": "Extracellular electrophysiology", "abbreviation": "ecephys"}

PIPELINE = {
    "object_type": "QC status",
    "evaluator": "Pipeline",
    "status": "Pending",
    "timestamp": "2025-01-01T00:00:00Z",
}

MANY_PROBES = "ecephys_734812_2025-01-20_13-04-51_sorted_2025-01-21_02-17-44"
RAW_EPHYS = "ecephys_734812_2025-01-20_13-04-51"
OPHYS = "739564_2025-06-17_10-12-06_processed_2025-06-18_04-40-27"
FIBERS = "808217_2025-09-10_15-02-37_processed_2025-09-11_03-30-18"
SPIM = "SmartSPIM_702914_2025-05-02_11-20-33_stitched_2025-05-09_20-14-03"
VIDEOS = "behavior_745306_2025-04-08_09-41-12_processed_2025-04-09_01-12-40"
FORAGING = "745306_2025-04-15_09-38-55"
CURATIONS = "739564_2025-06-24_09-58-31_processed_2025-06-25_03-12-44"
CURATIONS_V1 = "multiplane-ophys_731015_2025-03-11_13-20-05_processed_2025-03-12_02-44-51"
AWKWARD = "behavior_000000_2025-03-03_03-03-03"
GALLERY = "gallery_2025-06-01_12-00-00"

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Asset:
    """An asset in a portal's folder."""

    name: str
    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "quality_control.json"

    def document(self) -> Any:
        return json.loads(self.file.read_text("utf-8"))

    def metric(self, name: str) -> Any:
        """One metric as it is on disk, in either generation."""
        document = self.document()
        inside = document.get("metrics") or [m for one in document["evaluations"] for m in one["metrics"]]
        return next(metric for metric in inside if metric["name"] == name)

    def rewrite(self, document: Any) -> None:
        """Replace the document, as a pipeline does that knows nothing of the portal."""
        fresh = self.file.with_suffix(".fresh")
        fresh.write_text(json.dumps(document, indent=2), "utf-8")
        fresh.replace(self.file)

    def review_url(self, group: str = "", metric: str = "") -> str:
        """The address of its review."""
        query = {"name": self.name, "group": group, "metric": metric}
        return f"/view?{urlencode({key: value for key, value in query.items() if value})}"


def demo(name: str, assets: Path) -> Asset:
    """A demo asset where it lies: to read, not to change."""
    return Asset(name, next(path for path in (assets / name, assets / "learning-mfish" / name) if path.is_dir()))


def copy_of(demo_name: str, assets: Path) -> Asset:
    """A copy of a demo asset, under a name of its own, to do anything to."""
    source = DEMO / demo_name
    # The pattern of the names stays, since the portal reads subject and time from it.
    name = f"{demo_name}_again_2025-12-01_00-00-{next(_numbers):02d}"
    folder = assets / name
    shutil.copytree(source, folder)
    described = folder / "data_description.json"
    described.write_text(described.read_text("utf-8").replace(f'"{demo_name}"', f'"{name}"'), "utf-8")
    return Asset(name, folder)


def made(document: Any, assets: Path, files: dict[str, bytes] | None = None) -> Asset:
    """A small asset with this quality control and these files."""
    name = f"ecephys_{700000 + next(_numbers)}_2025-01-01_00-00-00"
    folder = assets / name
    folder.mkdir(parents=True)
    for path, content in (files or {}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    (folder / "data_description.json").write_text(json.dumps({"schema_version": "2.2.0", "name": name}), "utf-8")
    (folder / "quality_control.json").write_text(json.dumps(document, indent=2, ensure_ascii=False), "utf-8")
    return Asset(name, folder)


def metric(name: str, value: Any = 1, status: str = "Pending", **more: Any) -> dict[str, Any]:
    """A v2 metric; `more` replaces or adds fields."""
    return {
        "object_type": "QC metric",
        "name": name,
        "modality": dict(ECEPHYS),
        "stage": "Raw data",
        "value": value,
        "status_history": [PIPELINE | {"status": status}],
        "description": None,
        "reference": None,
        "tags": {"probe": "A"},
        "evaluated_assets": None,
    } | more


def document(*metrics: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A v2 quality control, grouped by probe."""
    return {
        "object_type": "Quality control",
        "schema_version": "2.4.2",
        "metrics": list(metrics),
        "key_experimenters": None,
        "notes": None,
        "default_grouping": ["probe"],
        "allow_tag_failures": [],
        "status": {"probe:A": "Pending", "ecephys": "Pending", "Raw data": "Pending"},
    } | more


def three_metrics() -> dict[str, Any]:
    """A document of three Pending metrics: Drift and Noise are numbers, Remark is a text."""
    return document(metric("Drift", 1.5), metric("Noise", 3), metric("Remark", "none"))


def as_record(folder: Path, record_id: str) -> Any:
    """An asset's folder as one record of a database."""
    parts = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}
    record = parts.pop("metadata.nd", {}) | parts
    name = str((record.get("data_description") or {}).get("name") or record.get("name") or folder.name)
    return record | {"_id": record_id, "name": name, "location": f"s3://bucket/{name}"}
