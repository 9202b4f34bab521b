"""Many sessions of a project, each with the same metrics and figures: to compare one with the others."""

import io
import itertools
import json
import math
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from tests.fakes.assets import PIPELINE, Asset, document, metric

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of a project of its own, one every three days, of four subjects in turn."""

    project: str
    subjects: tuple[str, ...]
    assets: tuple[Asset, ...]

    def remove(self) -> None:
        """Remove them from the portal's folder."""
        for asset in self.assets:
            shutil.rmtree(asset.folder, ignore_errors=True)


def make_sessions(assets: Path, count: int) -> Sessions:
    """Sessions of four subjects in turn; the last one's drift is far from the others'."""
    number = next(_numbers)
    project = f"Learning maps {number}"
    subjects = tuple(str(650_000 + 10 * number + mouse) for mouse in range(4))
    made = (_session(assets, project, subjects[one % 4], one, far=one == count - 1) for one in range(count))
    return Sessions(project, subjects, tuple(made))


def _session(assets: Path, project: str, subject: str, number: int, *, far: bool) -> Asset:
    at = datetime(2026, 1, 5, 17, 30, tzinfo=UTC) + timedelta(days=3 * number)
    name = f"ecephys_{subject}_{at:%Y-%m-%d_%H-%M-%S}"
    drift = 42.5 if far else round(10 + 4 * math.sin(1.7 * number) + (number % 5) / 2, 2)
    status = "Pending" if far or number % 11 == 3 else "Fail" if drift > 14 else "Pass"
    history = [PIPELINE | {"status": status, "timestamp": at.isoformat()}]
    written = document(
        metric("Drift", {"value": drift, "rule": "value < 20"}, reference="figures/drift.png", status_history=history),
        metric("Noise", round(7 + math.cos(number), 2), status, reference="figures/drift.png"),
        metric("Units", 80 + (7 * number) % 40, "Pass", reference="figures/units.png"),
        metric("Remark", "a few fast spikers", "Pass", reference="figures/units.png"),
    )
    folder = assets / name
    (folder / "figures").mkdir(parents=True)
    for figure, hue in (("drift", 200), ("units", 30)):
        (folder / "figures" / f"{figure}.png").write_bytes(_picture(figure, subject, at, hue, number))
    _write(folder / "quality_control.json", written)
    description = {"schema_version": "2.2.0", "name": name, "project_name": project, "subject_id": subject}
    _write(folder / "data_description.json", description | {"data_level": "raw"})
    _write(folder / "subject.json", {"schema_version": "2.0.0", "subject_id": subject})
    _write(folder / "acquisition.json", {"schema_version": "2.0.0", "acquisition_start_time": at.isoformat()})
    return Asset(name, folder)


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content), "utf-8")


def _picture(figure: str, subject: str, at: datetime, hue: int, number: int) -> bytes:
    picture = Image.new("HSV", (640, 420), (hue, 25, 250)).convert("RGB")
    draw = ImageDraw.Draw(picture)
    line = [
        (x, 220 + 90 * math.sin(x / 60 + number) + 20 * math.sin(x / 9 * (1 + number % 3))) for x in range(20, 620, 3)
    ]
    draw.line(line, fill=(20, 70 + (30 * number) % 120, 120), width=4)
    draw.text((24, 16), f"{figure}, subject {subject}, {at:%Y-%m-%d}", fill=(0, 0, 0), font_size=22)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
