"""Results folders for tests."""

import json
from pathlib import Path
from typing import Any

from qc_core.pipeline.check.checks import check
from tests.fakes.assets import ECEPHYS
from tests.qc_core.quality_control.documents import NOW, v2, v2_metric

DESCRIPTION = {
    "schema_version": "2.2.0",
    "name": "776259_2025-04-09_17-25-12_sorted_2025-04-10_08-00-00",
    "data_level": "derived",
    "modalities": [ECEPHYS],
    "project_name": "Learning mFISH",
    "subject_id": "776259",
    "source_data": ["776259_2025-04-09_17-25-12"],
}
ACQUISITION = {"acquisition_start_time": "2025-04-09T17:25:12-07:00"}


def fine_metric(name: Any = "Drift", **changed: Any) -> Any:
    """A metric that nobody can say anything against."""
    return v2_metric(name, description="Pass when below 10 µm.", reference="figures/drift.png", **changed)


def fine_document(*metrics: Any, **changed: Any) -> Any:
    return v2(*(metrics or (fine_metric(),)), default_grouping=["probe"], **changed)


def write_folder(
    folder: Path, document: Any, *, description: Any = DESCRIPTION, files: Any = ("figures/drift.png",)
) -> Any:
    """A results folder with this document; `description` may be None."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(b"figure")
    if description is not None:
        (folder / "data_description.json").write_text(json.dumps(description))
    (folder / "acquisition.json").write_text(json.dumps(ACQUISITION))
    text = document if isinstance(document, str) else json.dumps(document, indent=2)
    (folder / "quality_control.json").write_text(text)
    return folder


def find_rules(folder: Path, document: Any = None, **more: Any) -> Any:
    """Rule -> its findings, for one results folder."""
    if document is not None:
        write_folder(folder, document, **more)
    (asset,) = check(folder, at=NOW).assets
    rules: dict[Any, Any] = {}
    for finding in asset.findings:
        rules.setdefault(finding.rule, []).append(finding)
    return rules
