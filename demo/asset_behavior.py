"""Assets of one mouse in a foraging task: a processed session (v1, videos) and a raw one (v2, all is well)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from demo import figures_behavior as figures
from demo.canvas import save_png
from demo.documents import V1, V2, checkbox, dropdown, write_asset
from demo.histories import (
    ADA,
    DISPUTED,
    FAIL_AUTO,
    GRACE,
    PASS_AUTO,
    PASSED_BY_ADA,
    PASSED_BY_GRACE,
    PENDING,
    RAMON,
    REOPENED,
    ran,
)  # fmt: skip
from demo.mouse import RATE, face_frames, wheel_frames
from demo.movies import save_gif, save_movie
from demo.records import (
    acquisition_v2,
    description_v1,
    description_v2,
    processing_v1,
    session_v1,
    subject_v1,
    subject_v2,
)  # fmt: skip

Json = dict[str, Any]

SUBJECT, GENOTYPE = "745306", "Dbh-Cre-KI/wt"
FIRST = "behavior_745306_2025-04-08_09-41-12"
PROCESSED = FIRST + "_processed_2025-04-09_01-12-40"
RAW = "745306_2025-04-15_09-38-55"
PROJECT, LEAD = "Cognitive flexibility in patch foraging", "Tomasz Lis"
TRAINERS = [GRACE, "Wei Zhang"]


def make_processed(folder: Path) -> None:
    """Videos, wheel and licking in the first generation, with notes and an evaluation that may fail."""
    writer = V1(ran("2025-04-09T01:40:03.128844"))
    save_movie(face_frames(FIRST), folder / "videos/face_camera.mp4", RATE, crf=25)
    save_gif(wheel_frames(FIRST, 36, 12, 200), folder / "videos/wheel.gif", milliseconds=80)
    evaluations = [cameras(writer, folder), wheel(writer, folder), task(writer, folder), surroundings(writer)]
    start, end = "2025-04-08T09:41:12.480000-07:00", "2025-04-08T10:43:20.090000-07:00"
    steps = [("Other", "2025-04-09T01:12:40Z", "2025-04-09T01:38:55Z")]
    kinds = ["behavior", "behavior-videos"]
    parts = {
        "quality_control": writer.document(evaluations, "First session with the new wheel."),
        "data_description": description_v1(
            PROCESSED, SUBJECT, "2025-04-09T01:12:40Z", PROJECT, LEAD, kinds, source=FIRST, process="processed"
        ),
        "subject": subject_v1(SUBJECT, GENOTYPE, "Male", "2024-11-30"),
        "session": session_v1(SUBJECT, start, end, "AindVrForaging", "5A", TRAINERS),
        "processing": processing_v1(steps, LEAD, "https://github.com/AllenNeuralDynamics/aind-vr-foraging-primary-qc"),
    }
    write_asset(folder, parts, indent=3)


def cameras(writer: V1, folder: Path) -> Json:
    """The videos themselves. Some references begin with a slash or with `results/`, as pipelines wrote them."""
    save_png(figures.frame_intervals(FIRST, ["Face", "Body", "Eye"], 0), folder / "figures/intervals.png", 32)
    view = checkbox(["Out of focus", "Whiskers cut off", "Reflection in the eye", "Fine"],
                    ["Fail", "Pending", "Pass", "Pass"])  # fmt: skip
    focus = dropdown(["Sharp", "Soft", "Blurred"], ["Pass", "Pending", "Fail"])
    frames = {"Index": ["Face", "Body", "Eye"], "frames": [223411, 223411, 223410], "expected": [223411] * 3}
    metrics = [
        writer.metric("Face camera", view, PENDING, "videos/face_camera.mp4", "Tick all that apply."),
        writer.metric("Focus", focus, PENDING, "/videos/face_camera.mp4"),
        writer.metric("Wheel camera", dropdown(["Turning", "Slipping"], ["Pass", "Fail"], "Turning"), PASSED_BY_ADA,
                      "results/videos/wheel.gif", "The bright spoke must not jump."),
        writer.metric("Frame count", frames, PASS_AUTO, "/results/figures/intervals.png", "Pass when within 2 frames"),
    ]  # fmt: skip
    notes = "Frame count passes when all cameras agree with the log.\nGH: the lamp was moved after this session."
    text = "Check that the views are as agreed."
    return writer.evaluation("Camera views", "behavior-videos", "Raw data", metrics, notes=notes, description=text)


def wheel(writer: V1, folder: Path) -> Json:
    """The encoder: failures are known and allowed."""
    fig, found = figures.wheel_artifacts(FIRST)
    save_png(fig, folder / "figures/wheel artifacts.png", 48)
    metrics = [
        writer.metric("Wheel artefacts", found, FAIL_AUTO, "figures/wheel artifacts.png", "Pass when below 10"),
        writer.metric("Artefacts removed", True, PASS_AUTO, "figures/wheel artifacts.png"),
    ]
    notes = "The encoder is being replaced; artefacts are removed in processing."
    return writer.evaluation(
        "Wheel", "behavior", "Processing", metrics, notes=notes, allow_failed_metrics=True, tags=["wheel"]
    )


def task(writer: V1, folder: Path) -> Json:
    """Licks and performance."""
    save_png(figures.licks(FIRST), folder / "figures/licks.png", 32)
    performance = {"Total rewards": 402, "Patches": 31, "Engaged": True, "Last block": "B"}
    metrics = [
        writer.metric("Lick pattern", dropdown(["Regular", "Sparse", "Stuck detector"], ["Pass", "Pending", "Fail"]),
                      REOPENED, "figures/licks.png", "Licks should follow the reward at about 6.5 per second."),
        writer.metric("Lick rate", 6.46, PASS_AUTO, "figures/licks.png", "Pass when between 5 and 8 Hz"),
        writer.metric("Performance", performance, DISPUTED, None, "Fail when any of them is 0."),
    ]  # fmt: skip
    return writer.evaluation("Task", "behavior", "Processing", metrics, tags=["licks", "performance"])


def surroundings(writer: V1) -> Json:
    """Numbers without figures."""
    metrics = [
        writer.metric("Temperature", {"Average": 24.127599334716797}, PASS_AUTO, None, "Pass between 23 and 28 °C."),
        writer.metric("Humidity", 21.386003494262695, [("Fail", "Automated", 0), ("Pass", RAMON, 1.2)], None,
                      "Fail below 23 % or above 60 %."),
    ]  # fmt: skip
    return writer.evaluation("Environment", "behavior", "Raw data", metrics, notes="")


def make_raw(folder: Path) -> None:
    """A week later: everything passed. Written without spaces, as a service does."""
    writer = V2(ran("2025-04-15T18:02:11.000512"), "2.4.1")
    save_png(figures.licks(RAW), folder / "behavior/licks.png", 32)
    save_png(figures.frame_intervals(RAW, ["Face", "Body", "Eye"], 0), folder / "behavior-videos/intervals.png", 32)
    video, licks = (
        ("behavior-videos", "Raw data", {"device": "cameras"}),
        ("behavior", "Raw data", {"device": "lickport"}),
    )
    regular = dropdown(["Regular", "Sparse", "Stuck detector"], ["Pass", "Pending", "Fail"], "Regular")
    metrics = [
        writer.metric("Dropped frames", video, 0, PASS_AUTO, "behavior-videos/intervals.png", "Pass when 0"),
        writer.metric("Overexposed", video, False, PASS_AUTO, "behavior-videos/intervals.png"),
        writer.metric("Frame rates", video, [60.0, 60.0, 59.98], PASS_AUTO, "behavior-videos/intervals.png", "Hz"),
        writer.metric("Cameras in focus", video, ["Face", "Body", "Eye"], PASSED_BY_GRACE, None, "By name."),
        writer.metric("Lick pattern", licks, regular, PASSED_BY_GRACE, "behavior/licks.png"),
        writer.metric("Alarms", licks, [], PASS_AUTO, None, "Names of the alarms that went off."),
    ]
    start, end = "2025-04-15T09:38:55.774208-07:00", "2025-04-15T10:41:02.300100-07:00"
    kinds = ["behavior", "behavior-videos"]
    parts = {
        "quality_control": writer.document(metrics, ["device"]),
        "data_description": description_v2(RAW, SUBJECT, "2025-04-15T17:41:05.100000Z", PROJECT, LEAD, kinds),
        "subject": subject_v2(SUBJECT, GENOTYPE, "Male", "2024-11-30"),
        "acquisition": acquisition_v2(SUBJECT, start, end, "AindVrForaging", "5A", [ADA, *TRAINERS[1:]]),
    }
    write_asset(folder, parts, indent=None)
