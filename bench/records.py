"""The two records that are measured, each a folder with its pictures, and what a review of them shows."""

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from PIL import Image

from qc_core.quality_control import document, grouping
from qc_core.quality_control.figure_pages import figure_pages, first_pending, page_number_of
from qc_core.quality_control.grouping import Group
from qc_core.references.figures import PictureFigure
from qc_core.references.reference import AssetFile
from qc_core.references.shown import files_named, resolve_figure

ROOT = Path(__file__).resolve().parent.parent
REAL_LARGE = ROOT.parent / "shared" / "records" / "v1__59264ed6-b86d-4de7-b9c6-3d23a791df5d.json"
FIGURE_SIZE = (1400, 1000)
_MADE = datetime(2025, 3, 4, 12, tzinfo=UTC)
_OPTIONS = {"options": ["No problems detected", "Drift", "Gap"], "status": ["Pass", "Fail", "Fail"]}
_LONG_OPTIONS = {
    "options": [f"What somebody who looks at this trace may find wrong with it, number {n}" for n in range(5)],
    "status": ["Pass", "Fail", "Fail", "Fail", "Fail"],
    "type": "checkbox",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader of an open group must see: the picture's file name, and the names on the cards in their order."""

    key: str
    picture: str | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A record to measure. `first` is what its deep link opens; `other` the group with the most cards besides."""

    title: str
    source: str
    folder: Path
    file: Path
    name: str
    first: Seen
    other: Seen

    @property
    def deep_link(self) -> str:
        """The address of its review."""
        return "/view?" + urlencode({"name": self.name})


def figure(folder: Path) -> Path:
    """A picture of the size that pipelines make, the same every time."""
    path = folder / "figure.png"
    width, height = FIGURE_SIZE
    grey = Image.linear_gradient("L").resize((width, height))
    waves = Image.effect_mandelbrot((width, height), (-2.2, -1.2, 0.8, 1.2), 60)
    Image.merge("RGB", (grey, waves, grey.rotate(180))).save(path)
    return path


def large(folder: Path, picture: Path) -> Target:
    """The 3,084-metric record: the real one where it is at hand, else one of the same size."""
    if REAL_LARGE.exists():
        return _target(REAL_LARGE.read_text("utf-8"), "the real record 59264ed6", folder, picture)
    sizes = {"Motion": (8, 2), "Events": (8, 378), "ROIs": (8, 1), "Decrosstalk": (8, 1), "Classes": (44, 1)}
    evaluations = [
        _evaluation(name, pictures, each, pending=name == "Motion") for name, (pictures, each) in sizes.items()
    ]
    quality_control = {"schema_version": "1.2.2", "evaluations": evaluations, "notes": None}
    return _target(_write_record("bench-large", quality_control), "a generated record", folder, picture)


def small(folder: Path, picture: Path) -> Target:
    """A record of 200 metrics in two levels of groups, five on each picture."""
    metrics = [
        _metric_v2(f"Probe{probe}", f"Kind {kind}", index)
        for probe in "ABCD"
        for kind in range(10)
        for index in range(5)
    ]
    quality_control = {
        "schema_version": "2.4.1",
        "metrics": metrics,
        "default_grouping": [["probe"], ["kind"]],
        "allow_tag_failures": [],
        "notes": None,
        "key_experimenters": None,
        "status": None,
    }
    return _target(_write_record("bench-small", quality_control), "a generated record", folder, picture)


def _write_record(name: str, quality_control: dict[str, Any]) -> str:
    return json.dumps({"name": name, "quality_control": quality_control}, indent=2)


def _target(text: str, source: str, folder: Path, picture: Path) -> Target:
    record = json.loads(text)
    asset = folder / "asset"
    asset.mkdir(parents=True)
    file = asset / "metadata.nd.json"
    file.write_text(text, "utf-8")
    parsed = document.read(record["quality_control"])
    for named in files_named(metric.reference for metric in parsed.metrics).values():
        if isinstance(named, AssetFile) and named.path.lower().endswith(".png"):
            (asset / named.path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(picture, asset / named.path)
    now = datetime.now(UTC)
    root = grouping.build_tree(parsed, now)
    first = grouping.first_group_to_review(root)
    siblings = [leaf for leaf in grouping.leaves(root) if leaf is not first and leaf.address[:-1] == first.address[:-1]]
    other = max(siblings, key=lambda leaf: len(figure_pages(parsed, leaf)[0].metrics))
    return Target(
        title=f"{len(parsed.metrics):,} metrics",
        source=f"{source}, {file.stat().st_size / 1e6:.1f} MB",
        folder=folder,
        file=file,
        name=str(record["name"]),
        first=_build_seen(parsed, first, first_pending(parsed, first, now)),
        other=_build_seen(parsed, other, None),
    )


def _build_seen(parsed: document.QualityControl, group: Group, metric: int | None) -> Seen:
    all_pages = figure_pages(parsed, group)
    figure_page = all_pages[page_number_of(all_pages, metric)]
    drawn = resolve_figure(figure_page.reference, "record")
    picture = drawn.name if isinstance(drawn, PictureFigure) else None
    names = tuple(" ".join(parsed.metrics[index].name.split()) for index in figure_page.metrics)
    return Seen(grouping.group_text(group), picture, names)


def _entry(status: str) -> dict[str, Any]:
    return {"evaluator": "Automated", "status": status, "timestamp": _MADE.isoformat()}


def _metric_v2(probe: str, kind: str, index: int) -> dict[str, Any]:
    values = [12.4 + index, {"value": "", **_OPTIONS, "type": "dropdown"}]
    return {
        "object_type": "QC metric",
        "name": f"{kind} measure {index} of {probe}",
        "modality": {"name": "Extracellular electrophysiology", "abbreviation": "ecephys"},
        "stage": "Processing",
        "value": values[index % 2],
        "status_history": [_entry("Pending" if index == 0 else "Pass")],
        "description": f"How much the {kind.lower()} changes over the session",
        "reference": f"figures/{probe}-{kind}.png".replace(" ", "-"),
        "tags": {"probe": probe, "kind": kind},
        "evaluated_assets": None,
    }


def _evaluation(name: str, pictures: int, each: int, *, pending: bool) -> dict[str, Any]:
    metrics = [
        {
            "name": f"{name} {number}, plane {plane}",
            "value": {"value": [], **_LONG_OPTIONS},
            "description": "Whether the events that were detected agree with the trace that is shown in the picture",
            "reference": f"plane{plane}/{name.lower()}/plots/all_{name.lower()}.png",
            "evaluated_assets": None,
            "status_history": [_entry("Pending" if pending else "Pass")],
        }
        for plane in range(pictures)
        for number in range(each)
    ]
    return {
        "modality": {"name": "Planar optical physiology", "abbreviation": "pophys"},
        "stage": "Processing",
        "name": name,
        "description": None,
        "metrics": metrics,
        "notes": None,
        "allow_failed_metrics": False,
        "latest_status": "Pending" if pending else "Pass",
        "created": (_MADE + timedelta(hours=1)).isoformat(),
    }
