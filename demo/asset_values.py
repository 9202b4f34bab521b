"""Every kind of value that is more than a field: rules, values by asset, curations, JSON; in both generations."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from demo import figures_values as figures
from demo.asset_ophys import NAME as OPHYS
from demo.canvas import save_png
from demo.documents import V1, V2, checkbox, dropdown, write_asset
from demo.histories import FAIL_AUTO, GRACE, MAY, NOBODY, PASS_AUTO, PENDING, PENDING_AUTO, ran
from demo.records import acquisition_v2, description_v1, description_v2, session_v1, subject_v1, subject_v2

Json = dict[str, Any]

RAW = "739564_2025-06-24_09-58-31"
NAME = RAW + "_processed_2025-06-25_03-12-44"
EARLIER_RAW = "multiplane-ophys_731015_2025-03-11_13-20-05"
EARLIER = EARLIER_RAW + "_processed_2025-03-12_02-44-51"
SUBJECT, EARLIER_SUBJECT = "739564", "731015"
CELLS = {0: False, 1: False, 2: True, 3: False, 4: True, 5: False}
LABELS = {"quality": {"label_options": ["good", "MUA", "noise"], "exclusive": True}}


def make(folder: Path) -> None:
    """The asset of the second generation, with the figures of its cells."""
    writer = V2(ran("2025-06-25T04:20:11.902211"))
    metrics = [*build_rules(writer), *over_assets(writer), *build_curations(writer, folder), *as_json(writer)]
    description = description_v2(
        NAME, SUBJECT, "2025-06-25T03:12:44Z", "Kinds of value", MAY, ["pophys", "ecephys"], source=[RAW]
    )
    parts = {
        "quality_control": writer.document(metrics, ["kind"]),
        "data_description": description,
        "subject": subject_v2(SUBJECT, "Slc17a7-IRES2-Cre/wt", "Male", "2025-02-03"),
        "acquisition": acquisition_v2(
            SUBJECT, "2025-06-24T09:58:31-07:00", "2025-06-24T11:02:17-07:00", "Change detection", "MESO.1", [MAY]
        ),
    }
    write_asset(folder, parts, indent=2)


def make_earlier(folder: Path) -> None:
    """The asset of the first generation, as aind-qcportal-schema wrote such values."""
    writer = V1(ran("2025-03-12T03:30:00.250117"))
    draw_cells(EARLIER, folder)
    traces = {"curations": [json.dumps(by_cell())], "curation_history": [], "type": "curation"}
    epilepsy = {"value": False, "rule": "Fail for epilepsy probability > 0.5"}
    rules = [
        writer.metric("Largest shift", {"value": 12.4, "rule": "value < 20"}, PASS_AUTO, None, "In µm."),
        writer.metric("Interictal events", epilepsy, PASS_AUTO),
    ]
    matched = writer.metric("Cells in both sessions", per_asset([41, 38]), PENDING_AUTO)
    matched["evaluated_assets"] = [OPHYS, NAME]
    evaluations = [
        writer.evaluation("Rules", "pophys", "Processing", rules),
        writer.evaluation("Events", "pophys", "Processing", [writer.metric("Event traces", traces, PENDING)]),
        writer.evaluation("Matching", "pophys", "Multi-asset", [matched]),
    ]
    start = "2025-03-11T13:20:05-07:00"
    more = {"source": EARLIER_RAW, "process": "processed"}
    parts = {
        "quality_control": writer.document(evaluations),
        "data_description": description_v1(EARLIER, EARLIER_SUBJECT, start, "Kinds of value", MAY, ["pophys"], **more),
        "subject": subject_v1(EARLIER_SUBJECT, "Slc17a7-IRES2-Cre/wt", "Female", "2024-11-20"),
        "session": session_v1(EARLIER_SUBJECT, start, "2025-03-11T14:31:40-07:00", "Change detection", "MESO.1", [MAY]),
    }
    write_asset(folder, parts, indent=4)


def build_rules(writer: V2) -> list[Json]:
    """Values with a rule: one that agrees with its status, one that does not, and some that cannot be run."""
    where: tuple[str, str, Any] = ("pophys", "Processing", {"kind": "rule"})
    noise = {"value": [0.061, 0.058, 0.066], "rule": "len(value) == 3 and all(0 < x < 0.1 for x in value)"}
    return [
        writer.metric("Largest shift", where, {"value": 12.4, "rule": "0 <= value < 20"}, PASS_AUTO, None, "In µm."),
        writer.metric("Lost frames", where, {"value": 9, "rule": "value <= 5"}, PASS_AUTO, None, "An older rule."),
        writer.metric("Baseline noise", where, noise, PENDING),
        writer.metric("Rule that is a sentence", where,
                      {"value": False, "rule": "Fail for epilepsy probability > 0.5"}, PASS_AUTO),
        writer.metric("Rule that does not fit its value", where, {"value": "n/a", "rule": "value > 3"}, PENDING_AUTO),
    ]  # fmt: skip


def per_asset(values: list[Any], options: list[str] | None = None, kind: str | None = None) -> Json:
    """A value for each asset."""
    return {"values": values, "options": options, "type": kind}


def over_assets(writer: V2) -> list[Json]:
    """Metrics over two assets: a number, a choice and several choices for each, and one without a value."""
    where: tuple[str, str, Any] = ("pophys", "Multi-asset", {"kind": "assets"})
    planes, seen = ["Same plane", "Shifted"], ["Bleaching", "Ringing"]
    made = [
        writer.metric("Cells in both sessions", where, per_asset([41, 38]), PENDING_AUTO),
        writer.metric("Plane found again", where, per_asset(["Same plane", ""], planes, "dropdown"), PENDING),
        writer.metric("Seen in the traces", where, per_asset([["Bleaching"], []], seen, "checkbox"), PENDING),
        writer.metric("Sessions can be joined", where, None, PENDING, None, "Rate it after a look at both."),
    ]
    return [{**metric, "evaluated_assets": [OPHYS, NAME]} for metric in made]


def build_curations(writer: V2, folder: Path) -> list[Json]:
    """Three curations: of cells, by hand after the pipeline; of units, in either format of spike sorting."""
    draw_cells(NAME, folder)
    where: tuple[str, str, Any] = ("pophys", "Processing", {"kind": "curation"})
    first, second = by_cell(), by_cell()
    second["2"] |= {"label": "noise"}
    second["4"] |= {"label": "noise", "remark": "lost after 12 s"}
    cells = writer.metric("Event traces", where, [first, json.dumps(second)], PENDING)
    made = [writer.curation(cells, "Event detection", [("Pipeline", 0.0), (GRACE, 3.4)])]
    where = ("ecephys", "Processing", {"kind": "curation"})
    sorting = {"format_version": "2", "unit_ids": list(range(12)), "label_definitions": LABELS}
    sorting |= {"manual_labels": [{"unit_id": unit, "quality": ["noise"]} for unit in (3, 7)], "removed": [7]}
    sorting |= {"merges": [{"unit_ids": [1, 4]}], "splits": []}
    viewed = {"labelsByUnit": {"1": ["accept"], "2": ["mua"], "5": ["noise"]}, "mergeGroups": [[1, 8]]}
    for name, content in (("Sorting curation, SpikeInterface", sorting), ("Sorting curation, SortingView", viewed)):
        units = writer.metric(name, where, [content], [("Pass", NOBODY, 0.0)])
        made.append(writer.curation(units, "Spike sorting curation", [("Ephys pipeline", 0.0)]))
    return made


def by_cell() -> Json:
    """What the pipeline reports of each cell."""
    return {str(cell): {"reference": f"VISp_1/events/cell_{cell}.png", "label": "good", "events": 7} for cell in CELLS}


def draw_cells(name: str, folder: Path) -> None:
    """The figure of each cell."""
    for cell, noisy in CELLS.items():
        save_png(figures.events(name, cell, noisy), folder / f"VISp_1/events/cell_{cell}.png", 16)


def as_json(writer: V2) -> list[Json]:
    """What no field is made for, choices that are stored as text, and numbers that JSON does not have."""
    where: tuple[str, str, Any] = ("pophys", "Processing", {"kind": "json"})
    fit = {"fit": {"slope": 1.2, "ok": True, "at": [0, {"x": None}]}, "units": "µm"}
    signal = {"index": ["soma", "dendrite", "axon"], "ROIs": [41, 12, 3], "mean SNR": [5.2, math.nan, math.inf]}
    stored = json.dumps(dropdown(["Good", "Blurred"], ["Pass", "Fail"]))
    ticked = json.dumps(checkbox(["Bleaching", "Ringing"], ["Pass", "Fail"], ["Bleaching"]), separators=(",", ":"))
    return [
        writer.metric("Nested", where, fit, PASS_AUTO),
        writer.metric("Type that no one knows", where, {"value": 3, "type": "slider", "min": 0, "max": 5}, PENDING),
        writer.metric("Focus, stored as text", where, stored, PENDING),
        writer.metric("Seen, stored as text", where, ticked, PASS_AUTO),
        writer.metric("Signal by class", where, signal, FAIL_AUTO, None, "No trace of a dendrite had any noise."),
        writer.metric("Ratio without a number", where, math.nan, FAIL_AUTO),
    ]
