"""A cleared brain under the light sheet (v1 as package 1.1 wrote it): pairs of pictures to swipe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from demo import figures_spim as figures
from demo.canvas import save_drawing, save_photo, save_png
from demo.documents import V1, checkbox, dropdown, write_asset
from demo.histories import DISPUTED, MAY, PASS_AUTO, PASSED_BY_GRACE, PENDING, PENDING_AUTO, RAMON, ran
from demo.records import acquisition_v1, description_v1, processing_v1, subject_v1

Json = dict[str, Any]

RAW = "SmartSPIM_702914_2025-05-02_11-20-33"
NAME = RAW + "_stitched_2025-05-09_20-14-03"
SUBJECT = "702914"
PIPELINE = "https://github.com/AllenNeuralDynamics/aind-smartspim-pipeline"


def make(folder: Path) -> None:
    """The whole asset."""
    writer = V1(ran("2025-05-10T03:22:40.551200", "-07:00"), "1.1.1")
    draw(folder)
    evaluations = [build_stitching(writer), registration(writer), cells(writer)]
    steps = [
        ("Image tile fusing", "2025-05-09T20:14:03Z", "2025-05-09T23:50:00Z"),
        ("Image atlas alignment", "2025-05-09T23:50:01Z", "2025-05-10T01:33:37Z"),
        ("Image cell segmentation", "2025-05-10T01:33:38Z", "2025-05-10T03:20:00Z"),
    ]
    started, ended = "2025-05-02T11:20:33-07:00", "2025-05-02T23:58:10-07:00"
    parts = {
        "quality_control": writer.document(evaluations),
        "data_description": description_v1(
            NAME, SUBJECT, "2025-05-09T20:14:03Z", "Brainwide projections of the claustrum", "Ravi Okafor", ["SPIM"],
            source=RAW, process="stitched",
        ),
        "subject": subject_v1(SUBJECT, "Gnb4-IRES2-CreERT2/wt", "Female", "2024-08-12"),
        "acquisition": acquisition_v1(SUBJECT, started, ended, "SmartSPIM2-2", [RAMON]),
        "processing": processing_v1(steps, "Ravi Okafor", PIPELINE),
    }  # fmt: skip
    write_asset(folder, parts, indent=2)


def draw(folder: Path) -> None:
    """All figures."""
    save_photo(figures.stitch(aligned=False), folder / "stitching/before.webp", 78)
    save_photo(figures.stitch(aligned=True), folder / "stitching/after.webp", 78)
    save_png(figures.atlas_picture(), folder / "registration/ccf.png")
    save_png(figures.brain_picture(), folder / "registration/brain.png")
    save_photo(figures.overlay(), folder / "registration/overlay.jpg", 86)
    save_drawing(figures.borders(registered=False), folder / "registration/borders_before.svg")
    save_drawing(figures.borders(registered=True), folder / "registration/borders_after.svg")
    save_photo(figures.signal_picture(), folder / "cells/Ex_488_Em_525.jpeg", 84)
    save_drawing(figures.cell_counts(), folder / "cells/counts.svg")


def build_stitching(writer: V1) -> Json:
    """Tiles before and after."""
    pair = "stitching/before.webp;stitching/after.webp"
    seams = checkbox(["Seams", "Shading", "Missing tile"], ["Fail", "Pending", "Fail"])
    metrics = [
        writer.metric("Tile seams", seams, PENDING, pair, "Swipe over the borders of the tiles."),
        writer.metric("Median residual", 1.7, PASS_AUTO, pair, "Pixels between overlapping tiles; pass when below 3"),
        writer.metric("Tiles", {"rows": 3, "columns": 4, "missing": 0}, PASS_AUTO, pair),
    ]
    return writer.evaluation("Stitching", "SPIM", "Processing", metrics)


def registration(writer: V1) -> Json:
    """The brain against the atlas."""
    options = ["Good", "Slight offset", "Failed"]
    swipe = dropdown(options, ["Pass", "Pending", "Fail"])
    dice_scores = {
        "index": ["caudoputamen", "hippocampus", "thalamus"],
        "Dice": [0.94, 0.91, 0.95],
        "voxels": [81022, 60417, 70240],
    }
    metrics = [
        writer.metric("Registration to CCF", swipe, PENDING, "registration/ccf.png;registration/brain.png",
                      "Atlas at the left, brain at the right. Follow the surface and the ventricles."),
        writer.metric("Overlay", dropdown(options, ["Pass", "Pending", "Fail"], "Slight offset"), DISPUTED,
                      "registration/overlay.jpg", "Borders of regions over the brain."),
        writer.metric("Dice by region", dice_scores, PASS_AUTO, "registration/overlay.jpg", "Pass when above 0.85"),
        writer.metric("Deformation", 0.21, PASSED_BY_GRACE,
                      "registration/borders_before.svg;registration/borders_after.svg",
                      "Mean displacement of the borders in mm, before the deformable step."),
    ]  # fmt: skip
    notes = "AP −1.6 mm is shown; the other sections are in the viewer."
    return writer.evaluation("Registration", "SPIM", "Processing", metrics, notes=notes)


def cells(writer: V1) -> Json:
    """Labelled cells; one reference is a viewer on another host."""
    viewer = "https://neuroglancer-demo.appspot.com/#!s3://aind-open-data/" + NAME + "/neuroglancer_config.json"
    metrics = [
        writer.metric("Signal", dropdown(["Bright", "Dim", "None"], ["Pass", "Pass", "Fail"], "Bright"),
                      [("Pending", "", 0), ("Pass", MAY, 3.2)], "cells/Ex_488_Em_525.jpeg"),
        writer.metric("Cells", 31874, PASS_AUTO, "cells/counts.svg", "Detected in the whole brain"),
        writer.metric("Left and right agree", True, PASS_AUTO, "cells/counts.svg"),
        writer.metric("Cells in the viewer", None, PENDING_AUTO, viewer),
    ]  # fmt: skip
    return writer.evaluation("Cell detection", "SPIM", "Analysis", metrics)
