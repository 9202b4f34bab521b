"""Fibre photometry in the older v2 dialect (QC version 2.1.1: tags as a list), as one `metadata.nd.json`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from demo import figures_fiber as figures
from demo.canvas import save_drawing, save_png
from demo.documents import SOURCE, V2, checkbox, dropdown, write_json
from demo.histories import ADA, FAIL_AUTO, FAILED_BY_RAMON, PASS_AUTO, PASSED_BY_ADA, PENDING, PENDING_AUTO, ran
from demo.records import acquisition_v2, description_v2, processing_v2, subject_v2

Json = dict[str, Any]

RAW = "808217_2025-09-10_15-02-37"
NAME = RAW + "_processed_2025-09-11_03-30-18"
SUBJECT = "808217"
FIBERS = [0, 1, 2]
PIPELINE = "https://github.com/AllenNeuralDynamics/aind-fiber-photometry-harp-pipeline"


def make(folder: Path) -> None:
    """The whole asset in one file, and its figures."""
    writer = V2(ran("2025-09-11T04:01:29.417388", "space"), "2.1.1")
    metrics = [*session(writer, folder)]
    for fiber in FIBERS:
        metrics += fiber_metrics(writer, folder, fiber)
    steps = [("dF/F estimation", "dF/F estimation", "2025-09-11T03:30:18Z", "2025-09-11T03:58:02Z")]
    started, ended = "2025-09-10T15:02:37.201100-07:00", "2025-09-10T15:43:01.874200-07:00"
    record = {
        "_id": "5b0c8f52-7d1e-4a86-9a55-0f3f7c1d9e24",
        "object_type": "Metadata",
        "describedBy": SOURCE + "metadata.py",
        "schema_version": "2.2.3",
        "name": NAME,
        "location": f"s3://aind-open-data/{NAME}",
        "other_identifiers": {"Code Ocean": ["c1f0a6f4-2f63-4a7e-8b0e-4d0c5a2f1b77"]},
        "subject": subject_v2(SUBJECT, "Sert-Cre/wt", "Male", "2025-03-28"),
        "data_description": description_v2(
            NAME,
            SUBJECT,
            "2025-09-11T03:30:18Z",
            "Serotonin and reward",
            "Noor Haddad",
            ["fib", "behavior"],
            source=[RAW],
        ),
        "procedures": None,
        "instrument": {"instrument_id": "FRG.12-A_FIP", "modalities": [{"abbreviation": "fib"}]},
        "processing": processing_v2(steps, ["Noor Haddad"], PIPELINE),
        "acquisition": acquisition_v2(SUBJECT, started, ended, "Uncoupled baiting", "FRG.12-A_FIP", [ADA]),
        "quality_control": writer.document(metrics, ["Session", *(f"Fiber_{fiber}" for fiber in FIBERS)]),
        "model": None,
        "_created": "2025-09-11T04:02:10.114Z",
        "_last_modified": "2025-09-14T18:40:02.930Z",
    }
    write_json(folder / "metadata.nd.json", record, indent=3)


def session(writer: V2, folder: Path) -> list[Json]:
    """Metrics of all fibres together."""
    save_png(figures.sync_check(RAW), folder / "qc/exposure.png", 24)
    write_json(folder / "qc/responses.vl.json", figures.responses_chart(RAW, FIBERS), None)
    write_json(folder / "qc/cmos_floor.json", figures.noise_chart(RAW, FIBERS), 2)
    raw, done = ("fib", "Raw data", ["Session"]), ("fib", "Processing", ["Session"])
    response = dropdown(["All respond", "Some respond", "None responds"], ["Pass", "Pending", "Fail"])
    return [
        writer.metric("Exposure order", raw, True, PASS_AUTO, "qc/exposure.png", "Pass when the channels take turns."),
        writer.metric("CMOS floor", raw, [265.1, 268.4, 266.0], PASS_AUTO, "qc/cmos_floor.json", "Pass when below 275"),
        writer.metric(
            "Response to reward", done, response, PENDING, "qc/responses.vl.json", "One line for each fibre."
        ),
    ]


def fiber_metrics(writer: V2, folder: Path, fiber: int) -> list[Json]:
    """Metrics of one fibre; fibre 2 sees nothing."""
    raw, corrected = f"qc/Fiber_{fiber}/raw_traces.png", f"qc/Fiber_{fiber}/motion_correction.pdf"
    save_png(figures.raw_traces(RAW, fiber), folder / raw, 24)
    blind = fiber == 2
    made = []
    tags = [f"Fiber_{fiber}"]
    kinks = checkbox(
        ["Sudden change", "Saturation", "None"], ["Fail", "Fail", "Pass"], ["None"] if fiber == 0 else None
    )
    entries = PASSED_BY_ADA if fiber == 0 else PENDING
    made.append(writer.metric(f"Raw signals {fiber}", ("fib", "Raw data", tags), kinks, entries, raw))
    made.append(writer.metric(f"NaN samples {fiber}", ("fib", "Raw data", tags), 0, PASS_AUTO, raw, "Pass when 0"))
    if fiber == 1:
        made.append(writer.metric("Photobleaching 1", ("fib", "Processing", tags), 0.118, PENDING_AUTO, None))
        return made
    save_drawing(figures.motion_correction(RAW, fiber), folder / corrected)
    about = ("fib", "Processing", tags)
    effect = dropdown(["Clean", "Over-corrected", "No signal"], ["Pass", "Fail", "Fail"], "No signal" if blind else "")
    made.append(
        writer.metric(f"Motion correction {fiber}", about, effect, FAILED_BY_RAMON if blind else PENDING, corrected)
    )
    made.append(
        writer.metric(
            f"SNR {fiber}", about, 0.4 if blind else 8.3, FAIL_AUTO if blind else PASS_AUTO, corrected, "Pass above 3"
        )
    )
    return made
