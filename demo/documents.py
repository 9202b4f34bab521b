"""The parts of a record in both generations, and how they are written to files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from demo.histories import Clock, Entry, history
from demo.roll_up import evaluation_status, status_map

Json = dict[str, Any]

SOURCE = "https://raw.githubusercontent.com/AllenNeuralDynamics/aind-data-schema/main/src/aind_data_schema/core/"
MODALITIES = {
    "ecephys": "Extracellular electrophysiology",
    "pophys": "Planar optical physiology",
    "behavior": "Behavior",
    "behavior-videos": "Behavior videos",
    "SPIM": "Selective plane illumination microscopy",
    "fib": "Fiber photometry",
}
INSTITUTION = {
    "name": "Allen Institute for Neural Dynamics",
    "abbreviation": "AIND",
    "registry": "Research Organization Registry (ROR)",
    "registry_identifier": "04szwah67",
}


def modality(abbreviation: str) -> Json:
    """`{name, abbreviation}` of a known modality."""
    return {"name": MODALITIES[abbreviation], "abbreviation": abbreviation}


def dropdown(options: list[str], status: list[str] | None, value: Any = "") -> Json:
    """A value that is one of several options, each with the status it implies."""
    return {"value": value, "options": options, "status": status, "type": "dropdown"}


def checkbox(options: list[str], status: list[str] | None, value: list[str] | None = None) -> Json:
    """A value that is any of several options."""
    return {"value": value or [], "options": options, "status": status, "type": "checkbox"}


class V1:
    """Writes QC documents of the first generation for one pipeline run."""

    def __init__(self, clock: Clock, version: str = "1.2.2") -> None:
        """`version` 1.1.1 has neither `latest_status` and `created`, nor tags."""
        self.clock, self.version = clock, version

    def metric(
        self, name: str, value: Any, recorded: list[Entry], reference: str | None = None, description: str | None = None
    ) -> Json:
        """One metric."""
        entries = history(self.clock, *recorded, typed=False)
        made = {"name": name, "value": value, "status_history": entries, "description": description}
        made["reference"] = reference
        return made if self.version == "1.1.1" else {**made, "evaluated_assets": None}

    def evaluation(
        self, name: str, kind: str, stage: str, metrics: list[Json], *, notes: str | None = None, **more: Any
    ) -> Json:
        """One evaluation; `more` may hold description, tags, allow_failed_metrics."""
        made = {"modality": modality(kind), "stage": stage, "name": name, "description": more.get("description")}
        made |= {"metrics": metrics, "notes": notes, "allow_failed_metrics": more.get("allow_failed_metrics", False)}
        if self.version == "1.1.1":
            return made
        made |= {"tags": more.get("tags")}
        return {**made, "latest_status": evaluation_status(made), "created": self.clock.text(0.0002)}

    def document(self, evaluations: list[Json], notes: str | None = None) -> Json:
        """The whole `quality_control`."""
        head = {"describedBy": SOURCE + "quality_control.py", "schema_version": self.version}
        return {**head, "evaluations": evaluations, "notes": notes}


class V2:
    """Writes QC documents of the second generation for one pipeline run."""

    def __init__(self, clock: Clock, version: str = "2.4.2") -> None:
        """Before 2.4.0 the status map is keyed by the tag's value alone."""
        self.clock, self.version = clock, version

    def metric(
        self,
        name: str,
        where: tuple[str, str, Any],
        value: Any,
        recorded: list[Entry],
        reference: str | None = None,
        description: str | None = None,
    ) -> Json:
        """One metric; `where` is modality, stage and tags."""
        kind, stage, tags = where
        made = {"object_type": "QC metric", "name": name, "modality": modality(kind), "stage": stage, "value": value}
        made |= {"status_history": history(self.clock, *recorded, typed=True), "description": description}
        return {**made, "reference": reference, "tags": tags, "evaluated_assets": None}

    def curation(self, metric: Json, kind: str, curators: list[tuple[str, float]]) -> Json:
        """A metric as a curation metric, with who curated and when."""
        entries = [
            {"object_type": "Curation history", "curator": curator, "timestamp": self.clock.text(days)}
            for curator, days in curators
        ]
        return {**metric, "object_type": "Curation metric", "type": kind, "curation_history": entries}

    def document(self, metrics: list[Json], default_grouping: list[Any], **more: Any) -> Json:
        """The whole `quality_control`; `more` may hold notes, key_experimenters, allow_tag_failures."""
        allowed = more.get("allow_tag_failures", [])
        readable = [metric for metric in metrics if is_whole(metric)]
        return {
            "object_type": "Quality control",
            "describedBy": SOURCE + "quality_control.py",
            "schema_version": self.version,
            "metrics": metrics,
            "key_experimenters": more.get("key_experimenters"),
            "notes": more.get("notes"),
            "default_grouping": default_grouping,
            "allow_tag_failures": allowed,
            "status": status_map(readable, allowed, pairs=self.version >= "2.4"),
        }


def is_whole(metric: Any) -> bool:
    """Whether a metric has what a roll-up needs (the awkward asset has some that do not)."""
    if not isinstance(metric, dict) or not isinstance(metric["modality"], dict) or metric["tags"] is None:
        return False
    history = metric.get("status_history")
    return bool(history) and history[-1]["status"] in ("Pass", "Fail", "Pending")


def write_json(path: Path, content: Any, indent: int | None) -> None:
    """Write a file as one of many pipelines would: by `indent`, or compact without one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(content, indent=indent, separators=separators, ensure_ascii=indent == 3)
    path.write_text(text + ("\n" if indent == 2 else ""), encoding="utf-8", newline="\n")


def write_asset(folder: Path, parts: dict[str, Any], indent: int | None) -> None:
    """Write each part to its own file."""
    for name, content in parts.items():
        write_json(folder / f"{name}.json", content, indent)
