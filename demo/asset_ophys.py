"""A planar imaging session, processed (v2): three planes, movies, a pair of images to swipe, two modalities."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from demo import figures_ophys as figures
from demo.canvas import save_png
from demo.documents import V2, checkbox, dropdown, write_asset
from demo.figures_behavior import frame_intervals, pupil
from demo.histories import (
    ADA,
    DISPUTED,
    FAIL_AUTO,
    MAY,
    PASS_AUTO,
    PASSED_BY_ADA,
    PASSED_BY_GRACE,
    PENDING,
    PENDING_AUTO,
    RAMON,
    ran,
)  # fmt: skip
from demo.imaging import FieldOfView, make_field, mean_images, movie
from demo.movies import save_movie
from demo.records import acquisition_v2, description_v2, processing_v2, subject_v2

Json = dict[str, Any]

RAW = "739564_2025-06-17_10-12-06"
NAME = RAW + "_processed_2025-06-18_04-40-27"
SUBJECT = "739564"
PLANES = ["VISp_1", "VISp_2", "VISl_1"]
PIPELINE = "https://github.com/AllenNeuralDynamics/aind-ophys-processing-pipeline"


def make(folder: Path) -> None:
    """The whole asset."""
    writer = V2(ran("2025-06-18T07:15:44.902113"))
    first, second = make_field(RAW, "VISp_1", 118, 7.0), make_field(RAW, "VISp_2", 74, 4.2)
    metrics = [*motion(writer, folder, first), *cells(writer, folder, first, second), *session(writer, folder)]
    notes = "Immersion was lost at about minute 47 (VISl_1)."
    grouping = [["plane", "camera"], "check"]
    steps = [
        ("Video motion correction", "Motion correction", "2025-06-18T04:40:27Z", "2025-06-18T05:31:00Z"),
        ("Video ROI segmentation", "Cellpose", "2025-06-18T05:31:02Z", "2025-06-18T06:20:19Z"),
        ("dF/F estimation", "ΔF/F", "2025-06-18T06:20:20Z", "2025-06-18T07:02:51Z"),
    ]
    kinds = ["pophys", "behavior-videos"]
    started, ended = "2025-06-17T10:12:06.114000-07:00", "2025-06-17T11:14:40.551000-07:00"
    parts = {
        "quality_control": writer.document(metrics, grouping, notes=notes, key_experimenters=[MAY]),
        "data_description": description_v2(
            NAME, SUBJECT, "2025-06-18T04:40:27Z", "Visual Behavior Multiplane", "Ines Carreras", kinds, source=[RAW]
        ),
        "subject": subject_v2(SUBJECT, "Slc17a7-IRES2-Cre/wt;Ai162(TIT2L-GC6s-ICL-tTA2)/wt", "Male", "2025-01-03"),
        "acquisition": acquisition_v2(SUBJECT, started, ended, "OPHYS_1_images_A", "429_MESO.1", [ADA]),
        "processing": processing_v2(steps, ["Ines Carreras"], PIPELINE),
    }
    write_asset(folder, parts, indent=4)


def at(plane: str, check: str) -> tuple[str, str, Json]:
    """Where a metric of a plane belongs."""
    return ("pophys", "Processing", {"plane": plane, "check": check})


def motion(writer: V2, folder: Path, field: FieldOfView) -> list[Json]:
    """Motion correction: trace, movies, and the mean images before and after."""
    before, after = mean_images(field)
    here = folder / "VISp_1/motion_correction"
    save_png(figures.motion_trace(field, "VISp_1"), here / "motion_trace.png", 48)
    save_png(figures.mean_picture(before, "before"), here / "mean_before.png")
    save_png(figures.mean_picture(after, "after"), here / "mean_after.png")
    frames = movie(field, RAW, 100)
    save_movie(frames, here / "raw_and_corrected.mp4", fps=15, crf=29)
    save_movie([frame[:192, :192] for frame in frames[:60]], here / "raw_crop.webm", fps=15, crf=46)
    base, where = "VISp_1/motion_correction", at("VISp_1", "motion")
    pair = f"{base}/mean_before.png;{base}/mean_after.png"
    rigid = dropdown(["Good", "Residual motion", "Wrong template"], ["Pass", "Pending", "Fail"])
    spots = checkbox(["Jumps", "Warping", "Lost frames"], ["Pending", "Fail", "Fail"])
    shift = {"axis": ["x", "y"], "p95 (µm)": [6.1, 5.8], "max (µm)": [11.2, 9.7]}
    return [
        writer.metric("Motion trace", where, rigid, PENDING, f"{base}/motion_trace.png",
                      "Rigid shift of each frame in µm. The green band is ±5 µm."),
        writer.metric("Shift by axis", where, shift, PASS_AUTO, f"{base}/motion_trace.png", "Pass when max < 20 µm"),
        writer.metric("Crispness gained", where, 1.34, PASS_AUTO, pair,
                      r"Mean gradients, $\overline{|\nabla I|}_{after} / \overline{|\nabla I|}_{before}$."),
        writer.metric("Mean images", where, spots, PENDING, pair, "Swipe: cells must get sharper and not double."),
        writer.metric("Movie", where, dropdown(["Stable", "Moving"], ["Pass", "Fail"]), PENDING_AUTO,
                      f"{base}/raw_and_corrected.mp4", "Raw at the left, corrected at the right, ten times as fast."),
        writer.metric("Raw movie, one corner", where, "", PENDING_AUTO, f"{base}/raw_crop.webm", "Remarks"),
    ]  # fmt: skip


def cells(writer: V2, folder: Path, first: FieldOfView, second: FieldOfView) -> list[Json]:
    """Cells and their activity in two planes."""
    made = []
    judged = {"VISp_1": PASSED_BY_ADA, "VISp_2": DISPUTED}
    for plane, field in (("VISp_1", first), ("VISp_2", second)):
        mean = mean_images(field)[1]
        save_png(figures.rois(field, mean, plane, RAW), folder / plane / "segmentation/rois.png", 96, refine=True)
        save_png(figures.traces(field, plane), folder / plane / "dff/traces.png", 64)
        rois, traces = f"{plane}/segmentation/rois.png", f"{plane}/dff/traces.png"
        options, status = ["Good", "Merged cells", "Too few"], ["Pass", "Fail", "Fail"]
        chosen = "Good" if plane == "VISp_1" else "Merged cells"
        table = {"Index": ["soma", "dendrite"], "ROIs": [len(field.cells) - 3, 3], "mean SNR": [5.2, 2.7]}
        seen = checkbox(["Bleaching", "Ringing"], ["Pass", "Fail"], ["Bleaching"])
        made += [
            writer.metric("Segmentation", at(plane, "cells"), dropdown(options, status, chosen), judged[plane], rois),
            writer.metric("ROIs", at(plane, "cells"), len(field.cells), PASS_AUTO, rois, "Pass when above 40"),
            writer.metric("ROIs by class", at(plane, "cells"), table, PASS_AUTO, rois),
            writer.metric("ΔF/F", at(plane, "activity"), seen,
                          PASSED_BY_GRACE, traces, "Tick what can be seen in the traces."),
            writer.metric("Baseline noise", at(plane, "activity"), [0.061, 0.058, 0.066], PASS_AUTO, traces,
                          "Per third of the session, in ΔF/F."),
        ]  # fmt: skip
    return made


def session(writer: V2, folder: Path) -> list[Json]:
    """Brightness, interictal events, and the cameras next to the microscope."""
    save_png(figures.noise_level(RAW, PLANES), folder / "session/brightness.png", 32)
    save_png(figures.epilepsy(RAW), folder / "session/interictal.png", 32)
    save_png(frame_intervals(RAW, ["Face", "Body", "Eye"], 9), folder / "cameras/intervals.png", 32)
    save_png(pupil(RAW), folder / "cameras/pupil.png", 48)
    options = ["None", "Confirmed", "Unsure"]
    events = dropdown(options, ["Pass", "Fail", "Pending"], "None")
    lost = {"plane": PLANES, "lost (%)": [8.7, 8.5, 24.1]}
    rule = {"value": 0.12, "rule": "Fail for epilepsy probability > 0.5"}

    def camera(name: str) -> tuple[str, str, Json]:
        return ("behavior-videos", "Raw data", {"camera": name})

    whole = ("pophys", "Processing", {"check": "session"})
    return [
        writer.metric("Brightness lost", at("VISl_1", "brightness"), lost, FAIL_AUTO, "session/brightness.png",
                      "Fail when a plane loses more than 20 %."),
        writer.metric("Interictal events", whole, events, [("Pending", "", 0), ("Pass", RAMON, 4.4)],
                      "session/interictal.png"),
        writer.metric("Epilepsy probability", whole, rule, PASS_AUTO, "session/interictal.png"),
        writer.metric("Dropped frames", camera("Body"), 9, FAIL_AUTO, "cameras/intervals.png", "Pass when below 5"),
        writer.metric("Dropped frames", camera("Face"), 0, PASS_AUTO, "cameras/intervals.png", "Pass when below 5"),
        writer.metric("Frames match the log", camera("Face"), True, PASS_AUTO, "cameras/intervals.png"),
        writer.metric("Pupil found", camera("Eye"), 0.986, PASSED_BY_ADA, "cameras/pupil.png", "Share of frames"),
    ]  # fmt: skip
