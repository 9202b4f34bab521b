"""The blocks of code on docs/for-metric-authors.md, as one script that runs them from top to bottom.

A test runs it, and `tools/card_pictures.py` takes the pictures of what it makes.
"""

import json
import re
import shutil
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "for-metric-authors.md"
RAW = "ecephys_734812_2025-01-20_13-04-51"
_FENCE = re.compile(r"```(?P<language>\w+)\n(?P<code>.*?)^```$", re.DOTALL | re.MULTILINE)
_ROW = re.compile(
    r"^\| (?P<kind>[^|]+) \| `(?P<code>\w+\(.*\))` \| !\[[^\]]+\]\((?P<picture>cards/[\w-]+\.png)\) \|$", re.M
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code, and the line on which it begins."""

    language: str
    code: str
    line: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table of kinds: its name, the Python that makes a metric, and its picture."""

    kind: str
    code: str
    picture: str


def blocks(page: str) -> list[Block]:
    """All fenced blocks, in their order."""
    return [Block(f["language"], f["code"], page.count("\n", 0, f.start()) + 1) for f in _FENCE.finditer(page)]


def rows(page: str) -> list[Row]:
    """The table of kinds."""
    return [Row(found["kind"], found["code"], found["picture"]) for found in _ROW.finditer(page)]


def script(page: str) -> str:
    """Python that runs all Python and shell blocks; the table's rows go into `metrics` where that is made."""
    lines = ["import subprocess"]
    for block in blocks(page):
        if block.language == "python":
            lines.append(f"# line {block.line}\n{block.code}")
            if block.code.rstrip().splitlines()[-1].startswith("metrics = []"):
                lines += [f"metrics.append({row.code})" for row in rows(page)]
        elif block.language == "sh":
            lines.append(f"subprocess.run(['sh', '-ec', {block.code!r}], check=True)  # line {block.line}")
    return "\n".join(lines) + "\n"


def capsule(folder: Path) -> None:
    """A folder that looks like a capsule's: an input that was reviewed already, and the figures of this run."""
    from aind_data_schema.components.identifiers import Person
    from aind_data_schema.core.data_description import DataDescription, Funding
    from aind_data_schema_models.modalities import Modality
    from aind_data_schema_models.organizations import Organization

    data, figures = folder / "data", folder / "results" / "figures"
    data.mkdir(parents=True)
    figures.mkdir(parents=True)
    DataDescription(
        name=RAW,
        creation_time="2025-01-20T13:04:51-08:00",
        institution=Organization.AIND,
        funding_source=[Funding(funder=Organization.AI)],
        data_level="raw",
        modalities=[Modality.ECEPHYS],
        project_name="Learning mFISH",
        investigators=[Person(name="Ada Lovelace")],
        subject_id="734812",
    ).write_standard_file(data)
    (data / "subject.json").write_text(json.dumps({"subject_id": "734812"}))
    (data / "acquisition.json").write_text(json.dumps({"acquisition_start_time": "2025-01-20T13:04:51-08:00"}))
    (data / "quality_control.json").write_text(json.dumps(_write_reviewed(), indent=3))
    demo = ROOT / "demo" / "assets"
    shutil.copy(next(demo.glob("*/quality_control/ProbeA/drift_map.png")), figures / "drift_map.png")
    for name, shade in (("before", 60), ("after", 200)):
        (figures / f"{name}.png").write_bytes(_plain_picture(shade))


def _write_reviewed() -> dict[str, object]:
    """What an earlier step found, and somebody passed."""
    history = [
        ("Raw data pipeline", "Pending", "2025-01-20T15:00:00Z"),
        ("Grace Hopper", "Pass", "2025-01-21T09:30:00Z"),
    ]
    metric = {
        "object_type": "QC metric",
        "name": "Line noise",
        "modality": {"name": "Extracellular electrophysiology", "abbreviation": "ecephys"},
        "stage": "Raw data",
        "value": 0.02,
        "status_history": [{"evaluator": who, "status": word, "timestamp": when} for who, word, when in history],
        "description": "Pass when below 0.1.",
        "reference": "figures/drift_map.png",
        "tags": {"probe": "ProbeA", "kind": "noise"},
    }
    status = {"probe:ProbeA": "Pass", "kind:noise": "Pass", "ecephys": "Pass", "Raw data": "Pass"}
    return {
        "object_type": "Quality control",
        "schema_version": "2.4.2",
        "metrics": [metric],
        "default_grouping": ["probe", "kind"],
        "allow_tag_failures": [],
        "status": status,
    }


def _plain_picture(shade: int) -> bytes:
    """A grey PNG of 64 by 48."""
    rows_of_pixels = (b"\0" + bytes([shade]) * 64) * 48

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", 64, 48, 8, 0, 0, 0, 0)
    parts: Iterator[bytes] = iter(
        [chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows_of_pixels)), chunk(b"IEND", b"")]
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
